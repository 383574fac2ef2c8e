// method container: a privileged container registers emulators, as docker/setup-qemu-action does. Comparing the kernel's table before and after shows
// what it changed. Changes that nobody asked for are undone at once, the others by restore.

import {
  type Changes,
  changesOf,
  chosenFor,
  containerRuns,
  type Dialect,
  dialectOf,
  emulatorPaths,
  type HiddenEntry,
  hiddenBehind,
  linesAbout,
  split,
} from '../core/containers/container-changes.js'
import { type EngineImage, isPinned, pinnedName, sayable } from '../core/containers/engine-answer.js'
import type { RecordedEntry } from '../core/journal/journal.js'
import { isClaimedBy, recordOf, waitingOf, withPrecedence } from '../core/journal/recorded-entry.js'
import type { Host } from '../core/model/catalog.js'
import type { ImageEmulator } from '../core/model/emulator.js'
import type { EngineName } from '../core/model/engine-name.js'
import type { Entry, StandingEntry } from '../core/model/entry.js'
import { SetupError } from '../core/model/errors.js'
import { printable, type Target } from '../core/model/targets.js'
import type { JournalWriter } from '../journal/journal-writer.js'
import { indistinguishableFrom, leaveIndistinguishable, reinstateAll } from '../journal/reinstate.js'
import { removeEntry, tableByPrecedence } from '../system/binfmt.js'
import { readJournals } from '../system/journal-file.js'
import type { Log } from '../system/log.js'
import type { Root } from '../system/root.js'
import { emulatorsIn } from './container-image.js'
import { type Engine, findEngine } from './engine.js'

export interface ContainerOptions {
  /** Reference of an image, already checked. */
  readonly image: string
  readonly engine: EngineName | null
  readonly targets: readonly Target[]
  readonly credentials: boolean
  readonly offline: boolean
  /** Remove every entry named `qemu-*` first. */
  readonly reset: boolean
  readonly host: Host
  /** Gets the output of the image. */
  readonly log: Log
}

/** A target for which the container made no entry. */
export interface Unregistered {
  readonly emulator: ImageEmulator
  /** The lines of the container's output about it. */
  readonly said: readonly string[]
}

export interface ContainerRegistration {
  readonly engine: EngineName
  /** The image with its digest, if the engine knows one. */
  readonly image: string
  /** Whether it was named by digest. */
  readonly pinned: boolean
  /** By target: the entry that the container made for it; if several, the one in force. */
  readonly entries: ReadonlyMap<string, Entry>
  /** By target: an entry with its emulator that another entry of the same image hides; not in `entries`. */
  readonly hidden: ReadonlyMap<string, HiddenEntry>
  /** All other targets. */
  readonly unregistered: ReadonlyMap<string, Unregistered>
  readonly notes: readonly string[]
}

/**
 * Lets an image register targets. The table must be open. `heads`: by target, the first bytes of one of its programs. Throws `no-engine`,
 * `engine-denied`, `engine-failed`, `offline`, `invalid-image`, `journal-unwritable`; the journal then says what must be undone.
 */
export async function registerByContainer(
  options: ContainerOptions,
  writer: JournalWriter,
  root: Root,
  heads: ReadonlyMap<string, Uint8Array>,
): Promise<ContainerRegistration> {
  const engine = await findEngine(options.engine, root, options.log)
  const { image, dialect } = await pulledImage(options, engine)
  const used = { engine: engine.name, image: pinnedName(options.image, image), pinned: isPinned(options.image) }
  const { runs, unknown } = containerRuns(dialect, options.targets, options)
  const notes =
    image.digests.length === 0 ? [`${engine.name} knows no digest of the image: it is ${printable(image.id)}`] : []
  const never: readonly [string, Unregistered][] = unknown.map(({ name }) => [name, neverRegistered])
  const known = options.targets.filter((target) => !unknown.includes(target))
  if (known.length === 0) return { ...used, entries: new Map(), hidden: new Map(), unregistered: new Map(never), notes }
  const { made, said } = await runRecorded(() => runAll(engine, options.image, image, runs), writer)
  const asked = new Map([...heads].filter(([name]) => options.targets.some((target) => target.name === name)))
  const undone = await undoUnrequested(made, writer, root, [...asked.values()])
  const { entries, hidden } = withoutHidden(chosenFor(undone.wanted, asked), undone.wanted, options.targets, asked)
  const missing = known.filter(({ name }) => !entries.has(name) && !hidden.has(name))
  const paths = new Map(missing.map((target) => [target.name, emulatorPaths(dialect, image.env, target)]))
  const emulators = await emulatorsIn(engine, options.image, image, paths)
  const unregistered = missing.flatMap((target): [string, Unregistered][] => {
    const emulator = emulators.get(target.name)
    return emulator === undefined ? [] : [[target.name, { emulator, said: linesAbout(said, target).map(sayable) }]]
  })
  return {
    ...used,
    entries,
    hidden,
    unregistered: new Map([...never, ...unregistered]),
    notes: [...notes, ...undone.notes],
  }
}

