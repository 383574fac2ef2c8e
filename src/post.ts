// The action's post step: restores what the main step changed, and saves emulators in the GitHub cache. It never makes the job red: what cannot be
// undone is a warning with the command to run.

import { actionLinks } from './action/links.js'
import * as workflow from './action/workflow.js'
import { isEmptyJournal, parseJournal } from './core/journal/journal.js'
import { asSetupError } from './core/model/errors.js'
import { asCalled } from './core/model/links.js'
import { annotationText } from './core/report/annotation.js'
import { interferenceWords } from './core/report/notice.js'
import { restoredText } from './core/report/restored-text.js'
import { parseScopeHolder } from './core/scope/scope-state.js'
import { parseCacheables } from './core/sources/cacheable.js'
import { restoreJournal } from './journal/restore.js'
import { sweepLeftovers } from './journal/sweep.js'
import { ignoreOutputErrors } from './system/console.js'
import { runnerCacheFolder } from './system/folder.js'
import { acquireRoot } from './system/root.js'

/** A warning, with the commands in it as they are called here. */
function warn(text: string): void {
  workflow.warning(asCalled(text, actionLinks()))
}

async function post(): Promise<void> {
  if (workflow.savedState('matchers') === 'true') workflow.removeMatchers('setup-qemu')
  await endScope()
  await restore()
  await saveCache()
  await sweepEngines()
  await sweepLeftovers(runnerCacheFolder())
}

/** Removes what a killed main step left in the engines of `verify-in`. */
async function sweepEngines(): Promise<void> {
  const saved = workflow.savedState('verify-in')
  if (saved === '') return
  try {
    const { sweepContainers } = await import('./containers/verify-in.js')
    await sweepContainers(saved, workflow.workflowLog)
  } catch (thrown) {
    const error = asSetupError(thrown)
    warn(annotationText({ what: `images and containers of verify-in may be left: ${error.message}`, todo: error.hint }))
  }
}

/** Ends the private scope of this job. */
async function endScope(): Promise<void> {
  const saved = workflow.savedState('scope')
  if (saved === '') return
  if (workflow.savedState('restore') === 'false')
    return workflow.info('the private scope stays until the end of the job: restore is false')
  const holder = parseScopeHolder(saved)
  if (holder === undefined) return warn('the state of the main step is damaged: the private scope ends with the job')
  try {
    const { closeScope } = await import('./scope/holder.js')
    const wasOpen = closeScope(holder)
    workflow.info(wasOpen ? 'the private scope is closed' : 'the private scope had ended before')
  } catch (thrown) {
    warn(`the private scope could not be closed, and ends with the job: ${asSetupError(thrown).message}`)
  }
}

/** Saves the emulators that this job downloaded in the GitHub cache. */
async function saveCache(): Promise<void> {
  const saved = workflow.savedState('cached')
  if (saved === '') return
  const files = parseCacheables(saved)
  if (files === undefined) warn('nothing was saved in the GitHub cache: the state of the main step is damaged')
  else {
    const { saveToGitHubCache } = await import('./sources/github-cache.js')
    await saveToGitHubCache(files, workflow.workflowLog)
  }
}

/** Restores the table by the journal of the main step. */
async function restore(): Promise<void> {
  const saved = workflow.savedState('journal')
  if (saved === '') return workflow.savedState('scope') === '' ? workflow.info('nothing to restore') : undefined
  if (workflow.savedState('restore') === 'false') return workflow.info('left as it is: restore is false')
  try {
    const journal = parseJournal(saved)
    if (isEmptyJournal(journal)) return workflow.info('nothing to restore')
    const restored = await restoreJournal(journal, await acquireRoot(runnerCacheFolder()))
    workflow.info(restoredText({ ...restored, warnings: [] }))
    for (const warning of [...interferenceWords(restored), ...restored.warnings]) warn(warning)
  } catch (thrown) {
    const error = asSetupError(thrown)
    warn(annotationText({ what: `not everything could be put back: ${error.message}`, todo: error.hint }))
  }
}

ignoreOutputErrors()
await post()
