// The known problems of the repository, how an emulator of this machine was built, and the findings of a set-up about the emulators that it proved.

import { type Catalog, emulatorOfHash, type Host } from '../core/model/catalog.js'
import type { Emulator } from '../core/model/emulator.js'
import { isEmulated, type TargetOutcome } from '../core/outcome/outcome.js'
import {
  catalogBuild,
  type EmulatorBuild,
  type KnownProblem,
  problemFinding,
  problemsOf,
} from '../core/problems/known-problems.js'
import data from '../data/known-problems.json' with { type: 'json' }
import { styleOfFile } from './emulator-build.js'

/** All of them, in their order. */
export const knownProblems = data.problems as unknown as readonly KnownProblem[]

/** The outcomes, each with a finding for every problem of its emulator that is worth a warning. */
export function withKnownProblems(
  targets: readonly TargetOutcome[],
  { host, catalog }: { readonly host: Host; readonly catalog: Catalog },
): TargetOutcome[] {
  return targets.map((outcome) => {
    const emulator = isEmulated(outcome) ? provenEmulator(outcome, catalog) : undefined
    if (emulator === undefined) return outcome
    const worth = problemsOf(knownProblems, emulator, outcome.platform.target.name, host).filter(({ warn }) => warn)
    return worth.length === 0 ? outcome : { ...outcome, findings: [...outcome.findings, ...worth.map(problemFinding)] }
  })
}

function provenEmulator({ emulator, entry }: TargetOutcome, catalog: Catalog): EmulatorBuild | undefined {
  return emulator === null ? undefined : buildOf(emulator, catalog, entry === null ? null : entry.interpreter)
}

/**
 * How an emulator that ran was built; undefined when its version is not known. Of one that the catalog does not have, `file` is read; null: it cannot
 * be reached.
 */
export function buildOf(ran: Emulator, catalog: Catalog, file: string | null): EmulatorBuild | undefined {
  if (ran.qemuVersion === null) return undefined
  const known = emulatorOfHash(catalog, ran.sha256)
  if (known !== undefined) return catalogBuild({ version: known.qemuVersion, build: known.build })
  const style = file === null ? { libc: null, pie: null } : styleOfFile(file)
  return { qemuVersion: ran.qemuVersion, build: ran.build, ...style }
}
