// Who put an entry into the kernel's table, as far as files tell: the table itself says nothing about it.
// Sources: binfmt.d(5) and systemd's src/binfmt; update-binfmts(8) and the files of its database.

import type { Journal } from '../journal/journal.js'
import { ownerWords } from '../journal/ownership.js'
import type { ListedEntry } from '../model/entry.js'
import { sameEntry } from '../model/entry.js'

export type Origin =
  /** A call of setup-qemu. */
  | { readonly kind: 'setup-qemu'; readonly journal: string; readonly owner: string }
  /** systemd-binfmt, or another reader of its files, from this file. */
  | { readonly kind: 'binfmt.d'; readonly file: string }
  /** update-binfmts, for this package. */
  | { readonly kind: 'binfmt-support'; readonly file: string; readonly package: string | null }
  /** Its emulator lies in another root: a container registered it. */
  | { readonly kind: 'container' }
  | { readonly kind: 'unknown' }

/** A file with its text. */
export interface TextFile {
  readonly path: string
  readonly text: string
}

/** Folders of binfmt.d(5); a file in an earlier one takes the place of one of the same name in a later one. */
export const binfmtFolders = ['/etc/binfmt.d', '/run/binfmt.d', '/usr/local/lib/binfmt.d', '/usr/lib/binfmt.d'] as const
/** Where update-binfmts keeps a file for each entry. */
export const databaseFolder = '/var/lib/binfmts'

/** Who registered an entry. `isElsewhere`: its emulator runs from a file that its path does not lead to here. */
export function originOf(
  entry: ListedEntry,
  sources: {
    readonly journals: readonly Journal[]
    readonly rules: readonly TextFile[]
    readonly database: readonly TextFile[]
    readonly isElsewhere: boolean
  },
): Origin {
  const journal = sources.journals.find(({ entries }) => entries.some((own) => sameEntry(own, entry)))
  if (journal !== undefined) return { kind: 'setup-qemu', journal: journal.id, owner: ownerWords(journal.owner) }
  const rule = sources.rules.find(({ text }) => text.split('\n').some((line) => isRuleOf(line, entry)))
  if (rule !== undefined) return { kind: 'binfmt.d', file: rule.path }
  const row = sources.database.find(
    ({ path, text }) => path === `${databaseFolder}/${entry.name}` && isRowOf(text, entry),
  )
  if (row !== undefined) {
    const [name = ''] = row.text.split('\n')
    return { kind: 'binfmt-support', file: row.path, package: name === '' || name === ':' ? null : name }
  }
  return sources.isElsewhere ? { kind: 'container' } : { kind: 'unknown' }
}

/** A line like `:name:type:offset:magic:mask:interpreter:flags`, its first character the delimiter; comments begin with # or ;. */
function isRuleOf(line: string, { name, interpreter }: ListedEntry): boolean {
  const delimiter = line[0]
  if (delimiter === undefined || /[#;\s]/.test(delimiter)) return false
  const fields = line.split(delimiter)
  return fields[1] === name && fields[6] === interpreter
}

/** A database file: package, type, offset, magic, mask, interpreter, and more, a line each. */
function isRowOf(text: string, { interpreter }: ListedEntry): boolean {
  return text.split('\n')[5] === interpreter
}

/** The origin in words, to follow the entry's name. */
export function originText(origin: Origin): string {
  switch (origin.kind) {
    case 'setup-qemu':
      return `registered by setup-qemu, for ${origin.owner}`
    case 'binfmt.d':
      return `registered from ${origin.file} (systemd-binfmt)`
    case 'binfmt-support':
      return `registered by update-binfmts${origin.package === null ? '' : ` for the package ${origin.package}`} (${origin.file})`
    case 'container':
      return 'registered from within a container, as its emulator lies in another root'
    case 'unknown':
      return 'nothing on this machine says who registered it'
  }
}
