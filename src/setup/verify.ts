// The proof: a program of the target runs, directly and in an empty root, under exactly the requested emulator. An entry of ours that is not proven
// is removed.

import type { Emulator, EmulatorEnvironment, LocatedEmulator } from '../core/model/emulator.js'
import { type Entry, sameEntry } from '../core/model/entry.js'
import { type Finding, isFailure } from '../core/outcome/finding.js'
import { type Proof, stateOf, type TargetOutcome } from '../core/outcome/outcome.js'
import type { Where } from '../core/outcome/probe-findings.js'
import type { RegisteredEntry, RegisteredTarget, TargetProgress } from '../core/plan/target-progress.js'
import { entryDiffers } from '../core/probe/final-check.js'
import { isUntried, judge, untriedChroot } from '../core/probe/probe-run.js'
import { readEntry } from '../system/binfmt.js'
import type { ProbeFolder, ProbeResult } from '../system/probe.js'
import { milliseconds } from '../system/process.js'
import type { Root } from '../system/root.js'
import type { SetupContext } from './context.js'
import { registerAgain } from './register.js'
import { verifyGuest } from './verify-guest.js'

/** The outcome of one target. Throws what `register` of the table throws, and `journal-unwritable`. */
export async function verify(target: TargetProgress, context: SetupContext): Promise<TargetOutcome> {
  const { platform } = target
  const seconds = () => Math.round(milliseconds() - target.started) / 1000
  switch (target.kind) {
    case 'native': {
      const nothing = { emulator: null, entry: null, locator: null, bytesFetched: 0, proof: null, findings: [] }
      return { ...nothing, platform, state: 'native', seconds: seconds() }
    }
    case 'planned':
    case 'acquired':
      throw new Error(`${platform.target.name} has no entry to prove`)
    case 'failed': {
      const { entry, emulator, locator, bytesFetched, finding } = target
      if (entry !== null) await context.writer?.remove(entry)
      const about = { platform, emulator, locator, bytesFetched }
      return { ...about, state: 'failed', entry: null, proof: null, findings: [finding], seconds: seconds() }
    }
    case 'registered': {
      const { emulator, locator, bytesFetched } = target
      const { entry, proof, findings, ran } = await proveEverywhere(target, context)
      const state = stateOf(findings, target.plan.kind === 'keep')
      if (entry !== null && isOurs(target)) await settle(entry, state === 'failed', context)
      const about = { platform, emulator: completed(emulator, ran), locator, bytesFetched }
      return { ...about, state, entry, proof, findings, seconds: seconds() }
    }
  }
}

/** The emulator as planned, with the version and build of the running one where the plan does not know them. */
function completed(known: Emulator | null, ran: Emulator | undefined): Emulator | null {
  if (known === null) return ran ?? null
  const { sha256, qemuVersion, build } = known
  return { sha256, qemuVersion: qemuVersion ?? ran?.qemuVersion ?? null, build: build ?? ran?.build ?? null }
}

/** Whether this call registered the entry, or shares it with another job. */
function isOurs({ plan }: RegisteredTarget): boolean {
  return plan.kind === 'register' || plan.share !== null
}

async function settle(entry: Entry, failed: boolean, { request, writer }: SetupContext): Promise<void> {
  if (failed) await writer?.remove(entry)
  else if (request.surviveRestart) await writer?.keepOverRestart(entry)
}

type ProvenTarget = Proven & { readonly entry: RegisteredEntry | null }

/** On the machine itself, then with the root and the CPU, then in containers; each only if everything before it is proven. */
async function proveEverywhere(target: RegisteredTarget, context: SetupContext): Promise<ProvenTarget> {
  const { containers } = context
  const { platform } = target
  let proven = await proveOrRetry(target, context)
  if (!proven.findings.some(isFailure)) {
    const { loader, findings } = await verifyGuest(platform.target, proven.ran, context)
    const proof = loader === undefined ? proven.proof : { ...proven.proof, loader }
    proven = { ...proven, proof, findings: [...proven.findings, ...findings] }
  }
  if (containers === undefined) return proven
  const sha256 = proven.findings.some(isFailure) ? null : proven.proof.fingerprint
  const inside = await containers.prove(platform, sha256)
  const proof = { ...proven.proof, containers: inside.proven }
  return { ...proven, proof, findings: [...proven.findings, ...inside.findings] }
}

