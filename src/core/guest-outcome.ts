// What of the emulators' environment is left to later programs: what is proven, and nothing where nothing is emulated.
import type { Environment } from './guest-environment.js'
import { isEmulated, type Outcome } from './outcome.js'

/** The outcome with its variables; a CPU that nothing emulates is a note at the first target. */
export function provenOutcome(outcome: Omit<Outcome, 'environment'>, environment: Environment): Outcome {
  const { targets } = outcome
  const isFailed = targets.some(({ state }) => state === 'failed')
  if (targets.some(isEmulated)) return { ...outcome, environment: isFailed ? {} : environment }
  if (environment.QEMU_CPU === undefined || isFailed) return { ...outcome, environment: {} }
  const unused = { kind: 'cpu-unused', cpu: environment.QEMU_CPU } as const
  const noted = targets.map((target, at) => (at === 0 ? { ...target, findings: [...target.findings, unused] } : target))
  return { ...outcome, environment: {}, targets: noted }
}
