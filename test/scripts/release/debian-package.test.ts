import { createHash } from 'node:crypto'
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type DebianPackage, openedPackage, packageBytes } from '../../../scripts/release/debian-package.js'
import type { Package } from '../../../src/core/model/catalog.js'
import catalog from '../../../src/data/emulators.json' with { type: 'json' }
import { warmCache } from '../../support/programs/emulators.js'

const newest = catalog.packages[0] as unknown as Package
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

describe('bytes that are not the package', () => {
  const folder = mkdtempSync(join(tmpdir(), 'debian-package-test-'))
  afterAll(() => rmSync(folder, { recursive: true, force: true }))
  const absent = { ...newest, path: 'pool/none.deb', snapshot: 'none', size: 3, sha256: '0'.repeat(64) }

  test('a kept file with other bytes is not used, and nothing is left behind when no place has the right ones', async () => {
    writeFileSync(join(folder, absent.sha256), 'abc')
    const attempt = packageBytes(absent, { cache: folder, mirrors: ['http://127.0.0.1:1/debian'] })
    await expect(attempt).rejects.toThrow(
      /pool\/none\.deb could not be downloaded:\nhttp:\/\/127\.0\.0\.1:1\/debian\/pool\/none\.deb: /,
    )
    expect(readdirSync(folder)).toEqual([absent.sha256])
  }, 120_000)
})
