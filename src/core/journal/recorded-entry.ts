// Entries of others that a container may have replaced: how they are noted in a journal, and what is to be done to have them back.
// The kernel's newest entry wins, so they are registered again in the order in which they once were: the oldest first.
import { type ListedEntry, overlap, type StandingEntry, sameEntry } from '../model/entry.js'
import type { Journal, RecordedEntry } from './journal.js'
import { isSameTable, type TableIdentity } from './table-identity.js'

/** A table, in the order of precedence, as it is noted before a container changes it; `journals` are all of this machine, one's own too. */
export function recordOf(
  table: readonly StandingEntry[],
  journals: readonly Journal[],
  at: TableIdentity,
): RecordedEntry[] {
  return table.map((entry) => {
    const owner = journals.find((journal) => isClaimedBy(journal, at, entry))
    return owner === undefined ? entry : { ...entry, journal: owner.id }
  })
}

/** Whether a journal says that an entry is its own. */
export function isClaimedBy(journal: Journal, at: TableIdentity, entry: ListedEntry): boolean {
  return isSameTable(journal, at) && journal.entries.some((other) => sameEntry(other, entry))
}

/** Replaced entries with the names of those that stood above and below them in the record and are `unchanged`. */
export function withPrecedence(
  replaced: readonly RecordedEntry[],
  unchanged: readonly RecordedEntry[],
  record: readonly RecordedEntry[],
): RecordedEntry[] {
  return replaced.map((entry) => {
    const at = record.indexOf(entry)
    const namesOf = (others: readonly RecordedEntry[]) =>
      others.filter((other) => unchanged.includes(other) && overlap(other, entry)).map(({ name }) => name)
    const [below, over] = [namesOf(record.slice(0, at)), namesOf(record.slice(at + 1))]
    return { ...entry, ...(below.length === 0 ? {} : { below }), over }
  })
}

/**
 * Of replaced entries those that can only be put back at the end: `first` can, and whatever matches some file that one of these or of `standing`
 * matches, too, as their order would not be that in which they were made.
 */
export function deferredOf(
  replaced: readonly RecordedEntry[],
  first: readonly RecordedEntry[],
  standing: readonly ListedEntry[],
): RecordedEntry[] {
  const waiting = new Set(first)
  for (let known = -1; known !== waiting.size; ) {
    known = waiting.size
    for (const entry of replaced)
      if ([...waiting, ...standing].some((other) => overlap(other, entry))) waiting.add(entry)
  }
  return replaced.filter((entry) => waiting.has(entry))
}

/**
 * Names of entries in a table that came before a recorded one and will stand behind it when it is registered now, for some file at least. `recorded`
 * are all that were replaced, or the whole record.
 */
export function overtakenBy(
  entry: RecordedEntry,
  recorded: readonly RecordedEntry[],
  table: readonly ListedEntry[],
): string[] {
  if (!entry.enabled) return []
  const at = recorded.indexOf(entry)
  const cameBefore = (other: ListedEntry) => {
    const place = recorded.findIndex((one) => sameEntry(one, other))
    if (place >= 0) return place < at
    return entry.over === undefined ? entry.below?.includes(other.name) === true : !entry.over.includes(other.name)
  }
  const rivals = table.filter((other) => other.enabled && other.name !== entry.name && overlap(other, entry))
  return rivals.filter(cameBefore).map(({ name }) => name)
}

/** An entry that was made earlier than another one of the recorded, for some of the same files, and must be registered before it. */
export function olderOverlap(
  entry: RecordedEntry,
  recorded: readonly RecordedEntry[],
  others: readonly RecordedEntry[],
): RecordedEntry | undefined {
  const at = recorded.indexOf(entry)
  return others.find((other) => recorded.indexOf(other) > at && overlap(other, entry))
}

/** What putting entries back comes to in a table. */
export interface Reinstatement {
  /** The oldest first. */
  readonly register: readonly RecordedEntry[]
  /** Their names are somebody else's by now. */
  readonly taken: readonly RecordedEntry[]
}

/**
 * Which recorded entries (the newest first) are to be registered again in a table from which ours are removed.
 * One that stands there as it was needs nothing; one that belonged to a journal which is not among `others` any more is missed by nobody.
 */
export function reinstatementOf(
  recorded: readonly RecordedEntry[],
  table: readonly ListedEntry[],
  others: readonly Journal[],
): Reinstatement {
  const register: RecordedEntry[] = []
  const taken: RecordedEntry[] = []
  for (const entry of recorded.toReversed()) {
    if (entry.journal !== undefined && !others.some(({ id }) => id === entry.journal)) continue
    const listed = table.find(({ name }) => name === entry.name)
    if (listed === undefined) register.push(entry)
    else if (!sameEntry(listed, entry)) taken.push(entry)
  }
  return { register, taken }
}

/** Entries of a table that a container may have made before we were ended: not in the record, and in no journal. */
export function unknownEntries(
  table: readonly ListedEntry[],
  record: readonly RecordedEntry[],
  journals: readonly Journal[],
  at: TableIdentity,
): ListedEntry[] {
  return table.filter(
    (entry) =>
      !record.some((other) => sameEntry(other, entry)) && !journals.some((journal) => isClaimedBy(journal, at, entry)),
  )
}
