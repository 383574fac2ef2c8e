// What is taken out of an image's layers, and what is refused. The registry is made by hand and behaves well.
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { cleanAfterEach, temporaryFolder } from '../../support/kernel/table.js'
import { type AccessChange, take } from '../../support/registry/image-access.js'
import { elf, executable, imageOf, indexOf, type LayerBytes, layer, sha256 } from '../../support/registry/oci-layout.js'
import { serveImages } from '../../support/registry/registry.js'
import { type Member, paxBytes, tarHeaderBytes } from '../../support/registry/tar.js'

cleanAfterEach()

const good = executable('amd64', 'good')
const old = executable('amd64', 'old')
const aarch64: Member = { path: 'usr/bin/qemu-aarch64', content: good }

/** Takes binaries out of an image of these layers, the lowest first. */
async function taken(layers: readonly LayerBytes[], binaries = ['qemu-aarch64'], change: AccessChange = {}) {
  await using registry = await serveImages({ t: imageOf(layers) })
  const fetch = await take(`${registry.host}/x:t`, binaries, change)
  return { ...fetch, blobs: registry.blobsAsked }
}

/** What became of qemu-aarch64: its content, or why it is missing. */
async function outcome(...layers: LayerBytes[]): Promise<string> {
  const { found, missing } = await taken(layers)
  const path = found.get('qemu-aarch64')?.path
  if (path === undefined) return missing.get('qemu-aarch64')?.reason ?? 'neither'
  return readFileSync(path).equals(good) ? 'good' : readFileSync(path).equals(old) ? 'old' : 'another'
}

