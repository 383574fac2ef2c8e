// What the bundle does when it is started once more inside a private scope: the usual setup, asked and answered over file 3 in lines of JSON,
// and for a run the command itself. It ends when whoever started it is gone.
import { type ChildProcess, spawn } from 'node:child_process'
import { Socket } from 'node:net'
import { createInterface } from 'node:readline'
import { asSetupError, errorAgain, type SetupError, type SetupErrorCode } from './core/errors.js'
import type { Owner } from './core/journal.js'
import type { Outcome } from './core/outcome.js'
import { isProven } from './core/outcome.js'
import type { Plan } from './core/plan.js'
import { parseRequest, type RequestWords } from './core/request.js'
import { provable, thisMachine } from './machine.js'
import { planOnly, setup } from './setup.js'
import { command, errnoName } from './system/command.js'
import { consoleLog, steadyStderr } from './system/console.js'
import type { Log } from './system/log.js'
import { withStreams } from './system/open-files.js'

/** What is asked: a set-up or only its plan, and for a run the program to start when all is proven. */
export interface Ask {
  readonly deed: 'setup' | 'plan'
  readonly words: RequestWords
  readonly cacheFolder: string
  readonly owner: Owner
  readonly log:
    | { readonly face: 'workflow' }
    | { readonly face: 'console'; readonly quiet: boolean; readonly verbose: boolean }
  readonly run?: {
    readonly file: string
    readonly args: readonly string[]
    readonly environment: Readonly<Record<string, string | undefined>>
    /** What the set-up mounted for itself, to be unmounted before. */
    readonly unmount: string
  }
}

/** What is answered, one after the other. */
export type Answer =
  | { readonly kind: 'error'; readonly code: SetupErrorCode; readonly message: string; readonly hint: string }
  | { readonly kind: 'outcome'; readonly outcome: Outcome }
  | { readonly kind: 'plan'; readonly plan: Plan }
  | { readonly kind: 'started' }
  | { readonly kind: 'unstarted'; readonly errno: string }
  | { readonly kind: 'ended'; readonly status: number | null; readonly signal: NodeJS.Signals | null }

/** Asks of whoever started us: first an `Ask`, then signals for the command. */
export type Line = Ask | { readonly signal: NodeJS.Signals }

/** Signals that a terminal sends to all in front of it: this process must hear how the command ended. */
const outlived = ['SIGHUP', 'SIGINT', 'SIGQUIT', 'SIGTERM', 'SIGTSTP'] as const

/** Does what is asked over file 3; `workflowLog` is the action's, which only its bundle has. Resolves when the answer is given, or the command has ended. */
export async function workInside(workflowLog?: Log): Promise<void> {
  const socket = new Socket({ fd: 3, readable: true, writable: true })
  socket.on('error', () => process.exit(1))
  const answer = (value: Answer) => socket.write(`${JSON.stringify(value)}\n`)
  let child: ChildProcess | undefined
  const ask = await new Promise<Ask>((resolve) => {
    const lines = createInterface({ input: socket })
    lines.on('error', () => process.exit(1))
    lines.on('line', (text) => {
      const line = JSON.parse(text) as Line
      if ('signal' in line) child?.kill(line.signal)
      else resolve(line)
    })
    // whoever asked is gone: what was made here ends with its namespaces
    lines.on('close', () => process.exit(1))
  })
  for (const signal of outlived) process.on(signal, () => undefined)
  const result = await resultOf(ask, workflowLog)
  answer(result)
  if (ask.run !== undefined && result.kind === 'outcome' && isProven(result.outcome)) {
    // what the emulators are told goes to the command as it went to the probes
    const environment = { ...ask.run.environment, ...result.outcome.environment }
    child = await started({ ...ask.run, environment }, answer).catch((thrown: unknown) => {
      answer(errorAnswer(thrown))
      return undefined
    })
    if (child !== undefined) answer(await endOf(child))
  }
  await new Promise<void>((resolve) => socket.end(resolve))
  process.exit()
}

async function resultOf({ deed, words, cacheFolder, owner, log }: Ask, workflowLog?: Log): Promise<Answer> {
  try {
    const machine = thisMachine({ cacheFolder, owner, log: logOf(log, workflowLog) })
    const request = parseRequest(words, machine.catalog, machine.host, provable)
    if (deed === 'plan') return { kind: 'plan', plan: await planOnly(request, machine) }
    return { kind: 'outcome', outcome: await setup(request, machine) }
  } catch (thrown) {
    return errorAnswer(thrown)
  }
}

function errorAnswer(thrown: unknown): Answer {
  const { code, message, hint } = asSetupError(thrown)
  return { kind: 'error', code, message, hint }
}

function logOf(log: Ask['log'], workflowLog: Log | undefined): Log {
  if (log.face === 'console') return consoleLog(log, steadyStderr)
  if (workflowLog === undefined) throw new Error('the face that was asked is not the action')
  return workflowLog
}

async function started(
  run: NonNullable<Ask['run']>,
  answer: (value: Answer) => void,
): Promise<ChildProcess | undefined> {
  const unmounted = await command('umount', ['-l', run.unmount])
  if (unmounted.status !== 0) throw new Error(`unmounting ${run.unmount} failed: ${unmounted.stderr}`)
  const child = withStreams(spawn(run.file, run.args, { stdio: 'inherit', env: run.environment as NodeJS.ProcessEnv }))
  return new Promise((resolve) => {
    child.once('spawn', () => {
      answer({ kind: 'started' })
      resolve(child)
    })
    child.once('error', (error) => {
      answer({ kind: 'unstarted', errno: errnoName(error) })
      resolve(undefined)
    })
  })
}

function endOf(child: ChildProcess): Promise<Answer> {
  return new Promise((resolve) => {
    child.once('exit', (status, signal) => resolve({ kind: 'ended', status, signal }))
  })
}

/** An answer that is an error, as the error that it was. */
export function errorOf({ code, message, hint }: Extract<Answer, { kind: 'error' }>): SetupError {
  return errorAgain(code, message, hint)
}
