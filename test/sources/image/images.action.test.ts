// `image` through the built action and command line, from the real registry (Debian's docker-registry) with real emulators in it. What is
// refused has a file of its own.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { emulator } from '../../support/programs/emulators.js'
import { emulatorImage, imageVersion } from '../../support/registry/emulator-image.js'
import type { Content } from '../../support/registry/oci-layout.js'
import { push, registryUser, startRegistry } from '../../support/registry/registry.js'
import {
  annotations,
  cli,
  halfWritten,
  machineNode,
  main,
  node24,
  noNetwork,
  play,
  post,
  readable,
  type Step,
  type StepResult,
  shell,
  temporary,
} from '../../support/runner/runner.js'

const { sha256 } = emulator('aarch64', imageVersion)
const user = { 'registry-username': registryUser.username, 'registry-password': registryUser.password }

let image: Content
let open: Awaited<ReturnType<typeof startRegistry>>
let locked: Awaited<ReturnType<typeof startRegistry>>
// the folders of the tests go after each of them
const folder = mkdtempSync(join(tmpdir(), 'setup-qemu-registry-'))

beforeAll(async () => {
  image = await emulatorImage(['aarch64', 'riscv64'])
  const started = ['open', 'locked'].map(async (name) => {
    mkdirSync(join(folder, name))
    return startRegistry(join(folder, name), { login: name === 'locked' })
  })
  open = await started[0]!
  locked = await started[1]!
  for (const [at, { host }] of [open, locked].entries()) {
    const work = mkdtempSync(join(folder, 'layout-'))
    push(image, host, 'team/emulators:v1', work, { login: at === 1 })
  }
  const zstd = await emulatorImage(['aarch64'], imageVersion, 'zstd')
  push(zstd, open.host, 'team/emulators:zstd', mkdtempSync(join(folder, 'layout-')))
}, 240_000)

afterAll(async () => {
  await open?.[Symbol.asyncDispose]()
  await locked?.[Symbol.asyncDispose]()
  rmSync(folder, { recursive: true })
})

const tag = () => `${open.host}/team/emulators:v1`
const digest = () => `${open.host}/team/emulators@${image.digest}`

/** The action's main step with an image, and a tool cache. */
function used(
  inputs: Record<string, string>,
  cache: string,
  { name = 'main', env = {} }: { name?: string; env?: Record<string, string> } = {},
): Step {
  return main(inputs, { env: { ...noNetwork, RUNNER_TOOL_CACHE: cache, ...env } }, name)
}

const targets = ({ outputs }: StepResult) => JSON.parse(outputs.status ?? '').targets

