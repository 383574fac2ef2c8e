#!/usr/bin/env node
// The command line: arguments in, the same calls as the action's, and an exit status: 0 as requested and proven, 1 not, 2 wrong usage, 74 the
// result could not be written.

import { type Call, callOf } from './cli/arguments.js'
import { commandLineLinks } from './cli/links.js'
import type { CommandCall, Result } from './cli/result.js'
import { setupResult } from './cli/setup.js'
import { version } from './cli/version.js'
import { asSetupError, isUsageError } from './core/model/errors.js'
import { asCalled } from './core/model/links.js'
import { errorJson, errorText } from './core/report/error-text.js'
import { errnoWords } from './core/text/errno-text.js'
import { visibleJson } from './core/text/visible.js'
import { workerFlag } from './scope/worker-protocol.js'
import { coloured, ignoreOutputErrors, printResult, shownLines } from './system/console.js'

/** What the texts of this call point to. */
const links = commandLineLinks()

/** The commands. All but `setup` are loaded when they are called. */
const commands: Readonly<Record<Call['name'], (call: CommandCall) => Result | Promise<Result>>> = {
  setup: setupResult,
  run: async (call) => (await import('./cli/run.js')).runResult(call),
  compare: async (call) => (await import('./cli/compare.js')).compareResult(call),
  status: async (call) => (await import('./cli/status.js')).statusResult(call),
  explain: async (call) => (await import('./cli/explain.js')).explainResult(call),
  restore: async (call) => (await import('./cli/restore.js')).restoreResult(call),
  versions: async () => (await import('./cli/versions.js')).versionsResult(),
  'known-problems': async (call) => (await import('./cli/known-problems.js')).knownProblemsResult(call),
  diagnose: async (call) => (await import('./cli/diagnose.js')).diagnoseResult(call),
  completion: async (call) => (await import('./cli/completion.js')).completionResult(call),
  help: async (call) => (await import('./cli/help.js')).helpResult(call),
  version: () => ({ text: version, json: { version }, ok: true }),
}

async function main(argv: readonly string[]): Promise<number> {
  if (argv.length === 0) {
    const { shortHelp } = await import('./core/cli/help.js')
    process.stderr.write(`${shortHelp(links)}\n`)
    return 2
  }
  const end = argv.indexOf('--')
  const json = (end < 0 ? argv : argv.slice(0, end)).includes('--json')
  try {
    const call: CommandCall = { ...callOf(argv), links }
    const result = await commands[call.name](call)
    const text = json ? visibleJson(JSON.stringify(result.json)) : shownLines(result.text, process.stdout)
    const errno = text === '' ? undefined : await printResult(`${text}\n`)
    if (result.signal !== undefined) dieBy(result.signal)
    const status = result.status ?? (result.ok ? 0 : 1)
    return errno === undefined ? status : unwritten(errno, result, status)
  } catch (thrown) {
    const error = asSetupError(thrown)
    if (json) await printResult(`${visibleJson(JSON.stringify(errorJson(error, links)))}\n`)
    process.stderr.write(`${coloured('red', shownLines(errorText(error, links)), process.stderr)}\n`)
    return isUsageError(error) ? 2 : 1
  }
}

/** EX_IOERR of sysexits.h. */
const lostResult = 74

/**
 * Reports that the result could not be written, and the state of the machine, and returns the exit status. A reader that closed the pipe (`| head`)
 * is not a failure, and is not reported if nothing was changed.
 */
function unwritten(errno: string, { state }: Result, status: number): number {
  const isReaderGone = errno === 'EPIPE'
  if (isReaderGone && state === undefined) return status
  const line = `setup-qemu: the result could not be written to standard output: ${errnoWords(errno)}`
  process.stderr.write(`${line}${state === undefined ? '' : `; ${asCalled(state, links)}`}\n`)
  return isReaderGone || status !== 0 ? status : lostResult
}

/** Ends this process by a signal, if the signal ends one. Node uses SIGUSR1 itself. */
function dieBy(signal: NodeJS.Signals): void {
  if (signal !== 'SIGUSR1') process.kill(process.pid, signal)
}

ignoreOutputErrors()
if (process.argv[2] === workerFlag) await (await import('./setup/worker.js')).workInside()
else process.exitCode = await main(process.argv.slice(2))
