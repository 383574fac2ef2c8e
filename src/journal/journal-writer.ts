// Writes the journal of one call of setup: each change is on disk before it is made.
import { randomBytes } from 'node:crypto'
import { dropInPath, dropInText } from '../core/journal/drop-in.js'
import {
  claims,
  type Journal,
  type JournalEntry,
  type JournaledEmulator,
  ownershipOf,
  type RecordedEntry,
} from '../core/journal/journal.js'
import { raceOf } from '../core/journal/ownership.js'
import { type Entry, sameEntry } from '../core/model/entry.js'
import { asSetupError, SetupError } from '../core/model/errors.js'
import { asCalled } from '../core/model/links.js'
import { inodeOf, isErrno, readEntry, register, removeOwn } from '../system/binfmt.js'
import { otherLiveJournals, writeJournal } from '../system/journal-file.js'
import type { Machine } from '../system/machine.js'
import type { Root } from '../system/root.js'
import { hereTable } from '../system/table-identity.js'
import { restoreJournal } from './restore.js'

export class JournalWriter {
  readonly #machine: Machine
  readonly #root: Root
  #journal: Journal
  /** Writes are serialized, although targets are verified concurrently. */
  #writing: Promise<void> = Promise.resolve()

  constructor(machine: Machine, root: Root, mounted: boolean) {
    this.#machine = machine
    this.#root = root
    const id = `${machine.owner.face}-${process.pid}-${randomBytes(6).toString('hex')}`
    const since = Date.now()
    this.#journal = { format: 1, id, owner: machine.owner, ...hereTable(), mounted, since, entries: [] }
  }

  get journal(): Journal {
    return this.#journal
  }

  /** Records entries that are about to be registered. Throws `journal-unwritable`. */
  async plan(entries: readonly (Entry & { emulator?: JournaledEmulator })[]): Promise<void> {
    await this.#write([...this.#journal.entries, ...entries.map((entry) => ({ ...entry, registered: false }))])
  }

