// The journal of one call of setup while it goes on: each change is on disk before it is made.
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
  /** Writes go one after the other, though targets are proven side by side. */
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

  /** Notes entries that are about to be registered. Throws `journal-unwritable`. */
  async plan(entries: readonly (Entry & { emulator?: JournaledEmulator })[]): Promise<void> {
    await this.#write([...this.#journal.entries, ...entries.map((entry) => ({ ...entry, registered: false }))])
  }

  /** Registers an entry that was intended; false, and no longer intended, when the name is taken. Throws what `register` throws. */
  async register(entry: Entry): Promise<boolean> {
    if (await register(entry, this.#root)) return true
    await this.#write(this.#without(entry))
    return false
  }

  /** Notes that the entries stand. */
  async commit(entries: readonly Entry[]): Promise<void> {
    const stands = (entry: Entry) => entries.some((other) => sameEntry(other, entry))
    await this.#write(this.#journal.entries.map((entry) => (stands(entry) ? standing(entry) : entry)))
  }

  /** Another job that has registered a different emulator for the same programs, or came earlier and means to. */
  raceOf(entry: Entry): ReturnType<typeof raceOf> {
    const intended = this.#journal.entries.find((other) => sameEntry(other, entry))
    return intended && raceOf(intended, this.#journal, otherLiveJournals(this.#journal))
  }

  /**
   * Holds an entry together with the journal that has it; false when that one is being undone, or is gone. Our claim is on disk before the look
   * at theirs, and theirs is given up before it looks at ours: so one of the two sees the other.
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

  /** Lets systemd-binfmt register an entry of ours whenever it is started anew. Throws `journal-unwritable` and `entry-refused`. */
  async keepOverRestart(entry: Entry): Promise<void> {
    const path = dropInPath(entry)
    await this.#write(this.#journal.entries, undefined, [...(this.#journal.files ?? []), path])
    const errno = await this.#root.writeFile(path, dropInText(entry))
    if (errno === undefined) return
    throw new SetupError('entry-refused', `the drop-in ${path} could not be written: ${errno}`, {
      hint: 'leave survive-restart out, or make /run/binfmt.d writable',
    })
  }

  /** Notes the whole table, in the order of precedence, before somebody else's program changes it for us. */
  recordTable(table: readonly RecordedEntry[]): Promise<void> {
    return this.#write(this.#journal.entries, { record: table })
  }

  /** Notes what that program did, in the record's place: entries that are ours to remove, and those to be put back (the newest first). */
  recordChanges(made: readonly (Entry & { extension?: string })[], replaced: readonly RecordedEntry[]): Promise<void> {
    const entries = made.map(({ name, interpreter, flags, offset, magic, mask, extension }) => {
      const plain = { name, interpreter, flags, offset, magic, mask, registered: true }
      return extension === undefined ? plain : { ...plain, extension }
    })
    return this.#write([...this.#journal.entries.filter(({ name }) => !isIn(name, made)), ...entries], { replaced })
  }

  /** Notes that some of it is undone: these entries are removed, and only `replaced` is still to be put back. */
  drop(removed: readonly Entry[], replaced: readonly RecordedEntry[]): Promise<void> {
    return this.#write(
      this.#journal.entries.filter(({ name }) => !isIn(name, removed)),
      { replaced },
    )
  }

  /** Gives an entry of ours up, and removes it if it is still ours byte for byte and no other job holds it too. */
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

  /** Removes the drop-in of an entry that is given up, if there is one and no other job needs it; what cannot be removed is left to `restore`. */
  async #removeDropIn(entry: Entry, others: readonly Journal[]): Promise<void> {
    const { files = [] } = this.#journal
    const path = dropInPath(entry)
    if (!files.includes(path)) return
    const isNeeded = others.some((other) => other.leaving !== true && other.files?.includes(path))
    if (!isNeeded && (await this.#root.removeFile(path)) !== undefined) return
    const left = files.filter((file) => file !== path)
    await this.#write(this.#journal.entries, undefined, left)
  }

  /** Undoes everything noted so far, as `restore` does; what could not be undone is told. Never throws: it runs when something else failed. */
  async undo(): Promise<void> {
    try {
      const { warnings } = await restoreJournal(this.#journal, this.#root)
      for (const warning of warnings) this.#machine.log.info(warning)
      if (warnings.length > 0) return
      const { record, replaced, files, leaving, ...rest } = this.#journal
      this.#journal = { ...rest, entries: [], mounted: false }
      this.#machine.onJournal(this.#journal)
    } catch (error) {
      this.#machine.log.info(`not everything could be put back; run setup-qemu restore: ${asSetupError(error).message}`)
    }
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
    // not from the start: whoever fetches for long comes later than a job that registers meanwhile
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

/** An entry as it stands now, with the inode by which it can be told from a later one of the same words. */
function standing(entry: JournalEntry): JournalEntry {
  const inode = inodeOf(entry.name)
  return { ...entry, registered: true, ...(inode === undefined ? {} : { inode }) }
}

function isIn(name: string, entries: readonly Entry[]): boolean {
  return entries.some((entry) => entry.name === name)
}
