// sysroot and cpu through the built action and command line: what later steps get, and what is red.
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { libraryRoot, unpack } from '../support/programs/guest-root.js'
import { annotations, cli, main, play, post, shell, temporary } from '../support/runner/runner.js'

const root = (target = 'aarch64') => libraryRoot(target, temporary())

describe('sysroot and cpu', () => {
  it('are proven, and later steps get the variables; post has nothing to undo of them', async () => {
    const sysroot = await root()
    const { result } = await play([main({ sysroot, cpu: 'cortex-a72' }), post()])
    const done = result('main')
    expect(done).toMatchObject({ status: 0, variables: { QEMU_LD_PREFIX: sysroot, QEMU_CPU: 'cortex-a72' } })
    const status = JSON.parse(done.outputs.status ?? '')
    expect(status).toMatchObject({
      environment: { QEMU_LD_PREFIX: sysroot, QEMU_CPU: 'cortex-a72' },
      targets: [{ proof: { loader: '/lib/ld-linux-aarch64.so.1' }, findings: [] }],
    })
    expect(done.summary).toContain(`export QEMU_LD_PREFIX=${sysroot}\nexport QEMU_CPU=cortex-a72\n`)
    expect(done.summary).toContain('sudo --preserve-env=QEMU_LD_PREFIX,QEMU_CPU')
    expect(result('post of main')).toMatchObject({ status: 0, table: {}, journals: [], variables: {} })
  })

  it('without them no variable is set', async () => {
    const { result } = await play([main(), post()])
    expect(result('main')).toMatchObject({ status: 0, variables: {} })
    expect(result('main').summary).not.toContain('QEMU_')
  })

  it('on the command line are lines for a shell, which then runs a real program', async () => {
    const sysroot = await root()
    await unpack('dash aarch64', sysroot)
    const script = 'eval "$(printf %s "$1")"; "$QEMU_LD_PREFIX/bin/dash" -c "echo \\$((6 * 7))"'
    const { result } = await play([
      cli('setup', ['setup', 'arm64', '--sysroot', sysroot, '--cpu', 'cortex-a53']),
      shell('program', script, `export QEMU_LD_PREFIX=${sysroot}`),
    ])
    expect(result('setup').stdout).toContain(`\nexport QEMU_LD_PREFIX=${sysroot}\nexport QEMU_CPU=cortex-a53\n`)
    expect(result('program').stdout).toBe('42\n')
  })

  it('and other words that are empty on the command line, as of a variable that is not set, are not given', async () => {
    const empty = ['--sysroot', '', '--cpu', '', '--path', '', '--cache-dir', '']
    const { result } = await play([cli('setup', ['setup', 'arm64', '--offline', '--json', ...empty])])
    const { environment, targets } = JSON.parse(result('setup').stdout)
    expect([environment, targets[0].locator]).toEqual([{}, 'tool-cache'])
  })

  it('in a chroot QEMU_LD_PREFIX is harmless, as its path is not there', async () => {
    const sysroot = await root()
    await unpack('dash aarch64', sysroot)
    mkdirSync(join(sysroot, 'proc'))
    const script = 'export QEMU_LD_PREFIX="$1"; chroot "$1" /bin/dash -c "echo inside"'
    const { result } = await play([
      cli('setup', ['setup', 'arm64', '--sysroot', sysroot]),
      shell('program', script, sysroot),
    ])
    expect(result('program')).toMatchObject({ stdout: 'inside\n', stderr: '' })
  })
})

describe('what cannot be', () => {
  it.each([
    ['a missing folder', { sysroot: '/nowhere' }, 'sysroot-unusable', 'it is not there'],
    ['two platforms', { sysroot: '/', platforms: 'arm64,riscv64' }, 'invalid-input', 'aarch64, riscv64 are emulated'],
    ['an unknown CPU', { cpu: 'cortex-a27' }, 'unknown-cpu', 'did you mean "cortex-'],
    [
      'a CPU of one of two',
      { cpu: 'cortex-a72', platforms: 'arm64,riscv64' },
      'unknown-cpu',
      'qemu-riscv64 has no CPU model',
    ],
    ['a property that is none', { cpu: 'max,nope=on' }, 'unknown-cpu', "Property 'max-arm-cpu.nope' not found"],
    ['words that are no CPU', { cpu: 'a; id' }, 'invalid-input', 'is no CPU model'],
  ])('%s is red, sets no variable and leaves nothing', async (_, inputs, code, words) => {
    const { result } = await play([main(inputs), post()])
    expect(result('main')).toMatchObject({ status: 1, variables: {}, table: {}, journals: [] })
    const [error] = annotations('error', result('main'))
    expect(error).toMatchObject({ title: `setup-qemu: ${code}`, text: expect.stringContaining(words) })
    expect(error?.text).toContain(`#${code}`)
  })

  it('a root of another architecture, and one without a loader', async () => {
    const sysroot = await root('riscv64')
    const { result } = await play([main({ sysroot }), main({ sysroot: temporary() }, {}, 'empty')])
    expect(annotations('error', result('main'))[0]?.text).toContain('a file of riscv64')
    expect(annotations('error', result('empty'))[0]?.text).toContain('no loader of any architecture')
  })

  it('exit statuses tell wrong words from a wrong root', async () => {
    const { result } = await play([
      cli('cpu', ['setup', 'arm64', '--cpu', 'cortex-a27', '--json']),
      cli('root', ['setup', 'arm64', '--sysroot', '/nowhere', '--dry-run', '--json']),
    ])
    expect([result('cpu').status, JSON.parse(result('cpu').stdout).error.code]).toEqual([2, 'unknown-cpu'])
    expect([result('root').status, JSON.parse(result('root').stdout).error.code]).toEqual([1, 'sysroot-unusable'])
  })
})
