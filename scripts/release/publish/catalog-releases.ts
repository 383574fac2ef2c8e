// Which releases of emulators the catalog asks for.
import type { Catalog } from '../../../src/core/model/catalog.js'
import { releaseTag } from '../../../src/core/sources/release.js'

/** A QEMU version of the catalog and the releases that have its emulators: one for each build. */
export interface VersionReleases {
  readonly version: string
  readonly tags: readonly string[]
}

/** In the catalog's order, the newest version first. */
export function wantedReleases(catalog: Pick<Catalog, 'packages'>): VersionReleases[] {
  const tags = new Map<string, Set<string>>()
  for (const { version, build } of catalog.packages)
    tags.set(version, (tags.get(version) ?? new Set()).add(releaseTag(build)))
  return [...tags].map(([version, its]) => ({ version, tags: [...its] }))
}

/** The versions of which a release is missing; `published`: their tags. The catalog's default comes first. */
export function missingVersions(
  catalog: Pick<Catalog, 'packages' | 'default'>,
  published: ReadonlySet<string>,
): string[] {
  const missing = wantedReleases(catalog).filter(({ tags }) => tags.some((tag) => !published.has(tag)))
  const versions = missing.map(({ version }) => version)
  return [...versions.filter((one) => one === catalog.default), ...versions.filter((one) => one !== catalog.default)]
}
