// The action's main step: inputs, setup, report. The only place that makes the step red.

import { delimiter, dirname, join } from 'node:path'
import { giveUp } from './action/failure.js'
import { type Inputs, readInputs } from './action/inputs.js'
import { jobOwner } from './action/job-process.js'
import { actionLinks } from './action/links.js'
import * as workflow from './action/workflow.js'
import { isEmptyJournal, type Journal } from './core/journal/journal.js'
import { asSetupError, isUnsupported, type SetupError } from './core/model/errors.js'
import { asCalled } from './core/model/links.js'
import { firstEmulated, isProven, type Outcome, runningPlatforms } from './core/outcome/outcome.js'
import { errorAnnotation } from './core/report/error-text.js'
import { isUnpinned, privateWords, unneededWords, unpinnedWords } from './core/report/notice.js'
import { failureAnnotations, warningAnnotations } from './core/report/outcome-annotations.js'
import { outcomeJson } from './core/report/outcome-json.js'
import { outcomeText } from './core/report/outcome-text.js'
import { errorMarkdown, summaryMarkdown } from './core/report/summary.js'
import { sourceText } from './core/request/emulator-source.js'
import type { RequestInputs } from './core/request/inputs.js'
import { parseRequest, type Request } from './core/request/request.js'
import type { ScopeHolder } from './core/scope/scope-state.js'
import { type Cacheable, cacheablesText, isWorthCaching } from './core/sources/cacheable.js'
import { restoreJournal } from './journal/restore.js'
import { workerFlag } from './scope/worker-protocol.js'
import { setup } from './setup/setup.js'
import { keepByLibrary } from './sources/tool-cache.js'
import { ignoreOutputErrors } from './system/console.js'
import { runnerCacheFolder } from './system/folder.js'
import { type Machine, provable, thisMachine } from './system/machine.js'
import { acquireRoot } from './system/root.js'

/** What the texts of this step point to. */
const links = actionLinks()

async function main(): Promise<void> {
  const changes: StepChanges = {}
  try {
    workflow.checkCommandFiles()
    const inputs = readInputs()
    await setUpAndReport(inputs, changes).catch((thrown: unknown) => skip(inputs, asSetupError(thrown)))
  } catch (thrown) {
    await undo(changes)
    await giveUp('Nothing is set up', asSetupError(thrown), links)
  }
}

/** What this step has changed so far, and `post` would put back. */
interface StepChanges {
  journal?: Journal
  scope?: ScopeHolder
}

async function setUpAndReport({ request, restore, unneeded }: Inputs, changes: StepChanges): Promise<void> {
  if (request.registryPassword !== '') workflow.mask(request.registryPassword)
  workflow.saveState('restore', String(restore))
  for (const name of unneeded) workflow.notice(`the input ${name} has nothing to do here`, unneededWords[name])
  const { outcome, withQemu } = await run(request, changes)
  emit(outcome, withQemu)
  const isInScope = withQemu !== undefined && isProven(outcome)
  await workflow.addSummary(`${summaryMarkdown(outcome, links)}${isInScope ? `\n- ${privateWords}.\n` : ''}`)
  if (!isProven(outcome)) workflow.setFailed(failureLine(outcome))
  else if (firstEmulated(outcome) !== undefined) watchLaterSteps()
}

/** Leaves the step green with nothing set up, if `if-unsupported` says so and the machine cannot do it; else throws the error. */
async function skip({ ifUnsupported }: Inputs, error: SetupError): Promise<void> {
  if (ifUnsupported !== 'skip' || !isUnsupported(error)) throw error
  emitNothing()
  workflow.warning(`nothing is set up, as if-unsupported is skip: ${errorAnnotation(error, links)}`)
  await workflow.addSummary(errorMarkdown('Nothing is set up, as if-unsupported is skip', error, links))
}

/** Undoes a set-up that succeeded but could not be reported to later steps. A set-up that failed has undone itself. */
async function undo({ journal, scope }: StepChanges): Promise<void> {
  try {
    if (scope !== undefined) (await import('./scope/holder.js')).closeScope(scope)
    if (journal === undefined || isEmptyJournal(journal)) return
    const { warnings } = await restoreJournal(journal, await acquireRoot())
    for (const warning of warnings) workflow.warning(asCalled(warning, links))
  } catch (thrown) {
    workflow.warning(`not everything could be put back: ${asSetupError(thrown).message}`)
  }
}

/** Turns lines of later steps that are about emulation into annotations. Called last, so that no line of this step is one. */
function watchLaterSteps(): void {
  workflow.saveState('matchers', 'true')
  // scripts/dist.ts puts it beside this program
  workflow.addMatchers(join(dirname(process.argv[1] ?? ''), 'problem-matcher.json'))
}

/** A step that was skipped has empty outputs, so that later steps can tell. */
function emitNothing(): void {
  for (const name of outputNames) workflow.setOutput(name, '')
}

/** What the set-up came to. */
interface StepResult {
  readonly outcome: Outcome
  /** The program that enters the private scope; undefined for the host's table. */
  readonly withQemu?: string
}

