// What must be undone. One journal for each call of setup, written before each change: a file under /run, and for the action a copy in its state.
// It names the instance of binfmt_misc it belongs to (table-identity.ts), so that a private one, the host's, and one of yesterday are never mixed up.

import type { Emulator } from '../model/emulator.js'
import { type Entry, type ListedEntry, type StandingEntry, sameEntry } from '../model/entry.js'
import { SetupError } from '../model/errors.js'
import { isRecord } from '../text/json.js'
import { isDropIn } from './drop-in.js'
import { isSameTable, isTableMark, type TableIdentity } from './table-identity.js'

/** Who the changes belong to: `action` ends with its job's process, `cli` with the next `restore`. */
export interface Owner {
  readonly face: 'cli' | 'action'
  /**
   * The process that lives as long as the job: the runner's worker. Its start time (clock ticks since boot) tells it from a later one of the same
   * number; it is empty where that cannot be seen.
   */
  readonly pid: number
  readonly start: string
  /** Inode of its PID namespace: from another one we know nothing about the process. */
  readonly pidNamespace?: string
  /** How a person recognizes the job: repository, run, job. */
  readonly label?: string
  /** What the runner says of the job (core/journal/job-identity.ts): its random id, and a text that all of its steps agree on. */
  readonly tracking?: string
  readonly job?: string
}

/** What a journal says of the emulator behind an entry of ours. */
export type JournaledEmulator = Pick<Emulator, 'sha256' | 'qemuVersion'>

export interface JournalEntry extends Entry {
  /** False: about to be registered, and perhaps already registered. */
  readonly registered: boolean
  readonly emulator?: JournaledEmulator
  /** Of the entry's file in the table: an entry registered again with the same text has another. */
  readonly inode?: number
  /** Of an entry that matches file names, which a container may register. */
  readonly extension?: string
}

export interface Journal extends TableIdentity {
  readonly format: 1
  readonly id: string
  readonly owner: Owner
  /** Whether we mounted the table. */
  readonly mounted: boolean
  /** It is being undone: its claim to shared entries no longer counts. */
  readonly leaving?: true
  /** When its first entry was recorded, in milliseconds since 1970: of two jobs that race, the earlier one goes first. */
  readonly since?: number
  /** Files outside the table that are ours to remove: drop-ins of systemd-binfmt. */
  readonly files?: readonly string[]
  readonly entries: readonly JournalEntry[]
  /** The whole table, in order of precedence, before a registering container started; gone once its changes are known. */
  readonly record?: readonly RecordedEntry[]
  /** Entries of others that the container replaced, newest first: to be reinstated. */
  readonly replaced?: readonly RecordedEntry[]
}

/** Whether a journal has nothing to undo. */
export function isEmptyJournal(journal: Journal): boolean {
  const { mounted, files = [] } = journal
  return !holdsEntries(journal) && !mounted && files.length === 0
}

/** Whether a journal has something to undo in the table. */
export function holdsEntries({ entries, record, replaced = [] }: Journal): boolean {
  return entries.length > 0 || record !== undefined || replaced.length > 0
}

/**
 * The order in which journals are undone: those with entries to reinstate come last, of these the newest container first, as it may have replaced an
 * entry of an earlier one.
 */
export function inUndoOrder(journals: readonly Journal[]): Journal[] {
  const rank = ({ record, replaced, since = 0 }: Journal) =>
    record === undefined && replaced === undefined ? Number.POSITIVE_INFINITY : since
  const earlierFirst = (a: number, b: number) => (a === b ? 0 : a > b ? -1 : 1)
  return journals.toSorted((a, b) => earlierFirst(rank(a), rank(b)))
}

/** What undoing a journal does to a table. */
export interface Undo {
  readonly remove: readonly JournalEntry[]
  readonly left: readonly Left[]
}

/**
 * An entry that is not removed: it is gone, another one has its name, another job shares it, or a job that shared it ended at the same moment and
 * removed it.
 */
export interface Left {
  readonly name: string
  readonly why: 'gone' | 'changed' | 'of-another' | 'by-another'
}

