#!/usr/bin/env node
import { type Call, callOf, type Values } from './cli/arguments.js'
import { machineOf, type Result } from './cli/result.js'
import { setupResult } from './cli/setup.js'
import { version } from './cli/version.js'
import { viewJson, viewText } from './core/explain/table-view.js'
import { asSetupError, isUsageError, SetupError } from './core/model/errors.js'
import { problemCounts } from './core/problems/known-problems.js'
import { errorJson, errorText } from './core/report/error-text.js'
import { restoredText } from './core/report/restored-text.js'
import { versionsJson, versionsText } from './core/report/versions-text.js'
import { errnoWords } from './core/text/errno-text.js'
import { visibleJson } from './core/text/visible.js'
import { restoreAll, type Scope } from './journal/restore.js'
import { sweepLeftovers } from './journal/sweep.js'
// The command line: words in, the same calls as the action's, and an exit status: 0 asked for and proven, 1 not, 2 wrong usage, 74 the result could
// not be written.
import { insideWord } from './scope/worker-protocol.js'
import { inspectTable } from './setup/status.js'
import { coloured, outliveOutput, printed, shownLines } from './system/console.js'
import { catalog, defaultCacheFolder } from './system/machine.js'
import { acquireRoot } from './system/root.js'

async function resultOf(call: Call): Promise<Result> {
  const { name, values } = call
  switch (name) {
    case 'setup':
      return setupResult(call)
    case 'run': {
      const { runResult } = await import('./cli/run.js')
      return runResult(call)
    }
    case 'compare':
      return (await import('./cli/compare.js')).compareResult(call)
    case 'status': {
      const facts = await inspectTable(machineOf(values))
      return { text: viewText(facts), json: viewJson(facts), ok: true }
    }
    case 'explain': {
      const { explainResult } = await import('./cli/explain.js')
      return explainResult(call)
    }
    case 'restore': {
      await sweepLeftovers(defaultCacheFolder())
      const restored = await restoreAll(() => acquireRoot(defaultCacheFolder()), scopeOf(values))
      const ok = restored.warnings.length === 0
      const state = ok ? 'everything is put back' : 'not everything could be put back; setup-qemu restore tells what'
      return { text: restoredText(restored), json: { ok, ...restored }, ok, state }
    }
    case 'versions': {
      const counts = problemCounts((await import('./problems/known-problems.js')).knownProblems, catalog)
      return { text: versionsText(catalog, counts), json: versionsJson(catalog, counts), ok: true }
    }
    case 'known-problems':
      return (await import('./cli/known-problems.js')).knownProblemsResult(call)
    case 'diagnose':
      return (await import('./cli/diagnose.js')).diagnoseResult(call)
    case 'completion':
      return (await import('./cli/help.js')).completionResult(call)
    case 'version':
      return { text: version, json: { version }, ok: true }
    default:
      return (await import('./cli/help.js')).helpResult(call)
  }
}

function scopeOf({ all, stale }: Values): Scope {
  if (all === true && stale === true)
    throw new SetupError('usage', 'restore takes --all or --stale, not both', { hint: 'setup-qemu --help' })
  if (all === true) return 'all'
  return stale === true ? 'stale' : 'usual'
}

async function main(argv: readonly string[]): Promise<number> {
  if (argv.length === 0) {
    const { shortHelp } = await import('./core/cli/help.js')
    process.stderr.write(`${shortHelp()}\n`)
    return 2
  }
  const end = argv.indexOf('--')
  const json = (end < 0 ? argv : argv.slice(0, end)).includes('--json')
  try {
    const result = await resultOf(callOf(argv))
    const text = json ? visibleJson(JSON.stringify(result.json)) : shownLines(result.text, process.stdout)
    const errno = text === '' ? undefined : await printed(`${text}\n`)
    if (result.signal !== undefined) dieBy(result.signal)
    const status = result.status ?? (result.ok ? 0 : 1)
    return errno === undefined ? status : unwritten(errno, result, status)
  } catch (thrown) {
    const error = asSetupError(thrown)
    if (json) await printed(`${visibleJson(JSON.stringify(errorJson(error)))}\n`)
    process.stderr.write(`${coloured('red', shownLines(errorText(error)), process.stderr)}\n`)
    return isUsageError(error) ? 2 : 1
  }
}

/** EX_IOERR of sysexits.h. */
const lostResult = 74

/**
 * Tells that the result is lost, and what is so on the machine all the same; gives the exit status. A reader that went away wanted no more of it: that is
 * no failure, and no word is lost on it where nothing was changed.
 */
function unwritten(errno: string, { state }: Result, status: number): number {
  const isReaderGone = errno === 'EPIPE'
  if (isReaderGone && state === undefined) return status
  const line = `setup-qemu: the result could not be written to standard output: ${errnoWords(errno)}`
  process.stderr.write(`${line}${state === undefined ? '' : `; ${state}`}\n`)
  return isReaderGone || status !== 0 ? status : lostResult
}

/** Ends this process by a signal, where that ends one; node keeps SIGUSR1 for itself. */
function dieBy(signal: NodeJS.Signals): void {
  if (signal !== 'SIGUSR1') process.kill(process.pid, signal)
}

outliveOutput()
if (process.argv[2] === insideWord) await (await import('./setup/worker.js')).workInside()
else process.exitCode = await main(process.argv.slice(2))
