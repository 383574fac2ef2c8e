// What the releases of a QEMU version consist of: one release for each build, and in it one file for each host and each target that is an OCI platform.
import {
  type Catalog,
  type CatalogEmulator,
  emulatorIn,
  type Package,
  versionsOf,
} from '../../src/core/model/catalog.js'
import type { Target } from '../../src/core/model/targets.js'
import { releaseTag } from '../../src/core/sources/release.js'

/** An emulator of a release, and what it runs. */
export interface ReleasedEmulator {
  readonly emulator: CatalogEmulator
  /** QEMU's name of the target. */
  readonly target: string
  /** The OCI platforms that it runs, the usual one first. */
  readonly platforms: readonly string[]
}

/** A build of QEMU. */
export interface ReleasedBuild {
  readonly tag: string
  readonly qemuVersion: string
  readonly build: string
  /** One for each host that has this build. */
  readonly packages: readonly Package[]
}

/** The builds of a version, in the catalog's order. Throws for a version that the catalog does not have. */
export function buildsOf(catalog: Catalog, version: string): ReleasedBuild[] {
  const packages = catalog.packages.filter((entry) => entry.version === version)
  if (packages.length === 0)
    throw new RangeError(`the catalog has no QEMU "${version}"; it has ${versionsOf(catalog).join(', ')}`)
  return [...new Set(packages.map(({ build }) => build))].map((build) => ({
    tag: releaseTag(build),
    qemuVersion: version,
    build,
    packages: packages.filter((entry) => entry.build === build),
  }))
}

/** The emulators of a package that have a file in its release, in the order of the targets. */
export function releasedEmulators(from: Package, targets: readonly Target[]): ReleasedEmulator[] {
  return targets.flatMap((target) => {
    const emulator = target.oci.length > 0 ? emulatorIn(from, target) : undefined
    return emulator === undefined ? [] : [{ emulator, target: target.name, platforms: target.oci }]
  })
}
