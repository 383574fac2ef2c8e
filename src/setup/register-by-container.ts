// The targets that a container registers: what it made becomes their entries. An entry from before that it left in force counts when exactly the
// image's emulator runs under it; what the image does not have is left out of `all`; everything else is a failure.

import { type ContainerDone, registerByContainer, type Unmade } from '../containers/register.js'
import { type Entry, type ListedEntry, sameEntry } from '../core/model/entry.js'
import { SetupError } from '../core/model/errors.js'
import { referenceText } from '../core/model/image-reference.js'
import type { Finding } from '../core/outcome/finding.js'
import type { UsedImage } from '../core/outcome/outcome.js'
import { keptForImage } from '../core/plan/existing-entry.js'
import { existingEntriesOf, type Facts } from '../core/plan/plan.js'
import {
  type FailedTarget,
  failedWith,
  keptAs,
  type PlannedTarget,
  type RegisteredTarget,
  type TargetProgress,
} from '../core/plan/target-progress.js'
import type { Wanted } from '../core/request/emulator-source.js'
import type { JournalWriter } from '../journal/journal-writer.js'
import type { RegisteringContext } from './context.js'
import { inspect } from './inspect.js'

type RegisteringImage = Extract<Wanted, { kind: 'container' }>

/**
 * Runs the container for all planned targets. Those that are kept after all are not yet shared with the jobs that hold them. Throws what
 * `registerByContainer` throws, and `emulator-missing` where the image has nothing that was asked for.
 */
export async function registerTargetsByContainer(
  targets: readonly TargetProgress[],
  source: RegisteringImage,
  { request, machine, folder, facts, root, writer }: RegisteringContext,
): Promise<{ readonly targets: readonly TargetProgress[]; readonly image: UsedImage | null }> {
  const due = targets.filter((target) => target.kind === 'planned')
  if (due.length === 0) return { targets, image: null }
  const asked = referenceText(source.image)
  const { credentials, offline } = request
  const { engine, reset } = source
  const heads = new Map([...facts.before].map(([name, { head }]) => [name, head]))
  const wanted = due.map(({ platform }) => platform.target)
  const wish = { image: asked, engine, targets: wanted, credentials, offline, reset, host: machine.host }
  const done = await registerByContainer(wish, writer, root, heads)
  for (const note of done.notes) machine.log.info(note)
  await removeHiding(done, writer)
  // what is in force now, and what runs under it
  const now = done.unmade.size === 0 ? facts : await inspect(request, machine, folder)
  const leftOut: string[] = []
  const after = targets.flatMap((target): TargetProgress[] => {
    if (target.kind !== 'planned') return [target]
    const { name } = target.platform.target
    const unmade = done.unmade.get(name)
    if (unmade === undefined) return [madeFor(target, done, asked, credentials)]
    if (request.all && unmade.emulator.kind === 'lacks') {
      machine.log.detail(`${name} is left out: ${unmade.emulator.reason}`)
      leftOut.push(name)
      return []
    }
    const entries = existingEntriesOf(name, now, request.rules)
    const kept = keptForImage(entries, now, request, unmade.emulator)
    if ('kind' in kept) return [keptAs(kept, target)]
    return [
      failedWith(nothingMade(target, unmade, source, { differences: kept, existing: entries.entries, now }), target),
    ]
  })
  if (leftOut.length > 0) machine.log.info(`the image has no emulator for ${leftOut.join(', ')}: left out of all`)
  // what runs natively needs no image, so it does not make one of no use green
  if (after.every(({ kind }) => kind === 'native'))
    throw new SetupError('emulator-missing', `the image ${asked} registers none of the platforms that are asked for`, {
      hint: 'choose an image of QEMU user emulators, or leave method out',
    })
  return { targets: after, image: { asked, pinned: done.image } }
}

/** Removes what stands before the entries that the image hides, unless it is a target's own itself. */
async function removeHiding({ hidden, entries }: ContainerDone, writer: JournalWriter): Promise<void> {
  const wanted = [...entries.values()]
  for (const { by } of hidden.values()) if (!wanted.some((entry) => sameEntry(entry, by))) await writer.remove(by)
}

/** A target for which the container made something. */
function madeFor(
  target: PlannedTarget,
  { entries, hidden }: ContainerDone,
  image: string,
  credentials: boolean,
): RegisteredTarget | FailedTarget {
  const { platform, started, registration: plan } = target
  const { name } = platform.target
  const pair = hidden.get(name)
  if (pair !== undefined) {
    const named = ({ name: entry, interpreter }: Entry) => ({ name: entry, interpreter })
    const finding = { kind: 'hidden-in-image', image, own: named(pair.own), by: named(pair.by) } as const
    return { ...failedWith(finding, target), entry: pair.own }
  }
  const entry = entries.get(name)
  if (entry === undefined) throw new Error(`nothing is known of what the container did for ${name}`)
  if (entry.flags.includes('C') === credentials) {
    const unknown = { emulator: null, locator: 'container', bytesFetched: 0 } as const
    return { ...unknown, kind: 'registered', platform, started, plan, entry }
  }
  const finding = { kind: 'wrong-flags', entry: entry.name, flags: entry.flags, credentials } as const
  return { ...failedWith(finding, target), entry }
}

/** Why a target for which the container made nothing does not run under an older entry either. */
function nothingMade(
  { platform }: PlannedTarget,
  { emulator, said }: Unmade,
  { image, reset }: RegisteringImage,
  {
    differences,
    existing,
    now,
  }: { readonly differences: readonly string[]; readonly existing: readonly Entry[]; readonly now: Facts },
): Finding {
  const blocking = now.table.filter(({ name }) => name === platform.target.binary)
  const names = (existing.length > 0 ? existing : blocking).map(({ name }) => name)
  const about = { kind: 'container-made-nothing', image: referenceText(image), said, reset } as const
  return emulator.kind === 'lacks'
    ? { ...about, inImage: 'lacks', names: [], differences: [`the image has no emulator for it: ${emulator.reason}`] }
    : { ...about, inImage: emulator.kind, names, differences: [...differences, ...blockingWords(existing, blocking)] }
}

/** Why an entry that has the target's usual name runs none of its programs. */
function blockingWords(existing: readonly Entry[], blocking: readonly ListedEntry[]): string[] {
  if (existing.length > 0) return []
  return blocking.map(({ enabled }) => (enabled ? 'it is for other programs' : 'it is disabled'))
}
