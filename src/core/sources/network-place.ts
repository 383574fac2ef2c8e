// The places on the network that may have an emulator, in the order in which they are asked. No mirror is hard-coded: they come from the user, from where
// this program itself came from, and from the machine's own apt sources.
import type { Package } from '../model/catalog.js'

/** Debian's permanent archive of every package that it ever published; not a mirror. */
const snapshotArchive = 'https://snapshot.debian.org/archive'

/**
 * What a place is: one that the user named, which has assets or is a Debian archive; one that has our releases; an archive that the machine's own apt uses;
 * Debian's snapshot archive, which limits how often it is asked.
 */
export type PlaceKind = 'mirror' | 'release' | 'apt' | 'snapshot'

export interface NetworkPlace {
  readonly kind: PlaceKind
  /** Without a trailing slash. */
  readonly base: string
}

/** Base addresses of all places but the snapshot archive, each list in its order. */
export interface KnownPlaces {
  readonly mirrors: readonly string[]
  readonly releases: readonly string[]
  readonly aptSites: readonly string[]
}

/** The places for the emulators of a package, each address once. Of the machine's apt sites those of the package's archive come first. */
export function placesFor(
  from: Pick<Package, 'archive' | 'snapshot'>,
  { mirrors, releases, aptSites }: KnownPlaces,
): NetworkPlace[] {
  const ofArchive = (site: string) => site.endsWith(`/${from.archive}`)
  const sites = [...aptSites.filter(ofArchive), ...aptSites.filter((site) => !ofArchive(site))]
  const ofKind = (kind: PlaceKind, bases: readonly string[]) => bases.map((base) => ({ kind, base }))
  const places = [
    ...ofKind('mirror', mirrors),
    ...ofKind('release', releases),
    ...ofKind('apt', sites),
    ...ofKind('snapshot', [`${snapshotArchive}/${from.archive}/${from.snapshot}`]),
  ]
  return places.filter(({ base }, at) => places.findIndex((other) => other.base === base) === at)
}

/** The address of a package in a Debian archive; a `+` is encoded, which is common in Debian's file names: some servers read a bare one as a space. */
export function packageAddress(base: string, { path }: Pick<Package, 'path'>): string {
  return `${base}/${path.split('/').map(encodeURIComponent).join('/')}`
}
