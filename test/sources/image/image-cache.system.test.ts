// What is kept of an image, and when the network is asked again.
import { spawnSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { cleanAfterEach, temporaryFolder } from '../../support/kernel/table.js'
import { type AccessChange, imageAccess, take } from '../../support/registry/image-access.js'
import { digestOf, executable, imageOf, layer } from '../../support/registry/oci-layout.js'
import { serveImages } from '../../support/registry/registry.js'

cleanAfterEach()

const good = executable('amd64', 'good', 400_000)
const arm = executable('amd64', 'arm')
const image = imageOf([
  layer([
    { path: 'bin/qemu-aarch64', content: good },
    { path: 'bin/qemu-arm', content: arm },
  ]),
])
const both = ['qemu-aarch64', 'qemu-arm']

/** A registry, and calls that use one cache folder. */
async function withCache(cacheFolder = temporaryFolder(), content = image) {
  const registry = await serveImages({ t: content })
  const run = (reference: string, binaries: readonly string[], change: AccessChange = {}) =>
    take(`${registry.host}/x${reference}`, binaries, { cacheFolder, ...change })
  return { registry, run, cacheFolder, [Symbol.asyncDispose]: () => registry[Symbol.asyncDispose]() }
}

describe('a second call', () => {
  it('with a tag asks only for the tag, and with a digest for nothing', async () => {
    await using cache = await withCache()
    const first = await cache.run(':t', [...both, 'qemu-mips'])
    const asked = cache.registry.seen.length
    const again = await cache.run(':t', [...both, 'qemu-mips'])
    expect(cache.registry.seen.slice(asked).map(({ method, url }) => [method, url])).toEqual([
      ['HEAD', '/v2/x/manifests/t'],
    ])
    expect([...again.found.values()]).toEqual(
      [...first.found.values()].map((one) => ({ ...one, locator: 'tool-cache', bytesFetched: 0 })),
    )
    expect(again.missing).toEqual(first.missing)
    const pinned = await cache.run(`@${image.digest}`, both)
    expect(pinned.found.size).toBe(2)
    expect(cache.registry.seen).toHaveLength(asked + 1)
  })

  it('divides the fetched bytes among the executables', async () => {
    await using cache = await withCache()
    const { found } = await cache.run(':t', both)
    const size = [...image.blobs.values()].at(-1)?.length
    expect([...found.values()].reduce((sum, { bytesFetched }) => sum + bytesFetched, 0)).toBe(size)
  })

  it('fetches only what the first did not', async () => {
    await using cache = await withCache()
    await cache.run(':t', ['qemu-arm'])
    const next = await cache.run(':t', both)
    expect(next.found.get('qemu-arm')?.locator).toBe('tool-cache')
    expect(next.found.get('qemu-aarch64')?.locator).toBe('image')
    expect((await cache.run(`@${image.digest}`, both, { offline: true })).found.size).toBe(2)
  })

  it('fetches a damaged file again', async () => {
    await using cache = await withCache()
    const first = await cache.run(':t', both)
    const path = first.found.get('qemu-aarch64')?.path ?? ''
    writeFileSync(path, 'damaged')
    const again = await cache.run(':t', both)
    expect(again.found.get('qemu-aarch64')?.locator).toBe('image')
    expect(again.found.get('qemu-arm')?.locator).toBe('tool-cache')
    expect(readFileSync(path).equals(good)).toBe(true)
  })

  it.each([
    '',
    '{"format":1',
    JSON.stringify({ format: 1, binaries: { 'qemu-arm': { kind: 'found', sha256: '../..' } } }),
  ])('takes the record %j for nothing, and mends it', async (text) => {
    await using cache = await withCache()
    await cache.run(':t', both)
    const record = join(cache.cacheFolder, 'setup-qemu', `image-${image.digest.slice(7, 19)}`, 'amd64.json')
    const right = readFileSync(record, 'utf8')
    writeFileSync(record, text)
    expect((await cache.run(':t', both)).found.get('qemu-arm')?.locator).toBe('image')
    expect(readFileSync(record, 'utf8')).toBe(right)
  })

  it('may run at the same time as others', async () => {
    await using cache = await withCache()
    const all = await Promise.all(
      Array.from({ length: 6 }, (_, place) => cache.run(':t', place % 2 === 0 ? both : ['qemu-arm'])),
    )
    for (const { found } of all) expect(readFileSync(found.get('qemu-arm')?.path ?? '').equals(arm)).toBe(true)
    const folder = join(cache.cacheFolder, 'setup-qemu', `image-${image.digest.slice(7, 19)}`)
    expect(readdirSync(folder).filter((name) => name.endsWith('.part'))).toEqual([])
  })
})

describe('without the network', () => {
  it('the cache is enough for a digest', async () => {
    await using cache = await withCache()
    await cache.run(':t', [...both, 'qemu-mips'])
    const asked = cache.registry.seen.length
    const offline = await cache.run(`@${image.digest}`, [...both, 'qemu-mips'], { offline: true })
    expect([...offline.found.keys()]).toEqual(both)
    expect(offline.missing.get('qemu-mips')?.reason).toContain('the image has no file')
    expect(cache.registry.seen).toHaveLength(asked)
  })

  it.each([
    [':t', ['qemu-arm'], /stands for cannot be asked/, /digest/],
    ['', ['qemu-arm'], /x:latest stands for/, /digest/],
    [`@${image.digest}`, ['qemu-arm', 'qemu-mips'], /^qemu-mips of .*@sha256:\w+ is not in the cache/, /once with/],
    [`@${digestOf(arm)}`, both, /^qemu-aarch64, qemu-arm of /, /once with/],
  ])('%s with %j is told to be missing', async (reference, binaries, message, hint) => {
    await using cache = await withCache()
    await cache.run(':t', ['qemu-arm'])
    const asked = cache.registry.seen.length
    await expect(cache.run(reference, binaries, { offline: true })).rejects.toMatchObject({
      code: 'offline',
      message: expect.stringMatching(message),
      hint: expect.stringMatching(hint),
    })
    expect(cache.registry.seen).toHaveLength(asked)
  })
})

describe('the cache folder', () => {
  it('that is full is reported at once, and nothing is left', async () => {
    const folder = temporaryFolder()
    expect(spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=200k', 'tmpfs', folder]).status).toBe(0)
    try {
      const tail = randomBytes(5_000_000)
      const one = layer([
        { path: 'qemu-aarch64', content: good },
        { path: 'tail', content: tail },
      ])
      await using cache = await withCache(folder, imageOf([one]))
      let bytes = 0
      const transfer = () => ({
        expect: () => undefined,
        add: (count: number) => {
          bytes += count
        },
        end: () => undefined,
      })
      const attempt = cache.run(':t', both, { log: { ...imageAccess().log, transfer } })
      await expect(attempt).rejects.toMatchObject({
        code: 'cache-unwritable',
        message: expect.stringMatching(/qemu-aarch64: ENOSPC$/),
        hint: expect.stringContaining('full'),
      })
      expect(bytes).toBeLessThan(tail.length / 2)
      const [image = ''] = readdirSync(join(folder, 'setup-qemu'))
      expect(readdirSync(join(folder, 'setup-qemu', image))).toEqual([])
    } finally {
      spawnSync('umount', [folder])
    }
  })

  it('that is a file is reported', async () => {
    const folder = temporaryFolder()
    writeFileSync(join(folder, 'setup-qemu'), '')
    await using cache = await withCache(folder)
    await expect(cache.run(':t', both)).rejects.toMatchObject({ code: 'cache-unwritable' })
  })

  it('shows in the progress: expected bytes, received bytes, and the end', async () => {
    await using cache = await withCache()
    const told: [string, number][] = []
    let name = ''
    let ended = 0
    const log = {
      ...imageAccess().log,
      transfer: (...names: string[]) => {
        name = names.join(' ')
        return {
          expect: (bytes: number) => void told.push(['expect', bytes]),
          add: (bytes: number) => void told.push(['add', bytes]),
          end: () => void ended++,
        }
      },
    }
    await cache.run(':t', both, { log })
    const sum = (kind: string) => told.filter(([what]) => what === kind).reduce((total, [, bytes]) => total + bytes, 0)
    expect(name).toBe(both.join(' '))
    expect(sum('expect')).toBe([...image.blobs.values()].at(-1)?.length)
    expect(sum('add')).toBe(sum('expect'))
    expect(ended).toBe(1)
  })
})
