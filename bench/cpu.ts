// The part of the benchmark that tells what QEMU's default CPU costs on a guest that is built with pointer authentication (arm64 of Debian 13)
// beside a CPU without it. Emulators are called directly; nothing is registered. Alone: `node build/bench/cpu.js`.
import { mkdtempSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { argv } from 'node:process'
import { pathToFileURL } from 'node:url'
import { Archive } from '../test/e2e/vm/packages.js'
import { emulatorPath } from '../test/support/programs/emulators.js'
import { alternating, type Clocked } from './clock.js'
import { median, type Ratio, ratio, type Series } from './series.js'

const versions = ['5.2.0', '7.2.22', '10.0.13', '11.1.3'] as const
const defaultCpu = 'default'
const plainModel = 'cortex-a72'
const models = [defaultCpu, plainModel, 'max'] as const

const programs = {
  'a loop of dash': ['usr/bin/dash', '-c', 'i=0; while [ $i -lt 20000 ]; do i=$((i+1)); done'],
  'a hash in perl': ['usr/bin/perl', '-e', 'my %h; for my $i (1..150000) { $h{$i % 1000} += length("x$i") }'],
} as const

export interface CpuRow {
  readonly version: string
  readonly model: string
  readonly program: string
  /** CPU seconds. */
  readonly cpu: Series
  /** To the same version with cortex-a72. */
  readonly toPlain: Ratio
  /** To the last version with its default. */
  readonly toLast: Ratio
}

/** A root with a shell and perl of Debian 13, for arm64. */
function guest(folder: string): string {
  const archive = new Archive(['trixie'], ['arm64'])
  try {
    for (const name of ['libc6', 'libcrypt1', 'dash', 'perl-base']) archive.unpack(name, 'arm64', 'trixie', folder)
  } finally {
    archive.close()
  }
  // as base-files has it
  symlinkSync('usr/lib', join(folder, 'lib'))
  return folder
}

async function sides(root: string): Promise<Record<string, Clocked>> {
  const all: Record<string, Clocked> = {}
  for (const version of versions) {
    const path = await emulatorPath('aarch64', version)
    for (const model of models) {
      // before 10.2 an explicit max is the default itself
      if (model === 'max' && version !== versions.at(-1)) continue
      const cpu = model === defaultCpu ? [] : ['-cpu', model]
      for (const [name, [program, ...args]] of Object.entries(programs))
        all[`${version} ${model} ${name}`] = { words: [path, '-L', root, ...cpu, join(root, program), ...args] }
    }
  }
  return all
}

/** CPU time of each program under each version and CPU model, every round all of them one after the other. */
export async function cpuRows(rounds = { atLeast: 5, atMost: 5, seconds: 300 }): Promise<CpuRow[]> {
  const folder = mkdtempSync(join(tmpdir(), 'setup-qemu-bench-'))
  try {
    const found = await alternating(await sides(guest(folder)), rounds)
    const of = (version: string, model: string, name: string) =>
      (found.get(`${version} ${model} ${name}`) ?? { cpu: { rounds: [], runs: 0 } }).cpu
    const last = versions.at(-1) ?? ''
    return [...found].map(([key, { cpu }]) => {
      const [version = '', model = '', ...words] = key.split(' ')
      const program = words.join(' ')
      const toPlain = ratio(cpu, of(version, plainModel, program))
      return { version, model, program, cpu, toPlain, toLast: ratio(cpu, of(last, defaultCpu, program)) }
    })
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

const times = ({ median: middle, low, high }: Ratio) => `${middle.toFixed(2)} (${low.toFixed(2)} to ${high.toFixed(2)})`

function cells({ program, version, model, cpu, toPlain, toLast }: CpuRow): string[] {
  const name = model === defaultCpu ? 'its default' : `\`${model}\``
  const ratios = [model === plainModel ? '1' : times(toPlain), times(toLast)]
  return [program, version, name, `${median(cpu.rounds).toFixed(2)} s`, ...ratios]
}

/** The section of docs/benchmarks.md. */
export function cpuText(rows: readonly CpuRow[]): string {
  const sorted = [...rows].sort((a, b) => a.program.localeCompare(b.program))
  const table = [
    ['program', 'QEMU', 'CPU', 'CPU time', `ratio to ${plainModel}`, `to ${versions.at(-1)}'s default`],
    Array(6).fill('---'),
    ...sorted.map(cells),
  ]
  return `## The default CPU of older versions

An arm64 shell and perl of Debian 13, which are built with pointer authentication, in a loop, called by the emulator itself. \`${plainModel}\` is a CPU
without it. Ratios of CPU times (user and system), which are less moved by other load than time on the clock; every round runs each row once.

${table.map((row) => `| ${row.join(' | ')} |`).join('\n')}
`
}

if (import.meta.url === pathToFileURL(argv[1] ?? '').href) console.log(cpuText(await cpuRows()))
