// The same command under several emulators, each in a private table of its own, and what came of it.

import { createHash } from 'node:crypto'
import { availableParallelism } from 'node:os'
import { bisectionStep } from '../core/compare/bisection.js'
import type { CompareRequest } from '../core/compare/compare-request.js'
import { behaviourOf, type Run, type Trial, verdictOf } from '../core/compare/comparison.js'
import type { Comparison } from '../core/compare/comparison-text.js'
import { asSetupError, SetupError, setupErrorCodes } from '../core/model/errors.js'
import { printable } from '../core/model/targets.js'
import { explanation, isFailure } from '../core/outcome/finding.js'
import type { Outcome } from '../core/outcome/outcome.js'
import type { RequestInputs } from '../core/request/inputs.js'
import { parseRequest, type Request } from '../core/request/request.js'
import { errnoWords } from '../core/text/errno-text.js'
import { sweepLeftovers } from '../journal/sweep.js'
import { PrivateRun, type RunEnd } from '../scope/private-run.js'
import { temporaryParents } from '../system/folder.js'
import { type Machine, provable } from '../system/machine.js'
import { onEnding } from '../system/on-signal.js'
import { type Measure, Measurer } from './measurer.js'

/** What is to be compared. */
export interface CompareWish extends CompareRequest {
  readonly asRoot: boolean
  /** How to set up, in a private scope; version and CPU model are the candidate's. */
  readonly inputs: RequestInputs
  /** The command: its file, found already, and its arguments with argv[0]. */
  readonly file: string
  readonly argv: readonly string[]
}

interface Candidate {
  readonly version: string
  readonly cpu: string | null
}

/** Runs everything and gives the comparison. Throws `no-namespace`, `probe-unrunnable`, and when no trial could be set up its reason. */
export async function compare(wish: CompareWish, machine: Machine): Promise<Comparison> {
  await sweepLeftovers(machine.cacheFolder)
  const measurer = new Measurer(machine.measurer, temporaryParents(machine.cacheFolder))
  const stage = new Stage(wish, machine, measurer)
  const stop = onEnding(() => {
    stage.end()
    measurer.close()
  })
  try {
    const cpus = wish.cpus.length === 0 ? [null] : wish.cpus
    const candidates = wish.versions.flatMap((version) => cpus.map((cpu) => ({ version, cpu })))
    const { trials, found } = wish.bisect
      ? await bisected(wish.versions, stage)
      : { trials: await stage.all(candidates), found: null }
    const verdict = verdictOf(trials, wish.cpus.length < 2)
    return { command: wish.argv, trials, verdict, found, parallel: wish.parallel, expect: wish.expect }
  } finally {
    stop()
    // where one could not even be started, others still go on
    stage.end()
    measurer.close()
  }
}

async function bisected(versions: readonly string[], stage: Stage): Promise<Pick<Comparison, 'trials' | 'found'>> {
  const known = new Map<string, boolean>()
  const trials = new Map<string, Trial>()
  for (;;) {
    const step = bisectionStep(versions, known)
    if (step.kind === 'found') return { trials: versions.flatMap((version) => trials.get(version) ?? []), found: step }
    const [trial] = await stage.all([{ version: step.version, cpu: null }])
    if (trial === undefined || behaviourOf(trial) === 'not set up')
      throw new SetupError('internal', `QEMU ${step.version} could not be set up: ${trial?.failure}`, {
        hint: 'name the versions with --qemu and leave this one out',
      })
    trials.set(step.version, trial)
    known.set(step.version, behaviourOf(trial) === 'works')
  }
}

/** The runs that go on, and how one is done. */
class Stage {
  readonly #wish: CompareWish
  readonly #machine: Machine
  readonly #measurer: Measurer
  readonly #running = new Set<PrivateRun>()
  #failure: SetupError | undefined

  constructor(wish: CompareWish, machine: Machine, measurer: Measurer) {
    this.#wish = wish
    this.#machine = machine
    this.#measurer = measurer
  }

