// What CHANGELOG.md says of a version. The form is that of Keep a Changelog: a section of level two for each version.

/**
 * The text under a version's heading (`## 0.2.0`, `## [0.2.0] - 2026-11-29`), its lines as they are; undefined when there is no such heading.
 * Lines in fenced blocks do not count as headings. A list of link targets at the end of the file belongs to no version.
 */
export function notesOf(changelog: string, version: string): string | undefined {
  const lines = changelog.split('\n')
  let fenced = false
  let notes: string[] | undefined
  for (const line of lines) {
    if (/^(```|~~~)/.test(line)) fenced = !fenced
    const heading = fenced ? undefined : /^##\s+(.*)$/.exec(line)?.[1]
    if (heading !== undefined && notes !== undefined) break
    if (heading !== undefined && headingVersion(heading) === version) notes = []
    else notes?.push(line)
  }
  return notes
    ?.join('\n')
    .replace(/(\n\[[^\]]+\]: \S+)+\s*$/, '')
    .trim()
}

function headingVersion(heading: string): string {
  return heading
    .replace(/^\[/, '')
    .replace(/\]?(\([^)]*\))?(\s+-\s+.*)?$/, '')
    .trim()
}

/** Links of the repository's own files lead nowhere on a release's page: they get the address of the file at that tag. */
export function withAddresses(notes: string, repositoryAddress: string, tag: string): string {
  return notes.replace(/\]\((?![a-z][a-z0-9+.-]*:|#|\/)([^)\s]+)\)/gi, `](${repositoryAddress}/blob/${tag}/$1)`)
}
