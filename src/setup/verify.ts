// The end of each target's way: the proof, and what came of it. An entry of ours that is not proven does not stay.

import type { Containers } from '../containers/verify-in.js'
import type { Emulator } from '../core/model/emulator.js'
import type { Entry } from '../core/model/entry.js'
import { sameEntry } from '../core/model/entry.js'
import { type Finding, isFailure } from '../core/outcome/finding.js'
import { stateOf, type TargetOutcome } from '../core/outcome/outcome.js'
import type { Registration } from '../core/plan/plan.js'
import { entryDiffers } from '../core/probe/final-check.js'
import type { JournalWriter } from '../journal/journal-writer.js'
import { readEntry } from '../system/binfmt.js'
import type { ProbeFolder } from '../system/probe.js'
import type { Root } from '../system/root.js'
import type { Course } from './acquire.js'
import { type Asked, type Proven, prove } from './prove.js'
import { type Guest, proveGuest } from './prove-guest.js'
import { registerAnew } from './register.js'

/** What proving needs; there is a journal when something was or is registered, and root's rights then too. */
export interface Workbench {
  readonly folder: ProbeFolder
  /** The version or prefix that was asked for as a condition; null: none. */
  readonly version: string | null
  /** SHA-256s that were given as a condition, for an emulator that is not known before it runs. */
  readonly sha256s: readonly string[]
  /** A drop-in keeps each entry over a restart of systemd-binfmt. */
  readonly surviveRestart?: boolean
  /** What the emulators are told by the environment. */
  readonly guest: Guest
  readonly root?: Root
  readonly writer?: JournalWriter
  /** The engines of `verify-in`. */
  readonly containers?: Containers
}

type Concluded = Proven & { readonly entry: Entry | null }

/** The outcome of one target; `entry` is the one that was registered for it, if any. */
export async function concluded(course: Course, entry: Entry | undefined, bench: Workbench): Promise<TargetOutcome> {
  const { planned, acquired, failure } = course
  const emulator = plannedEmulator(course)
  const base = {
    platform: planned.platform,
    emulator,
    entry: null,
    locator: acquired?.locator ?? course.locator ?? null,
    bytesFetched: acquired?.bytesFetched ?? course.bytesInVain ?? 0,
    proof: null,
  }
  const seconds = () => Math.round(performance.now() - course.started) / 1000
  if (planned.kind === 'native') return { ...base, state: 'native', findings: [], seconds: seconds() }
  const finding = planned.kind === 'impossible' ? planned.finding : failure
  if (finding !== undefined) {
    if (entry !== undefined) await bench.writer?.remove(entry)
    return { ...base, state: 'failed', findings: [finding], seconds: seconds() }
  }
  const registered = planned.kind === 'keep' ? planned.entry : entry
  if (registered === undefined || (planned.kind === 'register' && bench.root === undefined))
    throw new Error(`${planned.platform.target.name} has no entry to prove`)
  const { entry: proven, ...inItself } = await proveOrRetry(course, registered, bench)
  const here = await proveGuest(planned.platform.target, inItself, bench)
  const { proof, findings, ran } = await alsoInContainers(here, course, bench)
  const state = stateOf(findings, planned.kind === 'keep')
  if (proven !== null && isOurs(planned)) await settle(proven, state === 'failed', bench)
  const known = completed(emulator, ran)
  return { ...base, emulator: known, state, entry: proven, proof, findings, seconds: seconds() }
}

/** Goes on in containers where that is asked for: only with what is proven on the machine itself. */
async function alsoInContainers(here: Proven, { planned }: Course, { containers }: Workbench): Promise<Proven> {
  if (containers === undefined) return here
  const sha256 = here.findings.some(isFailure) ? null : here.proof.fingerprint
  const { proven, findings } = await containers.prove(planned.platform, sha256)
  return { ...here, proof: { ...here.proof, containers: proven }, findings: [...here.findings, ...findings] }
}

