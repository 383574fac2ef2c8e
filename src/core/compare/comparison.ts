// Results of one command under several emulators, and the verdict in words.

/** One run of the command. */
export interface TrialRun {
  /** Exit status; null when a signal or the time limit ended it. */
  readonly status: number | null
  readonly signal: string | null
  readonly timedOut: boolean
  readonly seconds: number
  /** User and system time of the command and the children it waited for. */
  readonly cpuSeconds: number
  /** Of its largest process, with the emulator. */
  readonly peakBytes: number
  /** The last line on standard error, or without one that on standard output. */
  readonly lastWords: string
  /** SHA-256 of standard output; null where output is not compared. */
  readonly output: string | null
}

/** An emulator and all runs under it; no runs, and the reason, where it could not be set up. */
export interface Trial {
  /** `7.2.22`, or with a CPU model `7.2.22 (cortex-a72)`. */
  readonly label: string
  readonly qemuVersion: string
  readonly build: string | null
  readonly cpu: string | null
  readonly runs: readonly TrialRun[]
  readonly failure: string | null
}

/** How runs ended: `exit status 1`, `signal SIGSEGV`, `ended after 10 s`. */
function endText({ status, signal, timedOut, seconds }: TrialRun): string {
  if (timedOut) return `ended after ${seconds.toFixed(0)} s`
  return signal === null ? `exit status ${status}` : `signal ${signal}`
}

/** A run's result without its times: equal texts are equal results. */
function resultOf(run: TrialRun): string {
  return run.timedOut ? 'ended after too long a time' : endText(run)
}

function isGood({ status, timedOut }: TrialRun): boolean {
  return status === 0 && !timedOut
}

type Behaviour = 'works' | 'fails' | 'varies' | 'not set up'

/** What a command does under an emulator, over all its runs. */
export function behaviourOf({ runs, failure }: Trial): Behaviour {
  if (failure !== null) return 'not set up'
  const good = runs.filter(isGood).length
  if (good === runs.length) return 'works'
  return good === 0 ? 'fails' : 'varies'
}

/** The distinct results of a trial, and how often each occurred: `exit status 0 (3 times), signal SIGSEGV (2 times)`. */
export function resultsText({ runs, failure }: Trial): string {
  if (failure !== null) return 'not set up'
  const counts = new Map<string, number>()
  for (const run of runs) counts.set(resultOf(run), (counts.get(resultOf(run)) ?? 0) + 1)
  if (counts.size === 1) return [...counts.keys()][0] ?? ''
  return [...counts].map(([result, times]) => `${result} (${times} of ${runs.length})`).join(', ')
}

export interface ComparisonVerdict {
  /** Whether all trials have the same result. */
  readonly agree: boolean
  /** `fails under 7.2.22, works from 10.0.2`. */
  readonly sentence: string
  /** The first trial from which on all work, where an earlier one does not; else null. */
  readonly firstGood: string | null
}

/** The verdict on trials, from the oldest to the newest; `ordered`: whether "from" and "up to" mean something for them. */
export function verdictOf(trials: readonly Trial[], ordered: boolean): ComparisonVerdict {
  const behaviours = trials.map(behaviourOf)
  const results = new Set(trials.map((trial) => resultsText(trial)))
  const differing = differingOutputs(trials)
  const agree =
    results.size === 1 &&
    !behaviours.includes('varies') &&
    differing === undefined &&
    results.has('not set up') === false
  const firstGood = firstGoodOf(trials, behaviours, ordered)
  const [first] = trials
  if (first === undefined) return { agree: true, sentence: 'nothing was run', firstGood }
  if (results.size === 1 && behaviours[0] === 'works')
    return {
      agree,
      sentence: `works under ${everyText(trials)}${differing === undefined ? '' : `, but ${differing}`}`,
      firstGood,
    }
  if (results.size === 1 && behaviours[0] === 'fails')
    return {
      agree,
      sentence: `fails ${trials.length === 1 ? '' : 'the same way '}under ${everyText(trials)}: ${resultsText(first)}`,
      firstGood,
    }
  return { agree, sentence: partsText(trials, behaviours, ordered, differing), firstGood }
}

function everyText(trials: readonly Trial[]): string {
  if (trials.length === 1) return trials[0]?.label ?? ''
  return trials.length === 2 ? 'both' : `all ${trials.length}`
}

