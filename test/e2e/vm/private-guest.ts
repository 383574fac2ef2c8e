// Private scopes in a bare kernel's VM: a user without rights runs, compares and sets up, and the machine's own table is never mounted. On a kernel
// older than 6.7 they are refused.
import { existsSync, readdirSync, rmSync, symlinkSync } from 'node:fs'
import { release } from 'node:os'
import { check, cli, expectEqual, foreign, type GuestTarget, home, leftUnderRun, mountsOfTable, run } from './guest.js'
import { modelFor } from './words-guest.js'

/** Older than Linux 6.7. */
export const isOld = /^([1-5]|6\.[0-6])\./.test(release())

const cache = ['--offline', '--cache-dir', `${home}/cache`]
const user = [`${home}/bin/setpriv`, '--reuid=1000', '--regid=1000', '--clear-groups', '--']

function expectNothingLeft(): void {
  const files = readdirSync('/tmp').filter((name) => name.startsWith('setup-qemu-'))
  expectEqual([mountsOfTable(), leftUnderRun(), files], [[], [], []], 'mounts, files, folders')
}

/** Everything private, with util-linux's programs in front of BusyBox's, whose shell would take its own instead. */
export async function privately(target: GuestTarget): Promise<void> {
  const { PATH } = process.env
  const shell = (program: string) => {
    rmSync('/bin/sh')
    symlinkSync(program, '/bin/sh')
  }
  if (isOld) await check("BusyBox's env is told", () => busyboxEnv(target))
  process.env.PATH = `${home}/bin:${PATH}`
  if (isOld) await check('and so is its shell, which has an unshare of its own', () => busyboxShell(target))
  shell(`${home}/bin/dash`)
  try {
    if (isOld) await refused(target)
    else {
      await granted(target)
      await check('the module is as free as before', unloaded)
    }
  } finally {
    process.env.PATH = PATH
    shell('/bin/busybox')
  }
}

function busyboxEnv({ platform }: GuestTarget): string {
  const { status, json } = cli(['setup', platform, '--scope', 'private', ...cache])
  const { code, message } = json.error as { code: string; message: string }
  expectEqual([status, code, /this env is not coreutils'$/.test(message)], [1, 'no-namespace', true], message)
  expectNothingLeft()
  return message
}

function busyboxShell({ target }: GuestTarget): string {
  const { status, stderr } = run(user[0] ?? '', [...user.slice(1), ...runLine(target)])
  expectEqual([status, /this unshare is not util-linux's/.test(stderr)], [125, true], stderr.slice(-600))
  expectNothingLeft()
  return `exit status ${status}`
}

async function refused({ target, platform }: GuestTarget): Promise<void> {
  const tooOld = /this is Linux \S+, and a user namespace may have a table of its own from 6\.7 on/
  await check('a private scope is refused: the kernel is too old', () => {
    const { status, json } = cli(['setup', platform, '--scope', 'private', ...cache], user)
    const { code, message, hint } = json.error as { code: string; message: string; hint: string }
    const seen = [status, code, tooOld.test(message), hint.startsWith('use a machine with Linux 6.7 or newer')]
    expectEqual(seen, [1, 'no-namespace', true, true], `${message} ${hint}`)
    expectNothingLeft()
    return message
  })
  await check('so is run', () => {
    const { status, stdout, stderr } = run(user[0] ?? '', [...user.slice(1), ...runLine(target)])
    expectEqual([status, stdout, tooOld.test(stderr)], [125, '', true], stderr)
    expectNothingLeft()
    return `exit status ${status}`
  })
}

function runLine(target: string): string[] {
  const program = `${home}/foreign/${target}/busybox`
  return [process.execPath, `${home}/dist/cli/index.js`, 'run', ...cache, '--', program, 'uname', '-m']
}

async function granted(target: GuestTarget): Promise<void> {
  await check('a user without rights runs a foreign program where binfmt_misc was never loaded', () => {
    const { status, stdout, stderr } = run(user[0] ?? '', [...user.slice(1), ...runLine(target.target)])
    expectEqual([status, stdout.trim()], [0, target.machine], `run (${stderr.slice(-600)})`)
    return afterwards(stdout.trim(), target)
  })
  await check('setup --scope private, a CPU, with-qemu, and its end', () => inScope(target))
  await check('compare measures a program under two versions', () => compared(target))
}

/** What is set up for the machine next is to load it itself. The kernel may still be at the end of a namespace. */
async function unloaded(): Promise<string> {
  let said = ''
  for (let tries = 1; tries <= 200; tries++) {
    said = run('rmmod', ['binfmt_misc']).stderr
    if (!existsSync('/sys/module/binfmt_misc')) return `unloaded at try ${tries}`
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  throw new Error(said)
}

function afterwards(seen: string, { target }: GuestTarget): string {
  expectEqual(foreign(target, 'direct').runs, false, 'outside')
  expectNothingLeft()
  return seen
}

function inScope(target: GuestTarget): string {
  const cpu = modelFor(target.target)
  const { status, json, stderr } = cli(['setup', target.platform, '--scope', 'private', '--cpu', cpu, ...cache], user)
  const [got] = (json.targets ?? []) as { state: string; proof: { fingerprint: string } | null }[]
  expectEqual(
    [status, got?.state, got?.proof?.fingerprint, json.environment],
    [0, 'emulated', target.sha256, { QEMU_CPU: cpu }],
    `setup (${stderr.slice(-600)})`,
  )
  const command = [String(json.withQemu), `${home}/foreign/${target.target}/busybox`, 'uname', '-m']
  const inside = run(user[0] ?? '', [...user.slice(1), ...command])
  expectEqual([inside.status, inside.stdout.trim()], [0, target.machine], `with-qemu (${inside.stderr.slice(-600)})`)
  expectEqual([foreign(target.target, 'direct').runs, mountsOfTable()], [false, []], 'outside')
  const restored = cli(['restore'], user)
  expectEqual(restored.status, 0, `restore (${restored.stderr.slice(-600)})`)
  const late = run(user[0] ?? '', [...user.slice(1), ...command])
  expectEqual(late.status === 0, false, 'with-qemu after the end')
  return afterwards(`${inside.stdout.trim()}, ${cpu}`, target)
}

interface Compared {
  readonly verdict: string
  readonly trials: readonly {
    readonly qemuVersion: string
    readonly runs: readonly { readonly status: number; readonly peakBytes: number; readonly cpuSeconds: number }[]
  }[]
}

function compared(target: GuestTarget): string {
  const program = [`${home}/foreign/${target.target}/busybox`, 'uname', '-m']
  const words = [
    `${home}/dist/cli/index.js`,
    'compare',
    '--json',
    '--platform',
    target.platform,
    '--qemu',
    '5.2,default',
  ]
  const line = [...user.slice(1), process.execPath, ...words, ...cache, '--', ...program]
  const { status, stdout, stderr } = run(user[0] ?? '', line)
  if (stdout === '') throw new Error(`compare ended with ${status}: ${stderr.slice(-600)}`)
  const { verdict, trials } = JSON.parse(stdout) as Compared
  const sane = trials.map(({ qemuVersion, runs: [one] }) => [
    qemuVersion,
    one?.status,
    (one?.peakBytes ?? 0) > 1e6 && (one?.cpuSeconds ?? 0) > 0,
  ])
  expectEqual(
    [status, sane.map(([, ...rest]) => rest)],
    [
      0,
      [
        [0, true],
        [0, true],
      ],
    ],
    `compare: ${verdict}`,
  )
  return afterwards(`${verdict}: ${sane.map(([version]) => version).join(' and ')}`, target)
}
