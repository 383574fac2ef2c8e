// A target of a request on its way from the plan to its outcome: planned, acquired, registered, or failed; a native one needs nothing. Each stage
// holds what is known by then.

import type { JournaledEmulator } from '../journal/journal.js'
import type { AcquiredEmulator, Emulator, LocatorName } from '../model/emulator.js'
import type { Entry } from '../model/entry.js'
import type { Platform } from '../model/targets.js'
import type { Finding } from '../outcome/finding.js'
import type { Keep } from './existing-entry.js'
import type { Plan, Registration, TargetPlan } from './plan.js'

export type TargetProgress = NativeTarget | PlannedTarget | AcquiredTarget | RegisteredTarget | FailedTarget

interface Underway {
  readonly platform: Platform
  /** In milliseconds, by the clock that `progressOf` was given. */
  readonly started: number
}

/** It runs without an emulator. */
export interface NativeTarget extends Underway {
  readonly kind: 'native'
}

/** Waiting for its emulator, or for the container that brings one. */
export interface PlannedTarget extends Underway {
  readonly kind: 'planned'
  readonly registration: Registration
}

/** Its emulator is on disk. */
export interface AcquiredTarget extends Underway {
  readonly kind: 'acquired'
  readonly registration: Registration
  readonly emulator: AcquiredEmulator
}

/** It has an entry, to be verified. */
export interface RegisteredTarget extends Underway {
  readonly kind: 'registered'
  /** The registration that was carried out, or the existing entry that is kept. */
  readonly plan: Registration | Keep
  /** Null: it is not visible from here. */
  readonly entry: RegisteredEntry | null
  /** Null: only the running probe tells. */
  readonly emulator: Emulator | null
  /** Null: nothing was acquired for it. */
  readonly locator: LocatorName | null
  readonly bytesFetched: number
}

/** It cannot go on. */
export interface FailedTarget extends Underway {
  readonly kind: 'failed'
  readonly finding: Finding
  /** What it would have run under, if known. */
  readonly emulator: Emulator | null
  /** Made by a container, and to be removed. */
  readonly entry: RegisteredEntry | null
  readonly locator: LocatorName | null
  readonly bytesFetched: number
}

/** An entry, with its emulator when we registered it ourselves. */
export type RegisteredEntry = Entry & { readonly emulator?: JournaledEmulator }

/** The targets of a plan at its start; `now` in milliseconds. */
export function progressOf({ targets }: Plan, now: number): TargetProgress[] {
  return targets.map((planned) => startOf(planned, now))
}

function startOf(planned: TargetPlan, started: number): TargetProgress {
  const { platform } = planned
  switch (planned.kind) {
    case 'native':
      return { kind: 'native', platform, started }
    case 'keep':
      return keptAs(planned, { platform, started })
    case 'register':
      return { kind: 'planned', platform, started, registration: planned }
    case 'impossible':
      return { ...unacquired, kind: 'failed', platform, started, finding: planned.finding, emulator: null, entry: null }
  }
}

const unacquired = { locator: null, bytesFetched: 0 } as const

/** A target whose emulator turned out to be registered already. */
export function keptAs(keep: Keep, target: Underway | AcquiredTarget): RegisteredTarget {
  const { platform, started } = target
  const { locator, bytesFetched } = 'emulator' in target ? target.emulator : unacquired
  const { entry, fingerprint: emulator } = keep
  return { kind: 'registered', platform, started, plan: keep, entry, emulator, locator, bytesFetched }
}

/** A target with the entry that was registered for it. */
export function registeredAs(entry: RegisteredEntry, target: AcquiredTarget): RegisteredTarget {
  const { platform, started, registration: plan, emulator } = target
  const { locator, bytesFetched } = emulator
  return { kind: 'registered', platform, started, plan, entry, emulator, locator, bytesFetched }
}

/** A target that failed, with the emulator that it has or would have got. */
export function failedWith(finding: Finding, target: PlannedTarget | AcquiredTarget): FailedTarget {
  const { platform, started } = target
  const emulator = target.kind === 'acquired' ? target.emulator : knownEmulatorOf(target.registration)
  const { locator, bytesFetched } = target.kind === 'acquired' ? target.emulator : unacquired
  return { kind: 'failed', platform, started, finding, emulator, entry: null, locator, bytesFetched }
}

function knownEmulatorOf({ source }: Registration): Emulator | null {
  return source.kind === 'catalog' || source.kind === 'file' ? source.emulator : null
}

/** Whether its programs run under an entry now, even one that will not stay. */
export function hasEntry(target: TargetProgress): boolean {
  return target.kind === 'registered' || (target.kind === 'failed' && target.entry !== null)
}
