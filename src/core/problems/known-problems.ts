// Known problems of QEMU's user emulation, and which of them an emulator has. The rows are src/data/known-problems.json: each names the public
// threads that it was collected from, and says whether it was reproduced with the catalog's emulators.

import { type Catalog, compareVersions, type Host, type Package } from '../model/catalog.js'
import type { Emulator } from '../model/emulator.js'
import type { Finding } from '../outcome/finding.js'

/** Versions from `from` on and before `before`; a missing end is open. */
export interface VersionRange {
  readonly from?: string
  readonly before?: string
}

/** What every problem has. */
interface ProblemRow {
  /** `R16`; it never changes. */
  readonly id: string
  readonly title: string
  /** What else must be true for the problem to show; null: nothing. */
  readonly condition: string | null
  /** What a person sees: a line of a log; null where there is none. */
  readonly symptom: string | null
  /** `reproduced`: with emulators of the catalog; `corrected`: so, but otherwise than reported. `evidence` says what was seen, and how. */
  readonly status: 'reported' | 'reproduced' | 'corrected'
  readonly evidence: string | null
  readonly citations: readonly string[]
}

/** A fault of some emulators. */
export interface EmulatorProblem extends ProblemRow {
  readonly kind: 'emulator'
  /** Null: the reports do not say. */
  readonly versions: readonly VersionRange[] | null
  /** How the emulator must be built to have it: words at the start of its build, its C library, whether it is position-independent. */
  readonly style: { readonly build?: string; readonly libc?: Libc; readonly pie?: boolean }
  /** Names of targets, or `all`. */
  readonly guests: readonly string[] | 'all'
  /** Hosts in Debian's words, or `32-bit`. */
  readonly hosts: readonly string[]
  /** Whether a set-up of such an emulator warns of it; else it is only listed. */
  readonly warn: boolean
  readonly cause: string | null
  /** The version of the catalog that does not have it; null: none is known. */
  readonly use: string | null
  /** What else helps; null: nothing is known. */
  readonly remedy: string | null
  /** A: a maintainer or a bisection says so; B: several users; C: one report. */
  readonly confidence: 'A' | 'B' | 'C'
}

/** A state of the machine that is taken for a fault of the emulator. */
export interface MachineProblem extends ProblemRow {
  readonly kind: 'machine'
  readonly remedy: string
  /** Anchor in docs/troubleshooting.md. */
  readonly see: string
}

export type KnownProblem = EmulatorProblem | MachineProblem

export type Libc = 'glibc' | 'musl'

/** How an emulator was built, as far as it is known; null: not known. */
export interface EmulatorBuild extends Pick<Emulator, 'build'> {
  readonly qemuVersion: string
  readonly libc: Libc | null
  readonly pie: boolean | null
}

/** Whether a version (`7.2.22`, also with something behind it: `9.0.0-rc1`) lies in a range. */
export function isInRange(version: string, { from, before }: VersionRange): boolean {
  const plain = /^\d+(?:\.\d+)*/.exec(version)?.[0]
  if (plain === undefined) return false
  return (
    (from === undefined || compareVersions(plain, from) >= 0) &&
    (before === undefined || compareVersions(plain, before) < 0)
  )
}

/** Whether a problem is about programs of a target. */
export function isAbout(problem: EmulatorProblem, target: string): boolean {
  return problem.guests === 'all' || problem.guests.includes(target)
}

/** Whether an emulator has a problem, by its version and how it is built. `perhaps`: whether it has one that an unknown property would decide. */
export function hasProblem(emulator: EmulatorBuild, { versions, style }: EmulatorProblem, perhaps = false): boolean {
  if (versions === null) return false
  const fits = <T>(wanted: T | undefined, known: T | null, same: (a: T, b: T) => boolean = Object.is) =>
    wanted === undefined || (known === null ? perhaps : same(known, wanted))
  return (
    versions.some((range) => isInRange(emulator.qemuVersion, range)) &&
    fits(style.build, emulator.build, (build, start) => build.startsWith(start)) &&
    fits(style.libc, emulator.libc) &&
    fits(style.pie, emulator.pie)
  )
}

/** The problems that an emulator is known to have for programs of a target, on a host. */
export function problemsOf(
  problems: readonly KnownProblem[],
  emulator: EmulatorBuild,
  target: string,
  host: Host,
): EmulatorProblem[] {
  return problems.filter(
    (problem) =>
      problem.kind === 'emulator' &&
      problem.hosts.includes(host) &&
      isAbout(problem, target) &&
      hasProblem(emulator, problem),
  ) as EmulatorProblem[]
}

/**
 * A build of the catalog as an emulator: Debian builds with glibc, and as static PIEs from 7.2 on (seen in the type of the ELF header of each).
 */
export function catalogBuild({ version, build }: Pick<Package, 'version' | 'build'>): EmulatorBuild {
  return { qemuVersion: version, build, libc: 'glibc', pie: compareVersions(version, '7.2') >= 0 }
}

/** For each build of the catalog, how many problems its emulators are known to have, over all targets and the hosts it is for. */
export function problemCounts(problems: readonly KnownProblem[], catalog: Catalog): ReadonlyMap<string, number> {
  const counts = new Map<string, number>()
  for (const { build, version } of catalog.packages) {
    const hosts = catalog.packages.filter((other) => other.build === build).map(({ host }) => host)
    const own = problems.filter(
      (problem) =>
        problem.kind === 'emulator' &&
        hosts.some((host) => problem.hosts.includes(host)) &&
        hasProblem(catalogBuild({ version, build }), problem),
    )
    counts.set(build, own.length)
  }
  return counts
}

/** What to do against a problem, in words: the version to use instead, or what else helps. */
export function remedyWords(problem: KnownProblem): string {
  if (problem.kind === 'machine') return problem.remedy
  const version = problem.use === null ? undefined : `use QEMU ${problem.use} (qemu-version)`
  const words = [version, problem.remedy ?? undefined].filter((word) => word !== undefined)
  return words.join('; or ')
}

/** A problem and what to do, in one line. */
export function problemWords(problem: EmulatorProblem): string {
  return `${aboutWords(problem)}; ${remedyWords(problem)}`
}

function aboutWords({ title, condition }: EmulatorProblem): string {
  return condition === null ? title : `${title} (${condition})`
}

/** A problem as a finding of a set-up. */
export function problemFinding(problem: EmulatorProblem): Extract<Finding, { kind: 'known-problem' }> {
  return { kind: 'known-problem', id: problem.id, problem: aboutWords(problem), remedy: remedyWords(problem) }
}

/** Versions in words: `7.1 up to before 8.0`. */
export function rangeWords(versions: EmulatorProblem['versions']): string {
  if (versions === null) return 'not stated'
  return versions
    .map(({ from, before }) => {
      if (from === undefined) return before === undefined ? 'all' : `before ${before}`
      return before === undefined ? `${from} and newer` : `${from} to before ${before}`
    })
    .join(', ')
}
