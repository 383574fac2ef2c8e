// The inverse of setup: removes what a journal names and what is still ours, puts back what a container replaced, and nothing else.
// Safe to run twice.

import {
  holdsEntries,
  inUndoOrder,
  type Journal,
  type JournalEntry,
  type Left,
  leftAtEnd,
  undoOf,
  whoseOf,
} from '../core/journal/journal.js'
import { isSameJob, overtakenOf } from '../core/journal/ownership.js'
import { unknownEntries } from '../core/journal/recorded-entry.js'
import { type Restored, settled } from '../core/journal/restored.js'
import { isSameTable, type TableState } from '../core/journal/table-identity.js'
import type { Entry } from '../core/model/entry.js'
import { asSetupError } from '../core/model/errors.js'
import { printable } from '../core/model/targets.js'
import { shellWord } from '../core/text/shell-word.js'
import { binfmtFolder, isErrno, readTable, removeOwn, tableByPrecedence, unmountTable } from '../system/binfmt.js'
import {
  isAlive,
  isHolding,
  livingOthers,
  readJournals,
  removeJournal,
  sweepJournals,
  writeJournal,
} from '../system/journal-file.js'
import type { Root } from '../system/root.js'
import { tableStateFor } from '../system/table-identity.js'
import {
  type Beside,
  indistinguishableFrom,
  leaveIndistinguishable,
  type Reinstated,
  reinstateAll,
} from './reinstate.js'

/** Which journals `restore` undoes. */
export type Scope =
  /** Those of the command line, and those that jobs left which have ended. */
  | 'usual'
  /** Only the latter. */
  | 'stale'
  /** Those of jobs that still run, too. */
  | 'all'

const nothing: Restored = {
  removed: [],
  putBack: [],
  left: [],
  overtaken: [],
  unmounted: false,
  closed: [],
  spared: [],
  forgotten: [],
  elsewhere: [],
  warnings: [],
}

/** Undoes the journals of a scope. Throws only what `root` throws. */
export async function restoreAll(getRoot: () => Promise<Root>, scope: Scope): Promise<Restored> {
  const { journals, damaged } = readJournals()
  const isDue = ({ owner }: Journal) =>
    scope === 'all' || (scope === 'usual' && owner.face === 'cli') || (owner.face === 'action' && !isAlive(owner))
  const due = journals.filter(isDue)
  const spared = journals
    .filter((journal) => !due.includes(journal) && journal.owner.face === 'action')
    .map(({ id, owner }) => ({ id, pid: owner.pid }))
  const closed = await closeScopes(scope)
  let restored: Restored = {
    ...nothing,
    closed,
    spared,
    warnings: damaged.map(
      ({ file, reason }) =>
        `${file}: ${reason}; remove what setup-qemu status shows of it by hand (echo -1 | sudo tee ${binfmtFolder}/NAME), then the file: sudo rm ${shellWord(file)}`,
    ),
  }
  await sweepJournals(getRoot)
  for (const journal of inUndoOrder(due))
    restored = merged(restored, await restoreJournal(journal, await getRoot(), due))
  return settled(restored)
}

/** Ends the private scopes of this user: those of the command line, or all; those of jobs end with them by themselves. */
async function closeScopes(scope: Scope): Promise<string[]> {
  const { closeScope, scopeHoldersOf, sweepFolders } = await import('../scope/holder.js')
  sweepFolders()
  const faces = scope === 'stale' ? [] : scope === 'all' ? (['cli', 'action'] as const) : (['cli'] as const)
  return faces.flatMap(scopeHoldersOf).map((holder) => {
    closeScope(holder)
    return holder.folder
  })
}

/**
 * Undoes one journal; `due` are those that are undone with it. Never throws for an entry: one that cannot be removed is a warning with the command
 * to run.
 */
