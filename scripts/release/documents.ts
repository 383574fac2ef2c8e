// The documents of a release, made from those of main: there `OWNER` stands for the account that the repository belongs to, so that a fork has nothing to
// edit.
import { posix } from 'node:path'
import { placeholderOwner, type Repository } from '../../src/core/sources/release.js'
import { pageOf } from './tree-repository.js'

/** What a document of a release depends on. */
export interface DocumentContext {
  readonly repository: Repository
  readonly version: string
  /** Whether the release has a file or folder of this path. */
  readonly has: (path: string) => boolean
}

const placeholder = `${placeholderOwner}/setup-qemu`

/**
 * A document as a release has it: the repository's name for the placeholder, and workflows that can be copied, because they name the release's tag where
 * main has `<commit>`, which no commit can hold of itself. A paragraph that begins with the placeholder explains it, and is left out. Links to files that
 * only main has become addresses.
 */
export function releasedDocument(path: string, text: string, { repository, version, has }: DocumentContext): string {
  const pinned = new RegExp(`^(\\s*(?:- )?uses: ${placeholder}(?:/compare)?)@<commit> # v\\S+$`, 'gm')
  const inText = new RegExp(`(${placeholder}(?:/compare)?@<commit>) # v[\\d.]+`, 'g')
  const page = new RegExp(`https://github\\.com/${placeholder}/blob/v[\\d.]+/`, 'g')
  const link = (whole: string, target: string, anchor = '') => {
    if (/^[a-z]+:/.test(target) || has(posix.join(posix.dirname(path), target))) return whole
    // HEAD is the default branch
    const address = `${pageOf(repository)}/blob/HEAD/${posix.join(posix.dirname(path), target)}`
    return `](${address}${anchor})`
  }
  return text
    .split('\n\n')
    .filter((paragraph) => !paragraph.startsWith(`\`${placeholderOwner}\``))
    .join('\n\n')
    .replace(pinned, `$1@v${version}`)
    .replace(inText, `$1 # v${version}`)
    .replace(page, `${pageOf(repository)}/blob/v${version}/`)
    .replaceAll(placeholder, repository.name)
    .replace(/\]\(([^)\s#]+)(#[^)\s]*)?\)/g, link)
}
