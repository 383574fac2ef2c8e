// The scenario of a bare kernel: everything as root on an untouched machine, whose binfmt_misc is neither loaded nor mounted.
import { copyFileSync, existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import {
  binfmt,
  check,
  cli,
  expectEqual,
  foreign,
  type GuestTarget,
  home,
  leftUnderRun,
  mountsOfTable,
  must,
  parameter,
  play,
  restore,
  run,
  setUp,
  table,
  whatRuns,
} from './guest.js'
import { isOld, privately } from './private-guest.js'
import { explainsNative, explainsRefusal, explainsRunning, saysMore, withCpu } from './words-guest.js'

/** What is expected of one kernel; `rows.json` beside this file has them by name. */
export interface KernelScenario {
  readonly targets: readonly GuestTarget[]
  /** Of those the ones that processor and kernel run by themselves. */
  readonly native: readonly string[]
  /** Whether the kernel tells the emulator that argv[0] is handed on. */
  readonly argv0: boolean
  /** SHA-256 of QEMU 5.2's emulator for arm64 or x86_64, which knows nothing of that; null to leave it out. */
  readonly old: { readonly platform: string; readonly sha256: string } | null
}

const rows = JSON.parse(readFileSync(`${home}/rows.json`, 'utf8')) as Record<string, KernelScenario>
const row = rows[parameter('vm.row')]
if (row === undefined) throw new Error('the command line names no row')
const { targets, native, argv0, old } = row
const emulated = targets.filter(({ target }) => !native.includes(target))
const [first, last] = [firstOf(emulated), firstOf([...emulated].reverse())]

function firstOf([target]: readonly GuestTarget[]): GuestTarget {
  if (target === undefined) throw new Error('nothing is emulated')
  return target
}

function expectForeign(expected: boolean, how: 'direct' | 'chroot'): string {
  for (const { target, machine } of emulated) {
    const got = foreign(target, how)
    expectEqual([got.runs, got.machine], [expected, expected ? machine : ''], `${target} ${how}`)
  }
  for (const target of native) expectEqual(foreign(target, how).runs, true, `${target} ${how}`)
  return emulated.map(({ machine }) => machine).join(' ')
}

function expectUntouched(): string {
  expectEqual(
    [existsSync(`${binfmt}/register`), mountsOfTable(), leftUnderRun()],
    [false, [], []],
    'mounted, mounts, files',
  )
  return 'not mounted'
}

async function atFirst(): Promise<void> {
  await check('binfmt_misc is neither loaded nor mounted', () => {
    expectEqual(existsSync('/sys/module/binfmt_misc'), false, 'module')
    return expectUntouched()
  })
  await check('foreign programs are refused, native ones run', () => {
    expectForeign(false, 'direct')
    return expectForeign(false, 'chroot')
  })
  await check('status says that nothing is mounted', () => {
    const { status, json } = cli(['status'])
    expectEqual([status, json.mounted, json.entries], [0, false, []], 'status')
    return 'not mounted'
  })
  await check('explain tells that a foreign program fails', () => explainsRefusal(last.target))
}

async function setUpAll(): Promise<void> {
  const flags = argv0 ? 'POCF' : 'OCF'
  await check('setup of all targets is green', () => {
    const got = setUp(targets.map(({ platform }) => platform))
    for (const { target, sha256 } of emulated) {
      const one = got.find((outcome) => outcome.target === target)
      const { state, entry, proof } = one ?? {}
      const seen = [state, entry, one?.flags, proof?.fingerprint, proof?.chroot, proof?.argv0]
      expectEqual(seen, ['emulated', `qemu-${target}`, flags, sha256, true, argv0], target)
      const codes = one?.findings.map(({ code }) => code)
      expectEqual(codes, argv0 ? [] : ['argv0-not-preserved'], `findings of ${target}`)
    }
    for (const name of native) {
      const one = got.find(({ target }) => target === name)
      expectEqual([one?.state, one?.entry], ['native', null], name)
    }
    return `${emulated.length} emulated, ${native.join(' and ')} native, ${flags}`
  })
  await check('foreign programs run directly', () => expectForeign(true, 'direct'))
  await check('foreign programs run in an empty root', () => expectForeign(true, 'chroot'))
  await check(`argv[0] is ${argv0 ? '' : 'not '}handed on`, () => {
    for (const { target } of emulated) {
      const { status, stdout } = run(`${home}/foreign/${target}/busybox`, ['word'], { argv0: 'echo' })
      expectEqual([status === 0, stdout], argv0 ? [true, 'word\n'] : [false, ''], target)
    }
    return 'busybox called as echo'
  })
}

async function lookAndRestore(): Promise<void> {
  await check('status shows what runs, and no entry for what is native', () => {
    const { entries } = cli(['status']).json as {
      entries: { target: string; fingerprint: { sha256: string } | null }[]
    }
    const seen = entries.map(({ target, fingerprint }) => `${target} ${fingerprint?.sha256}`).sort()
    expectEqual(seen, emulated.map(({ target, sha256 }) => `${target} ${sha256}`).sort(), 'entries')
    expectEqual(Object.keys(table()).sort(), emulated.map(({ target }) => `qemu-${target}`).sort(), 'names')
    return `${entries.length} entries`
  })
  await check('explain tells which emulator runs a program', () => explainsRunning(last))
  // the time of the newer ones goes to private scopes
  if (isOld) {
    await check('explain tells that a program needs none', () => explainsNative(native.at(-1) ?? ''))
    await saysMore(first)
  }
  await check('the newest of two entries is in force, and the kernel lists it first', newestFirst)
  await check('restore gives back the first state', () => {
    const { removed, unmounted } = restore()
    expectEqual([removed.length, unmounted], [emulated.length, true], 'restore')
    return expectUntouched()
  })
  await check('foreign programs are refused again', () => expectForeign(false, 'direct'))
}

/** Another entry for the first target, with a copy of its emulator: what setup and status know of precedence is the order of the folder. */
async function newestFirst(): Promise<string> {
  const [{ target } = { target: '' }] = emulated
  const fields = /^interpreter (.+)\nflags: (\w+)\noffset 0\nmagic (\w+)\nmask (\w+)$/m.exec(
    table()[`qemu-${target}`] ?? '',
  )
  const [, interpreter = '', flags, magic = '', mask = ''] = fields ?? []
  const escaped = (hex: string) => hex.replace(/../g, '\\x$&')
  const copy = '/tmp/other-qemu'
  copyFileSync(interpreter, copy)
  writeFileSync(`${binfmt}/register`, `:a-newer:M::${escaped(magic)}:${escaped(mask)}:${copy}:${flags}`)
  const seen = await whatRuns(target)
  const { entries } = cli(['status']).json as { entries: { entry: string; target: string; behind: string }[] }
  writeFileSync(`${binfmt}/a-newer`, '-1')
  const listed = entries.filter((one) => one.target === target).map(({ entry, behind }) => `${entry} ${behind}`)
  expectEqual([seen.path, listed], [copy, ['a-newer runs', `qemu-${target} shadowed`]], 'what runs, and status')
  expectEqual((await whatRuns(target)).path, interpreter, 'what runs after its removal')
  return listed.join(', ')
}

/** From Linux 6.7 on a table ends with its last mount; before, its entries may stay in force and come back with the next one. */
function unmountedMeanwhile(): string {
  setUp([first.platform])
  must('umount', binfmt)
  const stay = foreign(first.target, 'direct').runs
  if (stay && !isOld) throw new Error('entries outlive their table')
  const { status, json } = cli(['restore'])
  expectEqual([status, mountsOfTable()], [stay ? 1 : 0, []], 'restore, and mounts')
  if (!stay) return `gone, ${expectUntouched()}`
  const [warning = ''] = json.warnings as string[]
  if (!warning.includes('not mounted here; mount it')) throw new Error(`restore warns: ${warning}`)
  must('mount', '-t', 'binfmt_misc', 'binfmt_misc', binfmt)
  expectEqual(restore().removed, [`qemu-${first.target}`], 'removed')
  return `stay in force, then ${expectUntouched()}`
}

async function limits(): Promise<void> {
  await check('binfmt_misc that is switched off is an error', () => {
    must('mount', '-t', 'binfmt_misc', 'binfmt_misc', binfmt)
    writeFileSync(`${binfmt}/status`, '0')
    const { status, json } = cli(['setup', targets[0]?.platform ?? '', '--offline', '--cache-dir', `${home}/cache`])
    expectEqual([status, (json.error as { code: string } | undefined)?.code], [1, 'binfmt-disabled'], 'setup')
    expectEqual([table(), readFileSync(`${binfmt}/status`, 'utf8')], [{}, 'disabled\n'], 'table and status')
    writeFileSync(`${binfmt}/status`, '1')
    must('umount', binfmt)
    return 'binfmt-disabled'
  })
  await check('entries that were unmounted are gone, or are told with the command to reach them', unmountedMeanwhile)
  // a newer one does that in a private scope
  if (isOld) await check('setup with a CPU model', () => withCpu(first))
  if (old === null) return
  await check('QEMU 5.2 is registered without P', () => {
    const [got] = setUp([old.platform, '--qemu-version', '5.2.0'])
    const codes = got?.findings.map(({ code }) => code).filter((code) => code !== 'known-problem')
    const expected = ['argv0-not-preserved', ...(got?.target === 'aarch64' ? ['slow-cpu'] : [])]
    expectEqual([got?.flags, got?.proof?.fingerprint, codes], ['OCF', old.sha256, expected], 'setup')
    restore()
    return expectUntouched()
  })
}

/** The first target is the one whose emulator a release brings along. */
async function fromRelease(): Promise<void> {
  await check('what came with a release is set up with an empty cache and without a network', () => {
    const { status, json, stderr } = cli(['setup', first.platform, '--cache-dir', '/tmp/no-cache'])
    const [got] = json.targets as { locator: string; bytesFetched: number; proof: { fingerprint: string } | null }[]
    const seen = [status, got?.locator, got?.bytesFetched, got?.proof?.fingerprint]
    expectEqual(seen, [0, 'bundled', 0, first.sha256], `setup (${stderr.slice(-600)})`)
    expectEqual(foreign(first.target, 'direct').runs, true, 'foreign program')
    restore()
    rmSync('/tmp/no-cache', { recursive: true })
    return `${first.target}: ${got?.locator}`
  })
}

await play('none', async () => {
  await atFirst()
  await privately(first)
  await setUpAll()
  await lookAndRestore()
  await fromRelease()
  await limits()
})
