// Runs one command under several emulators, each in a private scope of its own.
import { createHash } from 'node:crypto'
import { availableParallelism } from 'node:os'
import { bisectionStep } from '../core/compare/bisection.js'
import type { CompareRequest } from '../core/compare/compare-request.js'
import { behaviourOf, type Trial, type TrialRun, verdictOf } from '../core/compare/comparison.js'
import type { Comparison } from '../core/compare/comparison-text.js'
import { asSetupError, errorAgain, SetupError, setupErrorCodes } from '../core/model/errors.js'
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
import { onSignal } from '../system/on-signal.js'
import { type Measure, Measurer } from './measurer.js'

/** What is compared, and how. */
export interface CompareOptions extends CompareRequest {
  readonly asRoot: boolean
  /** How to set up, in a private scope; version and CPU model are the variant's. */
  readonly inputs: RequestInputs
  /** The command: its file, already found, and its arguments with argv[0]. */
  readonly file: string
  readonly argv: readonly string[]
}

/** One emulator that the command runs under. */
interface Variant {
  readonly version: string
  readonly cpu: string | null
}

/** Runs the command under all emulators. Throws `no-namespace` and `probe-unrunnable`, and when no emulator could be set up the reason of the first. */
export async function compare(options: CompareOptions, machine: Machine): Promise<Comparison> {
  await sweepLeftovers(machine.cacheFolder)
  const measurer = new Measurer(machine.measurer, temporaryParents(machine.cacheFolder))
  const runner = new TrialRunner(options, machine, measurer)
  const stop = onSignal(() => {
    runner.end()
    measurer.close()
  })
  try {
    const cpus = options.cpus.length === 0 ? [null] : options.cpus
    const variants = options.versions.flatMap((version) => cpus.map((cpu) => ({ version, cpu })))
    const { trials, found } = options.bisect
      ? await bisected(options.versions, runner)
      : { trials: await runner.all(variants), found: null }
    const verdict = verdictOf(trials, options.cpus.length < 2)
    return { command: options.argv, trials, verdict, found, parallel: options.parallel, expect: options.expect }
  } finally {
    stop()
    // when one run could not even start, others may still be going
    runner.end()
    measurer.close()
  }
}

async function bisected(
  versions: readonly string[],
  runner: TrialRunner,
): Promise<Pick<Comparison, 'trials' | 'found'>> {
  const known = new Map<string, boolean>()
  const trials = new Map<string, Trial>()
  for (;;) {
    const step = bisectionStep(versions, known)
    if (step.kind === 'found') return { trials: versions.flatMap((version) => trials.get(version) ?? []), found: step }
    const [trial] = await runner.all([{ version: step.version, cpu: null }])
    if (trial === undefined || behaviourOf(trial) === 'not set up')
      throw new SetupError('internal', `QEMU ${step.version} could not be set up: ${trial?.failure}`, {
        hint: 'name the versions with --qemu and leave this one out',
      })
    trials.set(step.version, trial)
    known.set(step.version, behaviourOf(trial) === 'works')
  }
}

/** Runs the command under one emulator after the other, or under several at once. */
class TrialRunner {
  readonly #options: CompareOptions
  readonly #machine: Machine
  readonly #measurer: Measurer
  readonly #running = new Set<PrivateRun>()
  #failure: SetupError | undefined

  constructor(options: CompareOptions, machine: Machine, measurer: Measurer) {
    this.#options = options
    this.#machine = machine
    this.#measurer = measurer
  }

