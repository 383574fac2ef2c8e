// Which entry runs a program: the first enabled one that matches it in the kernel's order, newest first. What was seen running cannot overrule
// that order: the interpreter's path may now lead to another file, because its file was renamed or replaced, or it may be a wrapper.
// Source: search_binfmt_handler in fs/binfmt_misc.c, and prepare_binprm in fs/exec.c.
import { type ListedEntry, matches } from './entry.js'
import { headBytes } from './program.js'

/** The table in the order in which the kernel searches it. */
export interface KernelTable<E extends ListedEntry = ListedEntry> {
  /** In the order of precedence, newest first; empty when it is not mounted. */
  readonly table: readonly E[]
  /** Whether binfmt_misc is switched on (its file `status`). */
  readonly enabled: boolean
}

/** What the kernel compares when a file is executed. */
export interface ExecutedFile {
  /** Its first bytes, up to 256; missing ones count as zeros. */
  readonly head: Uint8Array
  /** As passed to execve; without it no extension matches. */
  readonly path?: string
}

/** The entry that the kernel chooses for a file; undefined when none matches. */
export function entryInForce<E extends ListedEntry>(table: KernelTable<E>, file: ExecutedFile): E | undefined {
  return matchingEntries(table, [file])[0]
}

/** The enabled entries that match at least one of the files, in the order of precedence. For a single file the first is in force, and shadows the others. */
export function matchingEntries<E extends ListedEntry>(
  { table, enabled }: KernelTable<E>,
  files: readonly ExecutedFile[],
): E[] {
  if (!enabled) return []
  return table.filter((entry) => entry.enabled && files.some((file) => isFor(entry, file)))
}

/** Whether an entry's rule matches a file, enabled or not. */
export function isFor(entry: ListedEntry, { head, path }: ExecutedFile): boolean {
  if (entry.extension !== undefined) return path !== undefined && extensionOf(path) === entry.extension
  return matches(
    entry,
    head.length < headBytes ? Uint8Array.from({ length: headBytes }, (_, at) => head[at] ?? 0) : head,
  )
}

/** What follows the last dot of the file name; folder names do not count, as an extension has no slash. */
function extensionOf(path: string): string | undefined {
  const name = path.slice(path.lastIndexOf('/') + 1)
  return name.includes('.') ? name.slice(name.lastIndexOf('.') + 1) : undefined
}

/** Whether the same entries, by inode, are in force for these files before and after: then whatever ran in between ran under them. */
export function isSettled<E extends ListedEntry & { readonly inode: number }>(
  before: KernelTable<E>,
  after: KernelTable<E>,
  files: readonly ExecutedFile[],
): boolean {
  return files.every((file) => entryInForce(before, file)?.inode === entryInForce(after, file)?.inode)
}