/**
 * The entries of a journal to remove from a table: those that are still ours, byte for byte, and that no other journal claims. `others` are the live
 * journals: of running jobs and of the command line. One that is being undone claims nothing.
 */
export function undoOf(journal: Journal, table: readonly ListedEntry[], others: readonly Journal[]): Undo {
  const remove: JournalEntry[] = []
  const left: Left[] = []
  for (const entry of journal.entries) {
    const listed = table.find(({ name }) => name === entry.name)
    const variant = journal.entries.some((other) => other !== entry && listed !== undefined && sameEntry(other, listed))
    if (listed === undefined) {
      // a planned one was perhaps never registered
      if (entry.registered) left.push({ name: entry.name, why: 'gone' })
    } else if (!sameEntry(entry, listed)) {
      if (!variant && entry.registered) left.push({ name: entry.name, why: 'changed' })
    } else if (others.some((other) => claims(other, journal, entry))) left.push({ name: entry.name, why: 'of-another' })
    else remove.push(entry)
  }
  return { remove, left }
}

/**
 * What is left at the end, judged by what was left while the journal's claim still counted. While it counts no other job removes or replaces the
 * entry, so it was an outsider; afterwards a job that shared it, or a new one, may.
 */
export function leftAtEnd(left: readonly Left[], claimed: readonly Left[]): Left[] {
  return left.map((one) => {
    if (one.why !== 'gone' && one.why !== 'changed') return one
    const before = claimed.find(({ name }) => name === one.name)
    return before ?? { name: one.name, why: one.why === 'gone' ? 'by-another' : 'of-another' }
  })
}

/** Whether a journal that is not being undone says that it registered an entry. */
export function claims(journal: Journal, table: TableIdentity, entry: Entry): boolean {
  if (!isSameTable(journal, table) || journal.leaving === true) return false
  return journal.entries.some((other) => other.registered && sameEntry(other, entry))
}

/**
 * Who owns an entry that equals one of ours but was perhaps not registered by us, judged by the other live journals: theirs, if one has registered it.
 * `unsure` if one only plans to: it may find the name taken, and then the entry is ours.
 */
export function ownershipOf(
  entry: Entry,
  table: TableIdentity,
  others: readonly Journal[],
): 'ours' | 'theirs' | 'unsure' {
  const counting = others.filter((other) => isSameTable(other, table) && other.leaving !== true)
  if (counting.some((other) => claims(other, table, entry))) return 'theirs'
  return counting.some(({ entries }) => entries.some((other) => sameEntry(other, entry))) ? 'unsure' : 'ours'
}

/** A journal as the text of its file. */
export function journalText(journal: Journal): string {
  return `${JSON.stringify(journal)}\n`
}

/** Reads a journal's text; throws `journal-damaged` for anything that we did not write. */
export function parseJournal(text: string): Journal {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch (cause) {
    throw damaged('it is not JSON', cause)
  }
  if (!isRecord(value) || value.format !== 1) throw damaged('its format is not 1')
  const { id, owner, instance, mounted, entries } = value
  if (typeof id !== 'string' || !/^[a-z0-9-]{1,80}$/.test(id)) throw damaged('its id is malformed')
  if (!Number.isSafeInteger(instance) || typeof mounted !== 'boolean') throw damaged('instance or mounted is malformed')
  if (!isOwner(owner)) throw damaged('its owner is malformed')
  if (!Array.isArray(entries) || !entries.every(isJournalEntry)) throw damaged('an entry is malformed')
  const journal = { format: 1 as const, id, owner, instance: instance as number, mounted, entries }
  return {
    ...journal,
    ...parseOptional(value),
    ...parseRecorded('record', value.record),
    ...parseRecorded('replaced', value.replaced),
  }
}

