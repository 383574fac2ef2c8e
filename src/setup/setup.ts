// The whole way through: inspect, plan, acquire, register, verify, and a final check. The request and what is proven are compared target by target.

import { asSetupError, SetupError } from '../core/model/errors.js'
import { type Outcome, type TargetOutcome, withEnvironment, withTableLimits } from '../core/outcome/outcome.js'
import { type Plan, planFor, withoutShares } from '../core/plan/plan.js'
import { hasEntry, progressOf, type TargetProgress } from '../core/plan/target-progress.js'
import type { Request } from '../core/request/request.js'
import { JournalWriter } from '../journal/journal-writer.js'
import { sweepLeftovers } from '../journal/sweep.js'
import { withKnownProblems } from '../problems/known-problems.js'
import { isMounted, openTable, unmountTable } from '../system/binfmt.js'
import { readConfinement } from '../system/confinement.js'
import { type Machine, withProbeFolder } from '../system/machine.js'
import { mapLimit } from '../system/map-limit.js'
import { probesAtOnce } from '../system/probe-runs.js'
import { milliseconds } from '../system/process.js'
import type { Root } from '../system/root.js'
import { acquire } from './acquire.js'
import type { SetupContext } from './context.js'
import { finalCheck, type Standing, standingNow } from './final-check.js'
import { inspect, inspectUnseen } from './inspect.js'
import { type Again, conflictsOf, removeLeftBehind, untilDone } from './other-jobs.js'
import { register } from './register.js'
import { verify } from './verify.js'
import { askForCpu, guestOf } from './verify-guest.js'

/** Sets up what the request asks for and proves it. Throws SetupError when it cannot go on, and then leaves nothing behind. */
export async function setup(request: Request, machine: Machine): Promise<Outcome> {
  const { targets, image, environment, standing, unmount } = await withTools(request, machine, async (tools) => {
    await removeLeftBehind(machine)
    let mounted = false
    return await untilDone(request, machine.log, async (isPatient) => {
      const { facts, mountedNow } = await inspectUnseen(request, machine, tools.folder)
      mounted = mountedNow || (mounted && isMounted())
      const plan = planFor(request, facts, machine.catalog)
      const context = { request, machine, ...tools, facts, guest: guestOf(request, plan), mounted }
      const patient = isPatient()
      const waitingFor = patient ? conflictsOf(plan) : []
      return waitingFor.length > 0 ? { kind: 'again', waitingFor } : await carryOut(plan, patient, context)
    })
  })
  // as late as possible: nothing slow follows this check
  const checked = await finalCheck(annotated(targets, request, machine), standing, machine.log)
  await unmount?.()
  return withEnvironment({ host: machine.hostName, image, targets: checked }, environment)
}

/** The plan for a request on this machine. Changes nothing. */
export function planOnly(request: Request, machine: Machine): Promise<Plan> {
  return withProbes(request, machine, async ({ folder }) => {
    const plan = planFor(request, await inspect(request, machine, folder), machine.catalog)
    guestOf(request, plan)
    return plan
  })
}

/** A verified set-up, before its final check. */
interface Verified extends Omit<Outcome, 'host'> {
  readonly kind: 'verified'
  readonly standing: Standing
  /** Unmounts a table that was mounted only to read it. */
  readonly unmount?: () => Promise<unknown>
}

async function carryOut(plan: Plan, patient: boolean, context: SetupContext): Promise<Verified | Again> {
  if (plan.targets.some(({ kind }) => kind === 'register')) return await registerAndVerify(plan, patient, context)
  const isKept = plan.targets.some(({ kind }) => kind === 'keep')
  const root = isKept ? await rootIfAny(context.machine) : undefined
  const isShared = plan.targets.some((target) => target.kind === 'keep' && target.share !== null)
  if (isShared && (root !== undefined || !asksForWhatIsThere(context.request)))
    return await registerAndVerify(plan, patient, context)
  // nothing is written, so this works without root too; the proof then goes as far as it can
  const targets = progressOf(withoutShares(plan), milliseconds())
  const verified = await verifyAll(targets, root === undefined ? context : { ...context, root })
  return context.mounted && root !== undefined ? { ...verified, unmount: () => unmountTable(root) } : verified
}

