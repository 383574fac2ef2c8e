// Entries of others that a container may have replaced: how they are noted in a journal, and what is to be done to have them back.
// The kernel's newest entry wins, so they are registered again in the order in which they once were: the oldest first.
import { overlap, type StandingEntry } from './container.js'
import { type ListedEntry, sameEntry } from './entry.js'
import type { Journal } from './journal.js'
import { isSameTable, type TableIdentity } from './table-identity.js'

export interface RecordedEntry extends StandingEntry {
  /** Id of the journal that it belonged to: when that is gone, nobody misses the entry. */
  readonly journal?: string
  /** Names of entries that took precedence over it for some files and were left alone: registered anew, it comes before them. */
  readonly below?: readonly string[]
}

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

/** Replaced entries with the names of those that stood above them in the record and are `unchanged`. */
export function withPrecedence(
  replaced: readonly RecordedEntry[],
  unchanged: readonly RecordedEntry[],
  record: readonly RecordedEntry[],
): RecordedEntry[] {
  return replaced.map((entry) => {
    const above = record.slice(0, record.indexOf(entry)).filter((other) => unchanged.includes(other))
    const below = above.filter((other) => overlap(other, entry)).map(({ name }) => name)
    return below.length === 0 ? entry : { ...entry, below }
  })
}

/** What putting entries back comes to in a table. */
export interface PutBack {
  /** The oldest first. */
  readonly register: readonly RecordedEntry[]
  /** Their names are somebody else's by now. */
  readonly taken: readonly RecordedEntry[]
}

/**
 * Which recorded entries (the newest first) are to be registered again in a table from which ours are removed.
 * One that stands there as it was needs nothing; one that belonged to a journal which is not among `others` any more is missed by nobody.
 */
export function putBackOf(
  recorded: readonly RecordedEntry[],
  table: readonly ListedEntry[],
  others: readonly Journal[],
): PutBack {
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
export function strangersIn(
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

/** Whether a value of a journal's file is a recorded entry that may be registered. */
export function isRecorded(value: Record<string, unknown>): value is Record<string, unknown> & RecordedEntry {
  const { enabled, flags, magic, mask, extension, unmasked, inode, journal, below } = value
  const rule =
    extension === undefined
      ? isHex(magic) && isHex(mask) && magic.length === mask.length && magic.length > 0
      : typeof extension === 'string' && extension !== '' && magic === '' && mask === ''
  return (
    rule &&
    typeof enabled === 'boolean' &&
    typeof flags === 'string' &&
    /^[POCF]*$/.test(flags) &&
    Number.isSafeInteger(inode) &&
    (unmasked === undefined || unmasked === true) &&
    (journal === undefined || typeof journal === 'string') &&
    (below === undefined || (Array.isArray(below) && below.every((name) => typeof name === 'string')))
  )
}

function isHex(value: unknown): value is string {
  return typeof value === 'string' && /^([0-9a-f]{2})*$/.test(value)
}
