// The files that a release of emulators has for certain.
import type { Catalog } from '../../../src/core/model/catalog.js'
import { targets } from '../../../src/core/model/targets.js'
import { assetName, releaseTag } from '../../../src/core/sources/release.js'
import { releasedEmulators } from '../builds.js'

/** The names of the emulators in the release with this tag. */
export function expectedAssets(catalog: Pick<Catalog, 'packages'>, tag: string): string[] {
  return catalog.packages
    .filter(({ build }) => releaseTag(build) === tag)
    .flatMap((from) => releasedEmulators(from, targets).map(({ emulator }) => assetName(emulator)))
    .sort()
}
