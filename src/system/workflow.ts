// The runner: inputs, state, outputs, summary, annotations, through @actions/core. Nothing else imports it.
import * as core from '@actions/core'
import { isOfAction } from '../core/step-environment.js'
import { inertLines, visible, visibleLines } from '../core/visible.js'
import type { Log } from './log.js'

/** An input's text; '' when it is not given. */
export function input(name: string): string {
  return core.getInput(name)
}

/** A log of plain lines; details show when the run's debug logging is on. */
export const workflowLog: Log = {
  info,
  detail: (line) => core.debug(visibleLines(line)),
  transfer: () => ({ expect: () => undefined, add: () => undefined, end: () => undefined }),
}

export const group = core.group
export const saveState = core.saveState
export const savedState = core.getState
export const setOutput = core.setOutput
export const addPath = core.addPath
/** Sets a variable for this step and all later ones of the job. */
export const exportVariable = core.exportVariable
/** An annotation that something is not as it should be. */
export const warning = (text: string): void => core.warning(visibleLines(text))
/** Lets the runner cover a secret wherever it appears in the log. */
export const mask = core.setSecret

/** Lines of the log, none of which the runner takes for a command. */
export function info(text: string): void {
  core.info(inertLines(text))
}

/**
 * Takes out of this process's environment what a runner gives to actions and not to the commands of `run` steps: the inputs, and the addresses and
 * the token of the job's cache and artifacts. From then on no input can be read.
 */
export function dropActionVariables(): void {
  for (const name of Object.keys(process.env)) if (isOfAction(name)) delete process.env[name]
}

/** An annotation. */
export function error(title: string, text: string): void {
  core.error(visibleLines(text), { title: visible(title) })
}

/** An annotation that is good to know. */
export function notice(title: string, text: string): void {
  core.notice(visibleLines(text), { title: visible(title) })
}

/** Lets the runner make annotations of lines in later steps, as the matchers of a file say; it reads the file at once. */
export function addMatchers(path: string): void {
  process.stdout.write(`::add-matcher::${path.replaceAll('%', '%25').replaceAll('\n', '%0A')}\n`)
}

/** Ends what `addMatchers` began. */
export function removeMatchers(owner: string): void {
  process.stdout.write(`::remove-matcher owner=${owner}::\n`)
}

/** Makes the step red. */
export const setFailed = (text: string): void => core.setFailed(visibleLines(text))

/** Appends Markdown to the job's summary; a runner without one (GitHub Enterprise, act) is no failure. */
export async function addSummary(markdown: string): Promise<void> {
  if ((process.env.GITHUB_STEP_SUMMARY ?? '') === '') return
  await core.summary.addRaw(markdown, true).write()
}
