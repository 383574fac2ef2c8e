// The catalog as `versions` prints it.
import { type Catalog, type Package, versionsOf } from '../model/catalog.js'
import { megabytes } from '../text/progress.js'
import { tableText } from '../text/table.js'

/** The catalog as a table: version, build, hosts, number of emulators, size of one executable, and by build how many problems are known. */
export function versionsText(catalog: Catalog, problems: ReadonlyMap<string, number>): string {
  const rows = buildsOf(catalog).map(({ first, hosts }) => {
    const sizes = first.emulators.map(([, , size]) => size)
    const mean = sizes.reduce((sum, size) => sum + size, 0) / Math.max(1, sizes.length)
    const mark = first.version === catalog.default ? ' (default)' : ''
    return [
      `${first.version}${mark}`,
      first.build,
      hosts.join(' '),
      String(sizes.length),
      megabytes(mean),
      String(problems.get(first.build) ?? 0),
    ]
  })
  return tableText([['QEMU', 'build', 'hosts', 'emulators', 'size of one', 'known problems'], ...rows])
}

/** The JSON of `versions --json`. */
export function versionsJson(catalog: Catalog, problems: ReadonlyMap<string, number>): object {
  const builds = buildsOf(catalog).map(({ first, hosts }) => ({
    qemuVersion: first.version,
    build: first.build,
    hosts,
    knownProblems: problems.get(first.build) ?? 0,
    emulators: first.emulators.map(([binary, , size, sha256]) => ({ binary, size, sha256 })),
  }))
  return { default: catalog.default, versions: versionsOf(catalog), builds }
}

/** Each build once, with the hosts that it is for. */
function buildsOf(catalog: Catalog): { first: Package; hosts: string[] }[] {
  const builds = new Map<string, { first: Package; hosts: string[] }>()
  for (const from of catalog.packages) {
    const build = builds.get(from.build) ?? { first: from, hosts: [] }
    builds.set(from.build, { ...build, hosts: [...build.hosts, from.host] })
  }
  return [...builds.values()]
}
