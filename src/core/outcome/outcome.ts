// What came of a request, target by target, and what follows from that.
import type { Confinement } from '../machine/confinement.js'
import type { Emulator, EmulatorEnvironment, LocatorName } from '../model/emulator.js'
import type { EngineName } from '../model/engine-name.js'
import type { Entry } from '../model/entry.js'
import type { Platform } from '../model/targets.js'
import { type Finding, isFailure } from './finding.js'

export interface Proof {
  readonly direct: boolean
  readonly chroot: boolean
  readonly argv0: boolean
  /** With the rules `wide` alone: it ran with the mark of an AppImage, too. */
  readonly wide?: boolean
  /** SHA-256 read from /proc/PID/exe of the running probe; null when none ran. */
  readonly fingerprint: string | null
  /** The loader of the request's root under which a dynamic program ran; not there where none was asked for. */
  readonly loader?: string
  /** By engine of `verify-in`: whether it ran in a container of it, under the same executable. */
  readonly containers?: Readonly<Partial<Record<EngineName, boolean>>>
}

export type State =
  /** Registered by this call, and proven. */
  | 'emulated'
  /** An entry that was there already, and proven: one of an earlier call, or what the request said to keep. */
  | 'kept'
  | 'native'
  | 'failed'

export interface TargetOutcome {
  readonly platform: Platform
  readonly state: State
  /** What was asked for, filled in with what the running process said where the request left it open. */
  readonly emulator: Emulator | null
  readonly entry: Entry | null
  /** Null when no emulator was needed. */
  readonly locator: LocatorName | null
  /** Over the network, also in vain. Bytes that several targets share are booked on one of them: the sum is what came. */
  readonly bytesFetched: number
  readonly seconds: number
  readonly proof: Proof | null
  readonly findings: readonly Finding[]
}

/** The image that emulators came from. */
export interface UsedImage {
  /** As it was asked for, in full: `docker.io/tonistiigi/binfmt:qemu-v10.2.3-68`. */
  readonly asked: string
  /** The same with the digest that it led to. */
  readonly pinned: string
}

export interface Outcome {
  readonly host: string
  readonly image: UsedImage | null
  /** Variables for programs that run later; empty where none were asked for, or what was asked for is not proven. */
  readonly environment: EmulatorEnvironment
  readonly targets: readonly TargetOutcome[]
}

/** The state of a target, from what was learned: any finding that is a failure makes it `failed`. */
export function stateOf(findings: readonly Finding[], kept: boolean): State {
  if (findings.some(isFailure)) return 'failed'
  return kept ? 'kept' : 'emulated'
}

/** Whether a target runs under an emulator and is proven. */
export function isEmulated({ state }: { readonly state: State }): boolean {
  return state === 'emulated' || state === 'kept'
}

/** Green: there is something, and every target asked for runs as asked for. */
export function isProven(outcome: Outcome): boolean {
  return outcome.targets.length > 0 && outcome.targets.every(({ state }) => state !== 'failed')
}

/** The OCI platforms that now run, the asked-for name first where a target has several; in the order of the request. */
export function runningPlatforms(outcome: Outcome): string[] {
  const running = outcome.targets.filter(({ state }) => state !== 'failed')
  const names = running.flatMap(({ platform }) => [platform.platform, ...platform.target.oci])
  return [...new Set(names.filter((name): name is string => name !== null))]
}

/** The first emulated target, whose values are the action's single-valued outputs; undefined when all are native or failed. */
export function firstEmulated(outcome: Outcome): TargetOutcome | undefined {
  return outcome.targets.find(isEmulated)
}

/** The outcome with its variables; a CPU that nothing emulates is a note at the first target. */
export function withEnvironment(outcome: Omit<Outcome, 'environment'>, environment: EmulatorEnvironment): Outcome {
  const { targets } = outcome
  const isFailed = targets.some(({ state }) => state === 'failed')
  if (targets.some(isEmulated)) return { ...outcome, environment: isFailed ? {} : environment }
  if (environment.QEMU_CPU === undefined || isFailed) return { ...outcome, environment: {} }
  const unused = { kind: 'cpu-unused', cpu: environment.QEMU_CPU } as const
  const noted = targets.map((target, at) => (at === 0 ? { ...target, findings: [...target.findings, unused] } : target))
  return { ...outcome, environment: {}, targets: noted }
}

/**
 * The outcomes with a note where entries apply in fewer places than a person would expect: in a container with a user namespace of its own. Whoever
 * made a namespace by hand knows, and an entry that cannot be seen belongs to an outer one.
 */
export function withTableLimits(targets: readonly TargetOutcome[], confinement: Confinement): TargetOutcome[] {
  const isNarrow = confinement.userNamespace && confinement.container !== null
  return targets.map((target) =>
    isNarrow && isEmulated(target) && target.entry !== null
      ? { ...target, findings: [...target.findings, { kind: 'own-table' }] }
      : target,
  )
}
