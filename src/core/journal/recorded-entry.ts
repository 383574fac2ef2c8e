// Entries of others that a container may have replaced: how a journal records them, and how to reinstate them. The kernel's newest entry wins, so they
// are registered again in their original order: the oldest first.
import { type ListedEntry, overlap, type StandingEntry, sameEntry } from '../model/entry.js'
import type { Journal, RecordedEntry } from './journal.js'
import { isSameTable, type TableIdentity } from './table-identity.js'

/** The record of a table, in order of precedence, before a container changes it; `journals` are all of this machine, including our own. */
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

/** Whether a journal lists an entry as its own. */
export function isClaimedBy(journal: Journal, at: TableIdentity, entry: ListedEntry): boolean {
  return isSameTable(journal, at) && journal.entries.some((other) => sameEntry(other, entry))
}

/** Replaced entries with the names of the `unchanged` ones that preceded and followed them in the record. */
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
 * The replaced entries that must wait until the end: `first`, and every one that overlaps one of these or one of `standing`, as the original order
 * would be lost otherwise.
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
 * Names of entries in a table that took precedence over a recorded one and lose it, for some files, when that one is registered now. `recorded` are
 * all replaced entries, or the whole record.
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

/** An older one of `others` that overlaps an entry and must be registered before it. */
export function olderOverlap(
  entry: RecordedEntry,
  recorded: readonly RecordedEntry[],
  others: readonly RecordedEntry[],
): RecordedEntry | undefined {
  const at = recorded.indexOf(entry)
  return others.find((other) => recorded.indexOf(other) > at && overlap(other, entry))
}

/** What reinstating entries means for a table. */
export interface Reinstatement {
  /** Oldest first. */
  readonly register: readonly RecordedEntry[]
  /** Other entries have their names now. */
  readonly taken: readonly RecordedEntry[]
}

/**
 * The recorded entries (given newest first) to register again in a table from which ours are removed. An unchanged one needs nothing; one whose journal
 * is no longer among `others` is not needed any more.
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

/** Entries that a container may have registered before we were killed: neither in the record nor in a journal. */
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
