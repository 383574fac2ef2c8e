// The afternoon that is lost to "exactly one of the crucial binaries crashes", in one command: Erlang of Debian bookworm for arm64 crashes under
// old versions of QEMU (known problem R14), and `compare` says under which. Inside range.sh, by the built command line.
import { spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { warmCache } from '../support/programs/emulators.js'
import { checker, expectEqual } from './check.js'

const [results = '', erlang = '', perl = '', busybox = ''] = process.argv.slice(2)
const check = checker(results)
const folder = mkdtempSync(join(tmpdir(), 'setup-qemu-compare-'))

interface Compared {
  readonly ok: boolean
  readonly verdict: string
  readonly firstGood: string | null
  readonly fastest: string | null
  readonly trials: readonly {
    qemuVersion: string
    cpu: string | null
    result: string
    runs: { lastWords: string; peakBytes: number }[]
  }[]
}

const cli = [process.env.SETUP_QEMU_DIST ?? 'dist', 'cli/index.js'].join('/')

/** Calls `compare` of the built command line; what it says, and its exit status. */
function compare(
  options: readonly string[],
  command: readonly string[],
  env = {},
): { status: number | null; said: Compared } {
  const words = [
    'compare',
    '--json',
    '--quiet',
    '--platform',
    'arm64',
    '--cache-dir',
    warmCache,
    ...options,
    '--',
    ...command,
  ]
  const temporary = mkdtempSync(join(folder, 'tmp-'))
  const { status, stdout, stderr } = spawnSync(process.execPath, [cli, ...words], {
    encoding: 'utf8',
    env: { ...process.env, ...env, TMPDIR: temporary },
  })
  if (stdout === '') throw new Error(`compare ended with ${status} and said: ${stderr}`)
  // nothing is left
  expectEqual(readdirSync(temporary), [])
  return { status, said: JSON.parse(stdout) as Compared }
}

/** A copy of some packages' folder that programs start in, and the words that run one there: /dev/null and /proc are mounted for each. */
function rootOf(name: string, packages: string): (program: string, ...args: string[]) => readonly string[] {
  const root = join(folder, name)
  cpSync(packages, root, { recursive: true, verbatimSymlinks: true })
  for (const place of ['dev', 'tmp', 'bin', 'proc']) mkdirSync(join(root, place), { recursive: true })
  writeFileSync(join(root, 'dev/null'), '')
  const mounts = 'mount --bind /dev/null "$1/dev/null" && mount --rbind /proc "$1/proc"'
  return (...words) => ['sh', '-c', `${mounts} && exec chroot "$@"`, 'sh', root, ...words]
}

const inErlang = rootOf('erlang', erlang)
cpSync(busybox, join(folder, 'erlang/bin/sh'))
const programs = '/usr/lib/erlang/erts-13.1.5/bin'
const env = { BINDIR: programs, ROOTDIR: '/usr/lib/erlang', EMU: 'beam' }
const sum = 'io:format("~w~n", [lists:sum(lists:seq(1,100))]), halt(0).'
const erl = inErlang(`${programs}/erlexec`, '-noshell', '-eval', sum)
const inPerl = rootOf('perl', perl)
const perlOf = (program: string) => inPerl('/usr/bin/perl', '-e', program)
const crash = 'qemu: uncaught target signal 11 (Segmentation fault) - core dumped'

await check('one command says under which QEMU Erlang crashes', () => {
  const { status, said } = compare(['--timeout', '120'], erl, env)
  expectEqual(
    [status, said.ok, said.verdict, said.firstGood],
    [1, false, 'fails under 5.2.0, 7.2.18 and 7.2.22 (signal SIGSEGV), works from 10.0.2', '10.0.2'],
  )
  const words = said.trials.slice(0, 3).map(({ runs }) => runs[0]?.lastWords)
  expectEqual(words, [crash, crash, crash])
  if (said.trials.some(({ runs }) => (runs[0]?.peakBytes ?? 0) < 20e6)) throw new Error('no memory was measured')
  return said.verdict
})

await check('a bisection finds the same with fewer runs', () => {
  const { said } = compare(['--bisect', '--timeout', '120'], erl, env)
  expectEqual([said.verdict, said.firstGood], ['fails under 7.2.22, works from 10.0.2', '10.0.2'])
  const tried = said.trials.map(({ qemuVersion }) => qemuVersion)
  expectEqual(tried.length < 6 && ['5.2.0', '7.2.22', '10.0.2', '11.1.3'].every((one) => tried.includes(one)), true)
  return `tried ${tried.join(', ')}`
})

await check('what works alike everywhere is green', () => {
  const { status, said } = compare(['--parallel'], perlOf('print 6 * 7'))
  expectEqual([status, said.verdict, said.fastest], [0, 'works under all 6', null])
  return said.verdict
})

await check('what is printed differently is not', () => {
  const { status, said } = compare(['--qemu', '7.2,11.1'], perlOf('open(F, "<", "/proc/cpuinfo"); print <F>'))
  const verdict = 'works under both, but prints something else under 7.2.22 than under 11.1.3'
  expectEqual([status, said.verdict], [1, verdict])
  return said.verdict
})

await check('CPU models are compared, and the faster one is named beyond the spread', () => {
  const loop = perlOf('$h{$_ % 977} += $_ for 1..60000; print scalar keys %h')
  const { status, said } = compare(['--qemu', '7.2', '--cpu', 'max cortex-a72', '--repeat', '3'], loop)
  expectEqual([status, said.verdict], [0, 'works under both'])
  if (!/least under 7\.2\.22 \(cortex-a72\) .*times as much under 7\.2\.22 \(max\)/.test(said.fastest ?? ''))
    throw new Error(`it said ${said.fastest}`)
  return said.fastest ?? ''
})

rmSync(folder, { recursive: true, force: true })
