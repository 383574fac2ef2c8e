// Whether what was proven is still true at the end: another process may have changed the table since.
import { type Entry, overlap, type StandingEntry, sameEntry } from '../model/entry.js'
import type { SetupError } from '../model/errors.js'
import { type Finding, notSetUp } from '../outcome/finding.js'

/** The table at the end. */
export interface TableNow {
  /** Why no entry is in force at all; undefined when entries are. */
  readonly off: SetupError | undefined
  /** In the order of precedence. */
  readonly entries: readonly StandingEntry[]
}

/** An entry that was proven, and the inode of its file before the proof. */
export interface ProvenEntry {
  readonly entry: Entry
  readonly inode: number | undefined
}

/**
 * What changed about a proven entry; undefined when it is unchanged and no newer entry takes its programs. `inForceBefore`: inodes of the entries in force
 * before the proof. `isAlike`: whether a newer entry is known to have the same emulator and flags.
 */
export function changeSince(
  { entry, inode }: ProvenEntry,
  inForceBefore: ReadonlySet<number>,
  { off, entries }: TableNow,
  isAlike: (newer: StandingEntry) => boolean,
): Finding | undefined {
  if (off !== undefined) return notSetUp(off)
  const at = entries.findIndex(({ name }) => name === entry.name)
  const listed = entries[at]
  if (listed === undefined || !listed.enabled || !sameEntry(listed, entry))
    return entryDiffers(entry, JSON.stringify(listed ?? 'no such entry'))
  if (listed.inode !== inode)
    return entryDiffers(entry, 'one that somebody registered in the same words after it had been removed')
  const newer = entries
    .slice(0, at)
    .filter((other) => other.enabled && !inForceBefore.has(other.inode) && overlap(other, listed) && !isAlike(other))
  if (newer.length === 0) return undefined
  return { kind: 'overtaken', entry: entry.name, by: newer.map(({ name, interpreter }) => ({ name, interpreter })) }
}

/** The finding for an entry that differs from what was written. */
export function entryDiffers(entry: Entry, got: string): Finding {
  const { name, interpreter, flags, offset, magic, mask } = entry
  const expected = JSON.stringify({ name, interpreter, flags, offset, magic, mask })
  return { kind: 'entry-differs', entry: name, expected, got }
}