export async function restoreJournal(journal: Journal, root: Root, due: readonly Journal[] = []): Promise<Restored> {
  const state = tableStateFor(journal)
  if (state.kind !== 'here') return await withoutTable(journal, state, root)
  const claimed = whileClaimed(journal)
  // from here on nobody counts on our claim to a shared entry: see JournalWriter.share
  const unclaimed = await writeJournal({ ...journal, leaving: true }, root).then(
    () => [],
    (error: unknown) => [asSetupError(error).message],
  )
  const all = readJournals().journals.filter(({ id }) => id !== journal.id)
  const holding = all.filter(isHolding)
  const files = await removeFiles(journal, holding, root)
  const undo = undoOf(journal, readTable(), holding)
  const { replaced = [] } = journal
  const isIndistinguishable = (entry: Entry) => indistinguishableFrom(entry, replaced) !== undefined
  const indistinguishable = await leaveIndistinguishable(undo.remove.filter(isIndistinguishable), replaced, root)
  const ours = undo.remove.filter((entry) => !isIndistinguishable(entry))
  const { removed, missed, unsure, warnings: failed } = await removeAll(ours, journal, root)
  const back = await reinstateReplaced(journal, { others: all, passing: passingWith(journal, all, due) }, root)
  const warnings = [...unclaimed, ...files, ...failed, ...back.failed, ...back.lost, ...indistinguishable]
  const isLast = readTable().length === 0 && !livingOthers(journal).some((other) => isSameTable(other, journal))
  const unmounted = warnings.length === 0 && journal.mounted && isLast && (await unmountTable(root)) === undefined
  // what another setup is perhaps just making is looked at again by the next restore
  const isOpen = files.length + failed.length + unsure.length + back.failed.length > 0 || isAtWork(journal)
  if (!isOpen) await removeJournal(journal.id, root)
  const left = [...leftAtEnd(undo.left, claimed.left), ...missed, ...unsure]
  const { overtaken } = claimed
  return { ...nothing, removed, putBack: back.putBack, left, overtaken, unmounted, warnings }
}

/** Whether a journal can be undone without asking: its table is here and its job has ended, or the table is gone, and whoever wrote it, too. */
export function isLeftBehind(journal: Journal): boolean {
  if (isAlive(journal.owner)) return false
  const { kind } = tableStateFor(journal)
  return kind === 'gone' || (kind === 'here' && !isHolding(journal))
}

/**
 * What is left to do where a journal's table is not here. It is never mounted for that: in a user namespace without a table of its own, that would
 * put an empty one before the one that is in force.
 */
async function withoutTable(journal: Journal, state: TableState, root: Root): Promise<Restored> {
  const { id, entries } = journal
  if (state.kind === 'elsewhere') return { ...nothing, elsewhere: [{ id, pid: state.pid }] }
  if (state.kind === 'unmounted' && holdsEntries(journal)) {
    const command = `sudo mount -t binfmt_misc binfmt_misc ${binfmtFolder}`
    const names = entries.map(({ name }) => printable(name)).join(', ')
    const what = `${names === '' ? 'the entries' : names} of ${id} cannot be reached, as binfmt_misc is not mounted here`
    return { ...nothing, warnings: [`${what}; mount it, then run setup-qemu restore once more: ${command}`] }
  }
  const others = readJournals().journals.filter((other) => other.id !== id && isHolding(other))
  const warnings = await removeFiles(journal, others, root)
  if (warnings.length === 0) await removeJournal(id, root)
  const names = entries.filter(({ registered }) => registered).map(({ name }) => name)
  return { ...nothing, forgotten: [{ id, entries: [...new Set(names)] }], warnings }
}

/** What strangers did to a journal's entries, as long as its claim keeps other jobs from touching them; and who came on top. */
function whileClaimed(journal: Journal): Pick<Restored, 'left' | 'overtaken'> {
  const before = livingOthers(journal)
  const table = tableByPrecedence()
  // whoever is in the table was in the journals before, or has come meanwhile
  const others = [...before, ...livingOthers(journal)]
  return { left: undoOf(journal, table, []).left, overtaken: overtakenOf(journal, table, others) }
}

/** Whether a call of the command line is still about to register an entry: it may be ended once it has, before it notes that. */
function isAtWork({ owner, entries }: Journal): boolean {
  return (
    owner.face === 'cli' && owner.pid !== process.pid && entries.some(({ registered }) => !registered) && isAlive(owner)
  )
}