/** Proves an entry; if P shifts the arguments (an old emulator or kernel), registers it again without P and proves that. */
async function proveOrRetry(target: RegisteredTarget, context: SetupContext): Promise<ProvenTarget> {
  const { plan, entry, emulator } = target
  const { name } = target.platform.target
  const { folder, root, request, guest } = context
  const expected: ExpectedEmulator = {
    sha256s: emulator === null ? request.sha256s : [emulator.sha256],
    version: request.version,
    environment: guest.environment,
  }
  const first = await prove(name, entry, expected, folder, root, plan.kind === 'keep')
  if (plan.kind === 'keep' || entry === null) {
    const notes = plan.kind === 'keep' ? plan.notes : []
    return { ...first, findings: [...notes, ...(entry === null ? [] : readBack(entry)), ...first.findings], entry }
  }
  // a container may remove existing entries; they are put back at the end, so ours does not shadow them
  const isBeside = plan.shadows.length > 0 && plan.source.kind !== 'container'
  const notes: Finding[] = isBeside ? [{ kind: 'shadows', names: plan.shadows }] : []
  const suspicious = first.findings.some(({ kind }) => kind === 'arguments-shifted' || kind === 'probe-crashed')
  const flags = plan.flags.find((choice) => !choice.includes('P'))
  const { writer } = context
  if (!suspicious || flags === undefined || writer === undefined || plan.source.kind === 'container')
    return { ...first, findings: [...notes, ...readBack(entry), ...first.findings], entry }
  const again = await registerAgain(entry, flags, name, writer)
  const second = await prove(name, again, expected, folder, root)
  if (second.findings.length > 0) return { ...second, findings: [...notes, ...first.findings], entry: again }
  const shifted = first.findings.find((finding) => finding.kind === 'arguments-shifted')
  const note: Finding = { kind: 'argv0-not-preserved', got: shifted?.got ?? [] }
  return { ...second, findings: [...notes, note, ...readBack(again)], entry: again }
}

/** The finding for an entry that the kernel lists otherwise than it was written. */
function readBack(entry: Entry): Finding[] {
  const listed = readEntry(entry.name)
  if (listed?.enabled && sameEntry(listed, entry)) return []
  return [entryDiffers(entry, JSON.stringify(listed ?? 'no such entry'))]
}

/** What must run: an emulator with one of these hashes (empty: any), of this version or prefix (null: any). */
export interface ExpectedEmulator {
  readonly sha256s: readonly string[]
  readonly version: string | null
  /** Variables that the emulator reads during the proof. */
  readonly environment?: EmulatorEnvironment
}

export interface Proven {
  readonly proof: Proof
  /** The emulator that ran directly; undefined when none did. */
  readonly ran: LocatedEmulator | undefined
  readonly findings: readonly Finding[]
}

/**
 * Runs a target's probe directly and in an empty root, with wide rules also as an AppImage, and compares what ran with what is expected of `entry`
 * (null: not visible; then its flags are inferred from the arguments that arrive). `kept`: this call did not register it.
 */
export async function prove(
  target: string,
  entry: Entry | null,
  expected: ExpectedEmulator,
  folder: ProbeFolder,
  root: Root | undefined,
  kept = false,
): Promise<Proven> {
  const judged = ({ run, argv, path }: ProbeResult, where: Where, { sha256s, version }: ExpectedEmulator) => {
    const preserveArgv0 = entry?.flags.includes('P') ?? (run.kind === 'answered' && run.argv[0] === argv[0])
    return judge(run, { where, sha256s, version, argv, path, preserveArgv0 })
  }
  // side by side: none knows of the others
  const [direct, chroot, marked] = await Promise.all([
    folder.direct(target, expected.environment),
    folder.chroot(target, root, expected.environment),
    folder.marked(target, expected.environment),
  ])
  const { run } = direct
  const ran = run.kind === 'answered' ? run.fingerprint : undefined
  const directFindings = judged(direct, 'direct', expected)
  // if any emulator is accepted, it must at least be the same one each time
  const same = expected.sha256s.length > 0 || ran === undefined ? expected : { ...expected, sha256s: [ran.sha256] }
  const untried = kept && isUntried(chroot.run) ? untriedChroot(chroot.run.errno, entry?.flags ?? null, run) : undefined
  const chrootFindings = untried === undefined ? judged(chroot, 'chroot', same) : [untried]
  const markedFindings = marked === undefined ? [] : judged(marked, 'marked', same)
  return {
    proof: {
      direct: directFindings.length === 0,
      chroot: chrootFindings.length === 0,
      ...(marked === undefined ? {} : { wide: markedFindings.length === 0 }),
      argv0: run.kind === 'answered' && run.argv[0] === direct.argv[0],
      fingerprint: ran?.sha256 ?? null,
    },
    ran,
    findings: [...directFindings, ...chrootFindings, ...markedFindings],
  }
}
