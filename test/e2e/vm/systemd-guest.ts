// The scenarios of a Debian with systemd as process 1: the automount, the packages' own entries, restarts of the services, ordinary users.
import { readFileSync, writeFileSync } from 'node:fs'
import { release } from 'node:os'
import {
  binfmt,
  check,
  cli,
  expectEqual,
  foreign,
  home,
  leftUnderRun,
  mountsOfTable,
  must,
  parameter,
  play,
  restore,
  run,
  type SetUpTarget,
  setUp,
  sha256Of,
  table,
  whatRuns,
} from './guest.js'

/** What is expected of one VM; `rows.json` beside this file has them by name. */
export interface SystemdScenario {
  /** SHA-256 of the catalog's default emulator for arm64. */
  readonly sha256: string
  /** Path of Debian's own emulator for arm64; null where the packages' entries are not registered. */
  readonly theirs: string | null
  /** Whether binfmt-support is there beside systemd-binfmt. */
  readonly binfmtSupport: boolean
}

const rows = JSON.parse(readFileSync(`${home}/rows.json`, 'utf8')) as Record<string, SystemdScenario>
const row = rows[parameter('vm.row')]
if (row === undefined) throw new Error('the command line names no row')
const { sha256, theirs, binfmtSupport } = row

/** The name of our entry where the usual one is taken. */
const beside = 'setup-qemu-aarch64'

/** An entry in the JSON of `status`. */
interface Viewed {
  readonly entry: string
  readonly behind: string
  readonly fingerprint: { readonly sha256: string } | null
}

/** What runs arm64 programs now: its SHA-256, and the answers of a program. */
async function expectRunning(expected: string): Promise<string> {
  const { sha256: got, path } = await whatRuns('aarch64')
  expectEqual(got, expected, `SHA-256 of what runs, ${path}`)
  for (const how of ['direct', 'chroot'] as const)
    expectEqual(foreign('aarch64', how), { runs: true, machine: 'aarch64' }, how)
  return `${path} ${got.slice(0, 16)}`
}

function setUpArm64(front: readonly string[] = [], words: readonly string[] = []): SetUpTarget {
  const [got] = setUp(['arm64', ...words], front)
  expectEqual(
    [got?.state, got?.proof?.fingerprint, got?.proof?.chroot, got?.proof?.argv0],
    ['emulated', sha256, true, true],
    'setup',
  )
  if (got === undefined) throw new Error('setup told of no target')
  return got
}

/** The entries of `before`, byte for byte, and nothing else but what `more` names. */
function expectTable(before: Record<string, string>, more: readonly string[] = []): void {
  const now = Object.entries(table())
  expectEqual(Object.fromEntries(now.filter(([name]) => !more.includes(name))), before, 'table')
  expectEqual(
    now.map(([name]) => name).filter((name) => more.includes(name)),
    more,
    'entries of ours',
  )
}

async function untouched(): Promise<void> {
  await check('setup is the first to touch the automount', () => {
    expectEqual(mountsOfTable(), ['autofs'], 'mounts before')
    setUpArm64()
    expectEqual(mountsOfTable(), ['autofs', 'binfmt_misc'], 'mounts after')
    return expectRunning(sha256)
  })
  await check('restore empties the table and leaves the mount to systemd', () => {
    expectEqual([restore().removed, table(), leftUnderRun()], [['qemu-aarch64'], {}, []], 'removed, table, files')
    expectEqual(mountsOfTable(), ['autofs', 'binfmt_misc'], 'mounts')
    expectEqual(foreign('aarch64', 'direct').runs, false, 'arm64')
    return 'refused'
  })
}

async function unmounted(): Promise<void> {
  await check('an unmount in mid-job takes ours away; restore is quiet', () => {
    setUpArm64()
    must('umount', binfmt)
    expectEqual([mountsOfTable(), table(), foreign('aarch64', 'direct').runs], [['autofs'], {}, false], 'mounts, table')
    expectEqual([restore().removed, leftUnderRun()], [[], []], 'restore')
    return 'gone'
  })
}

/** A user without rights runs an arm64 program under `run`: from Linux 6.7 on. The machine's table and its mounts stay as they are. */
async function privately(): Promise<void> {
  must('useradd', '--create-home', 'alone')
  const [before, mounts] = [table(), mountsOfTable()]
  const isOld = /^([1-5]|6\.[0-6])\./.test(release())
  await check(`a user without rights has a private table: ${isOld ? 'the kernel is too old' : 'it works'}`, () => {
    const line = [process.execPath, `${home}/dist/cli/index.js`, 'run', '--offline', '--cache-dir', `${home}/cache`]
    const command = ['--', `${home}/foreign/aarch64/busybox`, 'uname', '-m']
    const { status, stdout, stderr } = run('runuser', ['-u', 'alone', '--', ...line, ...command])
    const said = isOld ? /from 6\.7 on/.exec(stderr)?.[0] : stdout.trim()
    expectEqual([status, said], isOld ? [125, 'from 6.7 on'] : [0, 'aarch64'], `run (${stderr.slice(0, 600)})`)
    expectEqual([table(), leftUnderRun()], [before, []], 'table, files')
    return said ?? ''
  })
  if (mounts.includes('binfmt_misc')) expectEqual(mountsOfTable(), mounts, 'mounts')
}

