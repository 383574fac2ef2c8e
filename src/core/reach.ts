// For whom entries hold: for the machine, or for one user namespace (from Linux 6.7 on each may have a table of its own).
import type { Confinement } from './confinement.js'
import { isEmulated, type TargetOutcome } from './outcome.js'

/**
 * The outcomes with a word about their reach, where a person would take it for wider than it is: in a container with a user namespace of its
 * own. Who made a namespace by hand knows, and an entry that cannot be seen is of an outer one.
 */
export function reached(targets: readonly TargetOutcome[], confinement: Confinement): TargetOutcome[] {
  const isNarrow = confinement.userNamespace && confinement.container !== null
  return targets.map((target) =>
    isNarrow && isEmulated(target) && target.entry !== null
      ? { ...target, findings: [...target.findings, { kind: 'own-table' }] }
      : target,
  )
}
