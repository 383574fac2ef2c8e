// Entries that are in a journal and no longer in the kernel's table: others removed them. The table itself keeps no history.
import { type Entry, type ListedEntry, sameEntry } from '../model/entry.js'
import { printable } from '../model/targets.js'
import type { Journal, JournalEntry } from './journal.js'
import { ownerWords } from './ownership.js'

/** How an entry of ours was lost: removed, replaced by another one of its name, or unmounted with the whole table. */
export type LossKind = 'removed' | 'replaced' | 'unmounted'

export interface LostEntry {
  readonly entry: JournalEntry
  readonly how: LossKind
  /** When it was registered, in milliseconds since 1970; null where its journal does not say. */
  readonly since: number | null
  readonly journal: string
  readonly owner: { readonly face: 'cli' | 'action'; readonly name: string; readonly ended: boolean }
}

/**
 * The lost entries of a table's journals, and of journals whose table was unmounted. An entry that several journals share is listed once, for the
 * earliest. `isEnded` says whether a journal's job is over.
 */
export function lostOf(
  journals: { readonly here: readonly Journal[]; readonly unmounted: readonly Journal[] },
  table: readonly ListedEntry[],
  isEnded: (journal: Journal) => boolean,
): LostEntry[] {
  const all = [
    ...journals.here.flatMap((journal) => lossesOf(journal, (entry) => lossIn(table, entry), isEnded)),
    ...journals.unmounted.flatMap((journal) => lossesOf(journal, () => 'unmounted', isEnded)),
  ].sort((a, b) => (a.since ?? 0) - (b.since ?? 0))
  return all.filter((one, at) => all.findIndex((other) => sameEntry(other.entry, one.entry)) === at)
}

function lossesOf(
  journal: Journal,
  lossOf: (entry: Entry) => LossKind | undefined,
  isEnded: (journal: Journal) => boolean,
): LostEntry[] {
  // while it is being undone, we remove its entries ourselves
  if (journal.leaving === true) return []
  const { id, owner, since } = journal
  return journal.entries.flatMap((entry) => {
    const how = entry.registered ? lossOf(entry) : undefined
    if (how === undefined) return []
    const whose = { face: owner.face, name: ownerWords(owner), ended: isEnded(journal) }
    return [{ entry, how, since: since ?? null, journal: id, owner: whose }]
  })
}

function lossIn(table: readonly ListedEntry[], entry: Entry): LossKind | undefined {
  const listed = table.find(({ name }) => name === entry.name)
  if (listed === undefined) return 'removed'
  return sameEntry(listed, entry) ? undefined : 'replaced'
}

/** A moment as people read it: `2026-11-29 02:51:18 UTC`; null for an invalid one. */
export function momentText(ms: number | null): string | null {
  // the range of ECMAScript's time values
  if (ms === null || Math.abs(ms) > 8.64e15) return null
  return `${new Date(ms).toISOString().slice(0, 19).replace('T', ' ')} UTC`
}

const howWords: Readonly<Record<LossKind, string>> = {
  removed: 'was removed since by somebody else',
  replaced: 'was replaced since by somebody else',
  unmounted: 'went with its table, which was unmounted since',
}

/** `qemu-aarch64, registered 2026-11-29 02:51:18 UTC for the command line (process 7), was removed since by somebody else`. */
export function lostText({ entry, how, since, owner }: LostEntry): string {
  const moment = momentText(since)
  const when = moment === null ? '' : ` ${moment}`
  return `${printable(entry.name)}, registered${when} for ${owner.name}, ${howWords[how]}`
}

/** The same as JSON. */
export function lostJson({ entry, how, since, journal, owner }: LostEntry): object {
  const registered = momentText(since) === null || since === null ? null : new Date(since).toISOString()
  return { entry: entry.name, how, registered, journal, owner }
}
