// The runner: inputs, state, outputs, summary, annotations, through @actions/core. Nothing else imports it.
import { closeSync, constants, fstatSync, ftruncateSync, openSync, statSync, writeSync } from 'node:fs'
import * as core from '@actions/core'
import { isOfAction } from '../core/machine/step-environment.js'
import { SetupError } from '../core/model/errors.js'
import { printable } from '../core/model/targets.js'
import { errnoWords } from '../core/text/errno-text.js'
import { inertLines, visible, visibleLines } from '../core/text/visible.js'
import { errnoName } from '../system/command.js'
import type { Log } from '../system/log.js'

/** An input's text; '' when it is not given. */
export function input(name: string): string {
  return core.getInput(name)
}

/** A log of plain lines; details show when the run's debug logging is on. */
export const workflowLog: Log = {
  info,
  detail: (line) => core.debug(visibleLines(line)),
  // within the group of the set-up
  output: info,
  transfer: () => ({ expect: () => undefined, add: () => undefined, end: () => undefined }),
}

export const group = core.group
export const savedState = core.getState

/** Keeps a value for the post step. Throws `output-unwritable`. */
export function saveState(name: string, value: string): void {
  written('GITHUB_STATE', () => core.saveState(name, value))
}

/** Throws `output-unwritable`. */
export function setOutput(name: string, value: string): void {
  written('GITHUB_OUTPUT', () => core.setOutput(name, value))
}

/** Puts a folder on PATH for this step and all later ones. Throws `output-unwritable`. */
export function addPath(folder: string): void {
  written('GITHUB_PATH', () => core.addPath(folder))
}

/** Sets a variable for this step and all later ones of the job. Throws `output-unwritable`. */
export function exportVariable(name: string, value: string): void {
  written('GITHUB_ENV', () => core.exportVariable(name, value))
}

/** An annotation of something that needs attention. */
export const warning = (text: string): void => core.warning(visibleLines(text))
/** Lets the runner mask a secret wherever it appears in the log. */
export const mask = core.setSecret

/** Lines of the log, none of which the runner takes for a command. */
export function info(text: string): void {
  core.info(inertLines(text))
}

/**
 * Removes from this process's environment what a runner gives to actions but not to `run` steps: the inputs, and the addresses and the token of the
 * job's cache and artifacts. No input can be read afterwards.
 */
export function dropActionVariables(): void {
  for (const name of Object.keys(process.env)) if (isOfAction(name)) delete process.env[name]
}

/** An annotation. */
export function error(title: string, text: string): void {
  core.error(visibleLines(text), { title: visible(title) })
}

/** An annotation for information. */
export function notice(title: string, text: string): void {
  core.notice(visibleLines(text), { title: visible(title) })
}

/** Lets the runner turn lines of later steps into annotations, by the problem matchers of a file, which it reads at once. */
export function addMatchers(path: string): void {
  process.stdout.write(`::add-matcher::${path.replaceAll('%', '%25').replaceAll('\n', '%0A')}\n`)
}

/** Ends what `addMatchers` began. */
export function removeMatchers(owner: string): void {
  process.stdout.write(`::remove-matcher owner=${owner}::\n`)
}

/** Makes the step red. */
export const setFailed = (text: string): void => core.setFailed(visibleLines(text))

/** Appends Markdown to the job's summary; a runner without one (GitHub Enterprise, act) is no failure. Throws `output-unwritable`. */
export async function addSummary(markdown: string): Promise<void> {
  const path = process.env.GITHUB_STEP_SUMMARY ?? ''
  if (path === '') return
  try {
    // this is also called to report that this very file cannot be written
    tryFile(path)
    await core.summary.addRaw(markdown, true).write()
  } catch (cause) {
    throw unwritable('GITHUB_STEP_SUMMARY', cause)
  }
}

/** The files by which a step sends commands to the runner. Where a variable is not set, an older runner reads the commands from standard output. */
const commandFiles = ['GITHUB_STATE', 'GITHUB_OUTPUT', 'GITHUB_ENV', 'GITHUB_PATH', 'GITHUB_STEP_SUMMARY'] as const
type CommandFile = (typeof commandFiles)[number]

/**
 * Checks before anything is changed that the step will be able to write its outputs. Throws `output-unwritable` for a file that is missing, is not a
 * regular file (a folder, or a FIFO, on which a write would block), cannot be written, or is on a full disk.
 */
export function checkCommandFiles(): void {
  for (const name of commandFiles) {
    const path = process.env[name] ?? ''
    if (path === '') continue
    try {
      tryFile(path)
    } catch (cause) {
      throw unwritable(name, cause)
    }
  }
}

function tryFile(path: string): void {
  const stat = statSync(path)
  if (stat.isFIFO()) throw new Error('it is a FIFO')
  if (stat.isSocket() || stat.isBlockDevice()) throw new Error('it is not a regular file')
  // not blocking: it may have been replaced by a FIFO since
  const file = openSync(path, constants.O_WRONLY | constants.O_APPEND | constants.O_NONBLOCK)
  try {
    // only a write shows that the disk is full; the content stays
    const { size } = fstatSync(file)
    writeSync(file, '\n')
    if (stat.isFile()) ftruncateSync(file, size)
  } finally {
    closeSync(file)
  }
}

function written(name: CommandFile, write: () => void): void {
  try {
    write()
  } catch (cause) {
    throw unwritable(name, cause)
  }
}

function unwritable(name: CommandFile, cause: unknown): SetupError {
  // errors of @actions/core itself have a message and no errno
  const isOfSystem = !(cause instanceof Error) || 'code' in cause
  const why = isOfSystem ? errnoWords(errnoName(cause)) : printable(cause.message, 300)
  const path = printable(process.env[name] ?? '', 300)
  return new SetupError('output-unwritable', `the file ${path} (${name}) cannot be written: ${why}`, {
    hint: `the runner makes it anew for each step: let no earlier step change ${name}, and keep its folder in place and its disk from filling up`,
    cause,
  })
}
