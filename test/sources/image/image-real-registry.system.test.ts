// The whole way with a real registry (Debian's docker-registry) that skopeo has filled, with real emulators in the layers.
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { command } from '../../../src/system/command.js'
import { cleanAfterEach } from '../../support/kernel/table.js'
import { emulatorPath } from '../../support/programs/emulators.js'
import { take } from '../../support/registry/image-access.js'
import { type Content, executable, imageOf, indexOf, layer, sha256 } from '../../support/registry/oci-layout.js'
import { push, registryUser, startRegistry } from '../../support/registry/registry.js'

const host = process.arch === 'arm64' ? 'arm64' : 'amd64'
const other = host === 'arm64' ? 'amd64' : 'arm64'
const binaries = ['qemu-aarch64', 'qemu-riscv64']

cleanAfterEach()

let open: Awaited<ReturnType<typeof startRegistry>>
let locked: Awaited<ReturnType<typeof startRegistry>>
const contents = new Map<string, Buffer>()
const images = new Map<string, Content>()
// the folders of the other tests go after each of them
const folder = mkdtempSync(join(tmpdir(), 'setup-qemu-registry-'))

beforeAll(async () => {
  for (const name of ['aarch64', 'riscv64']) contents.set(`qemu-${name}`, readFileSync(await emulatorPath(name)))
  const [aarch64, riscv64] = binaries.map((binary) => ({
    path: `usr/bin/${binary}-static`,
    content: contents.get(binary) ?? Buffer.alloc(0),
  }))
  const theirs = binaries.map((binary) => ({ path: `usr/bin/${binary}`, content: executable(other, binary) }))
  for (const form of ['gzip', 'zstd'] as const) {
    const ours = imageOf(
      [layer([aarch64!], form), layer([{ path: 'etc/x', content: 'y' }], 'plain'), layer([riscv64!], form)],
      {
        os: 'linux',
        architecture: host,
      },
    )
    const foreign = imageOf([layer(theirs, form)], { os: 'linux', architecture: other })
    const index = indexOf([{ os: 'linux', architecture: other }, foreign], [{ os: 'linux', architecture: host }, ours])
    images.set(form, index)
  }
  const [openFolder, lockedFolder] = ['open', 'locked'].map((name) => join(folder, name))
  for (const one of [openFolder!, lockedFolder!]) mkdirSync(one)
  open = await startRegistry(openFolder!)
  locked = await startRegistry(lockedFolder!, { login: true })
  const pushed = (form: string, host: string, login = false) =>
    push(images.get(form)!, host, `team/emulators:${form}`, mkdtempSync(join(folder, 'layout-')), { login })
  for (const form of ['gzip', 'zstd']) pushed(form, open.host)
  pushed('gzip', locked.host, true)
}, 240_000)

afterAll(async () => {
  await open?.[Symbol.asyncDispose]()
  await locked?.[Symbol.asyncDispose]()
  rmSync(folder, { recursive: true })
})

describe('a real registry', () => {
  const takeHere = (reference: string, change: Parameters<typeof take>[2] = {}) =>
    take(reference, [...binaries, 'qemu-nothing'], change, host)

  it.each(['gzip', 'zstd'])('gives emulators that run out of layers of %s', async (form) => {
    const { found, missing, digest } = await takeHere(`${open.host}/team/emulators:${form}`)
    expect(digest).toBe(images.get(form)?.digest)
    for (const binary of binaries) {
      const path = found.get(binary)?.path ?? ''
      expect(found.get(binary)?.sha256).toBe(sha256(contents.get(binary) ?? Buffer.alloc(0)))
      expect((await command(path, ['--version'])).stdout).toContain(`${binary} version `)
    }
    expect([...missing.keys()]).toEqual(['qemu-nothing'])
  })

  it('delivers them by digest, and also as its own mirror', async () => {
    const digest = images.get('zstd')?.digest
    const registryMirrors = [`http://${open.host}`]
    const { found } = await takeHere(`registry.invalid/team/emulators@${digest}`, { registryMirrors })
    expect(found.size).toBe(2)
  })

  it('that requires a login gets it; without one the error says so', async () => {
    const reference = `${locked.host}/team/emulators:gzip`
    expect((await takeHere(reference, { credentials: registryUser })).found.size).toBe(2)
    await expect(takeHere(reference)).rejects.toMatchObject({ code: 'image-denied' })
    const wrong = takeHere(reference, { credentials: { ...registryUser, password: 'wrong' } })
    await expect(wrong).rejects.toMatchObject({ code: 'image-denied', message: expect.not.stringContaining('wrong') })
  })

  it.each(['team/emulators:absent', 'nobody/here:gzip', `team/emulators@sha256:${'0'.repeat(64)}`])(
    'that does not have %s says so',
    async (reference) => {
      await expect(takeHere(`${open.host}/${reference}`)).rejects.toMatchObject({ code: 'image-not-found' })
    },
  )
})