/** Opens the table first, so that a host that cannot register fails before anything is fetched. Undoes everything when it throws. */
async function registerAndVerify(plan: Plan, patient: boolean, before: SetupContext): Promise<Verified | Again> {
  const root = await before.machine.root()
  const mounted = await openTable(root)
  const writer = new JournalWriter(before.machine, root, mounted || before.mounted)
  const context = { ...before, root, writer }
  try {
    const acquired = await acquire(progressOf(plan, milliseconds()), context)
    const registered = await register(acquired.targets, context)
    const waitingFor = patient ? registered.lostTo : []
    if (!registered.shared || waitingFor.length > 0) {
      await writer.undo()
      return { kind: 'again', waitingFor }
    }
    return { ...(await verifyAll(registered.targets, context)), image: acquired.image ?? registered.image }
  } catch (error) {
    await writer.undo()
    // somebody cleaned the cache in between: fetch it once more
    if (error instanceof SetupError && error.code === 'interpreter-gone')
      return { kind: 'again', waitingFor: [], reason: error }
    throw error
  } finally {
    if (writer.journal.entries.length === 0) await writer.undo()
  }
}

async function verifyAll(targets: readonly TargetProgress[], context: SetupContext): Promise<Verified> {
  const { guest, folder, writer } = context
  const { QEMU_CPU: cpu } = guest.environment
  const running = targets.filter(hasEntry).map(({ platform }) => platform.target)
  if (cpu !== undefined) await askForCpu(cpu, running, folder)
  const standing = { before: standingNow(), ...(writer && { writer }) }
  const verified = await mapLimit(targets, probesAtOnce, (target) => verify(target, context))
  return { kind: 'verified', image: null, targets: verified, environment: guest.environment, standing }
}

/** The outcomes with notes beside the proof: the limits of this table, and known problems of the emulators. */
function annotated(targets: readonly TargetOutcome[], { scope }: Request, machine: Machine): TargetOutcome[] {
  // a private table is meant to be limited
  return withKnownProblems(scope === 'private' ? [...targets] : withTableLimits(targets, readConfinement()), machine)
}

/** Whether the request accepts an entry that others may remove at any time. */
function asksForWhatIsThere({ ifRegistered, source }: Request): boolean {
  return ifRegistered === 'keep' || source.kind === 'host'
}

async function rootIfAny(machine: Machine): Promise<Root | undefined> {
  try {
    return await machine.root()
  } catch (error) {
    const reason = asSetupError(error)
    if (reason.code !== 'no-root') throw error
    machine.log.detail(`what is there is proven without root: ${reason.message}`)
    return undefined
  }
}

type Tools = Pick<SetupContext, 'folder' | 'containers'>

/** Opens the probes and the engines of `verify-in`, and closes both again. */
async function withTools<T>(request: Request, machine: Machine, work: (tools: Tools) => Promise<T>): Promise<T> {
  if (request.verifyIn.length === 0) return await withProbes(request, machine, work)
  const { openContainers } = await import('../containers/verify-in.js')
  const containers = await openContainers(request.verifyIn, machine, request.rules)
  try {
    return await withProbes(request, machine, (tools) => work({ ...tools, containers }))
  } finally {
    containers.close()
  }
}

async function withProbes<T>(request: Request, machine: Machine, work: (tools: Tools) => Promise<T>): Promise<T> {
  await sweepLeftovers(machine.cacheFolder)
  const names = request.platforms.map(({ target }) => target.name)
  return await withProbeFolder(names, machine, request.rules, (folder) => work({ folder }))
}