async function run(inputs: RequestInputs, changes: StepChanges): Promise<StepResult> {
  const machine = thisMachine({
    cacheFolder: runnerCacheFolder(),
    owner: jobOwner(),
    log: workflow.workflowLog,
    links,
    onJournal: (journal) => {
      changes.journal = journal
      try {
        workflow.saveState('journal', JSON.stringify(journal))
      } catch (error) {
        // `post` need not know of a journal that is empty again
        if (!isEmptyJournal(journal)) throw error
      }
    },
  })
  const request = parseRequest(inputs, machine.catalog, machine.host, provable)
  if (isUnpinned(request.source)) workflow.warning(unpinnedWords(request.source))
  const names = request.all ? 'all platforms' : request.platforms.map(({ target }) => target.name).join(', ')
  // if this step is killed, post removes what it left in engines
  workflow.saveState('verify-in', request.verifyIn.join(','))
  return workflow.group(`${sourceText(request.source)} for ${names}`, async () => {
    const settingUp: Promise<StepResult> =
      request.scope === 'private'
        ? setUpPrivately(request, machine, changes)
        : setup(request, machine).then((outcome) => ({ outcome }))
    const result = await settingUp.finally(() => workflow.saveState('verify-in', ''))
    const { outcome } = result
    if (request.cache) workflow.saveState('cached', cacheablesText(fetched(outcome)))
    workflow.info(outcomeText(outcome, links))
    if (result.withQemu !== undefined && isProven(outcome)) workflow.info(`\n${privateWords}\n${result.withQemu}`)
    return result
  })
}

/** Sets up in a private scope. `post` closes it; if that does not run, it ends with the job. */
async function setUpPrivately(request: Request, machine: Machine, changes: StepChanges): Promise<StepResult> {
  const { setupPrivately } = await import('./scope/private-scope.js')
  const { cacheFolder, owner, log } = machine
  return setupPrivately({
    task: { request, cacheFolder, owner, links, log: { face: 'workflow' } },
    watched: owner,
    log,
    onOpened: (holder) => {
      changes.scope = holder
      workflow.saveState('scope', JSON.stringify(holder))
    },
  })
}

/** What was downloaded and may be saved for the next job. */
function fetched({ targets }: Outcome): Cacheable[] {
  return targets.flatMap(({ platform, locator, bytesFetched, entry, emulator }) =>
    isWorthCaching(locator, bytesFetched) && entry !== null && emulator !== null && emulator.sha256 !== null
      ? [{ path: entry.interpreter, binary: platform.target.binary, sha256: emulator.sha256 }]
      : [],
  )
}

const outputNames = [
  'interpreter',
  'platforms',
  'qemu-version',
  'sha256',
  'flags',
  'entry',
  'image',
  'status',
  'with-qemu',
]

function emit(outcome: Outcome, withQemu: string | undefined): void {
  const first = firstEmulated(outcome)
  workflow.setOutput('interpreter', first?.entry?.interpreter ?? '')
  workflow.setOutput('platforms', runningPlatforms(outcome).join(','))
  workflow.setOutput('qemu-version', first?.emulator?.qemuVersion ?? '')
  workflow.setOutput('sha256', first?.emulator?.sha256 ?? '')
  workflow.setOutput('flags', first?.entry?.flags ?? '')
  workflow.setOutput('entry', first?.entry?.name ?? '')
  workflow.setOutput('image', outcome.image?.pinned ?? '')
  workflow.setOutput('status', JSON.stringify(outcomeJson(outcome, links)))
  workflow.setOutput('with-qemu', withQemu !== undefined && isProven(outcome) ? withQemu : '')
  for (const [name, value] of Object.entries(outcome.environment)) workflow.exportVariable(name, value)
  for (const folder of emulatorFolders(outcome)) workflow.addPath(folder)
  if (withQemu !== undefined && isProven(outcome)) workflow.addPath(dirname(withQemu))
  for (const text of warningAnnotations(outcome, links)) workflow.warning(text)
  for (const { title, text } of failureAnnotations(outcome, links)) workflow.error(title, text)
}

/** Folders of our emulators that are not yet on PATH: adding one again would move it to the front. */
function emulatorFolders(outcome: Outcome): string[] {
  const path = (process.env.PATH ?? '').split(delimiter)
  const ours = outcome.targets.flatMap(({ state, locator, entry }) =>
    state === 'emulated' && locator !== 'container' && entry !== null ? [dirname(entry.interpreter)] : [],
  )
  return [...new Set(ours)].filter((folder) => !path.includes(folder))
}

function failureLine(outcome: Outcome): string {
  const failed = outcome.targets.filter(({ state }) => state === 'failed').map(({ platform }) => platform.target.name)
  return `not proven: ${failed.join(', ')} (${failed.length} of ${outcome.targets.length})`
}

ignoreOutputErrors()
keepByLibrary()
if (process.argv[2] === workerFlag) await (await import('./setup/worker.js')).workInside(workflow.workflowLog)
else await main()