  /** Registers a planned entry; false, and no longer planned, when the name is taken. Throws what `register` throws. */
  async register(entry: Entry): Promise<boolean> {
    if (await register(entry, this.#root)) return true
    await this.#write(this.#without(entry))
    return false
  }

  /** Records that entries are registered. */
  async commit(entries: readonly Entry[]): Promise<void> {
    const stands = (entry: Entry) => entries.some((other) => sameEntry(other, entry))
    await this.#write(this.#journal.entries.map((entry) => (stands(entry) ? standing(entry) : entry)))
  }

  /** Another job that has registered a different emulator for the same programs, or that came first and is about to. */
  raceOf(entry: Entry): ReturnType<typeof raceOf> {
    const intended = this.#journal.entries.find((other) => sameEntry(other, entry))
    return intended && raceOf(intended, this.#journal, otherLiveJournals(this.#journal))
  }

  /**
   * Shares an entry with the journal that owns it; false when that one is being undone, or gone. We write our claim before we read theirs, and they
   * drop theirs before they read ours: so one of the two always sees the other.
   */
  async share(entry: Entry, emulator: JournaledEmulator, holder: string): Promise<boolean> {
    const { name, interpreter, flags, offset, magic, mask } = entry
    const plain = { name, interpreter, flags, offset, magic, mask }
    await this.#write([...this.#journal.entries, standing({ ...plain, emulator, registered: true })])
    const theirs = otherLiveJournals(this.#journal).find(({ id }) => id === holder)
    const listed = readEntry(name)
    const stands = listed !== undefined && sameEntry(listed, entry)
    if (stands && theirs !== undefined && claims(theirs, this.#journal, entry)) return true
    await this.#write(this.#without(entry))
    return false
  }

  /** Makes systemd-binfmt register an entry of ours whenever it restarts. Throws `journal-unwritable` and `entry-refused`. */
  async keepOverRestart(entry: Entry): Promise<void> {
    const path = dropInPath(entry)
    await this.#write(this.#journal.entries, undefined, [...(this.#journal.files ?? []), path])
    const errno = await this.#root.writeFile(path, dropInText(entry))
    if (errno === undefined) return
    throw new SetupError('entry-refused', `the drop-in ${path} could not be written: ${errno}`, {
      hint: 'leave survive-restart out, or make /run/binfmt.d writable',
    })
  }

  /** Records the whole table, in order of precedence, before a container changes it for us. */
  recordTable(table: readonly RecordedEntry[]): Promise<void> {
    return this.#write(this.#journal.entries, { record: table })
  }

  /** Replaces that record by what the container did: entries that are ours to remove, and those to reinstate (newest first). */
  recordChanges(made: readonly (Entry & { extension?: string })[], replaced: readonly RecordedEntry[]): Promise<void> {
    const entries = made.map(({ name, interpreter, flags, offset, magic, mask, extension }) => {
      const plain = { name, interpreter, flags, offset, magic, mask, registered: true }
      return extension === undefined ? plain : { ...plain, extension }
    })
    return this.#write([...this.#journal.entries.filter(({ name }) => !isIn(name, made)), ...entries], { replaced })
  }

  /** Records that a part is undone: these entries are removed, and only `replaced` is left to reinstate. */
  drop(removed: readonly Entry[], replaced: readonly RecordedEntry[]): Promise<void> {
    return this.#write(
      this.#journal.entries.filter(({ name }) => !isIn(name, removed)),
      { replaced },
    )
  }

  /** Gives up an entry of ours, and removes it if it is still ours byte for byte and no other job shares it. */
  async remove(entry: Entry): Promise<void> {
    const noted = this.#journal.entries.find((other) => sameEntry(other, entry))
    if (noted === undefined) return
    const unclaimed = { ...noted, registered: false }
    await this.#write(this.#journal.entries.map((other) => (other === noted ? unclaimed : other)))
    const others = otherLiveJournals(this.#journal)
    const isHeld = others.some((other) => claims(other, this.#journal, entry))
    const decideOwnership = () => ownershipOf(entry, this.#journal, others)
    await this.#removeDropIn(entry, others)
    const answer = isHeld ? 'not-ours' : await removeOwn(noted, this.#root, decideOwnership)
    if (!isErrno(answer) && answer !== 'unsure') await this.#write(this.#without(entry))
  }

  /** Removes the drop-in of a given-up entry, if any, unless another job needs it; if that fails, `restore` tries again. */
  async #removeDropIn(entry: Entry, others: readonly Journal[]): Promise<void> {
    const { files = [] } = this.#journal
    const path = dropInPath(entry)
    if (!files.includes(path)) return
    const isNeeded = others.some((other) => other.leaving !== true && other.files?.includes(path))
    if (!isNeeded && (await this.#root.removeFile(path)) !== undefined) return
    const left = files.filter((file) => file !== path)
    await this.#write(this.#journal.entries, undefined, left)
  }

  /** Undoes everything recorded so far, as `restore` does, and logs what it could not undo. Never throws: it runs after another failure. */
  async undo(): Promise<void> {
    try {
      const { warnings } = await restoreJournal(this.#journal, this.#root)
      for (const warning of warnings) this.#say(warning)
      if (warnings.length > 0) return
      const { record, replaced, files, leaving, ...rest } = this.#journal
      this.#journal = { ...rest, entries: [], mounted: false }
      this.#machine.onJournal(this.#journal)
    } catch (error) {
      this.#say(`not everything could be put back; run setup-qemu restore: ${asSetupError(error).message}`)
    }
  }

  #say(line: string): void {
    this.#machine.log.info(asCalled(line, this.#machine.links))
  }

  #without(entry: Entry): JournalEntry[] {
    return this.#journal.entries.filter((other) => !sameEntry(other, entry))
  }

  #write(
    entries: readonly JournalEntry[],
    recorded?: Pick<Journal, 'record' | 'replaced'>,
    files = this.#journal.files,
  ): Promise<void> {
    const { record, replaced, ...others } = this.#journal
    // not from the start of the call: a job that registers while we still download comes before us
    const since = others.entries.length === 0 ? Date.now() : others.since
    const rest = { ...others, ...(since === undefined ? {} : { since }), ...(files === undefined ? {} : { files }) }
    const kept = { ...(record === undefined ? {} : { record }), ...(replaced === undefined ? {} : { replaced }) }
    this.#journal = { ...rest, ...(recorded ?? kept), entries }
    const journal = this.#journal
    this.#writing = this.#writing.then(async () => {
      await writeJournal(journal, this.#root)
      this.#machine.onJournal(journal)
    })
    return this.#writing
  }
}

/** An entry as registered, with the inode that distinguishes it from a later one with the same text. */
function standing(entry: JournalEntry): JournalEntry {
  const inode = inodeOf(entry.name)
  return { ...entry, registered: true, ...(inode === undefined ? {} : { inode }) }
}

function isIn(name: string, entries: readonly Entry[]): boolean {
  return entries.some((entry) => entry.name === name)
}
