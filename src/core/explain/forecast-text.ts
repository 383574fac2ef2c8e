// A forecast as text: the steps, then one sentence and what to do.

import { lostJson } from '../journal/lost-entry.js'
import type { ListedEntry } from '../model/entry.js'
import { asCalled, type Links } from '../model/links.js'
import { machineText, type Program } from '../model/program.js'
import { printable } from '../model/targets.js'
import { type EmulatorProblem, problemWords, remedyWords } from '../problems/known-problems.js'
import { emulatorWords } from '../report/outcome-text.js'
import { type Paint, withoutColour } from '../text/visible.js'
import type { EmulatorInForce, Forecast, Step, Verdict } from './forecast.js'
import { verdictWords } from './forecast-words.js'
import { type Origin, originText } from './origin.js'

/** What we know apart from what the kernel does, and what the text points to. */
export interface Background {
  /** Who registered an entry. */
  readonly originOf: (entry: ListedEntry) => Origin
  /** Whether the catalog has a SHA-256. */
  readonly isKnown: (sha256: string) => boolean
  /** The known problems of the emulator that will run the file, for programs of its target. */
  readonly problems: readonly EmulatorProblem[]
  readonly links: Links
}

const name = (path: string) => printable(path, 400)

/** The forecast as lines, its sentence last. */
export function forecastText(forecast: Forecast, background: Background, paint: Paint = withoutColour): string {
  const where = forecast.root === null ? '' : `, in the root ${name(forecast.root)}`
  const lines = forecast.steps.flatMap((step) => stepLines(step, { ...background, target: targetOf(forecast), paint }))
  const { sentence, remedy } = verdictWords(forecast.verdict)
  const todo = remedy === null ? [] : [`${paint('yellow', 'To do:')} ${asCalled(remedy, background.links)}`]
  const last = paint(isRunnable(forecast.verdict) ? 'green' : 'red', sentence)
  const head = `${paint('bold', name(forecast.path))}${where}`
  return [head, ...lines.map((line) => `  ${line}`), '', last, ...todo].join('\n')
}

/** QEMU's name for the architecture of the program that is finally executed; null if there is none, or it is unknown. */
export function targetOf({ steps }: Forecast): string | null {
  const last = steps.findLast((step) => step.kind === 'file')
  return last?.kind === 'file' && last.program.kind === 'elf' ? last.program.target : null
}

/** The JSON of `explain --json`. */
export function forecastJson(forecast: Forecast, background: Background): object {
  const { verdict, path, root } = forecast
  const { sentence, remedy } = verdictWords(verdict)
  return {
    ok: isRunnable(verdict),
    file: path,
    root,
    steps: forecast.steps.map((step) => stepJson(step, background)),
    verdict: {
      kind: verdict.kind,
      errno: verdict.kind === 'fails' ? verdict.errno : null,
      why: 'why' in verdict ? verdict.why.kind : null,
    },
    lost: 'why' in verdict && 'lost' in verdict.why && verdict.why.lost !== null ? lostJson(verdict.why.lost) : null,
    sentence,
    remedy: remedy === null ? null : asCalled(remedy, background.links),
  }
}

function stepJson(step: Step, { originOf, isKnown, problems, links }: Background): object {
  const knownProblems = problems.map((problem) => {
    const { id, title, condition, warn } = problem
    return { id, title, condition, warn, todo: asCalled(remedyWords(problem), links) }
  })
  const emulatorJson = (emulator: EmulatorInForce) => ({
    ...emulator,
    inCatalog: isKnown(emulator.sha256),
    knownProblems,
  })
  if (step.kind === 'unseen') return { ...step, emulator: emulatorJson(step.emulator) }
  if (step.kind !== 'entry') return step
  const { winner, shadowed, emulator } = step
  return {
    kind: 'entry',
    entry: winner,
    registeredBy: originOf(winner),
    shadowed: shadowed.map((entry) => entry.name),
    emulator: emulator === null ? null : emulatorJson(emulator),
  }
}

/** Whether it will run. */
export function isRunnable({ kind }: Verdict): boolean {
  return kind === 'native' || kind === 'emulated'
}

interface TextContext extends Background {
  readonly target: string | null
  readonly paint: Paint
}

