// Workflows that the real act carries out on this machine (`-P ubuntu-latest=-self-hosted`): all jobs, those of a matrix at once, in one process.
// What may never happen: that one job takes another's emulator or entry away, and that the entry of a job that was killed stays for good.
// Runs inside test/support/kernel/private.sh.
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, dirname, join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { warmCache } from '../support/programs/emulators.js'
import { node24 } from '../support/runner/node24.js'
import { checker, expectEqual } from './check.js'

const [results = '', act = ''] = process.argv.slice(2)
const check = checker(results)
const table = '/proc/sys/fs/binfmt_misc'
const folder = mkdtempSync(join(tmpdir(), 'setup-qemu-act-'))
const cache = join(folder, 'cache')

/** A line of act's log. */
interface Line {
  readonly msg: string
  readonly matrix?: Readonly<Record<string, string>>
  readonly stage?: string
}

/** A folder with the action, as checked out, and one workflow. */
function repository(name: string, workflow: string): string {
  const place = join(folder, name)
  cpSync(process.env.SETUP_QEMU_DIST ?? 'dist', join(place, 'setup-qemu/dist'), { recursive: true })
  cpSync('action.yml', join(place, 'setup-qemu/action.yml'))
  mkdirSync(join(place, '.github/workflows'), { recursive: true })
  writeFileSync(join(place, '.github/workflows/ci.yml'), workflow)
  return place
}

function start(place: string): { child: ChildProcess; lines: Line[] } {
  const options = ['--action-cache-path', cache, '--no-cache-server', '--pull=false', '--json']
  const child = spawn(act, ['push', '-P', 'ubuntu-latest=-self-hosted', ...options], {
    cwd: place,
    env: { PATH: `${dirname(node24)}${delimiter}${process.env.PATH}`, HOME: folder },
    // there it says again and again that the folder is no repository of git, and that there is no docker
    stdio: ['ignore', 'pipe', 'ignore'],
    detached: true,
  })
  const lines: Line[] = []
  let rest = ''
  child.stdout?.on('data', (chunk: Buffer) => {
    const texts = `${rest}${chunk}`.split('\n')
    rest = texts.pop() ?? ''
    lines.push(...texts.map((text) => JSON.parse(text) as Line))
  })
  return { child, lines }
}

async function carriedOut(place: string): Promise<{ status: number | null; lines: Line[] }> {
  const { child, lines } = start(place)
  const timer = setTimeout(() => process.kill(-(child.pid ?? 0), 'SIGKILL'), 180_000)
  const [status] = await once(child, 'close')
  clearTimeout(timer)
  return { status, lines }
}

/** What of ours is on the machine. */
function left(): string[] {
  return [table, '/run/setup-qemu']
    .flatMap((one) => readdirSync(one))
    .filter((name) => !/^(register|status)$/.test(name))
}

/** A workflow of one job: its further lines, and its steps after the checkout. */
function workflow(name: string, steps: readonly string[], more = ''): string {
  const lines = ['uses: actions/checkout@v4', ...steps].map((step) => `      - ${step}`)
  return `on: push\njobs:\n  ${name}:\n    runs-on: ubuntu-latest\n${more}    steps:\n${lines.join('\n')}\n`
}

const uses = 'uses: ./setup-qemu'

async function threeSteps(): Promise<string> {
  const { status, lines } = await carriedOut(repository('three', workflow('three', [uses, uses, uses])))
  const said = lines.filter(({ stage, msg }) => stage === 'Post' && /qemu-aarch64/.test(msg))
  const posts = said.map(({ msg }) => msg.trim())
  const stays = 'qemu-aarch64 belongs to another setup and stays'
  expectEqual([status, posts], [0, [stays, stays, 'removed qemu-aarch64']])
  expectEqual(left(), [])
  return posts.join('; ')
}

/** Tells three times which versions have an entry in the table. */
const look = `run: for i in 1 2 3; do sleep 1; sed -n 's,.*/setup-qemu/\\([0-9.]*\\)/.*,ran \\1,p' ${table}/*qemu*; done`

async function matrix(): Promise<string> {
  const versions = ['11.1.3', '7.2.22']
  const strategy = `    strategy:\n      matrix:\n        version: [${versions.map((version) => `'${version}'`).join(', ')}]\n`
  const asks = `${uses}\n        with: { qemu-version: "\${{ matrix.version }}", on-conflict: wait }`
  const { status, lines } = await carriedOut(repository('matrix', workflow('matrix', [asks, look], strategy)))
  const ran = lines.flatMap(({ msg, matrix }) => {
    const [, version] = /^ran (\S+)\s*$/.exec(msg) ?? []
    return version === undefined ? [] : [`${matrix?.version} has ${version}`]
  })
  const waited = lines.some(({ msg }) => msg.includes('waiting for another job'))
  const expected = versions.flatMap((version) => Array(3).fill(`${version} has ${version}`))
  expectEqual([status, waited, ran.sort()], [0, true, expected])
  expectEqual(left(), [])
  return 'each had its own alone, one after the other'
}

async function killed(): Promise<string> {
  const { child, lines } = start(repository('killed', workflow('killed', [uses, 'run: echo it works on; sleep 60'])))
  const closed = once(child, 'close')
  for (let tries = 0; tries < 600 && !lines.some(({ msg }) => msg.startsWith('it works on')); tries++) await sleep(100)
  process.kill(-(child.pid ?? 0), 'SIGKILL')
  await closed
  expectEqual(left().length, 2)
  const after = await carriedOut(repository('after', workflow('after', [uses])))
  const told = after.lines.find(({ msg }) => msg.includes('left behind by'))?.msg ?? 'nothing is told'
  expectEqual([after.status, /job killed of run 1 .*, which has ended/.test(told)], [0, true])
  expectEqual(left(), [])
  return told.trim()
}

try {
  mkdirSync(cache)
  symlinkSync(warmCache, join(cache, 'tool_cache'))
  await check('act: three steps of one job share an entry, and the last post removes it', threeSteps)
  await check('act: the jobs of a matrix are two jobs, and each has the emulator it asked for', matrix)
  await check('act: what a job left that was killed is removed by the next one', killed)
} finally {
  rmSync(folder, { recursive: true, force: true })
}
