// The whole way through: inspect, plan, acquire, register, prove. Asked for and proven are compared target by target.

import { inUndoOrder } from '../core/journal/journal.js'
import { inUseText, ownerWords } from '../core/journal/ownership.js'
import type { Entry } from '../core/model/entry.js'
import { asSetupError, isUnsupported, SetupError } from '../core/model/errors.js'
import type { Platform } from '../core/model/targets.js'
import { type Outcome, type TargetOutcome, withEnvironment, withTableLimits } from '../core/outcome/outcome.js'
import { type Facts, type Plan, planFor, rivalsOf, withoutShares } from '../core/plan/plan.js'
import { restoredText } from '../core/report/report.js'
import type { Request } from '../core/request/request.js'
import { JournalWriter } from '../journal/journal-writer.js'
import { isLeftBehind, restoreJournal } from '../journal/restore.js'
import { sweepLeftovers } from '../journal/sweep.js'
import { withKnownProblems } from '../problems/known-problems.js'
import { isMounted, mountTable, openTable, unmountTable } from '../system/binfmt.js'
import { readConfinement } from '../system/confinement.js'
import { readJournals } from '../system/journal-file.js'
import { type Machine, openProbeFolder } from '../system/machine.js'
import { mapLimit } from '../system/map-limit.js'
import type { ProbeFolder } from '../system/probe.js'
import { probesAtOnce } from '../system/probe-runs.js'
import type { Root } from '../system/root.js'
import { acquireAll, type Course, coursesOf } from './acquire.js'
import { lookedOnceMore, type Stood, standingNow } from './final-check.js'
import { inspect } from './inspect.js'
import { askForCpu, type Guest, guestOf } from './prove-guest.js'
import { registerCourses, shareAll } from './register-courses.js'
import { concluded, type Workbench } from './verify.js'

/** How often another job's removing of an entry that we wanted to share may send us back to look again. */
const mostLooks = 20
const lookAgainMs = 1000

/** Does what the request asks for and proves it. Throws SetupError when it cannot go on; then nothing of it is left on the machine. */
export async function setup(request: Request, machine: Machine): Promise<Outcome> {
  const { stood, done, environment, ...outcome } = await provenSetup(request, machine)
  const targets = await lookedOnceMore(outcome.targets, stood, machine.log)
  await done?.()
  return withEnvironment({ ...outcome, targets }, environment)
}

/** What setup comes to but for the last look; nothing is done after that which could take its time. */
interface Setup extends Outcome {
  readonly stood: Stood
  /** What is to be undone when the table is not looked at any more. */
  readonly done?: () => Promise<unknown>
}

async function provenSetup(request: Request, machine: Machine): Promise<Setup> {
  if (request.verifyIn.length === 0) return await setupWith(request, machine, {})
  const { openContainers } = await import('../containers/verify-in.js')
  const containers = await openContainers(request.verifyIn, machine, request.rules)
  try {
    return await setupWith(request, machine, { containers })
  } finally {
    containers.close()
  }
}

/** The engines of `verify-in`, where there are any. */
type Inside = Pick<Workbench, 'containers'>

function setupWith(request: Request, machine: Machine, inside: Inside): Promise<Setup> {
  return withProbes(request, machine, async (folder) => {
    await removeStale(machine)
    const end = performance.now() + request.waitSeconds * 1000
    let said = ''
    let mounted = false
    for (let looks = 1; ; looks++) {
      const { facts, mountedNow } = await look(request, machine, folder)
      mounted = mountedNow || (mounted && isMounted())
      const plan = planFor(request, facts, machine.catalog)
      const guest = guestOf(request, plan)
      const patient = request.onConflict === 'wait' && performance.now() < end
      const conflicts = patient ? conflictsOf(plan) : []
      const result =
        conflicts.length > 0
          ? undefined
          : await attempt(plan, patient, { request, machine, folder, facts, mounted, guest, inside })
      if (result !== undefined && !result.again) {
        const { stood, done, image } = result
        const targets = told(result.targets, request, machine)
        return { host: machine.hostName, image, targets, environment: guest.environment, stood, ...(done && { done }) }
      }
      const waiting = result?.contested ?? conflicts
      if (waiting.length > 0) {
        looks = 0
        const text = `waiting for another job: ${waiting.join('; ')}`
        if (text !== said) machine.log.info(text)
        said = text
        await new Promise((resolve) => setTimeout(resolve, lookAgainMs))
      } else if (looks > mostLooks)
        throw result?.reason ?? new Error(`other jobs gave up what was to be shared ${looks} times in a row`)
    }
  })
}

