// A diagnosis in words and as JSON: each cause with where the log says so, what to do, what it may be, and how this machine stands to it.

import { type TableFacts, type ViewedEntry, viewOf } from '../explain/table-view.js'
import type { Host } from '../model/catalog.js'
import type { LocatedEmulator } from '../model/emulator.js'
import { printable } from '../model/targets.js'
import { type EmulatorBuild, has, isAbout, type KnownProblem, remedyWords } from '../problems/known-problems.js'
import { anchorOf } from '../report/annotation.js'
import { emulatorWords } from '../report/report.js'
import { type Colour, type Paint, withoutColour } from '../text/visible.js'
import type { Cause, Diagnosis } from './diagnosis.js'
import type { DiagnosisRule } from './diagnosis-rules.js'

/** What a diagnosis is told with. */
export interface Told {
  /** The log's name, for a person. */
  readonly name: string
  readonly diagnosis: Diagnosis
  readonly problems: readonly KnownProblem[]
  /** Of this machine; undefined where it does not matter, or could not be looked at. */
  readonly here: Here | undefined
  /** Why it could not be looked at, where it matters. */
  readonly unseen?: string
}

/** How this machine stands to what the rules need. */
export interface Here {
  readonly host: Host
  readonly words: ReadonlyMap<NonNullable<DiagnosisRule['machine']>, readonly string[]>
  /** The emulators that run programs here, as far as they tell their version. */
  readonly emulators: readonly { readonly target: string; readonly emulator: EmulatorBuild }[]
}

/** What looks at one program on this machine. */
const explainWords =
  'setup-qemu explain FILE [--root DIR] tells what happens here when one of these programs is executed, and who is behind it'

/** Whether the causes make the table of this machine matter. */
export function needsMachine({ causes }: Diagnosis): boolean {
  return causes.some(({ rule }) => rule.machine !== undefined)
}

/** The diagnosis in words. Where this machine matters it ends with what looks at one program there. */
export function diagnosisText(told: Told, paint: Paint = withoutColour): string {
  const { diagnosis, name } = told
  const { causes, lines } = diagnosis
  const read = `${lines} ${lines === 1 ? 'line' : 'lines'} of ${name} read`
  if (causes.length === 0)
    return `nothing known was found: ${read}, and none has a message about emulation that is recognised here`
  const known = `${causes.length} ${causes.length === 1 ? 'cause' : 'causes'} found; ${read}`
  const more = needsMachine(diagnosis) ? [explainWords] : []
  return [...causes.map((cause) => causeLines(cause, told, paint).join('\n')), ...more, known].join('\n\n')
}

function causeLines(cause: Cause, told: Told, paint: Paint): string[] {
  const { rule, line, count, text, see } = cause
  const often = count === 1 ? `line ${line}` : `line ${line}, and ${count - 1} more`
  const named = (name: string, words: readonly string[], colour?: Colour) =>
    words.map((word, at) => {
      const head = (at === 0 ? name : '').padEnd(9)
      return `  ${colour === undefined ? head : paint(colour, head)} ${word}`
    })
  return [
    `${paint('red', rule.title)}  (${often})`,
    `  > ${text}`,
    ...named('why', [rule.cause]),
    ...named('to do', [rule.remedy], 'yellow'),
    ...named('here', machineWords(cause, told)),
    ...named('may be', problemLines(cause, told)),
    ...named('see', [anchorOf(see)]),
  ]
}

/** Where an emulator that is here has one of the problems, the others are named by their ids alone. */
function problemLines(cause: Cause, told: Told): string[] {
  const all = problemsOf(cause, told)
  const isHere = (problem: KnownProblem) => isOf(problem, told)
  const line = (problem: KnownProblem) =>
    `${problem.id} ${problem.title}${isHere(problem) ? ' (known of the QEMU that is here)' : ''}: ${remedyWords(problem)}`
  if (!all.some(isHere)) return all.map(line)
  const others = all.filter((problem) => !isHere(problem)).map(({ id }) => id)
  const rest = others.length === 0 ? [] : [`of other QEMUs: ${others.join(', ')} (setup-qemu known-problems)`]
  return [...all.filter(isHere).map(line), ...rest]
}

function isOf(problem: KnownProblem, { here }: Told): boolean {
  if (problem.kind === 'machine' || here === undefined) return false
  if (!problem.hosts.includes(here.host)) return false
  return here.emulators.some(({ target, emulator }) => isAbout(problem, target) && has(emulator, problem, true))
}

function problemsOf({ rule }: Cause, { problems }: Told): KnownProblem[] {
  return problems.filter(({ id }) => rule.problems.includes(id))
}

function machineWords({ rule }: Cause, { here, unseen }: Told): readonly string[] {
  if (rule.machine === undefined) return []
  return (
    here?.words.get(rule.machine) ?? (unseen === undefined ? [] : [`this machine could not be looked at: ${unseen}`])
  )
}

/** The JSON of `diagnose --json`. */
export function diagnosisJson(told: Told): object {
  return {
    ok: true,
    lines: told.diagnosis.lines,
    causes: told.diagnosis.causes.map((cause) => ({
      code: cause.code,
      count: cause.count,
      line: cause.line,
      text: cause.text,
      title: cause.rule.title,
      cause: cause.rule.cause,
      remedy: cause.rule.remedy,
      see: anchorOf(cause.see),
      machine: machineWords(cause, told),
      look: cause.rule.machine === undefined ? null : explainWords,
      problems: problemsOf(cause, told).map((problem) => ({
        ...{ id: problem.id, title: problem.title, todo: remedyWords(problem), citations: problem.citations },
        here: isOf(problem, told),
      })),
    })),
  }
}

/** This machine, and what is known there of an emulator that ran; `file` leads to its own bytes, or is null. */
export interface Knowing {
  readonly host: Host
  known(ran: LocatedEmulator, file: string | null): EmulatorBuild | undefined
}

/**
 * How the table of this machine stands to what the rules need: whether there are entries, and which of them lack a flag. `targets` are those that
 * a person asks about; none: whatever is there. These words are about now; the log may be of another time or machine.
 */
export function hereOf(facts: TableFacts, targets: readonly string[], knowing: Knowing): Here {
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
  return { words, host: knowing.host, emulators: emulatorsOf(facts, targets, knowing) }
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

function emulatorsOf({ runs }: TableFacts, targets: readonly string[], { known }: Knowing): Here['emulators'] {
  return runs.flatMap(({ target, run }) => {
    if (run.kind !== 'answered' || run.native) return []
    if (targets.length > 0 && !targets.includes(target)) return []
    const emulator = known(run.fingerprint, run.heldOpen === true ? null : run.fingerprint.path)
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
