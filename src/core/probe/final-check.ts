// Whether what was proven still stands when it is told: somebody may have changed the table between the proof and the end.
import { type Entry, overlap, type StandingEntry, sameEntry } from '../model/entry.js'
import type { SetupError } from '../model/errors.js'
import { type Finding, notSetUp } from '../outcome/finding.js'

/** The table as it is at the end. */
export interface TableNow {
  /** Why no entry is in force; undefined when entries are. */
  readonly off: SetupError | undefined
  /** In the order of precedence. */
  readonly entries: readonly StandingEntry[]
}

/** An entry that was proven, and the inode that its file had before the proof. */
export interface ProvenEntry {
  readonly entry: Entry
  readonly inode: number | undefined
}

/**
 * What is no longer so of a proven entry; undefined when it stands as it was, and nothing newer takes its programs. `stood`: inodes of what was in
 * force before the proof. `isAlike`: whether a newer entry is known to have the same emulator and flags.
 */
export function lostSince(
  { entry, inode }: ProvenEntry,
  stood: ReadonlySet<number>,
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
    .filter((other) => other.enabled && !stood.has(other.inode) && overlap(other, listed) && !isAlike(other))
  if (newer.length === 0) return undefined
  return { kind: 'overtaken', entry: entry.name, by: newer.map(({ name, interpreter }) => ({ name, interpreter })) }
}

/** An entry that is not what was written, as a finding. */
export function entryDiffers(entry: Entry, got: string): Finding {
  const { name, interpreter, flags, offset, magic, mask } = entry
  const expected = JSON.stringify({ name, interpreter, flags, offset, magic, mask })
  return { kind: 'entry-differs', entry: name, expected, got }
}