  /** Ends every run that goes on. */
  end(): void {
    for (const run of this.#running) run.kill()
  }

  /** All candidates, in turn and that as often as is asked for, so that what else the machine does meets all alike. */
  async all(candidates: readonly Candidate[]): Promise<Trial[]> {
    const { repeat, parallel } = this.#wish
    const trials = candidates.map((candidate): Trial => emptyTrial(candidate))
    const turns = Array.from({ length: repeat }, () => candidates.keys())
      .flatMap((keys) => [...keys])
      .values()
    const worker = async () => {
      for (const at of turns) {
        const trial = trials[at]
        if (trial === undefined || trial.failure !== null) continue
        const more = await this.#once(candidates[at] as Candidate)
        const now = trials[at] as Trial
        trials[at] = { ...now, ...more, runs: [...now.runs, ...more.runs] }
      }
    }
    await Promise.all(Array.from({ length: parallel ? availableParallelism() : 1 }, worker))
    // nothing could be set up: then the reason is the answer
    if (trials.every(({ failure }) => failure !== null) && this.#failure !== undefined) throw this.#failure
    return trials
  }

  async #once(candidate: Candidate): Promise<Pick<Trial, 'build' | 'runs' | 'failure'>> {
    const inputs = { ...this.#wish.inputs, qemuVersion: candidate.version, cpu: candidate.cpu ?? '' }
    try {
      const request = parseRequest(inputs, this.#machine.catalog, this.#machine.host, provable)
      return await this.#run(candidate, request)
    } catch (thrown) {
      const error = asSetupError(thrown)
      this.#failure ??= error
      return { build: null, runs: [], failure: error.message }
    }
  }

  async #run(candidate: Candidate, request: Request): Promise<Pick<Trial, 'build' | 'runs' | 'failure'>> {
    const wish = this.#wish
    const measured = this.#measurer.measured(wish.file, wish.argv)
    const { cacheFolder, owner } = this.#machine
    const run = new PrivateRun({
      ask: { request, cacheFolder, owner, log: { face: 'console', quiet: true, verbose: false } },
      command: measured.words,
      root: wish.asRoot,
      log: this.#machine.log,
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    this.#running.add(run)
    const heard = heardFrom(run, wish.compareOutput)
    const timer = wish.timeout === null ? undefined : this.#limit(run, wish.timeout)
    try {
      const end = await run.end()
      const measure = measured.result()
      return this.#concluded(candidate, run.outcome, end, { measure, ...heard(), timedOut: timer?.isOver() === true })
    } finally {
      timer?.stop()
      this.#running.delete(run)
    }
  }

  /** The time counts from when the command itself has begun. */
  #limit(run: PrivateRun, seconds: number): { stop: () => void; isOver: () => boolean } {
    let begun: number | undefined
    let over = false
    const look = setInterval(() => {
      if (begun === undefined && run.isStarted) begun = performance.now()
      if (begun === undefined || performance.now() - begun < seconds * 1000) return
      over = true
      run.kill()
    }, 20)
    return { stop: () => clearInterval(look), isOver: () => over }
  }

  #concluded(
    { version, cpu }: Candidate,
    outcome: Outcome | undefined,
    end: RunEnd,
    seen: { measure: Measure | undefined; output: string | null; lastWords: string; timedOut: boolean },
  ): Pick<Trial, 'build' | 'runs' | 'failure'> {
    const build = outcome?.targets.find(({ state }) => state === 'emulated')?.emulator?.build ?? null
    if (end.kind === 'unproven') {
      this.#failure ??= refusalOf(end.outcome)
      return { build, runs: [], failure: unprovenText(end.outcome) }
    }
    const { measure, output, lastWords, timedOut } = seen
    const errno = end.kind === 'unstarted' ? end.errno : (measure?.errno ?? null)
    if (errno !== null) {
      const failure = `the command cannot be executed: ${errnoWords(errno)}`
      this.#failure ??= new SetupError('usage', `${failure} (${printable(this.#wish.file, 200)})`, {
        hint: 'name a program of one of the platforms; a script needs a first line that begins with #!',
      })
      return { build, runs: [], failure }
    }
    if (measure === undefined && !timedOut)
      return {
        build,
        runs: [],
        failure: `the run was ended from outside (${end.kind === 'ended' ? (end.signal ?? end.status) : end.kind})`,
      }
    const nothing = { status: null, signal: null, seconds: this.#wish.timeout ?? 0, cpuSeconds: 0, peakBytes: 0 }
    const { status, signal, seconds, cpuSeconds, peakBytes } = measure ?? nothing
    const run: Run = { status, signal, timedOut, seconds, cpuSeconds, peakBytes, lastWords, output }
    this.#machine.log.info(`QEMU ${labelOf({ version, cpu })}: ${runText(run)}`)
    return { build, runs: [run], failure: null }
  }
}

function runText({ status, signal, timedOut, seconds }: Run): string {
  if (timedOut) return `ended after ${seconds} s`
  return `${signal === null ? `exit status ${status}` : `signal ${signal}`}, ${seconds.toFixed(2)} s`
}

function labelOf({ version, cpu }: Candidate): string {
  return cpu === null ? version : `${version} (${cpu})`
}

function emptyTrial(candidate: Candidate): Trial {
  return {
    label: labelOf(candidate),
    qemuVersion: candidate.version,
    cpu: candidate.cpu,
    build: null,
    runs: [],
    failure: null,
  }
}

function unprovenText({ targets }: Outcome): string {
  const reasons = targets.flatMap(({ platform, findings }) =>
    findings.filter(isFailure).map((finding) => explanation(finding, platform.target.name).reason),
  )
  return reasons.join('; ')
}

/** The error that an emulator which could not be had stands for; undefined where it was had, and what it did was wrong. */
function refusalOf({ targets }: Outcome): SetupError | undefined {
  for (const finding of targets.flatMap(({ findings }) => findings)) {
    if (finding.kind !== 'not-set-up') continue
    const code = setupErrorCodes.find((known) => known === finding.code)
    if (code !== undefined) return new SetupError(code, finding.reason, { hint: finding.hint })
  }
  return undefined
}

/** What a run prints: the hash of standard output, and the last line of standard error, or else of standard output. */
function heardFrom(run: PrivateRun, compareOutput: boolean): () => { output: string | null; lastWords: string } {
  const { stdout, stderr } = run.streams
  const hash = createHash('sha256')
  stdout?.on('data', (chunk: Buffer) => hash.update(chunk))
  const [onStderr, onStdout] = [lastLineOf(stderr), lastLineOf(stdout)]
  return () => ({ output: compareOutput ? hash.digest('hex') : null, lastWords: onStderr() || onStdout() })
}

/** Listens to a stream; the returned function gives the last line that is not blank. */
function lastLineOf(stream: NodeJS.ReadableStream | null): () => string {
  let tail = Buffer.alloc(0)
  stream?.on('data', (chunk: Buffer) => {
    tail = Buffer.concat([tail, chunk.subarray(-4096)]).subarray(-4096)
  })
  return () => tail.toString('utf8').trimEnd().split('\n').at(-1)?.trim() ?? ''
}