async function ordinaryUsers(): Promise<void> {
  for (const user of ['runner', 'plain']) must('useradd', '--create-home', user)
  writeFileSync('/etc/sudoers.d/runner', 'runner ALL=(ALL) NOPASSWD: ALL\n', { mode: 0o440 })
  const runner = ['runuser', '-u', 'runner', '--']
  await check('a user with passwordless sudo sets up, after the automount is untouched again', () => {
    must('umount', binfmt)
    expectEqual(mountsOfTable(), ['autofs'], 'mounts before')
    setUpArm64(runner)
    return expectRunning(sha256)
  })
  await check('and restores', () => {
    expectEqual([restore(runner).removed, table(), leftUnderRun()], [['qemu-aarch64'], {}, []], 'removed, table, files')
    return 'empty'
  })
  await check('a user without sudo is told so', () => {
    const words = ['setup', 'arm64', '--offline', '--cache-dir', `${home}/cache`]
    const { status, json } = cli(words, ['runuser', '-u', 'plain', '--'])
    expectEqual([status, (json.error as { code: string } | undefined)?.code], [1, 'no-root'], 'setup')
    expectEqual([table(), leftUnderRun()], [{}, []], 'table, files')
    return 'no-root'
  })
}

async function besidePackages(file: string): Promise<void> {
  const own = sha256Of(file)
  const before = table()
  await check("status shows the packages' entries and what runs behind them", () => {
    const entries = cli(['status']).json.entries as Viewed[]
    expectEqual(entries.map(({ entry }) => entry).sort(), Object.keys(before), 'entries')
    const arm64 = entries.find(({ entry }) => entry === 'qemu-aarch64')
    expectEqual([arm64?.behind, arm64?.fingerprint?.sha256], ['runs', own], 'arm64')
    // unknown: of another kind, or without a probe
    const others = entries.filter(({ behind }) => behind !== 'runs' && behind !== 'unknown')
    expectEqual(others, [], 'entries behind which nothing was seen to run')
    return `${entries.length} entries`
  })
  await check('setup takes precedence, theirs stay byte for byte', () => {
    const { entry, findings } = setUpArm64()
    expectEqual([entry, findings.map(({ code }) => code)], ['setup-qemu-aarch64', ['shadows']], 'entry and findings')
    expectTable(before, [beside])
    return expectRunning(sha256)
  })
  await check('after restore theirs run again', () => {
    expectEqual(restore().removed, [beside], 'removed')
    expectTable(before)
    return expectRunning(own)
  })
  await host(before, own)
  await restarts(before, own)
}

async function host(before: Record<string, string>, own: string): Promise<void> {
  await check('qemu-version host keeps an entry of theirs that has the flags', () => {
    // Debian's entries have no C
    const [got] = setUp(['arm64', '--qemu-version', 'host', '--no-credentials'])
    const seen = [got?.state, got?.entry, got?.sha256, got?.proof?.fingerprint]
    expectEqual(seen, ['kept', 'qemu-aarch64', own, own], 'setup')
    expectTable(before)
    return `QEMU ${got?.qemuVersion}, ${got?.flags}`
  })
  await check('and registers their emulator with C where that is asked for', () => {
    const [got] = setUp(['arm64', '--qemu-version', 'host'])
    const seen = [got?.state, got?.entry, got?.flags, got?.proof?.fingerprint]
    expectEqual(seen, ['emulated', beside, 'POCF', own], 'setup')
    expectTable(before, [beside])
    restore()
    expectTable(before)
    return `QEMU ${got?.qemuVersion}, ${got?.flags}`
  })
}

async function restarts(before: Record<string, string>, own: string): Promise<void> {
  await check('a restart of systemd-binfmt removes ours and brings theirs back; restore is quiet', async () => {
    setUpArm64()
    must('systemctl', 'restart', 'systemd-binfmt')
    expectTable(before)
    const seen = await expectRunning(own)
    expectEqual([restore().left, leftUnderRun()], [[{ name: beside, why: 'gone' }], []], 'restore')
    expectTable(before)
    return seen
  })
  await survival(before, own)
  if (!binfmtSupport) return
  await check('a restart of binfmt-support puts theirs in front of ours; setup again puts ours in front', async () => {
    setUpArm64()
    const ours = table()[beside]
    must('systemctl', 'restart', 'binfmt-support')
    expectEqual([Object.keys(table()), table()[beside]], [[...Object.keys(before), beside].sort(), ours], 'table')
    await expectRunning(own)
    const again = setUpArm64().entry ?? ''
    const seen = await expectRunning(sha256)
    expectEqual([[...restore().removed].sort(), leftUnderRun()], [[beside, again], []], 'restore')
    await expectRunning(own)
    return seen
  })
}

async function survival(before: Record<string, string>, own: string): Promise<void> {
  await check('with survive-restart ours comes back after theirs, and restore takes it away for good', async () => {
    setUpArm64([], ['--survive-restart'])
    must('systemctl', 'restart', 'systemd-binfmt')
    expectTable(before, [beside])
    const seen = await expectRunning(sha256)
    restore()
    expectEqual(leftUnderRun(), [], 'files')
    expectTable(before)
    must('systemctl', 'restart', 'systemd-binfmt')
    expectTable(before)
    await expectRunning(own)
    return seen
  })
}

const [version = 'systemd'] = must('systemctl', '--version').split(' (')
await play(`${version}${binfmtSupport ? ', binfmt-support' : ''}`, async () => {
  await privately()
  if (theirs === null) {
    must('umount', binfmt)
    await untouched()
    await unmounted()
    await ordinaryUsers()
  } else await besidePackages(theirs)
})
