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
  /** Only with the rules `wide`: it also ran with the mark of an AppImage. */
  readonly wide?: boolean
  /** SHA-256 read from /proc/PID/exe of the running probe; null when none ran. */
  readonly fingerprint: string | null
  /** The loader of the request's root under which a dynamic program ran; absent without such a root. */
  readonly loader?: string
  /** For each engine of `verify-in`: whether it ran in a container of that engine under the same executable. */
  readonly containers?: Readonly<Partial<Record<EngineName, boolean>>>
}

export type State =
  /** Registered by this call, and proven. */
  | 'emulated'
  /** An entry that was there already, and is proven: of an earlier call, or one that the request keeps. */
  | 'kept'
  | 'native'
  | 'failed'

export interface TargetOutcome {
  readonly platform: Platform
  readonly state: State
  /** As requested, and as the running process says where the request leaves it open. */
  readonly emulator: Emulator | null
  readonly entry: Entry | null
  /** Null when no emulator was needed. */
  readonly locator: LocatorName | null
  /** Over the network, failed downloads included. Shared bytes are counted once, on one target: the sum is what was downloaded. */
  readonly bytesFetched: number
  readonly seconds: number
  readonly proof: Proof | null
  readonly findings: readonly Finding[]
}

/** The image that emulators came from. */
export interface UsedImage {
  /** As requested, in full: `docker.io/tonistiigi/binfmt:qemu-v10.2.3-68`. */
  readonly asked: string
  /** The same with its digest. */
  readonly pinned: string
}

export interface Outcome {
  readonly host: string
  readonly image: UsedImage | null
  /** Variables for programs that run later; empty where none are requested, or not everything is proven. */
  readonly environment: EmulatorEnvironment
  readonly targets: readonly TargetOutcome[]
}

/** The state of a target: any finding that is a failure makes it `failed`. */
export function stateOf(findings: readonly Finding[], kept: boolean): State {
  if (findings.some(isFailure)) return 'failed'
  return kept ? 'kept' : 'emulated'
}

/** Whether a target runs under an emulator and is proven. */
export function isEmulated({ state }: { readonly state: State }): boolean {
  return state === 'emulated' || state === 'kept'
}

/** Whether there are targets, and all run as requested: then the step is green. */
export function isProven(outcome: Outcome): boolean {
  return outcome.targets.length > 0 && outcome.targets.every(({ state }) => state !== 'failed')
}

/** The OCI platforms that now run, in the order of the request; where a target has several names, the requested one first. */
export function runningPlatforms(outcome: Outcome): string[] {
  const running = outcome.targets.filter(({ state }) => state !== 'failed')
  const names = running.flatMap(({ platform }) => [platform.platform, ...platform.target.oci])
  return [...new Set(names.filter((name): name is string => name !== null))]
}

/** The first emulated target, whose values are the action's single-valued outputs; undefined when all are native or failed. */
export function firstEmulated(outcome: Outcome): TargetOutcome | undefined {
  return outcome.targets.find(isEmulated)
}

/** The outcome with its variables; a requested CPU that nothing emulates is a note at the first target. */
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
