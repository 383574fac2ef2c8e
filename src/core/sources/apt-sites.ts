// Where a Debian package may be had: base addresses, in the order in which they are tried. The host names of mirrors stand in no file of
// this project: they come from the user or from the machine's own apt.
import type { Package } from '../model/catalog.js'

/** Debian's permanent archive of every package that it ever published; an archive, not a mirror. */
const snapshotArchive = 'https://snapshot.debian.org/archive'

/** The lines of `apt-get indextargets --format '$(SITE)'` as base addresses that can be fetched, without repeats. */
export function parseAptSites(output: string): string[] {
  const sites = output.split('\n').map((line) => line.trim().replace(/\/+$/, ''))
  return [...new Set(sites.filter((site) => /^https?:\/\/[^/\s]+/.test(site)))]
}

/** Whether an os-release file names Debian itself: derivatives keep other versions under other paths. */
export function isDebian(osRelease: string): boolean {
  return /^ID="?debian"?$/m.test(osRelease)
}

/** Addresses of a package: below the user's mirrors, the machine's apt sites (the one for its archive first), the snapshot archive. */
export function packageUrls(
  from: Pick<Package, 'archive' | 'path' | 'snapshot'>,
  mirrors: readonly string[],
  aptSites: readonly string[],
): string[] {
  const ofArchive = (site: string) => site.endsWith(`/${from.archive}`)
  const sites = [...aptSites.filter(ofArchive), ...aptSites.filter((site) => !ofArchive(site))]
  const bases = [...mirrors, ...sites, `${snapshotArchive}/${from.archive}/${from.snapshot}`]
  return [...new Set(bases.map((base) => `${base}/${encodedPath(from.path)}`))]
}

// `+` and `~` are common in Debian's file names; some servers take a bare plus for a space
function encodedPath(path: string): string {
  return path.split('/').map(encodeURIComponent).join('/')
}