  /** Kills every run that is still going. */
  end(): void {
    for (const run of this.#running) run.kill()
  }

  /** Runs all variants in turn, `repeat` times, so that other load on the machine affects all of them alike. */
  async all(variants: readonly Variant[]): Promise<Trial[]> {
    const { repeat, parallel } = this.#options
    const trials = variants.map((variant): Trial => emptyTrial(variant))
    const turns = Array.from({ length: repeat }, () => variants.keys())
      .flatMap((keys) => [...keys])
      .values()
    const worker = async () => {
      for (const at of turns) {
        const trial = trials[at]
        if (trial === undefined || trial.failure !== null) continue
        const more = await this.#runOnce(variants[at] as Variant)
        const now = trials[at] as Trial
        trials[at] = { ...now, ...more, runs: [...now.runs, ...more.runs] }
      }
    }
    await Promise.all(Array.from({ length: parallel ? availableParallelism() : 1 }, worker))
    // where nothing could be set up, the reason is the answer
    if (trials.every(({ failure }) => failure !== null) && this.#failure !== undefined) throw this.#failure
    return trials
  }

  async #runOnce(variant: Variant): Promise<Pick<Trial, 'build' | 'runs' | 'failure'>> {
    const inputs = { ...this.#options.inputs, qemuVersion: variant.version, cpu: variant.cpu ?? '' }
    try {
      const request = parseRequest(inputs, this.#machine.catalog, this.#machine.host, provable)
      return await this.#run(variant, request)
    } catch (thrown) {
      const error = asSetupError(thrown)
      this.#failure ??= error
      return { build: null, runs: [], failure: error.message }
    }
  }

  async #run(variant: Variant, request: Request): Promise<Pick<Trial, 'build' | 'runs' | 'failure'>> {
    const options = this.#options
    const measured = this.#measurer.measured(options.file, options.argv)
    const { cacheFolder, owner, links } = this.#machine
    const run = new PrivateRun({
      task: { request, cacheFolder, owner, links, log: { face: 'console', quiet: true, verbose: false } },
      command: measured.words,
      root: options.asRoot,
      log: this.#machine.log,
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    this.#running.add(run)
    const output = outputOf(run, options.compareOutput)
    const timer = options.timeout === null ? undefined : this.#limit(run, options.timeout)
    try {
      const end = await run.end()
      const measure = measured.result()
      return this.#resultOf(variant, run.outcome, end, { measure, ...output(), timedOut: timer?.isOver() === true })
    } finally {
      timer?.stop()
      this.#running.delete(run)
    }
  }

  /** Kills a run after its time limit, which counts from the start of the command itself. */
  #limit(run: PrivateRun, seconds: number): { stop: () => void; isOver: () => boolean } {
    let startedAt: number | undefined
    let over = false
    const look = setInterval(() => {
      if (startedAt === undefined && run.isStarted) startedAt = performance.now()
      if (startedAt === undefined || performance.now() - startedAt < seconds * 1000) return
      over = true
      run.kill()
    }, 20)
    return { stop: () => clearInterval(look), isOver: () => over }
  }

  #resultOf(
    { version, cpu }: Variant,
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
      this.#failure ??= new SetupError('usage', `${failure} (${printable(this.#options.file, 200)})`, {
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
    const nothing = { status: null, signal: null, seconds: this.#options.timeout ?? 0, cpuSeconds: 0, peakBytes: 0 }
    const { status, signal, seconds, cpuSeconds, peakBytes } = measure ?? nothing
    const run: TrialRun = { status, signal, timedOut, seconds, cpuSeconds, peakBytes, lastWords, output }
    this.#machine.log.info(`QEMU ${labelOf({ version, cpu })}: ${runText(run)}`)
    return { build, runs: [run], failure: null }
  }
}

function runText({ status, signal, timedOut, seconds }: TrialRun): string {
  if (timedOut) return `ended after ${seconds} s`
  return `${signal === null ? `exit status ${status}` : `signal ${signal}`}, ${seconds.toFixed(2)} s`
}

function labelOf({ version, cpu }: Variant): string {
  return cpu === null ? version : `${version} (${cpu})`
}

function emptyTrial(variant: Variant): Trial {
  return {
    label: labelOf(variant),
    qemuVersion: variant.version,
    cpu: variant.cpu,
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

/** The error for which an emulator was not set up; undefined where it was, and what it did was wrong. */
function refusalOf({ targets }: Outcome): SetupError | undefined {
  for (const finding of targets.flatMap(({ findings }) => findings)) {
    if (finding.kind !== 'not-set-up') continue
    const code = setupErrorCodes.find((known) => known === finding.code)
    if (code !== undefined) return errorAgain(code, finding.reason, finding.hint)
  }
  return undefined
}

/** Listens to a run; the returned function gives the hash of standard output, and the last line of standard error, or without one of standard output. */
function outputOf(run: PrivateRun, compareOutput: boolean): () => { output: string | null; lastWords: string } {
  const { stdout, stderr } = run.streams
  const hash = createHash('sha256')
  stdout?.on('data', (chunk: Buffer) => hash.update(chunk))
  const [onStderr, onStdout] = [lastLineOf(stderr), lastLineOf(stdout)]
  return () => ({ output: compareOutput ? hash.digest('hex') : null, lastWords: onStderr() || onStdout() })
}

/** Listens to a stream; the returned function gives its last line that is not blank. */
function lastLineOf(stream: NodeJS.ReadableStream | null): () => string {
  let tail = Buffer.alloc(0)
  stream?.on('data', (chunk: Buffer) => {
    tail = Buffer.concat([tail, chunk.subarray(-4096)]).subarray(-4096)
  })
  return () => tail.toString('utf8').trimEnd().split('\n').at(-1)?.trim() ?? ''
}
