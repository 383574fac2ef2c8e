// What this machine's table says about the causes of a diagnosis, in words.
import { type TableFacts, type ViewedEntry, viewOf } from '../explain/table-view.js'
import type { Host } from '../model/catalog.js'
import type { LocatedEmulator } from '../model/emulator.js'
import { printable } from '../model/targets.js'
import type { EmulatorBuild } from '../problems/known-problems.js'
import { emulatorWords } from '../report/outcome-text.js'
import type { DiagnosisRule } from './diagnosis-rules.js'

/** What the table of this machine says about what the rules depend on. */
export interface MachineState {
  readonly host: Host
  readonly words: ReadonlyMap<NonNullable<DiagnosisRule['machine']>, readonly string[]>
  /** The emulators that run programs here and whose version is known. */
  readonly emulators: readonly { readonly target: string; readonly emulator: EmulatorBuild }[]
}

/** This machine, and how what is known of an emulator that ran is looked up; `file` leads to its own bytes, or is null. */
export interface MachineContext {
  readonly host: Host
  buildOf(ran: LocatedEmulator, file: string | null): EmulatorBuild | undefined
}

/**
 * What the table of this machine says now: whether there are entries, and which of them lack a flag. The log may be of another time or machine.
 * `targets`: those that a person asks about; empty: all that have an entry.
 */
export function machineStateOf(facts: TableFacts, targets: readonly string[], context: MachineContext): MachineState {
  const entries = viewOf(facts).filter(
    ({ target }) => target !== null && (targets.length === 0 || targets.includes(target)),
  )
  const none = targets
    .filter((target) => !runsHere(target, facts, entries))
    .map((target) => `no entry for ${target} is registered here, and its programs do not run`)
  const all = [...switchedOff(facts), ...none, ...entries.map(entryWords)]
  const empty = facts.mounted ? 'no foreign entry is registered here' : 'binfmt_misc is not mounted here'
  const orEmpty = (words: readonly string[]) => (words.length === 0 ? [empty] : words)
  const words = new Map<NonNullable<DiagnosisRule['machine']>, readonly string[]>([['entries', orEmpty(all)]])
  for (const flag of ['F', 'C', 'P'] as const) words.set(flag, orEmpty([...none, ...flagWords(entries, flag)]))
  return { words, host: context.host, emulators: emulatorsOf(facts, targets, context) }
}

function entryWords({ entry, target, behind }: ViewedEntry): string {
  const name = printable(entry.name)
  if (behind.kind !== 'runs') return `${name} is here for ${target}, and is not what runs its programs (${behind.kind})`
  return `${name} runs ${target} programs here with ${emulatorWords(behind.fingerprint)}, flags ${entry.flags || 'none'}`
}

function flagWords(entries: readonly ViewedEntry[], flag: string): string[] {
  const inForce = entries.filter(({ behind }) => behind.kind === 'runs')
  const without = inForce.filter(({ entry }) => !entry.flags.includes(flag))
  if (inForce.length > 0 && without.length === 0) return [`the entries in force here have the flag ${flag}`]
  return without.map(
    ({ entry, target }) => `${printable(entry.name)}, which runs ${target} programs here, has no flag ${flag}`,
  )
}

function emulatorsOf(
  { runs }: TableFacts,
  targets: readonly string[],
  { buildOf }: MachineContext,
): MachineState['emulators'] {
  return runs.flatMap(({ target, run }) => {
    if (run.kind !== 'answered' || run.native) return []
    if (targets.length > 0 && !targets.includes(target)) return []
    const emulator = buildOf(run.fingerprint, run.heldOpen === true ? null : run.fingerprint.path)
    return emulator === undefined ? [] : [{ target, emulator }]
  })
}

function switchedOff({ mounted, enabled }: TableFacts): string[] {
  return mounted && !enabled ? ['binfmt_misc is switched off here (status): the kernel ignores every entry'] : []
}

function runsHere(target: string, { runs }: TableFacts, entries: readonly ViewedEntry[]): boolean {
  const answers = runs.some((probed) => probed.target === target && probed.run.kind === 'answered')
  return answers || entries.some((entry) => entry.target === target)
}
