// What changed from one catalog to the next, in words.
import type { Catalog, Package } from '../../../src/core/model/catalog.js'
import { plainLinks } from '../../../src/core/model/links.js'
import type { KnownProblem } from '../../../src/core/problems/known-problems.js'
import { emulatorsNamed, filtered, problemsText } from '../../../src/core/problems/problem-list.js'

/** A build on a host, as a line of a list. */
function buildLine({ version, build, host, suite, emulators }: Package): string {
  return `QEMU ${version} for ${host}: ${build}, from ${suite}, ${emulators.length} emulators`
}

function keyOf({ sha256 }: Package): string {
  return sha256
}

export interface CatalogDifference {
  readonly title: string
  readonly added: readonly string[]
  readonly removed: readonly string[]
  /** Of packages that both have: what else changed. */
  readonly changed: readonly string[]
  /** Old and new; undefined when it stays. */
  readonly defaults: readonly [string, string] | undefined
  /** QEMU versions that the old catalog does not have. */
  readonly newVersions: readonly string[]
}

/** undefined when both say the same. */
export function catalogDifference(before: Catalog, after: Catalog): CatalogDifference | undefined {
  const missingIn = (all: readonly Package[], from: readonly Package[]) => {
    const keys = new Set(all.map(keyOf))
    return from.filter((entry) => !keys.has(keyOf(entry)))
  }
  const added = missingIn(before.packages, after.packages)
  const removed = missingIn(after.packages, before.packages)
  const changed = after.packages.filter((entry) => {
    const old = before.packages.find((one) => keyOf(one) === keyOf(entry))
    return old !== undefined && JSON.stringify(old) !== JSON.stringify(entry)
  })
  const order = (catalog: Catalog) => catalog.packages.map(keyOf).join()
  const isOther = added.length + removed.length + changed.length > 0 || order(before) !== order(after)
  if (!isOther && before.default === after.default) return undefined
  const known = new Set(before.packages.map(({ version }) => version))
  const newVersions = [...new Set(added.map(({ version }) => version))].filter((version) => !known.has(version))
  const defaults = before.default === after.default ? undefined : ([before.default, after.default] as const)
  const builds = new Set(added.map(({ build }) => build)).size
  const news =
    newVersions.length > 0 ? `QEMU ${newVersions.join(', ')}` : `${builds} new build${builds === 1 ? '' : 's'}`
  return {
    title: `Catalog: ${added.length > 0 ? news : 'packages moved or removed'}`,
    added: added.map(buildLine),
    removed: removed.map(buildLine),
    changed: changed.map(buildLine),
    defaults,
    newVersions,
  }
}

/** The text of the pull request, in Markdown; `problems` are all that are known. */
export function differenceText(
  { added, removed, changed, defaults, newVersions }: CatalogDifference,
  after: Catalog,
  problems: readonly KnownProblem[],
): string {
  const list = (title: string, lines: readonly string[]) =>
    lines.length === 0 ? [] : [`### ${title}\n\n${lines.map((line) => `- ${line}`).join('\n')}`]
  const known = newVersions.map((version) => {
    const found = filtered(problems, { emulators: emulatorsNamed(version, after), targets: [] })
    const words =
      found.length === 0
        ? 'Nothing is known of it yet.'
        : `\`\`\`text\n${problemsText(found, plainLinks).trimEnd()}\n\`\`\``
    return `### Known problems of QEMU ${version}\n\n${words}`
  })
  return `${[
    "`npm run catalog` found other packages in Debian's suites than the catalog lists.",
    ...(defaults === undefined ? [] : [`**The default changes from QEMU ${defaults[0]} to ${defaults[1]}.**`]),
    ...list('New', added),
    ...list('Removed', removed),
    ...list('Listed otherwise', changed),
    ...known,
    "### Before it is merged\n\n- CI does not start by itself for a pull request of a workflow's token: close it and open it again.\n" +
      '- Read the release notes of a new QEMU, and add to `src/data/known-problems.json` what is known.\n' +
      '- Look for the old version in README.md and docs; tests name most places.\n' +
      '- After the merge the workflow Emulators makes the releases of new builds.',
  ].join('\n\n')}\n`
}
