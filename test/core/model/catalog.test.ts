import { describe, expect, it } from 'vitest'
import {
  type Catalog,
  emulatorFor,
  emulatorOfHash,
  parseVersionOutput,
  versionNamed,
  versionsOf,
} from '../../../src/core/model/catalog.js'
import { targetNamed, targets } from '../../../src/core/model/targets.js'
import { blocksFor } from '../../../src/core/sources/xz-blocks.js'
import data from '../../../src/data/emulators.json' with { type: 'json' }

const catalog = data as unknown as Catalog
const aarch64 = targetNamed('aarch64')

describe('the committed catalog', () => {
  it('has 5.2, 7.2, 10.0 and 11.1 for both hosts, and its default among them', () => {
    for (const line of ['5.2', '7.2', '10.0', '11.1']) {
      const hosts = catalog.packages.filter(({ version }) => version.startsWith(`${line}.`)).map(({ host }) => host)
      expect(new Set(hosts)).toEqual(new Set(['amd64', 'arm64']))
    }
    expect(versionsOf(catalog)).toContain(catalog.default)
  })

  it.each(catalog.packages.map((from) => [`${from.build} ${from.host}`, from] as const))(
    '%s is well-formed',
    (_, from) => {
      expect(from.sha256).toMatch(/^[0-9a-f]{64}$/)
      expect(from.path).toMatch(/^pool\/.+_(amd64|arm64)\.deb$/)
      expect(from.snapshot).toMatch(/^\d{8}T\d{6}Z$/)
      expect(['debian', 'debian-security']).toContain(from.archive)
      for (const [binary, offset, size, sha256] of from.emulators) {
        expect(sha256).toMatch(/^[0-9a-f]{64}$/)
        expect(targets.some((target) => target.binary === binary)).toBe(true)
        const range = blocksFor(from.blocks, offset, size)
        expect(range.end).toBeLessThanOrEqual(from.size)
        expect(range.end - range.start).toBeLessThan(from.size / 3)
      }
    },
  )

  it('has every SHA-256 once a host', () => {
    const all = catalog.packages.flatMap((from) => from.emulators.map(([, , , sha256]) => sha256))
    expect(new Set(all).size).toBe(all.length)
  })
})

describe('a version', () => {
  it('that has the right shape and is not there: the nearest are named, and what else would give it', () => {
    expect(() => versionNamed('9.2.4', versions)).toThrow(
      expect.objectContaining({
        message: expect.stringMatching(/the nearest: 10\.0\.2 and 7\.2\.22$/),
        hint: expect.stringMatching(/image .* path /),
      }),
    )
    expect(() => versionNamed('99', versions)).toThrow(
      expect.objectContaining({ message: expect.stringMatching(/the nearest: 11\.1\.3$/) }),
    )
  })

  it.each([
    ['7.2.2', /the nearest: 7\.2\.22 and 7\.2\.18$/],
    ['10.0.1', /the nearest: 10\.0\.13 and 10\.0\.2$/],
    ['10.0.13.1', /the nearest: 10\.0\.13 and 10\.0\.2$/],
    ['10.1', /the nearest: 11\.1\.3 and 10\.0\.13$/],
  ])('%s: those of its series are nearer than others', (word, message) => {
    expect(() => versionNamed(word, catalog)).toThrow(
      expect.objectContaining({ message: expect.stringMatching(message) }),
    )
  })

  const versions = {
    ...catalog,
    default: '11.1.3',
    packages: ['11.1.3', '10.0.13', '10.0.2', '7.2.22'].map((version) => ({ ...catalog.packages[0]!, version })),
  }

  it.each([
    ['', '11.1.3'],
    ['default', '11.1.3'],
    ['latest', '11.1.3'],
    ['10.0.2', '10.0.2'],
    ['10.0', '10.0.13'],
    ['10', '10.0.13'],
    ['v7.2.22', '7.2.22'],
    [' 7 ', '7.2.22'],
  ])('%j means %s', (word, version) => {
    expect(versionNamed(word, versions)).toBe(version)
  })

  it.each(['9', '10.0.1', '1', '11.1.33', 'newest', '10.', '-1', '11.1.3; rm -rf /'])(
    '%j is unknown, and the list is told',
    (word) => {
      const list = expect.stringContaining('11.1.3, 10.0.13, 10.0.2, 7.2.22')
      expect(() => versionNamed(word, versions)).toThrow(
        expect.objectContaining({ code: 'unknown-version', message: list }),
      )
    },
  )
})

describe('an emulator', () => {
  it('is found by version, host and target', () => {
    const found = emulatorFor(catalog, catalog.default, 'amd64', aarch64)
    expect(found).toMatchObject({ binary: 'qemu-aarch64', qemuVersion: catalog.default, host: 'amd64' })
    expect(emulatorOfHash(catalog, found!.sha256)).toEqual({
      qemuVersion: catalog.default,
      build: found!.build,
      binary: 'qemu-aarch64',
    })
  })

  it('comes from the first build that the catalog lists', () => {
    const first = catalog.packages.find((from) => from.version === '10.0.2' && from.host === 'amd64')
    expect(emulatorFor(catalog, '10.0.2', 'amd64', aarch64)?.build).toBe(first?.build)
  })

  it('is not there for a version without the target, nor for a strange hash', () => {
    expect(emulatorFor(catalog, '5.2.0', 'amd64', targetNamed('loongarch64'))).toBeUndefined()
    expect(emulatorOfHash(catalog, '0'.repeat(64))).toBeUndefined()
  })
})

describe('--version', () => {
  it.each([
    [
      'qemu-aarch64 version 11.1.3 (Debian 1:11.1.3+ds-1)\nCopyright',
      { qemuVersion: '11.1.3', build: 'Debian 1:11.1.3+ds-1' },
    ],
    ['qemu-arm version 9.2.0\n', { qemuVersion: '9.2.0', build: null }],
    ['qemu-x86_64 version 10.2.90 (v10.2.0-rc1)', { qemuVersion: '10.2.90', build: 'v10.2.0-rc1' }],
    ['bash version 5', undefined],
    ['', undefined],
  ])('%j is read', (text, version) => {
    expect(parseVersionOutput(text)).toEqual(version)
  })
})
