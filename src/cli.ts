#!/usr/bin/env node
// The command line: words in, the same calls as the action's, and an exit status: 0 asked for and proven, 1 not, 2 wrong usage.
import { type Call, callOf, type Values } from './command-words.js'
import { machineOf, type Result } from './commands/result.js'
import { setupResult } from './commands/setup.js'
import { asSetupError, isUsageError, SetupError } from './core/errors.js'
import { problemCounts } from './core/known-problems.js'
import { errorJson } from './core/outcome.js'
import { errorText, restoredText, versionsJson, versionsText } from './core/report.js'
import { viewJson, viewText } from './core/table-view.js'
import { visibleJson } from './core/visible.js'
import { insideWord } from './inside-word.js'
import { catalog, defaultCacheFolder } from './machine.js'
import { restoreAll, type Scope } from './restore.js'
import { inspectTable } from './status.js'
import { sweepLeftovers } from './sweep.js'
import { coloured, shownLines } from './system/console.js'
import { acquireRoot } from './system/root.js'
import { version } from './version.js'

async function resultOf(call: Call): Promise<Result> {
  const { name, values } = call
  switch (name) {
    case 'setup':
      return setupResult(call)
    case 'run': {
      const { runResult } = await import('./commands/run.js')
      return runResult(call)
    }
    case 'compare':
      return (await import('./commands/compare.js')).compareResult(call)
    case 'status': {
      const facts = await inspectTable(machineOf(values))
      return { text: viewText(facts), json: viewJson(facts), ok: true }
    }
    case 'explain': {
      const { explainResult } = await import('./commands/explain.js')
      return explainResult(call)
    }
    case 'restore': {
      sweepLeftovers(defaultCacheFolder())
      const restored = await restoreAll(() => acquireRoot(defaultCacheFolder()), scopeOf(values))
      const ok = restored.warnings.length === 0
      return { text: restoredText(restored), json: { ok, ...restored }, ok }
    }
    case 'versions': {
      const counts = problemCounts((await import('./known-problems.js')).knownProblems, catalog)
      return { text: versionsText(catalog, counts), json: versionsJson(catalog, counts), ok: true }
    }
    case 'known-problems':
      return (await import('./commands/known-problems.js')).knownProblemsResult(call)
    case 'diagnose':
      return (await import('./commands/diagnose.js')).diagnoseResult(call)
    case 'completion':
      return (await import('./commands/help.js')).completionResult(call)
    case 'version':
      return { text: version, json: { version }, ok: true }
    default:
      return (await import('./commands/help.js')).helpResult(call)
  }
}

function scopeOf({ all, stale }: Values): Scope {
  if (all === true && stale === true)
    throw new SetupError('usage', 'restore takes --all or --stale, not both', { hint: 'setup-qemu --help' })
  if (all === true) return 'all'
  return stale === true ? 'stale' : 'usual'
}

async function main(argv: readonly string[]): Promise<number> {
  const end = argv.indexOf('--')
  const json = (end < 0 ? argv : argv.slice(0, end)).includes('--json')
  try {
    const result = await resultOf(callOf(argv))
    const text = json ? visibleJson(JSON.stringify(result.json)) : shownLines(result.text, process.stdout)
    if (text !== '') process.stdout.write(`${text}\n`)
    if (result.signal !== undefined) dieBy(result.signal)
    return result.status ?? (result.ok ? 0 : 1)
  } catch (thrown) {
    const error = asSetupError(thrown)
    if (json) process.stdout.write(`${visibleJson(JSON.stringify(errorJson(error)))}\n`)
    process.stderr.write(`${coloured('red', shownLines(errorText(error)), process.stderr)}\n`)
    return isUsageError(error) ? 2 : 1
  }
}

/** Ends this process by a signal, where that ends one; node keeps SIGUSR1 for itself. */
function dieBy(signal: NodeJS.Signals): void {
  if (signal !== 'SIGUSR1') process.kill(process.pid, signal)
}

if (process.argv[2] === insideWord) await (await import('./inside.js')).workInside()
else process.exitCode = await main(process.argv.slice(2))
