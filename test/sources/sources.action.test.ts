// Where emulators come from other than the catalog's packages, through the built action and command line: what the machine has, and files of
// the user's own. Images have a file of their own.
import { copyFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { emulator, emulatorPath } from '../support/programs/emulators.js'
import { annotations, cli, main, play, post, shell, temporary } from '../support/runner/runner.js'

const theirs = emulator('aarch64', '7.2.22')
const old = await emulatorPath('aarch64', '7.2.22')

/** As a package or another tool registers it. */
const registerTheirs = shell(
  'stranger',
  'printf %s ":qemu-aarch64:M::\\x7f\\x45\\x4c\\x46\\x02\\x01\\x01\\x00\\x00\\x00\\x00\\x00\\x00\\x00\\x00\\x00\\x02\\x00\\xb7\\x00:\\xff\\xff\\xff\\xff\\xff\\xff\\xff\\x00\\xff\\xff\\xff\\xff\\xff\\xff\\xff\\xff\\xfe\\xff\\xff\\xff:$1:POCF" > /proc/sys/fs/binfmt_misc/register',
  old,
)

describe('qemu-version: host', () => {
  it('keeps what works: outputs tell it, PATH is left alone, post leaves it', async () => {
    const { result } = await play([registerTheirs, main({ 'qemu-version': 'host' }), post()])
    const done = result('main')
    expect(done).toMatchObject({
      status: 0,
      path: '',
      outputs: { entry: 'qemu-aarch64', interpreter: old, 'qemu-version': '7.2.22', sha256: theirs.sha256, image: '' },
    })
    expect(JSON.parse(done.outputs.status ?? '').targets[0]).toMatchObject({ state: 'kept', locator: null })
    expect(done.summary).toContain('kept; ran directly')
    expect(result('post of main').table).toEqual(result('stranger').table)
  })

  it('is red where the machine has nothing', async () => {
    const { result } = await play([main({ 'qemu-version': 'host' }, { env: { PATH: '/nowhere' } }), post()])
    expect(result('main')).toMatchObject({ status: 1, table: {}, journals: [] })
    expect(annotations('error', result('main'))[0]?.text).toContain('#emulator-missing')
  })
})

describe('if-registered', () => {
  it('keep: is red for another version, names both, and touches nothing', async () => {
    const { result } = await play([registerTheirs, main({ 'if-registered': 'keep' }), post()])
    const [error] = annotations('error', result('main'))
    expect(error?.text).toMatch(/QEMU 11\.1\.3 is asked for, and QEMU 7\.2\.22 runs[\s\S]*#kept-differs/)
    expect([result('main').status, result('main').table]).toEqual([1, result('stranger').table])
  })

  it('fail: is red for what is there', async () => {
    const step = cli('setup', ['setup', 'arm64', '--if-registered', 'fail', '--json'])
    const { result } = await play([registerTheirs, step])
    expect(JSON.parse(result('setup').stdout).targets[0].findings[0].code).toBe('already-registered')
    expect([result('setup').status, result('setup').table]).toEqual([1, result('stranger').table])
  })
})

describe('path', () => {
  it('registers a file of the user’s own and puts its folder on PATH', async () => {
    const folder = temporary()
    copyFileSync(old, join(folder, 'qemu-aarch64'))
    const inputs = { path: folder, sha256: theirs.sha256, 'qemu-version': '7.2' }
    const { result } = await play([main(inputs), post()])
    expect(result('main')).toMatchObject({
      status: 0,
      path: `${folder}\n`,
      outputs: { interpreter: join(folder, 'qemu-aarch64'), sha256: theirs.sha256, 'qemu-version': '7.2.22' },
    })
    expect(result('post of main')).toMatchObject({ status: 0, table: {}, journals: [] })
  })

  it('does not move a folder that is on PATH already before the others', async () => {
    const folder = temporary()
    copyFileSync(old, join(folder, 'qemu-aarch64'))
    const env = { PATH: `${process.env.PATH}:${folder}` }
    const { result } = await play([main({ path: folder }, { env }), post()])
    expect(result('main')).toMatchObject({ status: 0, path: '' })
  })

  it('of another version than asked for is red, and no entry stays', async () => {
    const { result } = await play([main({ path: old, 'qemu-version': '11' }), post()])
    expect(annotations('error', result('main'))[0]).toMatchObject({
      title: 'another QEMU version runs aarch64 programs',
      text: expect.stringContaining('#wrong-version'),
    })
    expect(result('main')).toMatchObject({ status: 1, table: {}, journals: [] })
  })
})

describe('offline', () => {
  it('works from the cache and says what is missing where it is empty', async () => {
    const env = { https_proxy: 'http://127.0.0.1:1', http_proxy: 'http://127.0.0.1:1' }
    const call = (name: string, cache: string[]) => cli(name, ['setup', 'arm64', '--offline', '--json', ...cache], env)
    const { result } = await play([
      call('warm', []),
      cli('restore', ['restore']),
      call('cold', ['--cache-dir', temporary()]),
    ])
    expect(result('warm').status).toBe(0)
    const [finding] = JSON.parse(result('cold').stdout).targets[0].findings
    expect(finding).toMatchObject({ code: 'offline', reason: expect.stringContaining(emulator('aarch64').sha256) })
    expect(result('cold')).toMatchObject({ status: 1, table: {}, journals: [] })
  })
})

describe('a workflow of docker/setup-qemu-action', () => {
  it('keeps working with its inputs, and a notice says why two of them are not needed', async () => {
    const { result } = await play([main({ platforms: 'arm64', 'cache-image': 'true', reset: 'true' }), post()])
    const notices = result('main')
      .stdout.split('\n')
      .filter((line) => line.startsWith('::notice'))
    expect(notices).toEqual([expect.stringContaining('cache-image'), expect.stringContaining('reset')])
    expect(result('main')).toMatchObject({ status: 0, outputs: { platforms: 'linux/arm64' } })
  })
})

describe('words that contradict each other', () => {
  it.each([
    [{ image: 'a/b', path: '/c' }, 'image and path'],
    [{ method: 'container' }, 'no image is named'],
    [{ 'registry-password': 'geheim' }, 'registry-username is empty'],
  ])('%j are one clear error', async (inputs, words) => {
    const { result } = await play([main(inputs), post()])
    const [error] = annotations('error', result('main'))
    expect([error?.title, error?.text]).toEqual(['setup-qemu: invalid-input', expect.stringContaining(words)])
    expect(result('main').stdout.replace('::add-mask::geheim', '')).not.toContain('geheim')
    expect(result('main')).toMatchObject({ status: 1, table: {}, journals: [] })
  })
})
