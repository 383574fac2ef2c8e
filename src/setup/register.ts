// Puts entries for emulators into the kernel's table, each noted in the journal first. A name that is taken is left alone: the next one is tried.

import type { JournaledEmulator } from '../core/journal/journal.js'
import type { LocatedEmulator } from '../core/model/emulator.js'
import { type Entry, entryNames } from '../core/model/entry.js'
import { ruleOf } from '../core/model/rule.js'
import type { Finding } from '../core/outcome/finding.js'
import type { Registration } from '../core/plan/plan.js'
import type { JournalWriter } from '../journal/journal-writer.js'

/** A registration that is to be carried out, and where its emulator lies. */
export interface Due {
  readonly planned: Registration
  readonly emulator: LocatedEmulator
}

/** An entry of ours, with what is behind it. */
export type OwnEntry = Entry & { readonly emulator: JournaledEmulator }

/** What came of one: the entry, or why another job has the platform. */
export type Registered = OwnEntry | Extract<Finding, { kind: 'other-job' }>

/** The entry of a registration under a name and with flags. */
export function entryOf({ planned, emulator }: Due, name: string, flags: string): OwnEntry {
  const { magic, mask } = ruleOf(planned.platform.target, planned.rules)
  const { path, sha256, qemuVersion } = emulator
  return { name, interpreter: path, flags, offset: 0, magic, mask, emulator: { sha256, qemuVersion } }
}

/**
 * Registers all with their first choice of flags; the results stand in the order given. With `yieldToOthers` an earlier job that means to register a
 * different emulator at this moment goes first. Throws what `register` throws.
 */
export async function registerAll(
  due: readonly Due[],
  writer: JournalWriter,
  yieldToOthers: boolean,
): Promise<Registered[]> {
  const planned = due.map((one) => ({ one, entry: entryOf(one, one.planned.name, one.planned.flags[0] ?? 'F') }))
  await writer.plan(planned.map(({ entry }) => entry))
  const results: Registered[] = []
  for (const { one, entry } of planned) {
    const race = yieldToOthers ? writer.raceOf(entry) : undefined
    if (race !== undefined) await writer.remove(entry)
    results.push(race ?? (await registerSomehow(entry, one.planned.platform.target.name, writer)))
  }
  await writer.commit(results.filter((result) => 'magic' in result))
  return results
}

/** Registers an entry that was intended; under the next free name of its target when another job took its own between our look and our write. */
async function registerSomehow<E extends Entry>(entry: E, target: string, writer: JournalWriter): Promise<E> {
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
 * Registers an entry of ours for a target anew with other flags; where another job holds it by now it stays, and ours goes on top of it.
 * Throws what `register` throws.
 */
export async function registerAnew(entry: Entry, flags: string, target: string, writer: JournalWriter): Promise<Entry> {
  const changed = { ...entry, flags }
  await writer.remove(entry)
  await writer.plan([changed])
  const registered = await registerSomehow(changed, target, writer)
  await writer.commit([registered])
  return registered
}
