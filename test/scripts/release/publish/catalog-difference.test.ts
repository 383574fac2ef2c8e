import { describe, expect, it } from 'vitest'
import { catalogDifference, differenceText } from '../../../../scripts/release/publish/catalog-difference.js'
import { missingVersions, wantedReleases } from '../../../../scripts/release/publish/catalog-releases.js'
import { expectedAssets } from '../../../../scripts/release/publish/expected-assets.js'
import type { Catalog } from '../../../../src/core/model/catalog.js'
import { knownProblems } from '../../../../src/problems/known-problems.js'
import { catalog } from '../../../../src/system/machine.js'

const first = catalog.packages[0]
if (first === undefined) throw new Error('the catalog is empty')
const newer = {
  ...first,
  version: '11.2.0',
  build: 'Debian 1:11.2.0+ds-1',
  suite: 'sid',
  sha256: 'f'.repeat(64),
}

describe('catalogDifference', () => {
  const of = (after: Partial<Catalog>) => catalogDifference(catalog, { ...catalog, ...after })

  it('is none between a catalog and itself', () => {
    expect(of({})).toBeUndefined()
  })

  it('tells a new version, a new default and what is gone', () => {
    const last = catalog.packages.at(-1)
    const after = { default: '11.2.0', packages: [newer, ...catalog.packages.slice(0, -1)] }
    const count = newer.emulators.length
    expect(of(after)).toEqual({
      title: 'Catalog: QEMU 11.2.0',
      added: [`QEMU 11.2.0 for ${first.host}: Debian 1:11.2.0+ds-1, from sid, ${count} emulators`],
      removed: [
        expect.stringContaining(`QEMU ${last?.version} for ${last?.host}: ${last?.build}, from ${last?.suite}`),
      ],
      changed: [],
      defaults: [catalog.default, '11.2.0'],
      newVersions: ['11.2.0'],
    })
  })

  it('tells a new build of a version that is known', () => {
    const rebuilt = { ...newer, version: first.version, build: 'Debian 1:11.1.3+ds-2' }
    expect(of({ packages: [rebuilt, ...catalog.packages] })).toMatchObject({
      title: 'Catalog: 1 new build',
      newVersions: [],
      removed: [],
    })
  })

  it('tells a package that moved', () => {
    const packages = catalog.packages.map((entry) =>
      entry === first ? { ...entry, snapshot: '20270101T000000Z' } : entry,
    )
    expect(of({ packages })).toMatchObject({
      title: 'Catalog: packages moved or removed',
      added: [],
      changed: [expect.any(String)],
    })
  })

  it('tells another order', () => {
    expect(of({ packages: [...catalog.packages].reverse() })).toMatchObject({ added: [], removed: [], changed: [] })
  })
})

describe('differenceText', () => {
  it('says what is known of a new version, as known-problems does', () => {
    const old = { ...newer, version: '5.1.0', build: 'Debian 1:5.1+dfsg-4' }
    const after = { ...catalog, packages: [...catalog.packages, old] }
    const difference = catalogDifference(catalog, after)
    if (difference === undefined) throw new Error('no difference')
    const text = differenceText(difference, after, knownProblems)
    expect(text).toContain('### Known problems of QEMU 5.1.0')
    const block = /```text\n([\s\S]*?)\n```/.exec(text)?.[1] ?? ''
    const ids = [...block.matchAll(/^(R\d+)\b/gm)].map(([, id]) => id)
    expect(ids.length).toBeGreaterThan(3)
    expect(text).not.toContain('The default changes')
  })

  it('tells the default', () => {
    const after = { default: '11.2.0', packages: [newer, ...catalog.packages] }
    const difference = catalogDifference(catalog, { ...catalog, ...after })
    if (difference === undefined) throw new Error('no difference')
    expect(differenceText(difference, { ...catalog, ...after }, [])).toContain(
      `**The default changes from QEMU ${catalog.default} to 11.2.0.**`,
    )
  })
})

describe('releases of the catalog', () => {
  it('are one for each build, under tags of their own', () => {
    const tags = wantedReleases(catalog).flatMap((one) => one.tags)
    const builds = new Set(catalog.packages.map(({ build }) => build))
    expect(new Set(tags).size).toBe(builds.size)
    expect(tags.length).toBe(builds.size)
  })

  it('are missing until all of a version are published; the default comes first', () => {
    const all = wantedReleases(catalog)
    const versions = all.map(({ version }) => version)
    expect(missingVersions(catalog, new Set())).toEqual([
      catalog.default,
      ...versions.filter((version) => version !== catalog.default),
    ])
    const published = new Set(all.slice(1).flatMap(({ tags }) => tags))
    expect(missingVersions(catalog, published)).toEqual([all[0]?.version])
    expect(missingVersions(catalog, new Set(all.flatMap(({ tags }) => tags)))).toEqual([])
    const packages = [first, { ...newer, version: first.version }]
    expect(missingVersions({ default: first.version, packages }, new Set(['qemu-11.2.0+ds-1']))).toEqual([
      first.version,
    ])
  })

  it('have a file for each platform that OCI names, on each host', () => {
    const [tag = ''] = wantedReleases(catalog).find(({ version }) => version === catalog.default)?.tags ?? []
    const names = expectedAssets(catalog, tag)
    expect(names).toContain(`qemu-aarch64-${catalog.default}-linux-amd64.br`)
    expect(names).toContain(`qemu-x86_64-${catalog.default}-linux-arm64.br`)
    expect(names.some((name) => name.startsWith('qemu-hexagon'))).toBe(false)
    expect(new Set(names).size).toBe(names.length)
    expect(expectedAssets(catalog, 'qemu-0')).toEqual([])
  })
})
