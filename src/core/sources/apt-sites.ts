// The machine's own apt sources, as far as they can have the packages of the catalog.

/** The output of `apt-get indextargets --format '$(SITE)'` as base addresses: only http and https, no trailing slashes, no duplicates. */
export function parseAptSites(output: string): string[] {
  const sites = output.split('\n').map((line) => line.trim().replace(/\/+$/, ''))
  return [...new Set(sites.filter((site) => /^https?:\/\/[^/\s]+/.test(site)))]
}

/** Whether an os-release file is Debian's own; derivatives have other versions under other paths. */
export function isDebian(osRelease: string): boolean {
  return /^ID="?debian"?$/m.test(osRelease)
}
