// A private scope: namespaces with a table of their own, in which setup runs as usual. A scope holder keeps it open
// (scope/holder.ts); the set-up is done by this bundle, started once more inside.

import { type ChildProcess, spawn } from 'node:child_process'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import type { Duplex } from 'node:stream'
import { SetupError } from '../core/model/errors.js'
import { firstEmulated, isProven, type Outcome } from '../core/outcome/outcome.js'
import type { Plan } from '../core/plan/plan.js'
import type { ScopeHolder } from '../core/scope/scope-state.js'
import { isMounted } from '../system/binfmt.js'
import { errnoName } from '../system/command.js'
import type { Log } from '../system/log.js'
import { onSignal } from '../system/on-signal.js'
import { withStreams } from '../system/open-files.js'
import {
  closeScope,
  errorOrClosed,
  nameScope,
  openScope,
  programFolder,
  transfer,
  type WatchedProcess,
} from './holder.js'
import { errorOf, type WorkerAnswer, type WorkerContext, type WorkerTask, workerFlag } from './worker-protocol.js'

/** The command that runs the worker: this bundle under this Node. */
export function workerCommand(): string[] {
  return [process.execPath, process.argv[1] ?? '', workerFlag]
}

/** What a scope is opened for; `program` is the worker's command, by default this bundle. */
export interface PrivateScopeOptions {
  readonly task: WorkerContext
  /** The process that a scope ends with once it is set up; 0 for none. Until then it ends with this process. */
  readonly watched: WatchedProcess
  readonly log: Log
  readonly program?: readonly string[]
  /** Called as soon as there is something to close. */
  readonly onOpened?: (holder: ScopeHolder) => void
}

export interface ScopedOutcome {
  readonly outcome: Outcome
  readonly holder: ScopeHolder
  /** Path of the program that runs a command in the scope. */
  readonly withQemu: string
}

/** Opens a private scope and sets up in it. When it throws or nothing is proven, the scope is closed. Throws `no-namespace`, and what setup throws. */
export async function setupPrivately(options: PrivateScopeOptions): Promise<ScopedOutcome> {
  const holder = await openedScope(options)
  const forget = onSignal(() => closeScope(holder))
  let outcome: Outcome | undefined
  try {
    const answer = await askWorker(holder, { ...options.task, kind: 'setup' }, options.program)
    if (answer.kind !== 'outcome') throw new Error(`setup inside a private scope answered ${answer.kind}`)
    outcome = answer.outcome
    const version = firstEmulated(outcome)?.emulator?.qemuVersion
    if (version != null) nameScope(holder, `with-qemu-${version}`)
    if (isProven(outcome)) transfer(holder, options.watched)
    return { outcome, holder, withQemu: join(programFolder(holder), 'with-qemu') }
  } catch (error) {
    outcome = undefined
    throw errorOrClosed(error, holder)
  } finally {
    forget()
    if (outcome === undefined || !isProven(outcome)) closeScope(holder)
  }
}

/** The plan for a request in a private scope, which is closed again. Throws like `setupPrivately`. */
export async function planPrivately(options: PrivateScopeOptions): Promise<Plan> {
  const holder = await openedScope(options)
  const forget = onSignal(() => closeScope(holder))
  try {
    const answer = await askWorker(holder, { ...options.task, kind: 'plan' }, options.program)
    if (answer.kind !== 'plan') throw new Error(`the plan inside a private scope answered ${answer.kind}`)
    return answer.plan
  } catch (error) {
    throw errorOrClosed(error, holder)
  } finally {
    forget()
    closeScope(holder)
  }
}

async function openedScope({ task, log, onOpened }: PrivateScopeOptions): Promise<ScopeHolder> {
  // this look triggers an automount, which cannot happen from inside
  isMounted()
  const holder = await openScope(task.owner.face, log)
  onOpened?.(holder)
  return holder
}

async function askWorker(
  holder: ScopeHolder,
  task: WorkerTask,
  program: readonly string[] = workerCommand(),
): Promise<WorkerAnswer> {
  const withQemu = join(programFolder(holder), 'with-qemu')
  const words = ['--as-root', '--', ...program]
  const child = withStreams(spawn(withQemu, words, { stdio: ['ignore', 'inherit', 'inherit', 'pipe'] }))
  const line = child.stdio[3] as Duplex
  line.on('error', () => undefined)
  line.write(`${JSON.stringify(task)}\n`)
  const answers = createInterface({ input: line })
  // a broken line counts as a closed one
  answers.on('error', () => undefined)
  const answered = new Promise<WorkerAnswer | undefined>((resolve) => {
    answers.once('line', (text) => resolve(JSON.parse(text) as WorkerAnswer))
    answers.once('close', () => resolve(undefined))
    line.once('close', () => resolve(undefined))
  })
  const [answer, end] = await Promise.all([answered, ending(child)])
  if (answer?.kind === 'error') throw errorOf(answer)
  if (answer !== undefined) return answer
  if (end === 'EACCES')
    throw new SetupError('no-namespace', `starting ${withQemu} failed: EACCES, so its folder is mounted noexec`, {
      hint: `let ${process.env.RUNNER_TEMP ? 'RUNNER_TEMP' : 'TMPDIR'} name a folder where programs may be executed`,
    })
  throw new SetupError('internal', `the set-up inside the private scope ended without an answer (${end})`, {
    hint: 'somebody killed it, or it is a bug of setup-qemu',
  })
}

function ending(child: ChildProcess): Promise<string> {
  return new Promise((resolve) => {
    child.once('error', (error) => resolve(errnoName(error)))
    child.once('close', (status, signal) => resolve(signal ?? `exit status ${status}`))
  })
}