/** Removes drop-ins first, so that a restart of systemd-binfmt in between brings nothing back; one that another job needs stays. */
async function removeFiles({ files = [] }: Journal, others: readonly Journal[], root: Root): Promise<string[]> {
  const due = files.filter((file) => !others.some((other) => other.leaving !== true && other.files?.includes(file)))
  const warnings: string[] = []
  for (const file of due) {
    const errno = await root.removeFile(file)
    if (errno !== undefined) warnings.push(`removing ${file} answered ${errno}; remove it by hand: sudo rm ${file}`)
  }
  return warnings
}

/** Journals that are undone together with one: those that are due, and those of the same job, whose steps all end now. */
function passingWith(journal: Journal, others: readonly Journal[], due: readonly Journal[]): Journal[] {
  const isOfThisJob = ({ owner }: Journal) => owner.face === 'action' && isSameJob(owner, journal.owner)
  return others.filter((other) => due.some(({ id }) => id === other.id) || isOfThisJob(other))
}

/** Puts back what was replaced; when the changes of a container were never computed, what is gone of the record. */
async function reinstateReplaced(journal: Journal, beside: Beside, root: Root): Promise<Reinstated> {
  const { record, replaced = [] } = journal
  const back = await reinstateAll(replaced, beside, root)
  if (record === undefined) return back
  const unknown = unknownEntries(readTable(), record, [journal, ...beside.others], journal)
  // where a stranger has the name of a recorded entry, that one can still be had back once the stranger is removed
  const blocked = record.filter((entry) => unknown.some(({ name }) => entry.name === name))
  const blocking = blocked.length > 0
  const ended = await reinstateAll(record, { ...beside, blocked }, root)
  const told = unknown.map(
    ({ name, interpreter }) =>
      `${printable(name)} (interpreter ${printable(interpreter, 400)}) may have been made by the container of a setup that was ended; if nobody needs it, remove it: echo -1 | sudo tee ${shellWord(`${binfmtFolder}/${name}`)}`,
  )
  const again = blocking ? ['then run setup-qemu restore once more: it puts back what had that name'] : []
  return {
    putBack: [...back.putBack, ...ended.putBack],
    lost: [...back.lost, ...ended.lost, ...(blocking ? [] : told)],
    failed: [...back.failed, ...ended.failed, ...(blocking ? [...told, ...again] : [])],
  }
}

async function removeAll(
  entries: readonly JournalEntry[],
  journal: Journal,
  root: Root,
): Promise<{ removed: string[]; missed: Left[]; unsure: Left[]; warnings: string[] }> {
  const removed: string[] = []
  const missed: Left[] = []
  const unsure: Left[] = []
  const warnings: string[] = []
  for (const entry of entries) {
    // whoever registers notes it before, so that a newer entry of the same words is in some journal by now
    const answer = await removeOwn(entry, root, () => whoseOf(entry, journal, livingOthers(journal)))
    const { name } = entry
    if (answer === 'removed') removed.push(name)
    // it stood a moment ago
    if (answer === 'gone' && !removed.includes(name)) missed.push({ name, why: 'by-another' })
    if (answer === 'unsure') unsure.push({ name, why: 'of-another' })
    if (isErrno(answer)) warnings.push(`removing ${entry.name} answered ${answer}; ${byHand(entry.name, answer)}`)
  }
  return { removed, missed, unsure, warnings }
}

/** What is left to a person where an entry could not be removed. */
function byHand(name: string, errno: string): string {
  const command = `echo -1 | sudo tee ${shellWord(`${binfmtFolder}/${name}`)}`
  return errno === 'EROFS'
    ? `make the table writable (sudo mount -o remount,rw,bind ${binfmtFolder}), then run setup-qemu restore once more`
    : `remove it by hand: ${command}`
}

function merged(a: Restored, b: Restored): Restored {
  return {
    removed: [...a.removed, ...b.removed],
    putBack: [...a.putBack, ...b.putBack],
    left: [...a.left, ...b.left],
    overtaken: [...a.overtaken, ...b.overtaken],
    unmounted: a.unmounted || b.unmounted,
    closed: [...a.closed, ...b.closed],
    spared: [...a.spared, ...b.spared],
    forgotten: [...a.forgotten, ...b.forgotten],
    elsewhere: [...a.elsewhere, ...b.elsewhere],
    warnings: [...a.warnings, ...b.warnings],
  }
}
