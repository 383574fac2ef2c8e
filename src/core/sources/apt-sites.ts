// The addresses of a Debian package, in the order in which they are tried. No mirror is hard-coded: they come from the user or from the machine's
// own apt sources.
import type { Package } from '../model/catalog.js'

/** Debian's permanent archive of every package that it ever published; not a mirror. */
const snapshotArchive = 'https://snapshot.debian.org/archive'

/** The output of `apt-get indextargets --format '$(SITE)'` as base addresses: only http and https, no trailing slashes, no duplicates. */
export function parseAptSites(output: string): string[] {
  const sites = output.split('\n').map((line) => line.trim().replace(/\/+$/, ''))
  return [...new Set(sites.filter((site) => /^https?:\/\/[^/\s]+/.test(site)))]
}

/** Whether an os-release file is Debian's own; derivatives have other versions under other paths. */
export function isDebian(osRelease: string): boolean {
  return /^ID="?debian"?$/m.test(osRelease)
}

/** Addresses of a package: on the user's mirrors, then on the machine's apt sites (those of its archive first), then in the snapshot archive. */
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

/** Encodes `+`, too, which is common in Debian's file names: some servers read a bare plus as a space. */
function encodedPath(path: string): string {
  return path.split('/').map(encodeURIComponent).join('/')
}
