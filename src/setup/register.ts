// How targets get their entries: shared with other jobs, registered by us, or by a container that brings its own emulators. The journal is written
// before the table is. A name that is taken is left alone; the next one is tried.

import { inUseText } from '../core/journal/ownership.js'
import { type Entry, entryNames } from '../core/model/entry.js'
import { ruleOf } from '../core/model/rule.js'
import type { UsedImage } from '../core/outcome/outcome.js'
import {
  type AcquiredTarget,
  type FailedTarget,
  failedWith,
  type RegisteredEntry,
  type RegisteredTarget,
  registeredAs,
  type TargetProgress,
} from '../core/plan/target-progress.js'
import type { JournalWriter } from '../journal/journal-writer.js'
import type { RegisteringContext } from './context.js'

export interface Registrations {
  readonly targets: readonly TargetProgress[]
  /** The image that a container registered from. */
  readonly image: UsedImage | null
  /** Entries of other jobs that came first with a different emulator, in words. */
  readonly lostTo: readonly string[]
  /** False: the owner of an entry to be shared gave it up in between. */
  readonly shared: boolean
}

/** Shares the kept entries of other jobs, and registers the acquired emulators, or lets the container register its own. */
export async function register(
  targets: readonly TargetProgress[],
  context: RegisteringContext,
): Promise<Registrations> {
  const { request, writer } = context
  const shared = await shareAll(targets, writer)
  if (request.source.kind === 'container') {
    const { registerTargetsByContainer } = await import('./register-by-container.js')
    const made = await registerTargetsByContainer(targets, request.source, context)
    const added = made.targets.filter((target) => !targets.includes(target))
    return { ...made, lostTo: [], shared: (await shareAll(added, writer)) && shared }
  }
  const due = targets.filter((target) => target.kind === 'acquired')
  const results = due.length === 0 ? [] : await registerAll(due, writer, request.onConflict !== 'take')
  const resultOf = new Map(results.map((result) => [result.platform.target.name, result]))
  const lostTo = results.flatMap((result) =>
    result.kind === 'failed' && result.finding.kind === 'other-job' ? [inUseText(result.finding)] : [],
  )
  const after = targets.map((target) => resultOf.get(target.platform.target.name) ?? target)
  return { targets: after, image: null, lostTo, shared }
}

/** Shares the kept entries of other jobs; false when an owner gave one up in between. */
async function shareAll(targets: readonly TargetProgress[], writer: JournalWriter): Promise<boolean> {
  for (const target of targets) {
    if (target.kind !== 'registered' || target.plan.kind !== 'keep') continue
    const { entry, share } = target.plan
    if (entry === null || share === null) continue
    if (!(await writer.share(entry, share.emulator, share.journal))) return false
  }
  return true
}

/**
 * Registers all with their preferred flags; the results are in the same order. With `yieldToOthers` a job that started earlier and is about to register a
 * different emulator goes first. Throws what `register` of the table throws.
 */
export async function registerAll(
  targets: readonly AcquiredTarget[],
  writer: JournalWriter,
  yieldToOthers: boolean,
): Promise<(RegisteredTarget | FailedTarget)[]> {
  const planned = targets.map((target) => ({ target, entry: entryOf(target) }))
  await writer.plan(planned.map(({ entry }) => entry))
  const results: (RegisteredTarget | FailedTarget)[] = []
  const registered: Entry[] = []
  for (const { target, entry } of planned) {
    const race = yieldToOthers ? writer.raceOf(entry) : undefined
    if (race === undefined) {
      const stands = await registerPlanned(entry, target.platform.target.name, writer)
      registered.push(stands)
      results.push(registeredAs(stands, target))
    } else {
      await writer.remove(entry)
      results.push(failedWith(race, target))
    }
  }
  await writer.commit(registered)
  return results
}

function entryOf({ registration, emulator }: AcquiredTarget): RegisteredEntry {
  const { name, flags, platform, rules } = registration
  const { magic, mask } = ruleOf(platform.target, rules)
  const { path, sha256, qemuVersion } = emulator
  const behind = { sha256, qemuVersion }
  return { name, interpreter: path, flags: flags[0] ?? 'F', offset: 0, magic, mask, emulator: behind }
}

/** Registers a planned entry; under the target's next free name if another job took the planned one in between. */
async function registerPlanned<E extends Entry>(entry: E, target: string, writer: JournalWriter): Promise<E> {
  if (await writer.register(entry)) return entry
  for (const name of entryNames(target)) {
    if (name === entry.name) continue
    const other = { ...entry, name }
    await writer.plan([other])
    if (await writer.register(other)) return other
  }
  throw new Error(`every name for ${target} is taken`)
}

/**
 * Replaces an entry of ours by one with other flags; if another job has come to share it, it stays and the new one takes precedence. Throws what
 * `register` of the table throws.
 */
export async function registerAgain(
  entry: RegisteredEntry,
  flags: string,
  target: string,
  writer: JournalWriter,
): Promise<RegisteredEntry> {
  const changed = { ...entry, flags }
  await writer.remove(entry)
  await writer.plan([changed])
  const registered = await registerPlanned(changed, target, writer)
  await writer.commit([registered])
  return registered
}