describe('an executable in an image', () => {
  it.each(['gzip', 'zstd', 'plain'] as const)('is taken out of a layer that is %s', async (form) => {
    const cacheFolder = temporaryFolder()
    const { found, missing, digest, image } = await taken([layer([aarch64], form)], ['qemu-aarch64'], { cacheFolder })
    const emulator = found.get('qemu-aarch64')
    const folder = join(cacheFolder, 'setup-qemu', `image-${digest.slice(7, 19)}`)
    expect(emulator).toEqual({
      binary: 'qemu-aarch64',
      path: join(folder, `amd64-${sha256(good).slice(0, 16)}`, 'qemu-aarch64'),
      sha256: sha256(good),
      size: good.length,
      locator: 'image',
      bytesFetched: expect.any(Number),
    })
    expect(emulator?.bytesFetched).toBeGreaterThan(100)
    expect(missing.size).toBe(0)
    expect(image).toMatch(new RegExp(`^127.0.0.1:\\d+/x:t@${digest}$`))
    expect(readFileSync(emulator?.path ?? '').equals(good)).toBe(true)
    expect(statSync(emulator?.path ?? '').mode & 0o777).toBe(0o755)
    expect(readdirSync(folder).sort()).toEqual([
      `amd64-${sha256(good).slice(0, 16)}`,
      `amd64-${sha256(good).slice(0, 16)}.complete`,
      'amd64.json',
    ])
  })

  it('may have -static behind its name, and be in any folder, also a deep one', async () => {
    const path = `${'deep/'.repeat(60)}qemu-aarch64-static`
    const { found } = await taken([layer([paxBytes({ path }), { path: 'short', content: good }])])
    expect(found.get('qemu-aarch64')?.path).toMatch(/\/qemu-aarch64$/)
  })

  it('is found for each of several names, with a reason for those that are missing', async () => {
    const arm = executable('amd64', 'arm', 200_000)
    const members = [
      aarch64,
      { path: 'usr/bin/qemu-arm-static', content: arm },
      { path: 'usr/bin/qemu-mips', content: 'x' },
    ]
    const { found, missing } = await taken([layer(members)], ['qemu-aarch64', 'qemu-arm', 'qemu-mips', 'qemu-s390x'])
    expect([...found.values()].map((one) => [one.binary, one.sha256])).toEqual([
      ['qemu-aarch64', sha256(good)],
      ['qemu-arm', sha256(arm)],
    ])
    expect(Object.fromEntries(missing)).toEqual({
      'qemu-mips': {
        kind: 'unusable',
        reason: '"usr/bin/qemu-mips" is not an ELF64 file with little-endian numbers',
      },
      'qemu-s390x': { kind: 'missing', reason: 'the image has no file qemu-s390x or qemu-s390x-static' },
    })
  })

  it('in an upper layer wins, and lower layers are not fetched', async () => {
    const [lower, upper] = [layer([{ ...aarch64, content: old }]), layer([aarch64])]
    const { found, blobs } = await taken([lower, upper])
    expect(found.get('qemu-aarch64')?.sha256).toBe(sha256(good))
    expect(blobs.filter((digest) => digest === `sha256:${sha256(lower.bytes)}`)).toEqual([])
  })

  it.each<[string, Member[], string]>([
    ['nothing of it', [{ path: 'etc/x', content: 'y' }], 'old'],
    ['a whiteout of another', [{ path: 'usr/bin/.wh.qemu-arm' }], 'old'],
    ['a whiteout of it', [{ path: 'usr/bin/.wh.qemu-aarch64' }], 'removed'],
    ['a whiteout of its folder', [{ path: './usr/.wh.bin' }], 'removed'],
    ['an opaque folder above', [{ path: 'usr/.wh..wh..opq' }], 'removed'],
    ['an opaque root', [{ path: '.wh..wh..opq' }], 'removed'],
    ['an opaque folder elsewhere', [{ path: 'opt/.wh..wh..opq' }], 'old'],
    ['a file in place of its folder', [{ path: 'usr/bin', content: 'y' }], 'removed'],
    ['a link in place of its folder', [{ path: 'usr', type: '2', link: 'opt' }], 'removed'],
    ['its folder again', [{ path: 'usr/bin/', type: '5' }], 'old'],
    ['a link in its place', [{ path: 'usr/bin/qemu-aarch64', type: '2', link: 'y' }], 'a symbolic link to "y"'],
    ['a whiteout of it and it again', [{ path: 'usr/bin/.wh.qemu-aarch64' }, aarch64], 'good'],
  ])('of a lower layer, under one with %s: %3$s', async (_, members, expected) => {
    const lower = layer([{ ...aarch64, content: old }])
    const said = await outcome(lower, layer([{ path: 'a' }]), layer(members))
    expect(said).toContain(expected)
  })

  it.each<[string, Member, RegExp]>([
    ['dynamic', { path: 'bin/qemu-aarch64', content: elf({ type: 3, segments: [3] }) }, /is not static: it names/],
    ['for another machine', { path: 'bin/qemu-aarch64', content: executable('arm64', 'x') }, /its machine is arm64/],
    ['a link', { path: 'bin/qemu-aarch64', type: '2', link: 'busybox' }, /is a symbolic link to "busybox"/],
    ['a hard link', { path: 'bin/qemu-aarch64', type: '1', link: 'bin/x' }, /is a hard link to "bin\/x"/],
    ['empty', { path: 'bin/qemu-aarch64' }, /is not an ELF64/],
  ])('that is %s is told, and another one is taken', async (_, member, reason) => {
    expect(await outcome(layer([member]))).toMatch(reason)
    expect(await outcome(layer([member, aarch64]))).toBe('good')
    expect(await outcome(layer([aarch64]), layer([member]))).toBe('good')
  })

  it('is chosen from an index by host, and attestations are ignored', async () => {
    const ours = imageOf([layer([aarch64])])
    const theirs = imageOf([layer([{ ...aarch64, content: executable('arm64', 'x') }])], {
      os: 'linux',
      architecture: 'arm64',
    })
    const index = indexOf(
      [{ os: 'linux', architecture: 'arm64' }, theirs],
      [{ os: 'unknown', architecture: 'unknown' }, imageOf([layer([{ path: 'attestation' }])])],
      [{ os: 'linux', architecture: 'amd64' }, ours],
    )
    const nested = indexOf([null, index])
    await using registry = await serveImages({ t: index, nested })
    const { found, digest } = await take(`${registry.host}/x:t`)
    expect(found.get('qemu-aarch64')?.sha256).toBe(sha256(good))
    expect(digest).toBe(index.digest)
    expect((await take(`${registry.host}/x:nested`)).found.size).toBe(1)
  })

  it.each([
    ['an index', indexOf([{ os: 'linux', architecture: 's390x' }, imageOf([layer([aarch64])])]), 'linux/s390x'],
    [
      'a single image',
      imageOf([layer([aarch64])], { os: 'linux', architecture: 'arm64', variant: 'v8' }),
      'linux/arm64/v8',
    ],
  ])('in %s for another platform is refused, with what there is', async (_, image, platform) => {
    await using registry = await serveImages({ t: image })
    await expect(take(`${registry.host}/x:t`)).rejects.toMatchObject({
      code: 'image-other-platform',
      message: expect.stringContaining(platform),
    })
  })

  it('in an index nested too deeply is refused', async () => {
    let index = imageOf([layer([aarch64])])
    for (let depth = 0; depth < 5; depth++) index = indexOf([{ os: 'linux', architecture: 'amd64' }, index])
    await using registry = await serveImages({ t: index })
    await expect(take(`${registry.host}/x:t`)).rejects.toMatchObject({ code: 'image-refused' })
  })
})

