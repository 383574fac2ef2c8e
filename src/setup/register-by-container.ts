// Targets that a container registers: the entries it made become theirs. An older entry that it left in force is kept when exactly the emulator of
// the image runs under it; with `all`, what the image does not have is left out; everything else is a failure.

import { type ContainerRegistration, registerByContainer, type Unregistered } from '../containers/register.js'
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
import type { EmulatorSource } from '../core/request/emulator-source.js'
import type { JournalWriter } from '../journal/journal-writer.js'
import type { RegisteringContext } from './context.js'
import { inspect } from './inspect.js'

type RegisteringImage = Extract<EmulatorSource, { kind: 'container' }>

/**
 * Runs the container for all planned targets. Entries that are kept instead are not shared yet with the jobs that own them. Throws what
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
  const { host, log } = machine
  const options = { image: asked, engine, targets: wanted, credentials, offline, reset, host, log }
  const done = await registerByContainer(options, writer, root, heads)
  for (const note of done.notes) log.info(note)
  await removeHiding(done, writer)
  // the older entries that are still in force, and what runs under them
  const now = done.unregistered.size === 0 ? facts : await inspect(request, machine, folder)
  const leftOut: string[] = []
  const after = targets.flatMap((target): TargetProgress[] => {
    if (target.kind !== 'planned') return [target]
    const { name } = target.platform.target
    const unregistered = done.unregistered.get(name)
    if (unregistered === undefined) return [madeFor(target, done, asked, credentials)]
    if (request.all && unregistered.emulator.kind === 'lacks') {
      log.detail(`${name} is left out: ${unregistered.emulator.reason}`)
      leftOut.push(name)
      return []
    }
    const entries = existingEntriesOf(name, now, request.rules)
    const kept = keptForImage(entries, now, request, unregistered.emulator)
    if ('kind' in kept) return [keptAs(kept, target)]
    const finding = nothingMade(target, unregistered, source, { differences: kept, existing: entries.entries, now })
    return [failedWith(finding, target)]
  })
  if (leftOut.length > 0) log.info(`the image has no emulator for ${leftOut.join(', ')}: left out of all`)
  // native targets need no image, so they do not make a useless one green
  if (after.every(({ kind }) => kind === 'native'))
    throw new SetupError('emulator-missing', `the image ${asked} registers none of the platforms that are asked for`, {
      hint: 'choose an image of QEMU user emulators, or leave method out',
    })
  return { targets: after, image: { asked, pinned: done.image } }
}

/** Removes entries that hide others of the same image, except those that are a target's own. */
async function removeHiding({ hidden, entries }: ContainerRegistration, writer: JournalWriter): Promise<void> {
  const wanted = [...entries.values()]
  for (const { by } of hidden.values()) if (!wanted.some((entry) => sameEntry(entry, by))) await writer.remove(by)
}

/** A target that the container made an entry for. */
function madeFor(
  target: PlannedTarget,
  { entries, hidden }: ContainerRegistration,
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

/** The finding for a target that the container made no entry for, and no older one can be kept. */
function nothingMade(
  { platform }: PlannedTarget,
  { emulator, said }: Unregistered,
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

/** Why an entry with the target's usual name does not run its programs. */
function blockingWords(existing: readonly Entry[], blocking: readonly ListedEntry[]): string[] {
  if (existing.length > 0) return []
  return blocking.map(({ enabled }) => (enabled ? 'it is for other programs' : 'it is disabled'))
}
