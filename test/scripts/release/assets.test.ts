import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import {
  appendFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { brotliDecompressSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type AssetOptions, type MadeRelease, madeRelease } from '../../../scripts/release/assets.js'
import { releaseAssets } from '../../../scripts/release/assets-command.js'
import { buildsOf } from '../../../scripts/release/builds.js'
import type { Package } from '../../../src/core/model/catalog.js'
import { targetNamed } from '../../../src/core/model/targets.js'
import { catalog } from '../../../src/system/machine.js'
import { serve, withRanges } from '../../support/archive/archive.js'
import { zlibSource } from '../../support/archive/zlib-source.js'
import { warmCache } from '../../support/programs/emulators.js'

const newest = catalog.packages[0] as Package
const [whole] = buildsOf(catalog, newest.version)
if (whole === undefined) throw new Error('the catalog is empty')
// one host, two targets, one small source package: what differs in a whole run is how much of it there is
const build = { ...whole, packages: [newest] }
const folder = mkdtempSync(join(tmpdir(), 'release-assets-test-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const options: AssetOptions = {
  checkout: join(import.meta.dirname, '../../..'),
  cache: join(warmCache, 'packages'),
  packedCache: join(folder, 'packed'),
  quality: 1,
  targets: ['aarch64', 'riscv64', 'xtensa'].map(targetNamed),
  withSource: ({ name }) => name === 'zlib',
  offered: () => [zlibSource],
}

function sha256Of(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex')
}

/** Name and hash of each file of a folder. */
function hashes(place: string): Record<string, string> {
  return Object.fromEntries(readdirSync(place).map((name) => [name, sha256Of(readFileSync(join(place, name)))]))
}

describe('the release of a build', () => {
  let made: MadeRelease
  beforeAll(async () => {
    made = await madeRelease(build, join(folder, 'first'), options)
  }, 300_000)

  test('is a folder named by the tag, with the emulators of the platforms, the source, the licences, and nothing beside it', () => {
    expect(made.folder).toBe(join(folder, 'first', 'qemu-11.1.3+ds-1_bpo13+1'))
    expect(readdirSync(join(folder, 'first'))).toEqual(['qemu-11.1.3+ds-1_bpo13+1'])
    expect(readdirSync(made.folder).sort()).toEqual([
      'GPL-2.0.txt',
      'LGPL-2.1.txt',
      'README.md',
      'SHA256SUMS',
      'copyright.txt',
      'manifest.json',
      'qemu-aarch64-11.1.3-linux-amd64.br',
      'qemu-riscv64-11.1.3-linux-amd64.br',
      'source-zlib_1.3.dfsg+really1.3.1-1.tar',
    ])
  })

  test('sha256sum finds every file as SHA256SUMS says, and SHA256SUMS has them all', () => {
    const check = spawnSync('sha256sum', ['--check', '--strict', 'SHA256SUMS'], { cwd: made.folder, encoding: 'utf8' })
    const files = readdirSync(made.folder).filter((name) => name !== 'SHA256SUMS')
    expect(check.stdout.trim().split('\n').sort()).toEqual(files.map((name) => `${name}: OK`).sort())
    expect(check.status).toBe(0)
  })

  test('each file unpacks to exactly the executable of the catalog', () => {
    for (const binary of ['qemu-aarch64', 'qemu-riscv64']) {
      const [, , size, sha256] = newest.emulators.find(([name]) => name === binary) ?? []
      const executable = brotliDecompressSync(readFileSync(join(made.folder, `${binary}-11.1.3-linux-amd64.br`)))
      expect([executable.length, sha256Of(executable)]).toEqual([size, sha256])
    }
  })

  test('the manifest describes every file, where it comes from, and by what it was packed', () => {
    const manifest = JSON.parse(readFileSync(join(made.folder, 'manifest.json'), 'utf8'))
    expect(manifest).toEqual(made.manifest)
    const { tag, qemuVersion, build: debian } = build
    const packing = { brotli: process.versions.brotli, quality: 1 }
    expect(manifest).toMatchObject({ format: 1, tag, qemuVersion, build: debian, packing })
    const { host, archive, path, size, sha256 } = newest
    expect(manifest.packages).toEqual([{ host, archive, path, size, sha256 }])
    const seen = hashes(made.folder)
    for (const entry of [...manifest.assets, ...manifest.sources]) {
      expect(entry.sha256).toBe(seen[entry.file])
      expect(entry.size).toBe(readFileSync(join(made.folder, entry.file)).length)
    }
    const row = newest.emulators.find(([name]) => name === 'qemu-riscv64')
    expect(manifest.assets[1]).toMatchObject({
      file: 'qemu-riscv64-11.1.3-linux-amd64.br',
      target: 'riscv64',
      platforms: ['linux/riscv64'],
      host: 'amd64',
      emulator: { size: row?.[2], sha256: row?.[3] },
    })
    const { name, version, files } = zlibSource
    expect(manifest.sources[0]).toMatchObject({ name, version, files })
  })

  test('README.md names every emulator, the source and the licences', () => {
    const text = readFileSync(join(made.folder, 'README.md'), 'utf8')
    for (const { file } of [...made.manifest.assets, ...made.manifest.sources]) expect(text).toContain(`\`${file}\``)
    for (const file of readdirSync(made.folder).filter((name) => name.endsWith('.txt'))) expect(text).toContain(file)
    expect(text).toContain('| linux/arm64 | `qemu-aarch64-11.1.3-linux-amd64.br` |')
  })

  test('is the same bytes when it is made again with nothing kept, and after a run that was killed', async () => {
    const second = join(folder, 'second')
    mkdirSync(join(second, `.${build.tag}.partial`), { recursive: true })
    writeFileSync(join(second, `.${build.tag}.partial`, 'half'), 'written')
    const again = await madeRelease(build, second, { ...options, packedCache: join(folder, 'packed-again') })
    expect(hashes(again.folder)).toEqual(hashes(made.folder))
    expect(readdirSync(second)).toEqual([build.tag])
  }, 300_000)

  test('that is there already, with the same bytes, is left and told; a damaged packed file in the cache is not used', async () => {
    const damaged = join(folder, 'packed-damaged')
    mkdirSync(damaged)
    for (const name of readdirSync(join(folder, 'packed'))) writeFileSync(join(damaged, name), 'damaged')
    const again = await madeRelease(build, join(folder, 'first'), { ...options, packedCache: damaged })
    expect([again.state, made.state]).toEqual(['there', 'made'])
  }, 300_000)

  test('that was made in another way is refused, and stays as it is', async () => {
    const before = hashes(made.folder)
    const fewer = { ...options, targets: [targetNamed('aarch64')] }
    await expect(madeRelease(build, join(folder, 'first'), fewer)).rejects.toThrow(
      `${made.folder} is there already, and is not this release: README.md: `,
    )
    expect(hashes(made.folder)).toEqual(before)
    expect(readdirSync(join(folder, 'first'))).toEqual([build.tag])
  }, 300_000)

  test.each([
    [
      'an emulator that was changed',
      (place: string) => appendFileSync(join(place, 'qemu-aarch64-11.1.3-linux-amd64.br'), 'x'),
    ],
    ['one that is missing', (place: string) => rmSync(join(place, 'qemu-aarch64-11.1.3-linux-amd64.br'))],
    [
      'a link in its place',
      (place: string) => {
        rmSync(join(place, 'qemu-aarch64-11.1.3-linux-amd64.br'))
        symlinkSync('qemu-riscv64-11.1.3-linux-amd64.br', join(place, 'qemu-aarch64-11.1.3-linux-amd64.br'))
      },
    ],
    ['no sums', (place: string) => rmSync(join(place, 'SHA256SUMS'))],
  ])('a folder with %s is refused at once', async (_, change) => {
    const other = mkdtempSync(join(folder, 'changed-'))
    const place = join(other, build.tag)
    mkdirSync(place)
    for (const name of readdirSync(made.folder)) writeFileSync(join(place, name), readFileSync(join(made.folder, name)))
    change(place)
    const lines: string[] = []
    const run = madeRelease(build, other, { ...options, log: (line) => lines.push(line) })
    await expect(run).rejects.toThrow(`${place} is there already, and is not this release: `)
    expect([lines, readdirSync(other)]).toEqual([[], [build.tag]])
  })
})

describe('what cannot be made leaves nothing behind', () => {
  test('a package with other bytes', async () => {
    await using mirror = await serve(Buffer.alloc(newest.size), withRanges)
    const place = join(folder, 'wrong-package')
    const urlsOf = async () => [`${mirror.base}/p.deb`]
    const run = madeRelease(build, place, { ...options, cache: join(folder, 'none'), urlsOf })
    await expect(run).rejects.toThrow(new RegExp(`SHA-256 [0-9a-f]{64}, expected ${newest.sha256}`))
    expect([existsSync(place), existsSync(join(folder, 'none'))]).toEqual([false, false])
  })

  test('a source package that no mirror has', async () => {
    await using mirror = await serve(Buffer.alloc(0), (_, response) => response.writeHead(404).end())
    const place = join(folder, 'no-source')
    const absent = { ...zlibSource, files: [{ name: 'zlib_0.dsc', size: 5, sha256: '0'.repeat(64) }] }
    const urlsOf = async ({ path }: { path: string }) => [`${mirror.base}/${path}`]
    const run = madeRelease(build, place, { ...options, offered: () => [absent], urlsOf })
    await expect(run).rejects.toThrow(
      /^zlib_0\.dsc of the source package zlib \S+ could not be downloaded:\nhttp\S+\/pool\/main\/z\/zlib\/zlib_0\.dsc: answered 404 Not Found\nname a mirror that has it: --mirror ADDRESS$/,
    )
    expect(existsSync(place)).toBe(false)
  })
})

describe('the command line', () => {
  const run = async (...words: string[]) => {
    const errors: string[] = []
    const status = await releaseAssets(words, {
      checkout: options.checkout,
      out: () => {},
      error: (line) => errors.push(line),
    })
    return [status, errors.join('\n')]
  }

  test('a version that the catalog lacks is refused with those that it has, and makes no folder', async () => {
    const place = join(folder, 'unknown-version')
    expect(await run('9.9.9', place)).toEqual([
      1,
      expect.stringMatching(/^the catalog has no QEMU "9\.9\.9"; it has 11\./),
    ])
    expect(existsSync(place)).toBe(false)
  })

  test.each([
    [['11.1.3'], 'it takes a version of QEMU and a folder'],
    [['11.1.3', 'a', 'b'], 'it takes a version of QEMU and a folder'],
    [['11.1.3', 'a', '--mirror', '/srv'], '--mirror /srv: expected an http or https address'],
    [['11.1.3', 'a', '--quality', '12'], '--quality 12: expected a number from 0 to 11'],
    [['11.1.3', 'a', '--platforms', 'amr64'], '"amr64"'],
    [['11.1.3', 'a', '--what'], '--what'],
  ])('%j is a usage error', async (words, message) => {
    const [status, text] = await run(...words)
    expect([status, text]).toEqual([2, expect.stringContaining(message)])
    expect(text).toContain('usage: npm run release-assets -- VERSION FOLDER')
  })
})
