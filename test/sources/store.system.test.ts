import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { find } from '@actions/tool-cache'
import { describe, expect, it } from 'vitest'
import { cachePath, isCached, place } from '../../src/sources/store.js'
import { makerMark } from '../../src/system/temporary-folder.js'
import { makeArchive, serve, withRanges } from '../support/archive/archive.js'
import { cleanAfterEach, temporaryFolder } from '../support/kernel/table.js'
import { acquire, silentLog } from '../support/programs/emulators.js'

cleanAfterEach()

const { file, emulator, content } = makeArchive()

async function* bytes(...chunks: Uint8Array[]): AsyncGenerator<Uint8Array> {
  yield* chunks
}

describe('the tool cache', () => {
  it('holds an emulator where the runner’s own library finds it', async () => {
    const folder = temporaryFolder()
    const path = cachePath(folder, emulator)
    await place(path, emulator, bytes(content))
    process.env.RUNNER_TOOL_CACHE = folder
    expect(find('setup-qemu', emulator.qemuVersion, `amd64-${emulator.sha256.slice(0, 16)}`)).toBe(dirname(path))
    expect(isCached(path, emulator)).toBe(true)
  })

  it.each([
    ['a flipped byte', Buffer.from(content).fill(0, 5, 6)],
    ['a short file', content.subarray(0, 100)],
    ['a longer file', Buffer.concat([content, Buffer.from('x')])],
  ])('refuses bytes with %s and leaves nothing', async (_, wrong) => {
    const path = cachePath(temporaryFolder(), emulator)
    await expect(place(path, emulator, bytes(wrong))).rejects.toThrow(/delivered/)
    expect(readdirSync(dirname(path))).toEqual([])
  })

  it('writes through no link that somebody has put in the place of its mark', async () => {
    const folder = temporaryFolder()
    const path = cachePath(folder, emulator)
    const precious = join(folder, 'precious')
    writeFileSync(precious, 'content')
    mkdirSync(dirname(dirname(path)), { recursive: true })
    symlinkSync(precious, `${dirname(path)}.complete`)
    await place(path, emulator, bytes(content))
    expect(readFileSync(precious, 'utf8')).toBe('content')
    expect(isCached(path, emulator)).toBe(true)
  })

  it('is checked at each use: a damaged file is fetched again', async () => {
    await using server = await serve(file, withRanges)
    const sources = {
      cacheFolder: temporaryFolder(),
      mirrors: { addresses: [server.base], folders: [] },
      offline: false,
      cache: false,
      log: silentLog,
    }
    const first = await acquire(emulator, sources)
    expect(await acquire(emulator, sources)).toEqual({ path: first.path, locator: 'tool-cache', bytesFetched: 0 })
    writeFileSync(first.path, 'damaged')
    expect(await acquire(emulator, sources)).toMatchObject({ locator: 'deb' })
    expect(readFileSync(first.path).equals(content)).toBe(true)
    expect(server.seen).toHaveLength(2)
  })

  it('may be filled by many at once', async () => {
    await using server = await serve(file, withRanges)
    const sources = {
      cacheFolder: temporaryFolder(),
      mirrors: { addresses: [server.base], folders: [] },
      offline: false,
      cache: false,
      log: silentLog,
    }
    const all = await Promise.all(Array.from({ length: 8 }, () => acquire(emulator, sources)))
    expect(new Set(all.map(({ path }) => path)).size).toBe(1)
    expect(readdirSync(dirname(all[0]!.path))).toEqual(['qemu-aarch64'])
  })

  it('is swept of what a killed process left, not of what a living one writes', async () => {
    const path = cachePath(temporaryFolder(), emulator)
    const { pid: dead } = spawnSync('true')
    mkdirSync(dirname(path), { recursive: true })
    const own = makerMark()
    const killed = own.replace(`-${process.pid}-`, `-${dead}-`)
    const others = [own, `1-${dead}-1`].map((writer) => `qemu-aarch64.${writer}.0123abcd.part`)
    for (const name of [...others, `qemu-aarch64.${killed}.0123abcd.part`])
      writeFileSync(join(dirname(path), name), 'half')
    await place(path, emulator, bytes(content))
    expect(readdirSync(dirname(path)).sort()).toEqual(['qemu-aarch64', ...others].sort())
  })

  it('that cannot be written says so', async () => {
    const folder = temporaryFolder()
    writeFileSync(join(folder, 'setup-qemu'), 'a file where the folder should be')
    await expect(place(cachePath(folder, emulator), emulator, bytes(content))).rejects.toMatchObject({
      code: 'cache-unwritable',
    })
  })

  it('where nothing can be made says so', async () => {
    await expect(place(cachePath('/proc/nosuch', emulator), emulator, bytes(content))).rejects.toMatchObject({
      code: 'cache-unwritable',
      message: expect.stringContaining('ENOENT'),
    })
  })

  it('on a full disk says so and leaves nothing', async () => {
    const folder = temporaryFolder()
    expect(spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=300k', 'tmpfs', folder]).status).toBe(0)
    const path = cachePath(folder, emulator)
    try {
      const attempt = place(path, emulator, bytes(content))
      await expect(attempt).rejects.toMatchObject({
        code: 'cache-unwritable',
        message: expect.stringContaining('ENOSPC'),
        hint: expect.stringContaining('full'),
      })
      expect(readdirSync(dirname(path))).toEqual([])
    } finally {
      spawnSync('umount', [folder])
    }
  })
})

describe('acquiring', () => {
  it('tries the next mirror when one delivers wrong bytes, and logs it', async () => {
    const wrong = Buffer.from(file)
    wrong.fill(1, wrong.length / 2, wrong.length / 2 + 9)
    await using bad = await serve(wrong, withRanges)
    await using good = await serve(file, withRanges)
    const said: string[] = []
    const log = { ...silentLog, detail: (line: string) => void said.push(line) }
    const found = await acquire(emulator, {
      cacheFolder: temporaryFolder(),
      mirrors: { addresses: [bad.base, good.base], folders: [] },
      offline: false,
      cache: false,
      log,
    })
    expect(readFileSync(found.path).equals(content)).toBe(true)
    expect(said.join('\n')).toContain(bad.base)
    expect(said.join('\n')).not.toContain(good.base)
  })

  it('retries a busy mirror', async () => {
    const busy = (_: unknown, response: { writeHead(code: number): { end(): void } }) => response.writeHead(503).end()
    await using server = await serve(file, busy, busy, withRanges)
    expect(
      await acquire(emulator, {
        cacheFolder: temporaryFolder(),
        mirrors: { addresses: [server.base], folders: [] },
        offline: false,
        cache: false,
        log: silentLog,
      }),
    ).toMatchObject({ locator: 'deb' })
    expect(server.seen).toHaveLength(3)
  })

  it('names each mirror and its answer when none delivers', async () => {
    await using server = await serve(file, (_, response) => void response.writeHead(404).end())
    const folder = temporaryFolder()
    const { error } = await acquire(emulator, {
      cacheFolder: folder,
      mirrors: { addresses: [`${server.base}/a`, `${server.base}/b`], folders: [] },
      offline: false,
      cache: false,
      log: silentLog,
    }).then(
      () => ({ error: undefined }),
      (thrown) => ({ error: thrown }),
    )
    expect(error).toMatchObject({ code: 'download-failed' })
    expect(error.message).toContain(`${server.base}/a/pool/q%2B1.deb: answered 404`)
    expect(error.message).toContain(`${server.base}/b/pool/q%2B1.deb: answered 404`)
    expect(error.message).toContain('snapshot.debian.org')
    expect(existsSync(cachePath(folder, emulator))).toBe(false)
  }, 120_000)
})