/** An entry of ours stays only when it is proven. */
async function settle(entry: Entry, failed: boolean, { writer, surviveRestart }: Workbench): Promise<void> {
  if (failed) await writer?.remove(entry)
  else if (surviveRestart === true) await writer?.keepOverRestart(entry)
}

/** Whether the entry was made by this call, or another job's that this one holds too. */
function isOurs(planned: Course['planned']): boolean {
  return planned.kind === 'register' || (planned.kind === 'keep' && planned.share !== null)
}

/** The emulator as far as it is known before anything ran. */
function plannedEmulator({ planned, acquired }: Course): TargetOutcome['emulator'] {
  if (planned.kind === 'keep') return planned.fingerprint
  if (acquired !== undefined) return acquired
  if (planned.kind !== 'register') return null
  return planned.supply.kind === 'catalog' || planned.supply.kind === 'file' ? planned.supply.emulator : null
}

/** An emulator with what the running one said of itself where nothing else did. */
function completed(known: Emulator | null, ran: Emulator | undefined): Emulator | null {
  const some = known ?? ran
  if (some === undefined) return null
  const { sha256 } = some
  return { sha256, qemuVersion: some.qemuVersion ?? ran?.qemuVersion ?? null, build: some.build ?? ran?.build ?? null }
}

/** Proves an entry; where P shifts the arguments (an old emulator or kernel) it is registered anew without P, and that is proven. */
async function proveOrRetry(course: Course, entry: Entry | null, bench: Workbench): Promise<Concluded> {
  const { planned } = course
  if (planned.kind !== 'register' && planned.kind !== 'keep') throw new Error('nothing to prove')
  const target = planned.platform.target.name
  const known = plannedEmulator(course)?.sha256
  const asked: Asked = {
    sha256s: known == null ? bench.sha256s : [known],
    version: bench.version,
    environment: bench.guest.environment,
  }
  const { folder, root } = bench
  const first = await prove(target, entry, asked, folder, root, planned.kind === 'keep')
  if (planned.kind === 'keep' || entry === null) {
    const notes = planned.kind === 'keep' ? planned.notes : []
    return { ...first, findings: [...notes, ...(entry === null ? [] : readBack(entry)), ...first.findings], entry }
  }
  // a container removes what was there, as it likes: it is put back, but it does not stand behind ours
  const isBeside = planned.shadows.length > 0 && planned.supply.kind !== 'container'
  const notes: Finding[] = isBeside ? [{ kind: 'shadows', names: planned.shadows }] : []
  const again = await withoutP(planned, first.findings, entry, bench)
  if (again === undefined) return { ...first, findings: [...notes, ...readBack(entry), ...first.findings], entry }
  const second = await prove(target, again, asked, folder, root)
  if (second.findings.length > 0) return { ...second, findings: [...notes, ...first.findings], entry: again }
  const shifted = first.findings.find((finding) => finding.kind === 'arguments-shifted')
  const note: Finding = { kind: 'argv0-not-preserved', got: shifted?.got ?? [] }
  return { ...second, findings: [...notes, note, ...readBack(again)], entry: again }
}

/** The entry registered anew without P, where the proof failed in a way that P can be the cause of. */
async function withoutP(
  planned: Registration,
  findings: readonly Finding[],
  entry: Entry,
  { writer }: Workbench,
): Promise<Entry | undefined> {
  const suspicious = findings.some(({ kind }) => kind === 'arguments-shifted' || kind === 'probe-crashed')
  const flags = planned.flags.find((choice) => !choice.includes('P'))
  if (!suspicious || flags === undefined || writer === undefined || planned.supply.kind === 'container')
    return undefined
  return await registerAnew(entry, flags, planned.platform.target.name, writer)
}

/** The entry as the kernel lists it, compared with what was written. */
function readBack(entry: Entry): Finding[] {
  const listed = readEntry(entry.name)
  if (listed?.enabled && sameEntry(listed, entry)) return []
  return [entryDiffers(entry, JSON.stringify(listed ?? 'no such entry'))]
}
