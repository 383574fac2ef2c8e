// A folder that mirror names: what of it is used, also without a network, and what is refused without waiting for it.
import { execFileSync } from 'node:child_process'
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { type AcquiredFile, acquireEmulators, type NotAcquired } from '../../src/sources/catalog.js'
import { cachePath } from '../../src/sources/store.js'
import { sha256OfFile } from '../../src/system/regular-file.js'
import { namesIn } from '../../src/system/temporary-folder.js'
import { cleanAfterEach, temporaryFolder } from '../support/kernel/table.js'
import { emulator, sources } from '../support/programs/emulators.js'
import { assetOf, assetPath, serveReleases } from '../support/releases/release-server.js'

cleanAfterEach()

const arm64 = emulator('aarch64')
const asset = await assetOf(arm64)
const [tag = '', name = ''] = assetPath(arm64).split('/')

/** A folder with a release in it, made by `fill`; its second argument is the file's path. */
function folderWith(fill: (folder: string, file: string) => void): string {
  const folder = temporaryFolder()
  mkdirSync(join(folder, tag))
  fill(folder, join(folder, tag, name))
  return folder
}

/** Acquires it from these folders, without a network. What is on disk is right, or nothing. */
async function take(folders: readonly string[], more: { offline?: boolean; addresses?: readonly string[] } = {}) {
  const { offline = true, addresses = [] } = more
  const cacheFolder = temporaryFolder()
  const mirrors = { folders, addresses }
  const [result] = (await acquireEmulators([arm64], { ...sources, mirrors, offline, cacheFolder })) as [
    AcquiredFile | NotAcquired,
  ]
  const path = cachePath(cacheFolder, arm64)
  if ('path' in result) expect(sha256OfFile(path)).toBe(arm64.sha256)
  expect(namesIn(dirname(path))).toEqual('path' in result ? [arm64.binary] : [])
  return result
}

async function refusal(fill: (folder: string, file: string) => void): Promise<string> {
  const result = await take([folderWith(fill)])
  return 'failure' in result ? result.failure.message : 'it was taken'
}

describe('a folder', () => {
  it('has the emulator below the tag of its release, or directly', async () => {
    const below = folderWith((_, file) => writeFileSync(file, asset))
    const flat = folderWith((folder) => writeFileSync(join(folder, name), asset))
    for (const folder of [below, flat])
      expect(await take([folder])).toMatchObject({ locator: 'mirror', bytesFetched: 0 })
  })

  it('is asked before an address, and the address when it has nothing', async () => {
    await using server = await serveReleases(new Map([[assetPath(arm64), asset]]), { direct: true })
    const addresses = [server.base]
    const full = folderWith((_, file) => writeFileSync(file, asset))
    expect(await take([full], { addresses, offline: false })).toMatchObject({ locator: 'mirror', bytesFetched: 0 })
    expect(server.seen).toEqual([])
    const empty = folderWith(() => undefined)
    expect(await take([empty], { addresses, offline: false })).toMatchObject({
      locator: 'mirror',
      bytesFetched: asset.length,
    })
  })

  it('whose file below the tag is damaged may have it directly', async () => {
    const folder = folderWith((folder, file) => {
      writeFileSync(file, asset.subarray(0, 1000))
      writeFileSync(join(folder, name), asset)
    })
    expect(await take([folder])).toMatchObject({ locator: 'mirror' })
  })

  it('that has nothing, or is none, leads to the next', async () => {
    const good = folderWith((_, file) => writeFileSync(file, asset))
    const empty = folderWith(() => undefined)
    expect(await take([empty, '/nowhere', good])).toMatchObject({ locator: 'mirror' })
    const result = await take([empty, '/nowhere'])
    expect(result).toMatchObject({ failure: { code: 'offline' }, bytesFetched: 0 })
    const { failure } = result as NotAcquired
    expect(failure.message.split('\n  ').slice(1)).toEqual([
      `${empty}: has neither ${tag}/${name} nor ${name}`,
      '/nowhere: does not exist',
    ])
    expect(failure.hint).toMatch(/without offline .* set mirror .* folder that has qemu-\w+-[\d.]+-linux-amd64\.br$/)
  })
})

describe('what lies in its place', () => {
  it.each<[string, (folder: string, file: string) => void, RegExp]>([
    ['a link', (folder, file) => symlinkSync(join(folder, 'elsewhere'), file), /: is a link$/],
    ['a pipe', (_, file) => execFileSync('mkfifo', [file]), /: is a pipe$/],
    ['a folder', (_, file) => mkdirSync(file), /: is a folder$/],
    [
      'more than it can be',
      (_, file) => writeFileSync(file, Buffer.alloc(20_000_000)),
      /: has 20000000 bytes, and at most/,
    ],
    ['something else', (_, file) => writeFileSync(file, 'else'), /: is not valid brotli data/],
    [
      'a part of it',
      (_, file) => writeFileSync(file, asset.subarray(0, -9)),
      /: is cut short: delivered \d+ bytes with the SHA-256 \w+, expected/,
    ],
    [
      'it and more',
      (_, file) => writeFileSync(file, Buffer.concat([asset, asset])),
      /: goes on after the end of its data$/,
    ],
    ['nothing', (_, file) => writeFileSync(file, ''), /: is cut short: delivered 0 bytes/],
  ])('%s is refused', async (_, fill, words) => {
    // what a link leads to is right, and yet nobody asked for it
    const message = await refusal((folder, file) => {
      writeFileSync(join(folder, 'elsewhere'), asset)
      fill(folder, file)
    })
    expect(message).toMatch(words)
  })
})
