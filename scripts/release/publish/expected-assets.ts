// The files that a release of emulators has for certain: one for each platform that has a name in OCI, on each host.
import type { Catalog } from '../../../src/core/model/catalog.js'
import { targets } from '../../../src/core/model/targets.js'
import { assetName, releaseTag } from '../../../src/core/sources/release.js'

/** Their names, of the builds with this tag. */
export function expectedAssets(catalog: Pick<Catalog, 'packages'>, tag: string): string[] {
  const binaries = new Set(targets.filter(({ oci }) => oci.length > 0).map(({ binary }) => binary))
  return catalog.packages
    .filter(({ build }) => releaseTag(build) === tag)
    .flatMap(({ version, host, emulators }) =>
      emulators
        .filter(([binary]) => binaries.has(binary))
        .map(([binary]) => assetName({ binary, qemuVersion: version, host: host as 'amd64' | 'arm64' })),
    )
    .sort()
}
