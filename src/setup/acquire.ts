// Where the targets of a plan get their emulators: from files of this machine, from the catalog, or out of an image.

import { SetupError } from '../core/model/errors.js'
import { type ImageReference, referenceText } from '../core/model/image-reference.js'
import { type Finding, notSetUp } from '../core/outcome/finding.js'
import type { UsedImage } from '../core/outcome/outcome.js'
import { keptOwn } from '../core/plan/existing-entry.js'
import { conflicting, existingEntriesOf } from '../core/plan/plan.js'
import type { ResolvedSource } from '../core/plan/resolved-source.js'
import {
  type AcquiredTarget,
  failedWith,
  keptAs,
  type PlannedTarget,
  type TargetProgress,
} from '../core/plan/target-progress.js'
import { acquireEmulators } from '../sources/catalog.js'
import type { ImageExecutable, MissingExecutable } from '../sources/image/image.js'
import { milliseconds } from '../system/process.js'
import type { SetupContext } from './context.js'

/** The targets with their emulators, and the image that some of them came from. */
export interface Acquisition {
  readonly targets: readonly TargetProgress[]
  readonly image: UsedImage | null
}

/**
 * Gets the emulators of all planned targets, in shared requests where they share bytes. One that fails does not stop the others. What a container
 * brings stays planned. Throws when the image as a whole cannot be read.
 */
export async function acquire(targets: readonly TargetProgress[], context: SetupContext): Promise<Acquisition> {
  const { image, targets: after } = await fromImage(targets.map(fromFile), context)
  return { image, targets: await fromCatalog(after, context) }
}

type PlannedFrom<Kind extends ResolvedSource['kind']> = PlannedTarget & {
  readonly registration: { readonly source: Extract<ResolvedSource, { kind: Kind }> }
}

function isFrom<Kind extends ResolvedSource['kind']>(kind: Kind, target: TargetProgress): target is PlannedFrom<Kind> {
  return target.kind === 'planned' && target.registration.source.kind === kind
}

function fromFile(target: TargetProgress): TargetProgress {
  if (!isFrom('file', target)) return target
  const { emulator, locator } = target.registration.source
  return { ...target, kind: 'acquired', emulator: { ...emulator, locator, bytesFetched: 0 } }
}

async function fromCatalog(
  targets: readonly TargetProgress[],
  { request: { mirrors, offline, cache }, machine: { cacheFolder, log } }: SetupContext,
): Promise<TargetProgress[]> {
  const due = targets.filter((target) => isFrom('catalog', target))
  if (due.length === 0) return [...targets]
  const started = milliseconds()
  const emulators = due.map(({ registration }) => registration.source.emulator)
  const files = await acquireEmulators(emulators, { cacheFolder, mirrors, offline, cache, log })
  const fileOf = new Map(due.map(({ platform }, at) => [platform.target.name, files[at]]))
  return targets.map((target) => {
    const file = fileOf.get(target.platform.target.name)
    if (file === undefined || !isFrom('catalog', target)) return target
    if ('failure' in file) {
      return { ...failedWith(notSetUp(file.failure), target), started, bytesFetched: file.bytesFetched }
    }
    const { sha256, qemuVersion, build } = target.registration.source.emulator
    return { ...target, kind: 'acquired', started, emulator: { sha256, qemuVersion, build, ...file } }
  })
}

/** With `all`, targets that the image has no emulator for are left out. */
async function fromImage(targets: readonly TargetProgress[], context: SetupContext): Promise<Acquisition> {
  const due = targets.filter((target) => isFrom('image', target))
  const [first] = due
  if (first === undefined) return { targets, image: null }
  const { request, machine } = context
  const { image: reference } = first.registration.source
  const binaries = due.map(({ registration }) => registration.source.binary)
  const { emulatorsFromImage } = await import('../sources/image/image.js')
  const { image, found, missing } = await emulatorsFromImage(reference, binaries, machine.host, {
    registryMirrors: request.registryMirrors,
    credentials: request.registryLogin,
    offline: request.offline,
    cacheFolder: machine.cacheFolder,
    accepted: new Set(request.sha256s),
    env: process.env,
    log: machine.log,
  })
  const after = targets.flatMap((target): TargetProgress[] => {
    if (!isFrom('image', target)) return [target]
    const { binary } = target.registration.source
    const executable = found.get(binary)
    if (executable !== undefined) return [withExecutable(target, executable, context)]
    const lack = missing.get(binary) ?? { kind: 'missing', reason: 'no file of that name' }
    if (request.all && lack.kind === 'missing') return []
    return [failedWith(notInImage(binary, reference, lack), target)]
  })
  // native targets need no image, so they do not make a useless one green
  if (after.every(({ kind }) => kind === 'native')) throw noneInImage(reference, binaries)
  return { targets: after, image: { asked: referenceText(reference), pinned: image } }
}

/** The emulator is known only now: an entry of ours may have it already, or another job may use a different one. */
function withExecutable(
  target: PlannedTarget,
  { path, sha256, locator, bytesFetched }: ImageExecutable,
  { request, facts }: SetupContext,
): TargetProgress {
  const { registration } = target
  const emulator = { path, sha256, qemuVersion: null, build: null, locator, bytesFetched }
  const acquired: AcquiredTarget = { ...target, kind: 'acquired', emulator }
  const existing = existingEntriesOf(target.platform.target.name, facts, request.rules)
  const kept = keptOwn(existing, facts, registration.flags, sha256)
  if (kept !== undefined) return keptAs(kept, acquired)
  const conflict = conflicting(registration, request, facts, sha256)
  return conflict === undefined ? acquired : failedWith(conflict.finding, acquired)
}

const lackHints: Readonly<Record<MissingExecutable['kind'], string>> = {
  missing: 'ask for the platforms that the image has, or choose another image',
  unusable: 'choose an image whose emulators are static executables for this host',
  'other-hash': 'look whether image and sha256 belong together',
}

function notInImage(binary: string, image: ImageReference, { kind, reason }: MissingExecutable): Finding {
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