function firstGoodOf(trials: readonly Trial[], behaviours: readonly Behaviour[], ordered: boolean): string | null {
  // one that could not be set up says nothing
  if (!ordered || behaviours.findLast((behaviour) => behaviour !== 'not set up') !== 'works') return null
  const bad = behaviours.findLastIndex((behaviour) => behaviour === 'fails' || behaviour === 'varies')
  return bad < 0 ? null : (trials.find((_, at) => at > bad && behaviours[at] === 'works')?.label ?? null)
}

function partsText(
  trials: readonly Trial[],
  behaviours: readonly Behaviour[],
  ordered: boolean,
  differing: string | undefined,
): string {
  const named = (behaviour: Behaviour) => trials.filter((_, at) => behaviours[at] === behaviour)
  const good = named('works')
  const ran = behaviours.filter((behaviour) => behaviour !== 'not set up')
  const change = ran.filter((behaviour, at) => at > 0 && behaviour !== ran[at - 1]).length
  const isSplit = ordered && change === 1 && good.length > 0
  const rising = ran.at(-1) === 'works'
  const works =
    good.length === 0
      ? []
      : [
          `works ${isSplit ? (rising ? `from ${good[0]?.label}` : `up to ${good.at(-1)?.label}`) : `under ${labels(good)}`}`,
        ]
  const others = (['fails', 'varies'] as const).flatMap((behaviour) => {
    const list = named(behaviour)
    if (list.length === 0) return []
    const results = [...new Set(list.map(resultsText))]
    const from = isSplit && !rising ? `from ${list[0]?.label}` : `under ${labels(list)}`
    return [`${behaviour === 'fails' ? 'fails' : 'fails at times'} ${from} (${results.join('; ')})`]
  })
  const parts = rising || !isSplit ? [...others, ...works] : [...works, ...others]
  const lost = labels(named('not set up'))
  const rest = [
    ...(differing === undefined ? [] : [differing]),
    ...(lost === '' ? [] : [`could not be set up: ${lost}`]),
  ]
  return [...parts, ...rest].join(', ')
}

function labels(trials: readonly Trial[]): string {
  const names = trials.map(({ label }) => label)
  return names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`
}

/**
 * Which working trials print something different, in words; undefined where none does, or where output varies from run to run under one emulator and so
 * says nothing.
 */
function differingOutputs(trials: readonly Trial[]): string | undefined {
  const working = trials.filter((trial) => behaviourOf(trial) === 'works')
  const outputs = working.map(({ runs }) => new Set(runs.map(({ output }) => output)))
  if (outputs.some((set) => set.size > 1 || set.has(null))) return undefined
  const firsts = outputs.map((set) => [...set][0])
  const newest = firsts.at(-1)
  const others = working.filter((_, at) => firsts[at] !== newest)
  if (others.length === 0) return undefined
  return `prints something else under ${labels(others)} than under ${working.at(-1)?.label}`
}

export interface Spread {
  readonly median: number
  readonly least: number
  readonly most: number
}

/** Median, least and most of some numbers. */
export function spreadOf(numbers: readonly number[]): Spread {
  const sorted = [...numbers].sort((a, b) => a - b)
  const middle = (sorted.length - 1) / 2
  const median = ((sorted[Math.floor(middle)] ?? 0) + (sorted[Math.ceil(middle)] ?? 0)) / 2
  return { median, least: sorted[0] ?? 0, most: sorted.at(-1) ?? 0 }
}

/**
 * Which working trial is fastest by processor time, in words. A difference counts only where all runs of one trial are slower than all of the other.
 * Undefined with fewer than two such trials, or fewer than three runs each.
 */
export function fastestText(trials: readonly Trial[]): string | undefined {
  const timed = trials
    .filter((trial) => behaviourOf(trial) === 'works' && trial.runs.length >= 3)
    .map(({ label, runs }) => ({ label, ...spreadOf(runs.map(({ cpuSeconds }) => cpuSeconds)) }))
    .sort((a, b) => a.median - b.median)
  const [first, ...others] = timed
  if (first === undefined || others.length === 0) return undefined
  const alike = others.filter(({ least }) => least <= first.most)
  const slower = others.filter(({ least }) => least > first.most)
  const range = `${first.median.toFixed(2)} s, ${first.least.toFixed(2)} to ${first.most.toFixed(2)}`
  const tied =
    alike.length === 0 ? '' : `; no difference beyond the spread to ${alike.map(({ label }) => label).join(', ')}`
  if (slower.length === 0)
    return `processor time: no difference beyond the spread among ${timed.map(({ label }) => label).join(', ')}`
  const factors = slower.map(
    ({ label, median }) => `${(median / first.median).toFixed(1)} times as much under ${label}`,
  )
  return `processor time: least under ${first.label} (${range})${tied}; ${factors.join(', ')}`
}