function parseOptional({ leaving, since, files, table }: Record<string, unknown>): Partial<Journal> {
  if (leaving !== undefined && leaving !== true) throw damaged('leaving is malformed')
  if (since !== undefined && !Number.isSafeInteger(since)) throw damaged('since is malformed')
  const areFiles = Array.isArray(files) && files.every((file) => typeof file === 'string' && isDropIn(file))
  if (files !== undefined && !areFiles) throw damaged('a file is none of ours')
  // older releases wrote none
  if (table !== undefined && !isTableMark(table)) throw damaged('table is malformed')
  return {
    ...(table === undefined ? {} : { table }),
    ...(leaving === true ? { leaving } : {}),
    ...(since === undefined ? {} : { since: since as number }),
    ...(files === undefined ? {} : { files: files as string[] }),
  }
}

function parseRecorded(field: 'record' | 'replaced', value: unknown): Partial<Journal> {
  if (value === undefined) return {}
  const isOne = (one: unknown): one is RecordedEntry => isRecord(one) && isPlainEntry(one) && isRecorded(one)
  if (!Array.isArray(value) || !value.every(isOne)) throw damaged(`an entry of ${field} is malformed`)
  return { [field]: value }
}

function isOwner(value: unknown): value is Owner {
  return (
    isRecord(value) &&
    (value.face === 'cli' || value.face === 'action') &&
    Number.isSafeInteger(value.pid) &&
    typeof value.start === 'string' &&
    isOptionalText(value.pidNamespace) &&
    isOptionalText(value.label) &&
    isOptionalText(value.tracking) &&
    isOptionalText(value.job)
  )
}

function isJournalEntry(value: unknown): value is JournalEntry {
  return (
    isRecord(value) &&
    isPlainEntry(value) &&
    typeof value.registered === 'boolean' &&
    isOptionalText(value.extension) &&
    (value.inode === undefined || Number.isSafeInteger(value.inode)) &&
    (value.emulator === undefined || isEmulator(value.emulator))
  )
}

function isEmulator(value: unknown): value is JournaledEmulator {
  if (!isRecord(value)) return false
  const { sha256, qemuVersion } = value
  return typeof sha256 === 'string' && (qemuVersion === null || typeof qemuVersion === 'string')
}

function isOptionalText(value: unknown): boolean {
  return value === undefined || typeof value === 'string'
}

function isPlainEntry(value: Record<string, unknown>): value is Record<string, unknown> & Entry {
  return (
    typeof value.name === 'string' &&
    isEntryName(value.name) &&
    typeof value.interpreter === 'string' &&
    typeof value.flags === 'string' &&
    Number.isSafeInteger(value.offset) &&
    typeof value.magic === 'string' &&
    typeof value.mask === 'string'
  )
}

/** Whether a name can be an entry of binfmt_misc, and not one of its own two files. */
export function isEntryName(name: string): boolean {
  return (
    name !== '' && name !== '.' && name !== '..' && name !== 'register' && name !== 'status' && !/[/\0\n]/.test(name)
  )
}

/** A `journal-damaged` error; `what` is wrong with the file, as the rest of a sentence that begins with `it`. */
export function damaged(what: string, cause?: unknown): SetupError {
  return new SetupError('journal-damaged', `a journal of setup-qemu cannot be read: ${what}`, {
    hint: 'look at the files under /run/setup-qemu; entries of the kernel are removed with: echo -1 | sudo tee /proc/sys/fs/binfmt_misc/NAME',
    cause,
  })
}

export interface RecordedEntry extends StandingEntry {
  /** Id of the journal that owned it: when that is gone, no job needs the entry. */
  readonly journal?: string
  /** Names of unchanged entries that took precedence over it for some files: registered again, it precedes them. */
  readonly below?: readonly string[]
  /** Names of unchanged entries that it took precedence over. Missing in journals of older releases. */
  readonly over?: readonly string[]
}

/** Whether a value of a journal's file is a recorded entry that may be registered. */
function isRecorded(value: Record<string, unknown>): value is Record<string, unknown> & RecordedEntry {
  const { enabled, flags, magic, mask, extension, unmasked, inode, journal, below, over } = value
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
    [below, over].every(isOptionalNames)
  )
}

function isOptionalNames(value: unknown): boolean {
  return value === undefined || (Array.isArray(value) && value.every((name) => typeof name === 'string'))
}

function isHex(value: unknown): value is string {
  return typeof value === 'string' && /^([0-9a-f]{2})*$/.test(value)
}
