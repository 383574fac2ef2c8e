// One command in namespaces of its own, with a table of its own that setup filled as usual: for `run`, and for `compare`.
// It gets a PID namespace too, whose first process dies when this one does: however a run ends, nothing is left behind.

import { type ChildProcess, spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import type { Duplex } from 'node:stream'
import { SetupError } from '../core/model/errors.js'
import { isProven, type Outcome } from '../core/outcome/outcome.js'
import { ignoreSignals, ownIds, runGate, runInit, runTemporary } from '../core/scope/scope-script.js'
import { isMounted } from '../system/binfmt.js'
import { command, errnoName } from '../system/command.js'
import type { Log } from '../system/log.js'
import { openFilesLimitOf, withStreams } from '../system/open-files.js'
import { goLine, isUnshared, mapIds, namespaceError, needPrograms } from './namespace.js'
import { workerCommand } from './private-scope.js'
import { errorOf, type WorkerAnswer, type WorkerContext, type WorkerInput, type WorkerTask } from './worker-protocol.js'

export interface PrivateRunOptions {
  readonly task: WorkerContext
  readonly command: readonly [file: string, ...args: string[]]
  /** As root of the namespace, and not under the user's own id. */
  readonly root: boolean
  readonly log: Log
  /** Standard streams of the command; by default those of this process. */
  readonly stdio?: readonly ('inherit' | 'ignore' | 'pipe' | number)[]
  readonly program?: readonly string[]
}

/** How it ended: the command with a status or a signal, or it was not started. */
export type RunEnd =
  | { readonly kind: 'ended'; readonly status: number; readonly signal: null }
  | { readonly kind: 'ended'; readonly status: null; readonly signal: NodeJS.Signals }
  | { readonly kind: 'unproven'; readonly outcome: Outcome }
  | { readonly kind: 'unstarted'; readonly errno: string }

/** A run that goes on. */
export class PrivateRun {
  readonly #options: PrivateRunOptions
  readonly #child: ChildProcess
  readonly #line: Duplex
  readonly #answers: WorkerAnswer[] = []
  readonly #ended: Promise<NodeJS.Signals | number | string>
  readonly #closed: Promise<void>
  #refused: string | undefined

  /** Starts it; `end` tells what came of it. Throws `no-namespace` where a program is missing that it takes. */
  constructor(options: PrivateRunOptions) {
    this.#options = options
    needPrograms(['setpriv', 'unshare', 'mount', ...openFilesLimit().slice(0, 1)])
    // this look triggers an automount, which cannot happen from inside
    isMounted()
    const { program = workerCommand(), stdio = ['inherit', 'inherit', 'inherit'] } = options
    const words = ['sh', '-c', `${ignoreSignals}; exec "$@"`, 'sh', 'unshare', ...namespaces]
    const gate = ['sh', '-c', runGate, 'sh', runInit, 'sh']
    const env = { ...process.env, SETUP_QEMU_SCOPE: scopeName, RUNNER_TEMP: '', TMPDIR: runTemporary }
    const argv = ['--pdeathsig', 'KILL', '--', ...words, ...gate, ...program]
    this.#child = withStreams(spawn('setpriv', argv, { stdio: [...stdio, 'pipe'], env }))
    this.#ended = new Promise((resolve) => {
      this.#child.once('error', (error) => resolve(errnoName(error)))
      this.#child.once('exit', (status, signal) => resolve(signal ?? status ?? 'no status'))
    })
    this.#line = this.#child.stdio[3] as Duplex
    this.#line.on('error', () => undefined)
    const lines = createInterface({ input: this.#line })
    // a broken line counts as a closed one
    lines.on('error', () => undefined)
    lines.on('line', (text) => this.#receive(text))
    this.#closed = new Promise((resolve) => {
      lines.once('close', resolve)
      this.#line.once('close', resolve)
    })
  }

  /** The command's standard streams, where they are pipes. */
  get streams(): Pick<ChildProcess, 'stdin' | 'stdout' | 'stderr'> {
    return this.#child
  }

  /** Whether the command itself has begun. */
  get isStarted(): boolean {
    return this.#answers.some(({ kind }) => kind === 'started')
  }

  /** What setup came to inside; undefined until it is known. */
  get outcome(): Outcome | undefined {
    return this.#answers.find((answer) => answer.kind === 'outcome')?.outcome
  }

  /** Forwards a signal to the command. */
  signal(signal: NodeJS.Signals): void {
    this.#send({ signal })
  }

  /** Ends everything at once. */
  kill(): void {
    this.#child.kill('SIGKILL')
  }

  /** Goes through to the end. Throws `no-namespace`, and what setup throws. */
  async end(): Promise<RunEnd> {
    try {
      return await this.#run()
    } finally {
      this.kill()
      this.#line.destroy()
    }
  }

  async #run(): Promise<RunEnd> {
    const { pid } = this.#child
    // the process behind the gate is in the same user namespace
    if (pid !== undefined && (await isUnshared(this.#child))) {
      await mapIds(pid, this.#options.log)
      this.#line.write(goLine)
      this.#send(this.#task())
    }
    const end = await this.#ended
    await this.#hangUp(end)
    const error = this.#answers.find((answer) => answer.kind === 'error')
    if (error !== undefined) throw errorOf(error)
    return this.#reportedEnd() ?? (await this.#unreportedEnd(end))
  }

  /**
   * The last answers may still be under way. If `unshare` was killed before its child was set to die with it, what it started lives on: it ends when
   * it sees the line closed.
   */
  async #hangUp(end: string | number): Promise<void> {
    if (await isWithin(this.#closed, graceMs)) return
    const what = "what was started in the run's namespaces outlived the process that holds them"
    this.#options.log.info(`warning: ${what} (${typeof end === 'number' ? `exit status ${end}` : end}); it is ended`)
    this.#line.end()
    await isWithin(this.#closed, graceMs)
  }

  #task(): WorkerTask {
    const { task, command, root } = this.#options
    const ids = root ? [] : ownIds(process.geteuid?.() ?? 0, process.getegid?.() ?? 0)
    const [file = '', ...args] = [...openFilesLimit(), ...ids, ...command]
    const run = { file, args, environment: { ...process.env, SETUP_QEMU_SCOPE: scopeName }, unmount: runTemporary }
    return { ...task, kind: 'setup', run }
  }

  #send(line: WorkerInput): void {
    this.#line.write(`${JSON.stringify(line)}\n`)
  }

  #receive(text: string): void {
    if (text.startsWith('{')) this.#answers.push(JSON.parse(text) as WorkerAnswer)
    else this.#refused ??= text
  }

  #reportedEnd(): RunEnd | undefined {
    const { outcome } = this
    if (outcome !== undefined && !isProven(outcome)) return { kind: 'unproven', outcome }
    for (const answer of this.#answers) {
      if (answer.kind === 'unstarted') return answer
      if (answer.kind !== 'ended') continue
      const { status, signal } = answer
      return signal === null ? { kind: 'ended', status: status ?? 0, signal } : { kind: 'ended', status: null, signal }
    }
    return undefined
  }

  /** The worker reported no end: the namespaces were refused, or a process in between was killed. */
  async #unreportedEnd(end: string | number): Promise<RunEnd> {
    if (this.isStarted) return { kind: 'ended', status: null, signal: 'SIGKILL' }
    const [, stage, said] = /^refused (proc|mount) (.*)$/s.exec(this.#refused ?? '') ?? []
    if (stage === 'proc' || stage === 'mount') throw namespaceError({ stage, said: said ?? '' })
    // its message went to the command's standard error, so we provoke it again;
    // by a shell, as some have a built-in unshare (BusyBox's)
    const again = await command('sh', ['-c', 'exec "$@"', 'sh', 'unshare', ...namespaces, 'true'])
    if (again.status !== 0) throw namespaceError({ stage: 'unshare', said: again.errno ?? again.stderr })
    throw new SetupError('internal', `the set-up inside the private scope ended without an answer (${end})`, {
      hint: 'somebody killed it, or it is a bug of setup-qemu',
    })
  }
}

const namespaces = ['--user', '--mount', '--propagation', 'slave', '--pid', '--fork', '--kill-child']
/** What SETUP_QEMU_SCOPE says in a run, which has no folder. */
const scopeName = 'run'
/** How long the line to the worker may outlast the process that holds the namespaces. */
const graceMs = 2000

/** Whether `work` ends within a time. */
function isWithin(work: Promise<void>, ms: number): Promise<boolean> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => resolve(false), ms)
    work.then(() => {
      clearTimeout(timer)
      resolve(true)
    })
  })
}

/**
 * Node raises the soft limit of open files to the hard one when it starts, and its children inherit that: the command gets back the limit of the
 * process that called us.
 */
function openFilesLimit(): string[] {
  const [soft, own] = [openFilesLimitOf(process.ppid), openFilesLimitOf('self')]
  // ours is the hard limit now, which no child can exceed: a caller with more started us with less
  return soft === undefined || own === undefined || Number(soft) >= Number(own) ? [] : ['prlimit', `--nofile=${soft}:`]
}