function stepLines(step: Step, context: TextContext): string[] {
  switch (step.kind) {
    case 'file':
      return [`${name(step.path)}: ${programText(step.program)}`]
    case 'loader':
      return [
        `its loader ${name(step.path)} is there${step.prefix === null ? '' : `, below QEMU_LD_PREFIX ${name(step.prefix)}`}`,
      ]
    case 'unseen':
      return [
        'an entry that cannot be seen from here (in a container: the host’s) runs it',
        ...emulatorLines(step.emulator, context),
      ]
    case 'entry': {
      const { winner, shadowed, emulator } = step
      const below = shadowed.length === 0 ? [] : [`  takes precedence over ${shadowed.map(shadowedText).join(', ')}`]
      return [
        `entry ${printable(winner.name)}, ${originText(context.originOf(winner))}`,
        `  flags ${winner.flags === '' ? 'none' : winner.flags}: ${flagsText(winner.flags)}`,
        ...below,
        `  interpreter ${name(winner.interpreter)}`,
        ...(emulator === null
          ? [`  which emulator that is cannot be told: no probe runs under this entry`]
          : emulatorLines(emulator, context)),
      ]
    }
  }
}

function shadowedText({ name: entry, interpreter }: ListedEntry): string {
  return `${printable(entry)} (${name(interpreter)})`
}

function programText(program: Program): string {
  switch (program.kind) {
    case 'script':
      return `a script for ${name(program.interpreter)}${program.interpreter.startsWith('/') ? '' : ' in the current folder'}${program.argument === null ? '' : ` with the argument "${printable(program.argument)}"`}`
    case 'elf': {
      const linked = program.loader === null ? 'static' : `dynamic, with the loader ${name(program.loader)}`
      return `an ELF program for ${machineText(program)}, ${program.bits} bits, ${program.endian === 'LE' ? 'little' : 'big'}-endian, ${linked}`
    }
    case 'odd-script':
      return `no script that the kernel takes: ${program.fault}`
    case 'empty':
      return 'an empty file'
    case 'text':
      return 'text without #! at its start'
    case 'data':
      return 'neither ELF nor a script'
  }
}

const flagWords: readonly (readonly [string, string])[] = [
  ['P', 'argv[0] arrives'],
  ['O', 'the program need not be readable'],
  ['C', 'setuid programs get their rights'],
  ['F', 'the emulator is held open, so it works in every root and container'],
]

function flagsText(flags: string): string {
  const words = flagWords.filter(([flag]) => flags.includes(flag)).map(([, text]) => text)
  const without = flags.includes('F')
    ? []
    : ['no F: the interpreter is looked up in the root of the program, each time']
  return [...words, ...without].join('; ')
}

const whereWords: Readonly<Record<EmulatorInForce['where'], string>> = {
  held: 'the file at that path',
  deleted: 'its file is deleted; the kernel holds it open',
  elsewhere: 'its file is in another root (a container’s layer); the kernel holds it open',
  opened: 'the file at that path, opened anew each time',
}

function emulatorLines(emulator: EmulatorInForce, context: TextContext): string[] {
  // the words for an unknown version already say `emulator`
  const label = emulator.qemuVersion === null ? '' : 'emulator '
  return [
    `  ${label}${emulatorWords(emulator)}, ${context.isKnown(emulator.sha256) ? 'in the catalog' : 'not in the catalog'}`,
    `    ${whereWords[emulator.where]}${emulator.where === 'held' || emulator.where === 'opened' ? '' : `: ${name(emulator.path)}`}`,
    `    sha256 ${emulator.sha256}`,
    ...problemLines(emulator, context).map((line) => `    ${line}`),
  ]
}

/** Problems that affect many programs in full, with what to do; the others by id. */
function problemLines({ qemuVersion }: EmulatorInForce, { problems, target, paint, links }: TextContext): string[] {
  const known = problems.filter(({ warn }) => warn)
  const others = problems.filter(({ warn }) => !warn).map(({ id }) => id)
  const list = `${links.command} known-problems --qemu-version ${qemuVersion} --platforms ${target}`
  return [
    ...known.map(
      (problem) => `${paint('yellow', `known problem ${problem.id}:`)} ${asCalled(problemWords(problem), links)}`,
    ),
    ...(others.length === 0 ? [] : [`known for some programs alone: ${others.join(', ')} (${list})`]),
  ]
}
