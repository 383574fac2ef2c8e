import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { stanzaFields } from '../../../scripts/catalog/deb822.js'
import {
  offeredSources,
  sourceArchive,
  sourceFileName,
  sourcesOf,
  sourcesOfAll,
} from '../../../scripts/release/source-packages.js'
import type { Package } from '../../../src/core/model/catalog.js'
import { isDebian } from '../../../src/core/sources/apt-sites.js'
import { catalog } from '../../../src/system/machine.js'
import { textOfFile } from '../../../src/system/regular-file.js'
import { serve, withRanges } from '../../support/archive/archive.js'
import { zlibSource } from '../../support/archive/zlib-source.js'
import { warmCache } from '../../support/programs/emulators.js'

const newest = catalog.packages[0] as Package
const cache = join(warmCache, 'packages')
const folder = mkdtempSync(join(tmpdir(), 'source-packages-test-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

describe('the source packages that a control file names', () => {
  test('a rebuild has the version of its source, and what is linked comes after it', () => {
    const control = stanzaFields(
      'Package: qemu-user-static\nSource: qemu (1:7.2+dfsg-7+deb12u18)\nVersion: 1:7.2+dfsg-7+deb12u18+b3\nBuilt-Using: gcc-12 (= 12.2.0-14),\n zlib (= 1:1.2)\n',
    )
    expect(sourcesOf(control)).toEqual([
      { name: 'qemu', version: '1:7.2+dfsg-7+deb12u18' },
      { name: 'gcc-12', version: '12.2.0-14' },
      { name: 'zlib', version: '1:1.2' },
    ])
  })

  test('without the field Source it is the package itself', () => {
    expect(sourcesOf(stanzaFields('Package: qemu\nVersion: 1:2-1'))).toEqual([{ name: 'qemu', version: '1:2-1' }])
  })

  test('hosts that differ in what is linked: all of it, each once', () => {
    const controls = ['glibc (= 2), zlib (= 1)', 'capstone (= 4), glibc (= 2), glibc (= 3)'].map((used) =>
      stanzaFields(`Package: qemu-user\nSource: qemu\nVersion: 1:2-1\nBuilt-Using: ${used}`),
    )
    const names = sourcesOfAll(controls).map(({ name, version }) => `${name} ${version}`)
    expect(names).toEqual(['qemu 1:2-1', 'capstone 4', 'glibc 2', 'glibc 3', 'zlib 1'])
  })

  test.each(['Built-Using: zlib', 'Built-Using: zlib (>= 1)', 'Source: qemu (1) (2)'])('%s is refused', (line) => {
    expect(() => sourcesOf(stanzaFields(`Package: p\nVersion: 1\n${line}`))).toThrow('not ')
  })

  test('a line that is not a field is refused', () => {
    expect(() => stanzaFields('Package: p\n<html>')).toThrow('not a field of a control file: "<html>"')
  })
})

test('the file of a source package has a name that GitHub keeps', () => {
  const qemu = { name: 'qemu', version: '1:11.1.3+ds-1~bpo13+1' }
  expect(sourceFileName(qemu)).toBe('source-qemu_11.1.3+ds-1_bpo13+1.tar')
})

describe('a source package as one file', () => {
  test('is a tar of its .dsc and the files that it names, the same bytes each time', async () => {
    const bytes = await sourceArchive(zlibSource, newest.snapshot, { cache })
    expect(Buffer.compare(bytes, await sourceArchive(zlibSource, newest.snapshot, { cache }))).toBe(0)
    writeFileSync(join(folder, 'zlib.tar'), bytes)
    const env = { ...process.env, TZ: 'UTC', LC_ALL: 'C' }
    const list = spawnSync('tar', ['-tvf', 'zlib.tar', '--numeric-owner'], { cwd: folder, env, encoding: 'utf8' })
    const lines = list.stdout.trim().split('\n')
    const inFolder = (name: string) => `zlib_1.3.dfsg+really1.3.1-1/${name}`
    expect(lines.map((line) => line.replace(/ +/g, ' '))).toEqual(
      zlibSource.files.map(({ name, size }) => `-rw-r--r-- 0/0 ${size} 1970-01-01 00:00 ${inFolder(name)}`),
    )
    expect(spawnSync('tar', ['-xf', 'zlib.tar'], { cwd: folder }).status).toBe(0)
    const sums = zlibSource.files.map(({ name, sha256 }) => `${sha256}  ${inFolder(name)}\n`).join('')
    expect(spawnSync('sha256sum', ['--check', '--quiet'], { cwd: folder, input: sums }).status).toBe(0)
  }, 120_000)

  test('is refused when a mirror has other bytes', async () => {
    await using mirror = await serve(Buffer.alloc(16576), withRanges)
    const urlsOf = async ({ path }: { path: string }) => [`${mirror.base}/${path}`]
    await expect(sourceArchive(zlibSource, newest.snapshot, { cache: folder, urlsOf })).rejects.toThrow(
      /^zlib_1\.3\.dfsg\+really1\.3\.1-1\.debian\.tar\.xz of the source package zlib 1:1\.3\S+ could not be downloaded:\nhttp\S+: it has SHA-256 [0-9a-f]{64}, expected 9ed525/,
    )
  })
})

// The indexes come from the machine's own apt, and are checked by Debian's keys: another distribution has neither.
const isOnDebian = isDebian(textOfFile('/etc/os-release', 1 << 16))

if (!isOnDebian)
  test('on a machine that is not Debian, the indexes are refused with what to do', () => {
    expect(() => offeredSources([zlibSource], [newest])).toThrow('run it on a Debian machine')
  }, 120_000)
else
  describe('the verified indexes of the archive', () => {
    const remedy = `no release goes out without its source: name a mirror that has the suite as it was, --mirror https://snapshot.debian.org/archive/debian/${newest.snapshot}`
    const missing = 'the source package zlib 1:0.9-1 is linked into this build and was not found:'
    const old = [{ name: 'zlib', version: '1:0.9-1' }]

    test('say which files a source package has', () => {
      expect(offeredSources([zlibSource], [newest])).toEqual([zlibSource])
    }, 120_000)

    test('a version that no suite lists is refused, with its name and what to do', () => {
      expect(() => offeredSources(old, [newest])).toThrow(
        `${missing}\n${newest.suite}: its index of sources does not list it\n${remedy}`,
      )
    }, 120_000)

    test('a mirror that does not have the suite is refused, with what to do', async () => {
      // apt-get is waited for without an event loop, so the mirror is a process of its own
      const code = `const server = require('http').createServer((_, answer) => answer.writeHead(404).end())
      server.listen(0, '127.0.0.1', () => console.log(server.address().port))`
      const mirror = spawn(process.execPath, ['-e', code], { stdio: ['ignore', 'pipe', 'inherit'] })
      try {
        const [port] = await once(mirror.stdout, 'data')
        const address = `http://127.0.0.1:${String(port).trim()}/debian`
        expect(() => offeredSources(old, [newest], [address])).toThrow(
          `${missing}\n${newest.suite}: this mirror does not have it\n${remedy}`,
        )
      } finally {
        mirror.kill()
      }
    }, 120_000)
  })
