// The targets on their way from the plan to their outcome: which emulator each has got by now.
import type { AcquiredEmulator, Emulator, LocatorName } from '../core/model/emulator.js'
import { SetupError } from '../core/model/errors.js'
import { type ImageReference, referenceText } from '../core/model/image-reference.js'
import { type Finding, notSetUp } from '../core/outcome/finding.js'
import type { UsedImage } from '../core/outcome/outcome.js'
import { keptOwn } from '../core/plan/existing-entry.js'
import {
  conflicting,
  type Facts,
  type Plan,
  type PlannedTarget,
  type Registration,
  rivalsOf,
} from '../core/plan/plan.js'
import type { Request } from '../core/request/request.js'
import { acquireSeveral, type Sources } from '../sources/catalog.js'
import type { ImageExecutable, ImageLack } from '../sources/image/image.js'
import type { Machine } from '../system/machine.js'
import type { Due } from './register.js'

export interface Course {
  readonly planned: PlannedTarget
  /** In milliseconds, of performance.now(). */
  readonly started: number
  readonly acquired?: AcquiredEmulator
  /** Why there is no emulator. */
  readonly failure?: Finding
  /** Bytes that came for it over the network in vain. */
  readonly bytesInVain?: number
  /** Where the emulator came from, where nothing of it was acquired here. */
  readonly locator?: LocatorName
  /** `all` was asked for, and the image does not have this one. */
  readonly leftOut?: true
}

/** Whether the course has an emulator that is to be registered. */
export function isDue(course: Course): course is Course & { planned: Registration; acquired: AcquiredEmulator } {
  return course.planned.kind === 'register' && course.acquired !== undefined
}

/** What `register` takes of a course. */
export function dueOf({ planned, acquired }: Course & { planned: Registration; acquired: AcquiredEmulator }): Due {
  return { planned, emulator: acquired }
}

/** The courses of a plan, at their start. */
export function coursesOf(plan: Plan): Course[] {
  return plan.targets.map((planned) => ({ planned, started: performance.now() }))
}

/** The emulators of all registrations, and the image that some of them came from. */
export interface Acquisition {
  readonly courses: readonly Course[]
  readonly image: UsedImage | null
}

/** Gets the emulators of all registrations, together where they share bytes; one that cannot be had does not stop the others. */
export async function acquireAll(
  planned: readonly Course[],
  request: Request,
  machine: Machine,
  facts: Facts,
): Promise<Acquisition> {
  const { image, courses } = await fromImage(planned, request, machine)
  const there = courses.filter(({ leftOut }) => leftOut !== true)
  const supplied = await fromCatalog(there.map(withFile), sourcesOf(request, machine))
  return { image, courses: supplied.map((course) => settled(course, request, facts)) }
}

function sourcesOf(request: Request, machine: Machine): Sources {
  const { mirrors, offline, cache } = request
  return { cacheFolder: machine.cacheFolder, mirrors, offline, cache, log: machine.log }
}

/** With the file that is the supply, if it is one. */
function withFile(course: Course): Course {
  if (course.planned.kind !== 'register' || course.planned.supply.kind !== 'file') return course
  const { emulator, locator } = course.planned.supply
  return { ...course, acquired: { ...emulator, locator, bytesFetched: 0 } }
}

/** With the catalog's emulators, where they are the supply. */
async function fromCatalog(courses: readonly Course[], sources: Sources): Promise<Course[]> {
  const of = ({ planned }: Course) =>
    planned.kind === 'register' && planned.supply.kind === 'catalog' ? planned.supply.emulator : undefined
  const emulators = courses.map(of).filter((emulator) => emulator !== undefined)
  if (emulators.length === 0) return [...courses]
  const started = performance.now()
  const files = new Map((await acquireSeveral(emulators, sources)).map((file, at) => [emulators[at], file]))
  return courses.map((course) => {
    const emulator = of(course)
    const file = emulator && files.get(emulator)
    if (emulator === undefined || file === undefined) return course
    if (!('failure' in file)) return { ...course, started, acquired: { ...identityOf(emulator), ...file } }
    return { ...course, started, failure: notSetUp(file.failure), bytesInVain: file.bytesFetched }
  })
}

