// Which entries running jobs and calls of the command line own, and what that means for a new request. The whole machine has one table, and its
// newest entry wins for everybody: the same emulator is shared, a different one is a conflict.
import { type Entry, type ListedEntry, overlap, sameEntry } from '../model/entry.js'
import type { Finding } from '../outcome/finding.js'
import type { Journal, JournalEntry, JournaledEmulator, Owner } from './journal.js'
import { isSameTable, type TableIdentity } from './table-identity.js'

/** An entry, and the journal that owns it. */
export interface OwnedEntry {
  readonly entry: Entry
  readonly emulator: JournaledEmulator | null
  readonly journal: string
  readonly owner: Owner
}

/** The entries that journals own in an instance of the table; one that is being undone owns nothing any more. */
export function ownedEntries(journals: readonly Journal[], table: TableIdentity): OwnedEntry[] {
  const living = journals.filter((journal) => isSameTable(journal, table) && journal.leaving !== true)
  return living.flatMap(({ id, owner, entries }) =>
    entries
      .filter(({ registered }) => registered)
      .map((entry) => ({ entry, emulator: entry.emulator ?? null, journal: id, owner })),
  )
}

/** The owners of a listed entry. */
export function ownersOf(listed: ListedEntry, owned: readonly OwnedEntry[]): OwnedEntry[] {
  return owned.filter(({ entry }) => sameEntry(entry, listed))
}

/**
 * Whether two owners are one job: the runner says the same of both, with the same random id; if one has no id, they have the same process, started at
 * the same time.
 */
export function isSameJob(a: Owner, b: Owner): boolean {
  if (a.face !== b.face || a.job !== b.job) return false
  if (a.tracking !== undefined && b.tracking !== undefined) return a.tracking === b.tracking
  return a.pid === b.pid && a.start === b.start && a.pidNamespace === b.pidNamespace
}

/**
 * The finding for a registration that would take a platform away from another running job: it would shadow an entry of that job with another emulator
 * or other flags. Entries of the command line may be shadowed.
 */
export function conflictOf(
  rivals: readonly ListedEntry[],
  owned: readonly OwnedEntry[],
  me: Owner,
  wanted: { readonly sha256: string | undefined; readonly flags: readonly string[]; readonly version: string | null },
): Extract<Finding, { kind: 'other-job' }> | undefined {
  for (const rival of rivals) {
    const other = ownersOf(rival, owned).find(({ owner }) => owner.face === 'action' && !isSameJob(owner, me))
    if (other === undefined) continue
    if (wanted.sha256 !== undefined && other.emulator?.sha256 === wanted.sha256 && wanted.flags.includes(rival.flags))
      continue
    return {
      kind: 'other-job',
      entry: rival.name,
      theirs: { owner: ownerWords(other.owner), has: other.emulator?.qemuVersion ?? null, flags: rival.flags },
      ours: { owner: ownerWords(me), wants: wanted.version, flags: wanted.flags[0] ?? '' },
    }
  }
  return undefined
}

/**
 * The finding for an entry that we are about to register while another job has registered a different one for the same programs, or came first and is
 * about to. Both write their journals before they look, so one of them sees the other.
 */
export function raceOf(
  entry: JournalEntry,
  mine: Journal,
  others: readonly Journal[],
): Extract<Finding, { kind: 'other-job' }> | undefined {
  for (const other of others) {
    if (other.owner.face !== 'action' || isSameJob(other.owner, mine.owner) || other.leaving === true) continue
    if (!isSameTable(other, mine)) continue
    const isFirst = isEarlier(other, mine)
    // different rules may still match the same programs
    const theirs = other.entries.find(
      (one) => (one.registered || isFirst) && overlap(one, entry) && !isAlike(one, entry),
    )
    if (theirs === undefined) continue
    return {
      kind: 'other-job',
      entry: theirs.name,
      theirs: { owner: ownerWords(other.owner), has: theirs.emulator?.qemuVersion ?? null, flags: theirs.flags },
      ours: { owner: ownerWords(mine.owner), wants: entry.emulator?.qemuVersion ?? null, flags: entry.flags },
    }
  }
  return undefined
}

function isEarlier(a: Journal, b: Journal): boolean {
  const [one, other] = [a.since ?? 0, b.since ?? 0]
  return one < other || (one === other && a.id < b.id)
}

/** Whether two entries have the same emulator and flags. */
export function isAlike(a: JournalEntry, b: JournalEntry): boolean {
  return a.emulator?.sha256 === b.emulator?.sha256 && sameButP(a.flags, b.flags)
}

/** P depends on what an emulator can do, and both jobs find out the same. */
function sameButP(a: string, b: string): boolean {
  return a.replace('P', '') === b.replace('P', '')
}

/**
 * Entries of a journal that are registered but not in force, as newer ones of others match the same programs. `table` is in order of precedence.
 * Entries of the same job do not count, nor those of another job with the same emulator and a wider or narrower rule.
 */
export function overtakenOf(
  journal: Journal,
  table: readonly ListedEntry[],
  others: readonly Journal[],
): { name: string; by: string[] }[] {
  const family = [journal, ...others.filter(({ owner }) => isSameJob(owner, journal.owner))]
  const isOurs = (listed: ListedEntry) => family.some(({ entries }) => entries.some((own) => sameEntry(own, listed)))
  const isSameEmulator = (own: JournalEntry, listed: ListedEntry) =>
    own.emulator !== undefined &&
    others.some(({ entries }) => entries.some((one) => sameEntry(one, listed) && isAlike(one, own)))
  return table.flatMap((listed, at) => {
    const own = journal.entries.find((entry) => entry.registered && sameEntry(entry, listed))
    if (own === undefined) return []
    const newer = table
      .slice(0, at)
      .filter((other) => other.enabled && !isOurs(other) && overlap(other, listed) && !isSameEmulator(own, other))
    return newer.length === 0 ? [] : [{ name: listed.name, by: newer.map(({ name }) => name) }]
  })
}

/** Why we wait for another job. */
export function inUseText({
  entry,
  theirs,
}: Pick<Extract<Finding, { kind: 'other-job' }>, 'entry' | 'theirs'>): string {
  return `${entry} is in use by ${theirs.owner}`
}

/** How messages name a job: by its label and its process number. */
export function ownerWords({ face, label, pid }: Owner): string {
  const who = label ?? (face === 'cli' ? 'the command line' : 'a job')
  return `${who} (process ${pid})`
}
