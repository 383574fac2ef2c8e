import { createHash } from 'node:crypto'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type DebianPackage, openedPackage, packageBytes } from '../../../scripts/release/debian-package.js'
import type { Package } from '../../../src/core/model/catalog.js'
import { catalog } from '../../../src/system/machine.js'
import { serve, withRanges } from '../../support/archive/archive.js'
import { warmCache } from '../../support/programs/emulators.js'

const newest = catalog.packages[0] as Package
const cache = join(warmCache, 'packages')

function sha256Of(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex')
}

describe('a package of the catalog, unpacked', () => {
  let opened: DebianPackage
  beforeAll(async () => {
    opened = await openedPackage(newest, { cache })
  }, 300_000)
  afterAll(() => opened.close())

  test('each executable has the size and the SHA-256 of the catalog', () => {
    for (const [binary, , size, sha256] of newest.emulators) {
      const bytes = opened.executable(binary)
      expect([binary, bytes.length, sha256Of(bytes)]).toEqual([binary, size, sha256])
    }
  })

  test('an executable that the catalog does not have is refused', () => {
    expect(() => opened.executable('qemu-none')).toThrow(`the catalog has no qemu-none in ${newest.path}`)
  })

  test('a file is given by its path', () => {
    expect(opened.file(`usr/share/doc/${newest.package}/copyright`).toString()).toContain('GPL-2')
    expect(() => opened.file('usr/bin/none')).toThrow(`${newest.path} has no file usr/bin/none`)
  })

  test('the control file says which source and which libraries it was built from', () => {
    expect(opened.control.get('source')).toBe('qemu')
    expect(`Debian ${opened.control.get('version')}`).toBe(newest.build)
    expect(opened.control.get('built-using')).toMatch(/glibc \(= [^)]+\)/)
  })
})

describe('an executable that is not the one of the catalog', () => {
  test('is refused with both hashes', async () => {
    const [[binary, offset, size, sha256] = ['', 0, 0, ''], ...others] = newest.emulators
    const wrong = { ...newest, emulators: [[binary, offset, size, '0'.repeat(64)] as const, ...others] }
    const opened = await openedPackage(wrong, { cache })
    try {
      expect(() => opened.executable(binary)).toThrow(`has SHA-256 ${sha256}, expected ${'0'.repeat(64)}`)
    } finally {
      opened.close()
    }
  })
})

describe('the bytes of a package', () => {
  let folder: string
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'debian-package-test-'))
  })
  afterEach(() => rmSync(folder, { recursive: true, force: true }))
  const right = Buffer.from('the package')
  const from = { ...newest, path: 'pool/p+q.deb', size: right.length, sha256: sha256Of(right) }

  test('come from the first place that has them, and are kept', async () => {
    await using wrong = await serve(Buffer.from('other bytes'), withRanges)
    await using good = await serve(right, withRanges)
    const urlsOf = async ({ path }: { path: string }) => [wrong.base, good.base].map((base) => `${base}/${path}`)
    expect(await packageBytes(from, { cache: folder, urlsOf })).toEqual(right)
    expect(readdirSync(folder)).toEqual([from.sha256])
    expect(await packageBytes(from, { cache: folder, urlsOf: async () => [] })).toEqual(right)
    expect([wrong.seen.length, good.seen.length]).toEqual([1, 1])
  })

  test('are not waited for where a server asks to wait for hours, and no login is shown', async () => {
    await using busy = await serve(
      right,
      (_, response) => void response.writeHead(429, { 'retry-after': '7200' }).end(),
    )
    const urlsOf = async () => [`${busy.base.replace('//', '//me:sec@ret@')}/p?token=secret`]
    const refused = packageBytes(from, { cache: folder, urlsOf })
    await expect(refused).rejects.toThrow(
      new Error(
        `pool/p+q.deb could not be downloaded:\n${busy.base}/p: answered 429 Too Many Requests, and asks to wait 7200 s\nname a mirror that has it: --mirror ADDRESS`,
      ),
    )
    expect(busy.seen.length).toBe(1)
  })

  test('are refused when no place has the right ones, with both hashes; a damaged kept file is not used, and nothing is left', async () => {
    writeFileSync(join(folder, from.sha256), 'damaged')
    await using wrong = await serve(Buffer.from('other bytes'), withRanges)
    await using longer = await serve(Buffer.from('the package and more'), withRanges)
    const urlsOf = async () => [`${wrong.base}/p`, `${longer.base}/p`]
    const refused = packageBytes(from, { cache: folder, urlsOf })
    await expect(refused).rejects.toThrow(
      `${wrong.base}/p: it has SHA-256 ${sha256Of(Buffer.from('other bytes'))}, expected ${from.sha256}\n${longer.base}/p: `,
    )
    await expect(refused).rejects.toThrow('pool/p+q.deb could not be downloaded:')
    expect(readdirSync(folder)).toEqual([from.sha256])
    expect(readFileSync(join(folder, from.sha256), 'utf8')).toBe('damaged')
  })
})