/** The outcomes with what is to be known beside the proof: for whom the entries hold, and faults of the emulators. */
function told(targets: readonly TargetOutcome[], { scope }: Request, machine: Machine): TargetOutcome[] {
  // that a private table holds in its namespace alone is what was asked for
  return withKnownProblems(scope === 'private' ? [...targets] : withTableLimits(targets, readConfinement()), machine)
}

function conflictsOf({ targets }: Plan): string[] {
  return targets.flatMap((target) =>
    target.kind === 'impossible' && target.finding.kind === 'other-job' ? [target.reason] : [],
  )
}

interface Bench {
  readonly request: Request
  readonly machine: Machine
  readonly folder: ProbeFolder
  readonly facts: Facts
  /** The table was mounted to have a look at it. */
  readonly mounted: boolean
  readonly guest: Guest
  readonly inside: Inside
}

/** One go at a plan. `again`: somebody took away meanwhile what we wanted to share or register, or came first (`contested`); all of ours is undone. */
async function attempt(plan: Plan, patient: boolean, bench: Bench): Promise<Carried> {
  const { request, machine, folder, mounted, guest, inside } = bench
  if (plan.targets.some(({ kind }) => kind === 'register')) return await carryOut(plan, patient, bench)
  const isKept = plan.targets.some(({ kind }) => kind === 'keep')
  const root = isKept ? await rootIfAny(machine) : undefined
  const shares = plan.targets.some((target) => target.kind === 'keep' && target.share !== null)
  if (shares && (root !== undefined || !asksForWhatIsThere(request))) return await carryOut(plan, patient, bench)
  // nothing is written: without root's rights the proof goes as far as it can
  const { version, sha256s } = request
  const work = { folder, version, sha256s, guest, ...inside, ...(root === undefined ? {} : { root }) }
  const courses = coursesOf(withoutShares(plan))
  await askAll(courses, new Map(), bench)
  const stood = { before: standingNow() }
  const targets = await concludeAll(courses, work)
  const done = mounted && root !== undefined ? { done: () => unmountTable(root) } : {}
  return { again: false, image: null, targets, stood, ...done }
}