const neverRegistered: Unregistered = {
  emulator: { kind: 'lacks', reason: 'what the image starts never registers it' },
  said: [],
}

/** Runs the image once for each list of arguments; stops at the first failure. Returns all output; throws `engine-failed`. */
async function runAll(engine: Engine, reference: string, image: EngineImage, runs: readonly string[][]) {
  const said: string[] = []
  for (const args of runs) said.push(await engine.run(reference, image, args))
  return said.join('\n')
}

/** Separates the entries that hide a target's own entry of the same image. */
function withoutHidden(
  chosen: ReadonlyMap<string, Entry & StandingEntry>,
  made: readonly StandingEntry[],
  targets: readonly Target[],
  heads: ReadonlyMap<string, Uint8Array>,
): Pick<ContainerRegistration, 'entries' | 'hidden'> {
  const hidden = new Map<string, HiddenEntry>()
  for (const target of targets) {
    const entry = chosen.get(target.name)
    const head = heads.get(target.name)
    const pair = entry && head && hiddenBehind(entry, made, target, head)
    if (pair !== undefined) hidden.set(target.name, pair)
  }
  return { entries: new Map([...chosen].filter(([name]) => !hidden.has(name))), hidden }
}

async function pulledImage(
  options: ContainerOptions,
  engine: Engine,
): Promise<{ image: EngineImage; dialect: Dialect }> {
  if (!/^[A-Za-z0-9][\w.:/@+-]*$/.test(options.image))
    throw new SetupError('invalid-image', `"${printable(options.image)}" is no name of an image`, {
      hint: 'write it as REGISTRY/NAME:TAG or NAME@sha256:DIGEST',
    })
  await engine.pull(options.image, options.offline)
  const image = await engine.inspect(options.image)
  if (image === undefined)
    throw new SetupError('engine-failed', `${engine.name} has pulled ${options.image}, but cannot show it`, {
      hint: `look at it by hand: ${engine.name} image inspect ${options.image}`,
    })
  const dialect = dialectOf(image.entrypoint, image.cmd)
  if (dialect !== undefined) return { image, dialect }
  const starts = printable([...image.entrypoint, ...image.cmd].join(' '))
  throw new SetupError(
    'invalid-image',
    `the image ${options.image} starts "${starts}", expected a program named register (multiarch/qemu-user-static) or binfmt (tonistiigi/binfmt)`,
    { hint: 'name an image that registers emulators in one of these two ways' },
  )
}

/** Reads the table before and after a run. The first reading is on disk before the run, the changes are afterwards, even if the run fails. */
async function runRecorded(
  start: () => Promise<string>,
  writer: JournalWriter,
): Promise<{ made: Changes<RecordedEntry>['made']; said: string }> {
  const record = recordOf(tableByPrecedence(), [...readJournals().journals, writer.journal], writer.journal)
  await writer.recordTable(record)
  const run = await start().then(
    (said) => ({ said }),
    (error: unknown) => ({ error }),
  )
  const changes = changesOf(record, tableByPrecedence())
  const others = readJournals().journals.filter(({ id }) => id !== writer.journal.id)
  // entries in another job's journal were registered by that job meanwhile
  const made = changes.made.filter((entry) => !others.some((journal) => isClaimedBy(journal, writer.journal, entry)))
  await writer.recordChanges(made, withPrecedence(changes.replaced, changes.unchanged, record))
  if ('error' in run) throw run.error
  return { made, said: run.said }
}

/**
 * Undoes changes to targets that were not requested. A replaced entry for a requested target waits for restore: registered now, it would take
 * precedence over the container's.
 */
async function undoUnrequested(
  made: readonly StandingEntry[],
  writer: JournalWriter,
  root: Root,
  heads: readonly Uint8Array[],
): Promise<{ wanted: StandingEntry[]; notes: string[] }> {
  const { wanted, others: unrequested } = split(made, heads)
  const replaced = writer.journal.replaced ?? []
  const { wanted: asked, others: rest } = split(replaced, heads)
  const staying = unrequested.filter((entry) => indistinguishableFrom(entry, rest) !== undefined)
  const stuck: Entry[] = []
  for (const entry of unrequested) {
    if (staying.includes(entry)) continue
    if ((await removeEntry(entry, root)) !== undefined) stuck.push(entry)
  }
  const others = readJournals().journals.filter(({ id }) => id !== writer.journal.id)
  const blocked = rest.filter(({ name }) => stuck.some((entry) => entry.name === name))
  const waiting = waitingOf(replaced, [...asked, ...blocked], wanted)
  const due = replaced.filter((entry) => !waiting.includes(entry))
  const back = await reinstateAll(due, { others }, root)
  const again = back.failed.length > 0 ? due : []
  const gone = unrequested.filter((entry) => !stuck.includes(entry))
  await writer.drop(
    gone,
    replaced.filter((entry) => waiting.includes(entry) || again.includes(entry)),
  )
  const indistinguishable = await leaveIndistinguishable(staying, rest, root)
  return { wanted, notes: [...back.lost, ...back.failed, ...indistinguishable] }
}
