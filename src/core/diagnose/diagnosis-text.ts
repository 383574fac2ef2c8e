// A diagnosis in words and as JSON: each cause with where the log says so, what to do, which known problem it may be, and what this machine's
// table says about it.

import { asCalled, type Links } from '../model/links.js'
import { hasProblem, isAbout, type KnownProblem, remedyWords } from '../problems/known-problems.js'
import { anchorOf } from '../report/annotation.js'
import { type Colour, type Paint, withoutColour } from '../text/visible.js'
import type { Cause, Diagnosis } from './diagnosis.js'
import type { MachineState } from './machine-state.js'

/** A diagnosis, and what its report needs beside it. */
export interface DiagnosisReport {
  /** The log's name, for a person. */
  readonly name: string
  readonly diagnosis: Diagnosis
  readonly problems: readonly KnownProblem[]
  readonly links: Links
  /** Undefined where it does not matter, or could not be read. */
  readonly machine: MachineState | undefined
  /** Why it could not be read, where it matters. */
  readonly machineError?: string
}

/** The command that explains one program on this machine. */
const explainWords =
  'setup-qemu explain FILE [--root DIR] tells what happens here when one of these programs is executed, and who is behind it'

/** Whether the table of this machine matters for one of the causes. */
export function needsMachine({ causes }: Diagnosis): boolean {
  return causes.some(({ rule }) => rule.machine !== undefined)
}

/** The diagnosis in words. Where this machine matters, it ends with the command that explains one program there. */
export function diagnosisText(report: DiagnosisReport, paint: Paint = withoutColour): string {
  const { diagnosis, name, links } = report
  const { causes, lines } = diagnosis
  const read = `${lines} ${lines === 1 ? 'line' : 'lines'} of ${name} read`
  if (causes.length === 0)
    return `nothing known was found: ${read}, and none has a message about emulation that is recognised here`
  const known = `${causes.length} ${causes.length === 1 ? 'cause' : 'causes'} found; ${read}`
  const more = needsMachine(diagnosis) ? [asCalled(explainWords, links)] : []
  return [...causes.map((cause) => causeLines(cause, report, paint).join('\n')), ...more, known].join('\n\n')
}

function causeLines(cause: Cause, report: DiagnosisReport, paint: Paint): string[] {
  const { rule, line, count, text, see } = cause
  const { links } = report
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
    ...named('to do', [asCalled(rule.remedy, links)], 'yellow'),
    ...named('here', machineWords(cause, report)),
    ...named('may be', problemLines(cause, report)),
    ...named('see', [anchorOf(see, links)]),
  ]
}

/** Where an emulator of this machine has one of the problems, only the ids of the others are named. */
function problemLines(cause: Cause, report: DiagnosisReport): string[] {
  const all = problemsOf(cause, report)
  const isHere = (problem: KnownProblem) => isOfThisMachine(problem, report)
  const line = (problem: KnownProblem) =>
    `${problem.id} ${problem.title}${isHere(problem) ? ' (known of the QEMU that is here)' : ''}: ${asCalled(remedyWords(problem), report.links)}`
  if (!all.some(isHere)) return all.map(line)
  const others = all.filter((problem) => !isHere(problem)).map(({ id }) => id)
  const rest =
    others.length === 0 ? [] : [`of other QEMUs: ${others.join(', ')} (${report.links.command} known-problems)`]
  return [...all.filter(isHere).map(line), ...rest]
}

function isOfThisMachine(problem: KnownProblem, { machine }: DiagnosisReport): boolean {
  if (problem.kind === 'machine' || machine === undefined) return false
  if (!problem.hosts.includes(machine.host)) return false
  return machine.emulators.some(
    ({ target, emulator }) => isAbout(problem, target) && hasProblem(emulator, problem, true),
  )
}

function problemsOf({ rule }: Cause, { problems }: DiagnosisReport): KnownProblem[] {
  return problems.filter(({ id }) => rule.problems.includes(id))
}

function machineWords({ rule }: Cause, { machine, machineError }: DiagnosisReport): readonly string[] {
  if (rule.machine === undefined) return []
  return (
    machine?.words.get(rule.machine) ??
    (machineError === undefined ? [] : [`this machine could not be looked at: ${machineError}`])
  )
}

/** The JSON of `diagnose --json`. */
export function diagnosisJson(report: DiagnosisReport): object {
  return {
    ok: true,
    lines: report.diagnosis.lines,
    causes: report.diagnosis.causes.map((cause) => ({
      code: cause.code,
      count: cause.count,
      line: cause.line,
      text: cause.text,
      title: cause.rule.title,
      cause: cause.rule.cause,
      remedy: asCalled(cause.rule.remedy, report.links),
      see: anchorOf(cause.see, report.links),
      machine: machineWords(cause, report),
      look: cause.rule.machine === undefined ? null : asCalled(explainWords, report.links),
      problems: problemsOf(cause, report).map((problem) => ({
        ...{
          id: problem.id,
          title: problem.title,
          todo: asCalled(remedyWords(problem), report.links),
          citations: problem.citations,
        },
        here: isOfThisMachine(problem, report),
      })),
    })),
  }
}