/** Whether the request is content with an entry that others may take away. */
function asksForWhatIsThere({ ifRegistered, wanted }: Request): boolean {
  return ifRegistered === 'keep' || wanted.kind === 'host'
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

/** The facts; where programs run by a table that is not mounted here (in a container: the host's), it is mounted for that, if it can be. */
async function look(
  request: Request,
  machine: Machine,
  folder: ProbeFolder,
): Promise<{ facts: Facts; mountedNow: boolean }> {
  const facts = await inspect(request, machine, folder)
  const isUnseen = ({ target }: Platform) => rivalsOf(target.name, facts, request.rules).unseen
  if (!request.platforms.some(isUnseen)) return { facts, mountedNow: false }
  try {
    await mountTable(await machine.root())
  } catch (error) {
    const reason = asSetupError(error)
    if (!isUnsupported(reason)) throw error
    machine.log.detail(`the table stays out of sight: ${reason.message}`)
    return { facts, mountedNow: false }
  }
  return { facts: await inspect(request, machine, folder), mountedNow: true }
}

/** The plan for a request on this machine; nothing is changed. */
export function planOnly(request: Request, machine: Machine): Promise<Plan> {
  return withProbes(request, machine, async (folder) => {
    const plan = planFor(request, await inspect(request, machine, folder), machine.catalog)
    guestOf(request, plan)
    return plan
  })
}

async function withProbes<T>(
  request: Request,
  machine: Machine,
  work: (folder: ProbeFolder) => Promise<T>,
): Promise<T> {
  sweepLeftovers(machine.cacheFolder)
  const names = request.platforms.map(({ target }) => target.name)
  const folder = await openProbeFolder(names, machine, request.rules)
  try {
    return await work(folder)
  } finally {
    folder.close()
  }
}

type Carried = Pick<Setup, 'image' | 'targets' | 'stood' | 'done'> & {
  readonly again: boolean
  readonly contested?: readonly string[]
  /** What to say when it goes on like this. */
  readonly reason?: SetupError
}

const lookAgain: Carried = { again: true, image: null, targets: [], stood: { before: new Map() } }

/** What the plan says, once the table is open: a host that cannot register is told before anything is fetched. When it throws, all is undone. */
async function carryOut(plan: Plan, patient: boolean, bench: Bench): Promise<Carried> {
  const { request, machine, folder, facts, guest, inside } = bench
  const root = await machine.root()
  const mounted = await openTable(root)
  const writer = new JournalWriter(machine, root, mounted || bench.mounted)
  try {
    const { courses, image } = await acquireAll(coursesOf(plan), request, machine, facts)
    const shared = await shareAll(courses, writer)
    const made = await registerCourses(courses, request, { writer, root, facts, machine, folder })
    const contested = (patient && made.contested) || []
    if (!shared || made.givenUp === true || contested.length > 0) {
      await writer.undo()
      return { ...lookAgain, contested: contested.map(inUseText) }
    }
    const { version, sha256s, surviveRestart } = request
    const work = { folder, root, writer, version, sha256s, surviveRestart, guest, ...inside }
    await askAll(made.courses, made.entryOf, bench)
    const stood = { before: standingNow(), writer }
    const targets = await concludeAll(made.courses, work, made.entryOf)
    return { again: false, image: image ?? made.image, targets, stood }
  } catch (error) {
    await writer.undo()
    // whoever cleans the cache now and then must not make it red: it is fetched once more
    if (error instanceof SetupError && error.code === 'interpreter-gone') return { ...lookAgain, reason: error }
    throw error
  } finally {
    if (writer.journal.entries.length === 0) await writer.undo()
  }
}

/** Removes what jobs that have ended left behind, and tells it. Where that takes rights that we do not have it stays, and who needs them is told later. */
async function removeStale(machine: Machine): Promise<void> {
  const stale = readJournals().journals.filter(isLeftBehind)
  if (stale.length === 0) return
  const root = await machine.root().catch((error: unknown) => asSetupError(error))
  if (root instanceof SetupError)
    return machine.log.detail(`${stale.length} journals of ended jobs stay: ${root.message}`)
  for (const journal of inUndoOrder(stale)) {
    const restored = await restoreJournal(journal, root, stale)
    machine.log.info(`left behind by ${ownerWords(journal.owner)}, which has ended: ${restoredText(restored)}`)
  }
}

function concludeAll(
  courses: readonly Course[],
  bench: Workbench,
  entryOf: ReadonlyMap<Course, Entry | undefined> = new Map(),
): Promise<TargetOutcome[]> {
  return mapLimit(courses, probesAtOnce, (course) => concluded(course, entryOf.get(course), bench))
}

/** Asks for the CPU wherever programs run by now. */
async function askAll(
  courses: readonly Course[],
  entryOf: ReadonlyMap<Course, Entry | undefined>,
  { guest, folder }: Bench,
): Promise<void> {
  const { QEMU_CPU: cpu } = guest.environment
  const running = courses.filter((course) => course.planned.kind === 'keep' || entryOf.get(course) !== undefined)
  const targets = running.map(({ planned }) => planned.platform.target)
  if (cpu !== undefined) await askForCpu(cpu, targets, folder)
}
