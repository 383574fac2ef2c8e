// What the bundle does when it is started once more inside a private scope: the usual setup, asked and answered over file 3 in lines of JSON,
// and for a run the command itself. It ends when whoever started it is gone.

import { type ChildProcess, spawn } from 'node:child_process'
import { Socket } from 'node:net'
import { createInterface } from 'node:readline'
import { asSetupError } from '../core/model/errors.js'
import { isProven } from '../core/outcome/outcome.js'
import type { WorkerAnswer, WorkerInput, WorkerTask } from '../scope/worker-protocol.js'
import { command, errnoName } from '../system/command.js'
import { blockingStderr, consoleLog } from '../system/console.js'
import type { Log } from '../system/log.js'
import { thisMachine } from '../system/machine.js'
import { withStreams } from '../system/open-files.js'
import { planOnly, setup } from './setup.js'

/** Signals that a terminal sends to all in front of it: this process must hear how the command ended. */
const outlived = ['SIGHUP', 'SIGINT', 'SIGQUIT', 'SIGTERM', 'SIGTSTP'] as const

/** Does what is asked over file 3; `workflowLog` is the action's, which only its bundle has. Resolves when the answer is given, or the command has ended. */
export async function workInside(workflowLog?: Log): Promise<void> {
  const socket = new Socket({ fd: 3, readable: true, writable: true })
  socket.on('error', () => process.exit(1))
  const answer = (value: WorkerAnswer) => socket.write(`${JSON.stringify(value)}\n`)
  let child: ChildProcess | undefined
  const task = await new Promise<WorkerTask>((resolve) => {
    const lines = createInterface({ input: socket })
    lines.on('error', () => process.exit(1))
    lines.on('line', (text) => {
      const line = JSON.parse(text) as WorkerInput
      if ('signal' in line) child?.kill(line.signal)
      else resolve(line)
    })
    // whoever asked is gone: what was made here ends with its namespaces
    lines.on('close', () => process.exit(1))
  })
  for (const signal of outlived) process.on(signal, () => undefined)
  const result = await resultOf(task, workflowLog)
  answer(result)
  if (task.run !== undefined && result.kind === 'outcome' && isProven(result.outcome)) {
    // what the emulators are told goes to the command as it went to the probes
    const environment = { ...task.run.environment, ...result.outcome.environment }
    child = await started({ ...task.run, environment }, answer).catch((thrown: unknown) => {
      answer(errorAnswer(thrown))
      return undefined
    })
    if (child !== undefined) answer(await endOf(child))
  }
  await new Promise<void>((resolve) => socket.end(resolve))
  process.exit()
}

async function resultOf(
  { kind, request, cacheFolder, owner, links, log }: WorkerTask,
  workflowLog?: Log,
): Promise<WorkerAnswer> {
  try {
    const machine = thisMachine({ cacheFolder, owner, links, log: logOf(log, workflowLog) })
    if (kind === 'plan') return { kind: 'plan', plan: await planOnly(request, machine) }
    return { kind: 'outcome', outcome: await setup(request, machine) }
  } catch (thrown) {
    return errorAnswer(thrown)
  }
}

function errorAnswer(thrown: unknown): WorkerAnswer {
  const { code, message, hint } = asSetupError(thrown)
  return { kind: 'error', code, message, hint }
}

function logOf(log: WorkerTask['log'], workflowLog: Log | undefined): Log {
  if (log.face === 'console') return consoleLog(log, blockingStderr)
  if (workflowLog === undefined) throw new Error('the face that was asked is not the action')
  return workflowLog
}

async function started(
  run: NonNullable<WorkerTask['run']>,
  answer: (value: WorkerAnswer) => void,
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

function endOf(child: ChildProcess): Promise<WorkerAnswer> {
  return new Promise((resolve) => {
    child.once('exit', (status, signal) => resolve({ kind: 'ended', status, signal }))
  })
}