describe('image', () => {
  it('with layers of zstd is unpacked by either Node', async () => {
    const words = ['setup', 'arm64', '--image', `${open.host}/team/emulators:zstd`, '--json', '--cache-dir']
    const steps = [machineNode, node24].map((node, at) => cli(`cli ${at}`, [...words, temporary()], noNetwork, node))
    const { result } = await play([...steps, cli('restore', ['restore'])])
    for (const name of ['cli 0', 'cli 1']) {
      expect(result(name)).toMatchObject({ status: 0, stderr: expect.not.stringContaining('Error') })
      expect(JSON.parse(result(name).stdout)).toMatchObject({ ok: true, targets: [{ sha256 }] })
    }
  })

  it('by tag: runs what it has, says which digest it was, and is put back', async () => {
    const cache = temporary()
    const { result, before } = await play([used({ image: tag() }, cache), post()])
    const done = result('main')
    const pinned = `${tag()}@${image.digest}`
    const interpreter = expect.stringMatching(new RegExp(`^${cache}/.*/qemu-aarch64$`))
    expect(done).toMatchObject({
      status: 0,
      outputs: { image: pinned, interpreter, sha256, 'qemu-version': imageVersion, platforms: 'linux/arm64' },
    })
    expect(done.summary).toContain(`Image: \`${tag()}\`. To pin it, write:\n\n\`\`\`yaml\nimage: ${pinned}\n\`\`\`\n`)
    expect(done.summary).toContain(`| ${imageVersion} |`)
    const [target] = targets(done)
    expect(target).toMatchObject({ locator: 'image', proof: { direct: true, chroot: true, fingerprint: sha256 } })
    // the layer that has it is the second from above, so the uppermost had to be read, too
    const layers = [...image.blobs.values()].filter(({ length }) => length > 1_000_000)
    expect(target.bytesFetched).toBe(layers.reduce((sum, { length }) => sum + length, 0))
    expect(done.table?.['qemu-aarch64']).toContain(`interpreter ${done.outputs.interpreter}\n`)
    expect([before, result('post of main').table, halfWritten(cache)]).toEqual([{}, {}, []])
    // of nothing but what is known of this old version
    expect(annotations('warning', done).filter(({ text }) => !/#known-problem|#slow-cpu/.test(text))).toEqual([])
  })

  it('by digest: the second run fetches nothing and asks nobody, and so does one offline', async () => {
    const cache = temporary()
    const inputs = { image: digest(), platforms: 'arm64, riscv64' }
    const nobody = { http_proxy: 'http://127.0.0.1:1', no_proxy: '' }
    const { result } = await play([
      used(inputs, cache, { name: 'first' }),
      post('first'),
      used(inputs, cache, { name: 'second', env: nobody }),
      post('second'),
      used({ ...inputs, offline: 'true' }, cache, { name: 'third', env: nobody }),
      post('third'),
    ])
    for (const name of ['first', 'second', 'third']) {
      expect(result(name)).toMatchObject({ status: 0, outputs: { image: digest(), sha256 } })
      expect(result(name).summary).toContain(`Image: \`${digest()}\`\n`)
      expect(Object.keys(result(name).table ?? {}).toSorted()).toEqual(['qemu-aarch64', 'qemu-riscv64'])
      expect(result(`post of ${name}`).table).toEqual({})
    }
    const bytes = (name: string) => targets(result(name)).map((target: { bytesFetched: number }) => target.bytesFetched)
    expect(Math.min(...bytes('first'))).toBeGreaterThan(1_000_000)
    expect([bytes('second'), bytes('third')]).toEqual([
      [0, 0],
      [0, 0],
    ])
  })

  it('with an older entry of somebody else: ours takes precedence, and theirs is in force again after post', async () => {
    const rule =
      ':qemu-aarch64:M::\\x7f\\x45\\x4c\\x46\\x02\\x01\\x01\\x00\\x00\\x00\\x00\\x00\\x00\\x00\\x00\\x00\\x02\\x00\\xb7\\x00:\\xff\\xff\\xff\\xff\\xff\\xff\\xff\\x00\\xff\\xff\\xff\\xff\\xff\\xff\\xff\\xff\\xfe\\xff\\xff\\xff:/bin/true:'
    const stranger = shell('stranger', 'printf %s "$1" > /proc/sys/fs/binfmt_misc/register', rule)
    const { result } = await play([stranger, used({ image: tag() }, temporary()), post()])
    const { table, status } = result('main')
    expect([status, Object.keys(table ?? {}).length]).toEqual([0, 2])
    expect(table).toMatchObject(result('stranger').table ?? {})
    expect(result('post of main').table).toEqual(result('stranger').table)
  })

  it('with platforms: all runs those that the image has, and leaves the others out', async () => {
    const { result } = await play([used({ image: tag(), platforms: 'all' }, temporary()), post()])
    const done = result('main')
    expect(done.status).toBe(0)
    const emulated = targets(done).filter(({ state }: { state: string }) => state === 'emulated')
    expect(emulated.map(({ target }: { target: string }) => target).toSorted()).toEqual(['aarch64', 'riscv64'])
    expect(Object.keys(done.table ?? {}).toSorted()).toEqual(['qemu-aarch64', 'qemu-riscv64'])
    expect(done.outputs.platforms).toMatch(/linux\/arm64.*linux\/riscv64/)
    expect(done.outputs.platforms).not.toContain('s390x')
    expect(result('post of main').table).toEqual({})
  })

  it('with qemu-version and sha256 as conditions that hold is green', async () => {
    const inputs = { image: tag(), 'qemu-version': '7.2', sha256 }
    const { result } = await play([used(inputs, temporary()), post()])
    expect(result('main')).toMatchObject({ status: 0, outputs: { 'qemu-version': imageVersion, sha256 } })
  })

  it('through registry-mirror is tried first; one that fails is skipped', async () => {
    const mirrors = `http://127.0.0.1:1, http://${open.host}`
    const inputs = { image: `registry.invalid/team/emulators:v1`, 'registry-mirror': mirrors }
    const { result } = await play([used(inputs, temporary()), post()])
    const pinned = `registry.invalid/team/emulators:v1@${image.digest}`
    expect(result('main')).toMatchObject({ status: 0, outputs: { image: pinned, sha256 } })
  })

  it('through the command line says what pins it; restore puts back', async () => {
    const cache = temporary()
    const words = ['setup', 'arm64', '--image', tag(), '--cache-dir', cache]
    const { result } = await play([cli('setup', words, noNetwork), cli('restore', ['restore'])])
    const lines = result('setup').stdout.split('\n')
    expect(result('setup').status).toBe(0)
    expect(lines).toContain(`  image: ${tag()}@${image.digest}`)
    expect(lines.find((line) => line.startsWith(`${cache}/`))).toMatch(/\/qemu-aarch64$/)
    expect(result('restore').table).toEqual({})
  })
})

describe('a private registry', () => {
  const reference = () => `${locked.host}/team/emulators:v1`

  /** A folder with docker's configuration, as `docker login` writes it. */
  function dockerConfig(): string {
    const place = temporary()
    const auth = Buffer.from(`${registryUser.username}:${registryUser.password}`).toString('base64')
    writeFileSync(join(place, 'config.json'), JSON.stringify({ auths: { [locked.host]: { auth } } }))
    return place
  }

  it('accepts registry-username and registry-password, which are masked and never shown', async () => {
    const { result } = await play([used({ image: reference(), ...user }, temporary()), post()])
    expect(result('main')).toMatchObject({ status: 0, outputs: { sha256 } })
    expect(result('main').stdout.split('\n')).toContain(`::add-mask::${registryUser.password}`)
    for (const name of ['main', 'post of main']) expect(readable(result(name))).not.toContain(registryUser.password)
  })

  it('accepts what docker login has stored, and on the command line the environment', async () => {
    const login = {
      SETUP_QEMU_REGISTRY_USERNAME: registryUser.username,
      SETUP_QEMU_REGISTRY_PASSWORD: registryUser.password,
    }
    const words = ['setup', 'arm64', '--image', reference(), '--verbose', '--cache-dir']
    const { result } = await play([
      used({ image: reference() }, temporary(), { env: { DOCKER_CONFIG: dockerConfig() } }),
      post(),
      cli('cli', [...words, temporary()], { ...noNetwork, ...login }),
    ])
    for (const name of ['main', 'cli']) expect(result(name).status).toBe(0)
    for (const name of ['main', 'cli']) expect(readable(result(name))).not.toContain(registryUser.password)
  })

  it.each([
    ['without a login', {}, 'there are no credentials for it'],
    ['with a wrong password', { ...user, 'registry-password': 'wrong one' }, 'answered 401'],
  ])('%s is red, and the password is nowhere told', async (_, inputs, words) => {
    const cache = temporary()
    const { result } = await play([
      used({ image: reference(), ...inputs }, cache, { env: { HOME: temporary() } }),
      post(),
    ])
    const [error] = annotations('error', result('main'))
    expect([error?.title, error?.text]).toEqual(['setup-qemu: image-denied', expect.stringContaining(words)])
    expect(result('main')).toMatchObject({ status: 1, table: {}, journals: [] })
    expect([halfWritten(cache), readable(result('main')).includes('wrong one')]).toEqual([[], false])
  })
})
