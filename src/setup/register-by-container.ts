// The targets that a container registers: what it made becomes their entries. An entry from before that it left in force counts when exactly the
// image's emulator runs under it; what the image does not have is left out of `all`; everything else is a failure.
import { type ContainerDone, registerByContainer, type Unmade } from '../containers/register.js'
import { type Entry, type ListedEntry, sameEntry } from '../core/model/entry.js'
import { SetupError } from '../core/model/errors.js'
import { referenceText } from '../core/model/image-reference.js'
import type { Finding } from '../core/outcome/finding.js'
import type { UsedImage } from '../core/outcome/outcome.js'
import { keptForImage } from '../core/plan/existing-entry.js'
import { type Facts, rivalsOf } from '../core/plan/plan.js'
import type { Wanted } from '../core/request/emulator-source.js'
import type { Request } from '../core/request/request.js'
import type { JournalWriter } from '../journal/journal-writer.js'
import type { Machine } from '../system/machine.js'
import type { ProbeFolder } from '../system/probe.js'
import type { Root } from '../system/root.js'
import type { Course } from './acquire.js'
import { inspect } from './inspect.js'

interface Bench {
  readonly writer: JournalWriter
  readonly root: Root
  readonly facts: Facts
  readonly machine: Machine
  readonly folder: ProbeFolder
}

type RunImage = Extract<Wanted, { kind: 'container' }>

/**
 * Runs the container for all targets that are to be registered. Those that are kept after all are new courses without an entry of ours: who holds
 * what they keep is to be joined. Throws what `registerByContainer` throws, and `emulator-missing` where the image has nothing that was asked for.
 */
export async function registerCoursesByContainer(
  courses: readonly Course[],
  wanted: RunImage,
  request: Request,
  { writer, root, facts, machine, folder }: Bench,
): Promise<{ courses: Course[]; entryOf: Map<Course, Entry | undefined>; image: UsedImage | null }> {
  const due = courses.filter(({ planned }) => planned.kind === 'register')
  if (due.length === 0) return { courses: [...courses], entryOf: new Map(), image: null }
  const asked = referenceText(wanted.image)
  const { credentials, offline } = request
  const { engine, reset } = wanted
  const targets = due.map(({ planned }) => planned.platform.target)
  const heads = new Map([...facts.before].map(([name, { head }]) => [name, head]))
  const wish = { image: asked, engine, targets, credentials, offline, reset, host: machine.host }
  const done = await registerByContainer(wish, writer, root, heads)
  for (const note of done.notes) machine.log.info(note)
  await withdrawHiding(done, writer)
  // what is in force now, and what runs under it
  const now = done.unmade.size === 0 ? facts : await inspect(request, machine, folder)
  const entryOf = new Map<Course, Entry | undefined>()
  const leftOut: string[] = []
  const after = courses.flatMap((course): Course[] => {
    if (!due.includes(course)) return [course]
    const { name } = course.planned.platform.target
    const unmade = done.unmade.get(name)
    if (unmade !== undefined && request.all && unmade.emulator.kind === 'lacks') {
      machine.log.detail(`${name} is left out: ${unmade.emulator.reason}`)
      leftOut.push(name)
      return []
    }
    const ended = unmade === undefined ? made(course, done, asked, request) : unmadeCourse(course, unmade, now, request)
    entryOf.set(ended, unmade === undefined ? (done.entries.get(name) ?? done.hidden.get(name)?.own) : undefined)
    return [ended]
  })
  if (leftOut.length > 0) machine.log.info(`the image has no emulator for ${leftOut.join(', ')}: left out of all`)
  // what runs natively needs no image, so it does not make one of no use green
  if (after.every(({ planned }) => planned.kind === 'native'))
    throw new SetupError('emulator-missing', `the image ${asked} registers none of the platforms that are asked for`, {
      hint: 'choose an image of QEMU user emulators, or leave method out',
    })
  return { courses: after, entryOf, image: { asked, pinned: done.image } }
}

/** Removes what stands before the entries that the image hides, unless it is a target's own itself. */
async function withdrawHiding({ hidden, entries }: ContainerDone, writer: JournalWriter): Promise<void> {
  const wanted = [...entries.values()]
  for (const { by } of hidden.values()) if (!wanted.some((entry) => sameEntry(entry, by))) await writer.remove(by)
}

/** A target for which the container made something. */
function made(course: Course, { entries, hidden }: ContainerDone, image: string, { credentials }: Request): Course {
  const { name } = course.planned.platform.target
  const pair = hidden.get(name)
  if (pair !== undefined) {
    const named = ({ name: entry, interpreter }: Entry) => ({ name: entry, interpreter })
    return { ...course, failure: { kind: 'hidden-in-image', image, own: named(pair.own), by: named(pair.by) } }
  }
  const entry = entries.get(name)
  if (entry === undefined) throw new Error(`nothing is known of what the container did for ${name}`)
  return entry.flags.includes('C') === credentials
    ? { ...course, locator: 'container' }
    : { ...course, failure: { kind: 'wrong-flags', entry: entry.name, flags: entry.flags, credentials } }
}

/** A target for which it made nothing: kept where an older entry is as good as the image's own, else failed. */
function unmadeCourse(course: Course, { emulator, said }: Unmade, facts: Facts, request: Request): Course {
  const { platform } = course.planned
  const rivals = rivalsOf(platform.target.name, facts, request.rules)
  const kept = keptForImage(rivals, facts, request, emulator)
  if ('kind' in kept) return { ...course, planned: { ...kept, platform } }
  if (request.wanted.kind !== 'container') throw new Error('no container was asked for')
  const { image, reset } = request.wanted
  const blocking = facts.table.filter(({ name }) => name === platform.target.binary)
  const names = (rivals.entries.length > 0 ? rivals.entries : blocking).map(({ name }) => name)
  const about = { kind: 'container-made-nothing', image: referenceText(image), said, reset } as const
  const failure: Finding =
    emulator.kind === 'lacks'
      ? { ...about, inImage: 'lacks', names: [], differences: [`the image has no emulator for it: ${emulator.reason}`] }
      : { ...about, inImage: emulator.kind, names, differences: [...kept, ...blockingWords(rivals.entries, blocking)] }
  return { ...course, failure }
}

/** Why an entry that has the target's usual name runs none of its programs. */
function blockingWords(rivals: readonly Entry[], blocking: readonly ListedEntry[]): string[] {
  if (rivals.length > 0) return []
  return blocking.map(({ enabled }) => (enabled ? 'it is for other programs' : 'it is disabled'))
}
