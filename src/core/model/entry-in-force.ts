// Which entry runs a program: the first enabled one that matches it, in the kernel's order, the newest first. What ran says nothing against
// that order: an interpreter's path may lead to another file by now, and its file may have been renamed, replaced, or be a wrapper.
// Source: search_binfmt_handler in fs/binfmt_misc.c, and prepare_binprm in fs/exec.c.
import { type ListedEntry, matches } from './entry.js'
import { headBytes } from './program.js'

/** The table as the kernel goes through it. */
export interface KernelTable<E extends ListedEntry = ListedEntry> {
  /** In the order of precedence, the newest first; empty where it is not mounted. */
  readonly table: readonly E[]
  /** Whether binfmt_misc as a whole is switched on (`status`). */
  readonly enabled: boolean
}

/** What the kernel looks at in a file that is executed. */
export interface ExecutedFile {
  /** Its first bytes, 256 at most; what is missing counts as zeros. */
  readonly head: Uint8Array
  /** As it was named to execve; without it extensions match nothing. */
  readonly path?: string
}

/** The entry that the kernel chooses for a file; undefined where it chooses none. */
export function entryInForce<E extends ListedEntry>(table: KernelTable<E>, file: ExecutedFile): E | undefined {
  return matchingEntries(table, [file])[0]
}

/** The enabled entries that match one of the files at least, in the order of precedence: with one file the first is in force, and shadows the others. */
export function matchingEntries<E extends ListedEntry>(
  { table, enabled }: KernelTable<E>,
  files: readonly ExecutedFile[],
): E[] {
  if (!enabled) return []
  return table.filter((entry) => entry.enabled && files.some((file) => isFor(entry, file)))
}

/** Whether an entry's rule matches a file, be it enabled or not. */
export function isFor(entry: ListedEntry, { head, path }: ExecutedFile): boolean {
  if (entry.extension !== undefined) return path !== undefined && extensionOf(path) === entry.extension
  return matches(
    entry,
    head.length < headBytes ? Uint8Array.from({ length: headBytes }, (_, at) => head[at] ?? 0) : head,
  )
}

/** What follows the last dot of the name; a dot in a folder's name does not count, as no extension holds a slash. */
function extensionOf(path: string): string | undefined {
  const name = path.slice(path.lastIndexOf('/') + 1)
  return name.includes('.') ? name.slice(name.lastIndexOf('.') + 1) : undefined
}

/** Whether the same entries are in force for some files, by their inodes: then whatever ran between two looks ran under them. */
export function isSettled<E extends ListedEntry & { readonly inode: number }>(
  before: KernelTable<E>,
  after: KernelTable<E>,
  files: readonly ExecutedFile[],
): boolean {
  return files.every((file) => entryInForce(before, file)?.inode === entryInForce(after, file)?.inode)
}