describe('a layer that is hostile or damaged', () => {
  const filler: Member = { path: 'usr/share/filler', content: Buffer.alloc(300_000) }
  const wrongType = { ...layer([aarch64]), mediaType: 'application/vnd.oci.image.layer.v1.tar+zstd' }
  const encrypted = { ...layer([aarch64]), mediaType: 'application/vnd.oci.image.layer.v1.tar+gzip+encrypted' }
  const bytes = layer([filler, aarch64]).bytes
  const cut = { ...layer([]), bytes: bytes.subarray(0, bytes.length - 200) }
  const broken = { ...layer([]), bytes: Buffer.from(bytes).fill(0xff, 100, 120) }
  const noTar = { ...layer([], 'plain'), bytes: Buffer.alloc(4000, 'x') }
  const cutTar = { ...layer([], 'plain'), bytes: tarHeaderBytes({ ...aarch64, size: 9000 }) }

  it.each<[string, LayerBytes, string, RegExp, object]>([
    ['a path that leads out', layer([{ path: '../../etc/x' }, aarch64]), 'image-refused', /leads out/, {}],
    ['an absolute wanted path', layer([{ path: '/qemu-aarch64', content: good }]), 'image-refused', /absolute/, {}],
    ['a device of that name', layer([{ path: 'qemu-aarch64', type: '3' }]), 'image-refused', /is a device/, {}],
    ['an absolute link', layer([{ path: 'qemu-aarch64', type: '2', link: '/x' }]), 'image-refused', /absolute/, {}],
    ['too much in it', layer([filler, aarch64]), 'image-refused', /more than 100000 bytes/, { imageBytes: 100_000 }],
    ['a bomb of zstd', layer([filler], 'zstd'), 'image-refused', /more than 100000 bytes/, { imageBytes: 100_000 }],
    ['an executable that is too big', layer([aarch64]), 'image-refused', /at most 2000/, { executableBytes: 2000 }],
    ['too many bytes when packed', noTar, 'image-refused', /at most 3999/, { imageBytes: 3999 }],
    ['another type', encrypted, 'image-refused', /is of the type .*encrypted/, {}],
    ['another form than its type', wrongType, 'image-damaged', /not by its first bytes/, {}],
    ['an end that is missing', cut, 'image-damaged', /unexpected end of file|inside a member/, {}],
    ['damage that has its digest', broken, 'image-damaged', /its layer sha256:\w+: /, {}],
    ['no tar archive', noTar, 'image-damaged', /tar archive/, {}],
    ['a tar archive that is cut', cutTar, 'image-damaged', /inside a member/, {}],
    ['no bytes', { ...layer([]), bytes: Buffer.alloc(0) }, 'image-damaged', /first bytes/, {}],
  ])('with %s is refused, and nothing is kept', async (_, one, code, message, limits) => {
    const cacheFolder = temporaryFolder()
    const attempt = taken([one], ['qemu-aarch64'], { cacheFolder, limits })
    await expect(attempt).rejects.toMatchObject({ code, message: expect.stringMatching(message) })
    const folder = join(cacheFolder, 'setup-qemu')
    for (const name of existsSync(folder) ? readdirSync(folder) : [])
      expect(readdirSync(join(folder, name))).toEqual([])
  })

  it('counts the bytes of all layers, and the characters of all paths above the last', async () => {
    const layers = [layer([aarch64]), layer([filler, { path: 'a' }]), layer([{ ...filler, path: 'usr/x' }])]
    const attempt = (limits: object) => taken(layers, ['qemu-aarch64'], { limits })
    await expect(attempt({ imageBytes: 500_000 })).rejects.toThrow(/more than 500000 bytes/)
    await expect(attempt({ pathCharacters: 20 })).rejects.toThrow(/more than 20 characters/)
    expect((await attempt({ imageBytes: 700_000, pathCharacters: 30 })).found.size).toBe(1)
  })

  it('writes nothing but the wanted files', async () => {
    const members: Member[] = [
      { path: 'dev/x', type: '3' },
      { path: 'fifo', type: '6' },
      { path: 'l', type: '2', link: '/etc' },
    ]
    const { found } = await taken([layer([...members, { path: 'l/passwd', content: 'x' }, aarch64])])
    const path = found.get('qemu-aarch64')?.path ?? ''
    expect(readdirSync(dirname(path))).toEqual(['qemu-aarch64'])
  })
})

describe('a list of accepted hashes', () => {
  it('stops the download when all are found, and does not trust the layer later', async () => {
    const tail = { path: 'tail', content: Buffer.from(Array.from({ length: 4_000_000 }, () => Math.random() * 256)) }
    const one = layer([aarch64, tail])
    await using registry = await serveImages({ t: imageOf([one]) })
    const cacheFolder = temporaryFolder()
    const accepted = new Set([sha256(good), sha256(old)])
    const first = await take(`${registry.host}/x:t`, ['qemu-aarch64'], { cacheFolder, accepted })
    expect(first.found.get('qemu-aarch64')?.bytesFetched).toBeLessThan(one.bytes.length / 2)
    const again = await take(`${registry.host}/x:t`, ['qemu-aarch64'], { cacheFolder, accepted })
    expect(again.found.get('qemu-aarch64')).toMatchObject({ locator: 'tool-cache', bytesFetched: 0 })
    const any = await take(`${registry.host}/x:t`, ['qemu-aarch64'], { cacheFolder })
    expect(any.found.get('qemu-aarch64')).toMatchObject({ locator: 'image', bytesFetched: one.bytes.length })
  })

  it('refuses another executable, by name and hash', async () => {
    const { found, missing } = await taken([layer([aarch64])], ['qemu-aarch64'], {
      accepted: new Set(['0'.repeat(64)]),
    })
    expect(found.size).toBe(0)
    expect(missing.get('qemu-aarch64')).toEqual({
      kind: 'other-hash',
      reason: `its qemu-aarch64 has the SHA-256 ${sha256(good)}, expected ${'0'.repeat(64)}`,
    })
  })
})
