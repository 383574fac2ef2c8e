// The list that `known-problems` prints: all problems, or those of a version or of some targets.
import type { Catalog } from '../model/catalog.js'
import { isVersion, versionNamed, versionShaped, versionsOf } from '../model/catalog.js'
import { SetupError } from '../model/errors.js'
import { asCalled, type Links } from '../model/links.js'
import { printable } from '../model/targets.js'
import { type Colour, type Paint, withoutColour } from '../text/visible.js'
import {
  catalogBuild,
  type EmulatorBuild,
  hasProblem,
  isAbout,
  type KnownProblem,
  rangeWords,
  remedyWords,
} from './known-problems.js'

/** Which problems are listed. */
export interface ProblemFilter {
  /** At least one of these has the problem, or may have it; empty: any. */
  readonly emulators: readonly EmulatorBuild[]
  /** At least one of these targets, by name, is affected; empty: any. */
  readonly targets: readonly string[]
}

/**
 * The emulators of a version: the catalog's builds of it, or where the catalog has none, one of which only the version is known. None for `''`.
 * Throws `unknown-version` for what is not a version.
 */
export function emulatorsNamed(word: string, catalog: Catalog): EmulatorBuild[] {
  if (word === '') return []
  if (word === 'host')
    throw new SetupError('unknown-version', 'known-problems takes the version of a QEMU, got "host"', {
      hint: 'setup-qemu status shows which versions run here; setup-qemu explain FILE tells what is known of the one that will run it',
    })
  const shaped = versionShaped(word)
  const inCatalog = shaped === undefined || versionsOf(catalog).some((version) => isVersion(version, shaped))
  if (!inCatalog) return [{ qemuVersion: shaped, build: null, libc: null, pie: null }]
  const version = versionNamed(word, catalog)
  return catalog.packages.filter((from) => from.version === version).map(catalogBuild)
}

/** The problems that pass a filter, in their order. Those of machines have neither version nor target: only the whole list has them. */
export function filtered(problems: readonly KnownProblem[], { emulators, targets }: ProblemFilter): KnownProblem[] {
  return problems.filter((problem) => {
    if (problem.kind === 'machine') return emulators.length === 0 && targets.length === 0
    // only the whole list has problems of hosts that are not served
    if (emulators.length > 0 && !problem.hosts.some((host) => host === 'amd64' || host === 'arm64')) return false
    const isOfTarget = targets.length === 0 || targets.some((target) => isAbout(problem, target))
    return isOfTarget && (emulators.length === 0 || emulators.some((emulator) => hasProblem(emulator, problem, true)))
  })
}

/** The problem of an id; throws `invalid-input` when there is none. */
export function problemNamed(problems: readonly KnownProblem[], id: string): KnownProblem {
  const found = problems.find((problem) => problem.id.toLowerCase() === id.toLowerCase())
  if (found !== undefined) return found
  throw new SetupError('invalid-input', `there is no known problem "${printable(id)}"`, {
    hint: 'setup-qemu known-problems lists them with their ids',
  })
}

/** A list in words, several lines for each problem. */
export function problemsText(list: readonly KnownProblem[], links: Links, paint: Paint = withoutColour): string {
  if (list.length === 0) return 'no problem is known for these'
  const one = list.length === 1 ? 'problem is' : 'problems are'
  return [
    ...list.map((problem) => linesOf(problem, links, paint).join('\n')),
    `${list.length} ${one} known for these`,
  ].join('\n\n')
}

function linesOf(problem: KnownProblem, links: Links, paint: Paint): string[] {
  const line = (name: string, text: string | null, colour?: Colour) => {
    const head = name.padEnd(9)
    return text === null ? [] : [`  ${colour === undefined ? head : paint(colour, head)} ${text}`]
  }
  const affected =
    problem.kind === 'machine'
      ? []
      : [
          `QEMU ${rangeWords(problem.versions)}`,
          ...styleWords(problem.style),
          `for ${problem.guests === 'all' ? 'all targets' : problem.guests.join(', ')}`,
          `on ${problem.hosts.join(' and ')} hosts`,
        ]
  return [
    paint('bold', `${problem.id}  ${problem.title}`),
    ...line('affected', affected.length === 0 ? null : affected.join(', ')),
    ...line('if', problem.condition),
    ...line('seen as', problem.symptom),
    ...line('to do', asCalled(remedyWords(problem), links), 'yellow'),
    ...line(
      'known by',
      problem.kind === 'machine' ? null : `${confidenceWords[problem.confidence]}; ${problem.status}`,
    ),
    ...line('evidence', problem.evidence),
    ...problem.citations.flatMap((url, at) => line(at === 0 ? 'see' : '', url)),
  ]
}

const confidenceWords = { A: 'a maintainer or a bisection', B: 'several users', C: 'one report' }

function styleWords({ build, libc, pie }: { build?: string; libc?: string; pie?: boolean }): string[] {
  return [
    ...(build === undefined ? [] : [`the build ${build}`]),
    ...(libc === undefined ? [] : [`built with ${libc}`]),
    ...(pie === undefined ? [] : [pie ? 'built as a static PIE' : 'built without PIE']),
  ]
}

/** The JSON of `known-problems --json`. */
export function problemsJson(list: readonly KnownProblem[], links: Links): object {
  return { problems: list.map((problem) => ({ ...problem, todo: asCalled(remedyWords(problem), links) })) }
}