function identityOf({ sha256, qemuVersion, build }: Emulator): Emulator {
  return { sha256, qemuVersion, build }
}

/** The executables of the request's image, all in one go. Throws when the image as a whole cannot be had. */
async function fromImage(
  planned: readonly Course[],
  request: Request,
  machine: Machine,
): Promise<{ courses: Course[]; image: UsedImage | null }> {
  const of = ({ planned: target }: Course) =>
    target.kind === 'register' && target.supply.kind === 'image' ? target.supply : undefined
  const supplies = planned.map(of).filter((supply) => supply !== undefined)
  const [first] = supplies
  if (first === undefined) return { courses: [...planned], image: null }
  const binaries = supplies.map(({ binary }) => binary)
  const { emulatorsFromImage } = await import('../sources/image/image.js')
  const { image, found, missing } = await emulatorsFromImage(first.image, binaries, machine.host, {
    registryMirrors: request.registryMirrors,
    credentials: request.registryLogin,
    offline: request.offline,
    cacheFolder: machine.cacheFolder,
    accepted: new Set(request.sha256s),
    env: process.env,
    log: machine.log,
  })
  const courses = planned.map((course) => {
    const binary = of(course)?.binary
    if (binary === undefined) return course
    const executable = found.get(binary)
    if (executable !== undefined) return withExecutable(course, executable)
    const lack = missing.get(binary) ?? { kind: 'missing', reason: 'no file of that name' }
    if (request.all && lack.kind === 'missing') return { ...course, leftOut: true as const }
    return { ...course, failure: notInImage(binary, first.image, lack) }
  })
  // what runs natively needs no image, so it does not make one of no use green
  if (courses.every(({ leftOut, planned: { kind } }) => leftOut === true || kind === 'native'))
    throw noneInImage(first.image, binaries)
  return { courses, image: { asked: referenceText(first.image), pinned: image } }
}

function withExecutable(course: Course, { path, sha256, locator, bytesFetched }: ImageExecutable): Course {
  return { ...course, acquired: { path, sha256, qemuVersion: null, build: null, locator, bytesFetched } }
}

const lackHints: Readonly<Record<ImageLack['kind'], string>> = {
  missing: 'ask for the platforms that the image has, or choose another image',
  unusable: 'choose an image whose emulators are static executables for this host',
  'other-hash': 'look whether image and sha256 belong together',
}

function notInImage(binary: string, image: ImageReference, { kind, reason }: ImageLack): Finding {
  return notSetUp({
    code: kind === 'missing' ? 'emulator-missing' : 'emulator-unusable',
    message: `the image ${referenceText(image)} has no ${binary} that can be used: ${reason}`,
    hint: lackHints[kind],
  })
}

function noneInImage(image: ImageReference, binaries: readonly string[]): SetupError {
  const message = `the image ${referenceText(image)} has no emulator: none of the files ${binaries.join(', ')}, with or without -static`
  return new SetupError('emulator-missing', message, { hint: 'choose an image of QEMU user emulators' })
}

/** What follows for an emulator that only now is known: an entry of ours may have it already, another job may have a different one. */
function settled(course: Course, request: Request, facts: Facts): Course {
  const { planned, acquired: found } = course
  if (planned.kind !== 'register' || planned.supply.kind !== 'image' || found === undefined) return course
  const { platform, flags } = planned
  const { sha256 } = found
  const kept = keptOwn(rivalsOf(platform.target.name, facts, request.rules), facts, flags, sha256)
  if (kept !== undefined) return { ...course, planned: { ...kept, platform } }
  const conflict = conflicting(planned, request, facts, sha256)
  return conflict === undefined ? course : { ...course, planned: conflict }
}
