// The journals of this machine: one small file for each call of setup under /run, which the next boot clears. They belong to root, so that no other user
// can name entries for root to remove.

import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { dropInFolder, isDropIn } from '../core/journal/drop-in.js'
import {
  damaged as damagedJournal,
  type Journal,
  journalText,
  type Owner,
  parseJournal,
} from '../core/journal/journal.js'
import { SetupError, type SetupErrorCode } from '../core/model/errors.js'
import { errnoName } from './command.js'
import { readConfinement } from './confinement.js'
import { foreignOwner } from './folder.js'
import { pidNamespace, startOfProcess } from './process.js'
import { textOfFile, UnfitFile } from './regular-file.js'
import type { Root } from './root.js'

export const journalFolder = '/run/setup-qemu'

/**
 * Inside a private scope (`with-qemu` sets the variable) journals are kept in memory: the table ends with its namespace, so there is nothing left to
 * undo, and nothing should be written on the machine.
 */
const inMemory: Map<string, Journal> | undefined = isPrivateScope() ? new Map() : undefined

function isPrivateScope(): boolean {
  // the variable is no proof: it may have been set by hand outside of a scope
  return (process.env.SETUP_QEMU_SCOPE ?? '') !== '' && readConfinement().userNamespace
}

/** Writes a journal to a temporary name and renames it. Throws `journal-unwritable`: without a journal we change nothing. */
export async function writeJournal(journal: Journal, root: Root): Promise<void> {
  if (inMemory !== undefined) return void inMemory.set(journal.id, journal)
  const path = join(journalFolder, `${journal.id}.json`)
  const errno = await root.writeFile(path, journalText(journal))
  if (errno === undefined) return
  throw new SetupError('journal-unwritable', `the journal ${path} could not be written: ${errno}`, {
    hint: 'setup-qemu notes what it will undo before it changes anything: make /run writable (in a container: a tmpfs)',
  })
}

/** Removes a journal's file; undefined when it is gone, else the errno. */
export async function removeJournal(id: string, root: Root): Promise<string | undefined> {
  if (inMemory !== undefined) return void inMemory.delete(id)
  return root.removeFile(join(journalFolder, `${id}.json`))
}

/** Removes the half-written journals and drop-ins of killed processes, not those of living ones. */
export async function sweepJournals(getRoot: () => Promise<Root>): Promise<void> {
  for (const folder of [journalFolder, dropInFolder])
    for (const name of filesOf(folder)) {
      const [, path = '', pid] = /^(.*)\.(\d+)\.part$/.exec(join(folder, name)) ?? []
      const isOurs = folder === journalFolder ? path.endsWith('.json') : isDropIn(path)
      if (isOurs && startOfProcess(Number(pid)) === undefined) await (await getRoot()).removeFile(join(folder, name))
    }
}

/** All journals of this machine, and for each damaged file its name and what is wrong with it. */
export function readJournals(): {
  journals: Journal[]
  damaged: { file: string; code: SetupErrorCode; reason: string }[]
} {
  if (inMemory !== undefined) return { journals: [...inMemory.values()], damaged: [] }
  const journals: Journal[] = []
  const damaged: { file: string; code: SetupErrorCode; reason: string }[] = []
  for (const file of journalFiles()) {
    try {
      const stranger = foreignOwner(journalFolder) ?? foreignOwner(join(journalFolder, file))
      if (stranger !== undefined)
        throw new SetupError('journal-damaged', stranger, { hint: `look who made it: ls -l ${journalFolder}` })
      journals.push(parseJournal(textOfJournal(join(journalFolder, file))))
    } catch (error) {
      // another job may have removed it meanwhile
      if (errnoName(error) === 'ENOENT') continue
      const reason = error instanceof Error ? error.message : String(error)
      damaged.push({
        file: join(journalFolder, file),
        code: error instanceof SetupError ? error.code : 'internal',
        reason,
      })
    }
  }
  return { journals, damaged }
}

/** Larger than any journal. */
const longestJournal = 1 << 22

/** Throws `journal-damaged` for anything but a regular file of a sensible size, and node's file system errors. */
function textOfJournal(path: string): string {
  try {
    return textOfFile(path, longestJournal)
  } catch (error) {
    if (!(error instanceof UnfitFile)) throw error
    throw damagedJournal(`it ${error.message}`, error)
  }
}

function journalFiles(): string[] {
  return filesOf(journalFolder).filter((name) => name.endsWith('.json'))
}

function filesOf(folder: string): string[] {
  if (inMemory !== undefined) return []
  try {
    return readdirSync(folder)
  } catch (error) {
    if (errnoName(error) === 'ENOENT') return []
    throw error
  }
}

/**
 * Whether the process that a journal's changes were made for is alive. One of another namespace, or one that was never visible (/proc mounted with
 * hidepid), counts as alive, as we know nothing about it.
 */
export function isAlive(owner: Owner): boolean {
  if (owner.start === '') return true
  if (owner.pidNamespace !== undefined && owner.pidNamespace !== pidNamespace()) return true
  return startOfProcess(owner.pid) === owner.start
}

/** A running process as the owner of changes. */
export function ownerOf(face: Owner['face'], pid: number, label?: string): Owner {
  const owner = { face, pid, start: startOfProcess(pid) ?? '', pidNamespace: pidNamespace() }
  return label === undefined ? owner : { ...owner, label }
}

/** The other live journals: of running jobs, and of the command line, which last until `restore`. */
export function otherLiveJournals({ id }: Pick<Journal, 'id'>): Journal[] {
  return readJournals().journals.filter((other) => other.id !== id && isLive(other))
}

/** Whether a journal's changes should stay: its job is running, or it is the command line's. */
export function isLive({ owner }: Journal): boolean {
  return owner.face === 'cli' || isAlive(owner)
}
