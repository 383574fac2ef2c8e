import { expect, test } from 'vitest'
import { buildsOf, releasedEmulators } from '../../../scripts/release/builds.js'
import { versionsOf } from '../../../src/core/model/catalog.js'
import { targets } from '../../../src/core/model/targets.js'
import { assetName } from '../../../src/core/sources/release.js'
import { catalog } from '../../../src/system/machine.js'

const builds = versionsOf(catalog).flatMap((version) => buildsOf(catalog, version))

test('a version has one release for each of its builds, with the packages of all hosts that have it', () => {
  const [first, second, ...more] = buildsOf(catalog, '10.0.2')
  expect([first, second].map((build) => build?.build)).toEqual([
    'Debian 1:10.0.2+ds-2+deb13u1',
    'Debian 1:10.0.2+ds-2+deb13u1~bpo12+1',
  ])
  expect(more).toEqual([])
  expect(second?.packages.map(({ host }) => host)).toEqual(['amd64', 'arm64'])
})

test('a version that the catalog lacks, or a prefix, is refused with those that it has', () => {
  for (const version of ['9.9.9', '11', 'latest', ''])
    expect(() => buildsOf(catalog, version)).toThrow(
      `the catalog has no QEMU "${version}"; it has ${versionsOf(catalog).join(', ')}`,
    )
})

test('each package of the catalog is in exactly one release, and no two have the same tag', () => {
  expect(builds.flatMap(({ packages }) => packages)).toHaveLength(catalog.packages.length)
  expect(new Set(builds.map(({ tag }) => tag)).size).toBe(builds.length)
})

test('every target that is an OCI platform has a file for each host, no other target has one, and all names are different', () => {
  const [build] = buildsOf(catalog, catalog.default)
  const released = build?.packages.flatMap((from) => releasedEmulators(from, targets)) ?? []
  const platforms = targets.flatMap(({ oci }) => oci)
  for (const host of ['amd64', 'arm64'])
    expect(released.filter(({ emulator }) => emulator.host === host).flatMap((one) => one.platforms)).toEqual(platforms)
  expect(new Set(released.map(({ emulator }) => assetName(emulator))).size).toBe(released.length)
})
