// Ordinary users, with sudo and without, in a namespace with all ids.
import { chmodSync, copyFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { as, guest, open, own, playHere, runner, shared } from '../support/kernel/accounts.js'
import { emulator } from '../support/programs/emulators.js'
import { libraryRoot } from '../support/programs/guest-root.js'
import { annotations, cli, main, post, shell, temporary } from '../support/runner/runner.js'

const { sha256 } = emulator('aarch64')
describe('a user who may execute a program and not read it', () => {
  it('is told that what will happen cannot be told', async () => {
    const program = join(open(), 'sealed')
    copyFileSync('/bin/true', program)
    chmodSync(program, 0o711)
    const result = await playHere([
      as(guest, cli('sealed', ['explain', program]), { HOME: open() }),
      as(guest, shell('really', '"$1"', program), { HOME: open() }),
    ])
    expect(result('sealed')).toMatchObject({
      status: 1,
      stdout: expect.stringMatching(/What will happen cannot be told, .*not read it\.\nTo do: run explain as root\n$/),
    })
    expect(result('really').status).toBe(0)
  })
})

describe('a user with passwordless sudo', () => {
  it('has main and post, cold: everything but the table belongs to the user', async () => {
    const cache = open()
    const env = { ...own(), RUNNER_TOOL_CACHE: cache }
    const result = await playHere([
      as(runner, main(), env),
      shell('owners', 'find "$1" -mindepth 1 ! -uid "$2"', cache, String(runner)),
      as(runner, post(), env),
      shell('left', 'ls -A "$1"', env.RUNNER_TEMP),
    ])
    expect(result('main')).toMatchObject({ status: 0, outputs: { sha256, flags: 'POCF', platforms: 'linux/arm64' } })
    expect(result('owners').stdout).toBe('')
    expect(result('post of main')).toMatchObject({ status: 0, table: {}, journals: [] })
    expect(result('left').stdout).toBe('')
  })

  it('has the command line: set up, kept, another version, restored', async () => {
    const env = { HOME: open() }
    const call = (name: string, ...words: string[]) => as(runner, cli(name, words), env)
    const result = await playHere([
      call('one', 'setup', 'arm64'),
      call('two', 'setup', 'arm64', '--json'),
      call('three', 'setup', 'arm64', '--json', '--qemu-version', '7.2'),
      call('status', 'status', '--json'),
      call('restore', 'restore'),
    ])
    expect(result('one').status).toBe(0)
    expect(JSON.parse(result('two').stdout)).toMatchObject({ ok: true, targets: [{ state: 'kept' }] })
    expect(JSON.parse(result('three').stdout)).toMatchObject({ ok: true, targets: [{ qemuVersion: '7.2.22' }] })
    expect(JSON.parse(result('status').stdout).entries).toHaveLength(2)
    expect(result('restore')).toMatchObject({ status: 0, table: {}, journals: [] })
  })

  it('works after root, with root’s cache and journal folder, and root can restore what the user made', async () => {
    const env = { HOME: open() }
    const result = await playHere([
      cli('root', ['setup', 'arm64'], shared),
      cli('root restores', ['restore']),
      as(runner, cli('user', ['setup', 'arm64', '--json']), env),
      cli('root again', ['restore']),
    ])
    expect(result('root restores')).toMatchObject({ status: 0, table: {} })
    expect(JSON.parse(result('user').stdout)).toMatchObject({ ok: true, targets: [{ locator: 'tool-cache' }] })
    expect(result('root again')).toMatchObject({ status: 0, table: {}, journals: [] })
  })

  it('has a root and a CPU proven, though sudo keeps the variables from the empty root', async () => {
    const folder = temporary()
    const sysroot = await libraryRoot('aarch64', folder)
    const result = await playHere([
      as(runner, main({ sysroot, cpu: 'cortex-a72' }), { ...own(), ...shared }),
      as(runner, main({ cpu: 'cortex-a27' }, {}, 'unknown'), { ...own(), ...shared }),
    ])
    expect(result('main')).toMatchObject({
      status: 0,
      variables: { QEMU_LD_PREFIX: sysroot, QEMU_CPU: 'cortex-a72' },
    })
    expect(annotations('error', result('unknown'))[0]?.text).toContain('#unknown-cpu')
  })

  it('that cannot write the cache is told so', async () => {
    const cache = temporary()
    chmodSync(cache, 0o755)
    const result = await playHere([as(runner, main(), { ...own(), RUNNER_TOOL_CACHE: cache })])
    expect(annotations('error', result('main'))[0]?.text).toMatch(/EACCES[\s\S]*#cache-unwritable/)
    expect(result('main')).toMatchObject({ status: 1, table: {}, journals: [] })
  })

  it.each([
    ['binfmt-disabled', 'echo 0 > /proc/sys/fs/binfmt_misc/status'],
    ['binfmt-read-only', 'mount -o remount,ro,bind /proc/sys/fs/binfmt_misc'],
    ['journal-unwritable', 'mkdir -p /run/setup-qemu && mount --bind -o ro /run/setup-qemu /run/setup-qemu'],
  ])('gets %s as root does', async (code, prepare) => {
    const result = await playHere([shell('prepare', prepare), as(runner, main(), own())])
    expect(result('prepare')).toMatchObject({ status: 0, stderr: '' })
    expect(annotations('error', result('main'))[0]?.title).toBe(`setup-qemu: ${code}`)
    expect(result('main')).toMatchObject({ status: 1, table: {}, journals: [] })
  })

  it('whose main was killed with -9 restores', async () => {
    const env = { ...own(), HOME: open() }
    const kill = as(runner, main({}, { kill: ['/proc/sys/fs/binfmt_misc', 'qemu-aarch64'] }), env)
    const result = await playHere([kill, as(runner, cli('restore', ['restore', '--all']), env)])
    expect(result('main').signal).toBe('SIGKILL')
    expect(result('restore')).toMatchObject({ table: {}, journals: [] })
  })
})

describe('a user without sudo', () => {
  it.each([
    ['who may not use it', {}, /sudo -n answered: /],
    ['where there is none', { PATH: '/nowhere' }, /there is no sudo/],
  ])('%s gets one clear error, and nothing changes', async (_, env, reason) => {
    const result = await playHere([as(guest, main(), { ...own(), ...env })])
    const [error] = annotations('error', result('main'))
    expect(error).toMatchObject({ title: 'setup-qemu: no-root', text: expect.stringMatching(reason) })
    expect(result('main')).toMatchObject({ status: 1, table: {}, journals: [] })
  })

  it('may look: plan and status', async () => {
    const env = { HOME: open() }
    const result = await playHere([
      cli('root', ['setup', 'arm64'], shared),
      as(guest, cli('status', ['status', '--json']), env),
      as(guest, cli('plan', ['setup', 'riscv64', '--dry-run']), env),
    ])
    expect(JSON.parse(result('status').stdout).entries[0]).toMatchObject({ behind: 'runs', fingerprint: { sha256 } })
    expect(result('plan').status).toBe(0)
  })
})
