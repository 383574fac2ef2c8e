// The arithmetic of the benchmark: medians of rounds, and ratios taken within each round.

/** Numbers of one command, one a round, in the rounds' order; `runs`: how many runs are behind them. */
export interface Series {
  readonly rounds: readonly number[]
  readonly runs: number
}

/** Seconds on the clock and of CPU, and the bytes that the largest process had in memory at its peak. */
export interface Times {
  readonly seconds: Series
  readonly cpu: Series
  readonly memory: Series
}

/** What one side of a comparison took. */
export interface Side extends Times {
  readonly name: string
  /** Bytes that came over the network. */
  readonly bytes: number
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  const middle = sorted.length / 2
  return sorted.length % 2 === 1
    ? (sorted[Math.floor(middle)] ?? 0)
    : ((sorted[middle - 1] ?? 0) + (sorted[middle] ?? 0)) / 2
}

/** From the values of all runs, round by round: the median of each round. */
export function seriesOf(values: readonly (readonly number[])[]): Series {
  return { rounds: values.map(median), runs: values.flat().length }
}

/** One after the other: the sum, round by round. */
export function sum(one: Series, other: Series): Series {
  return { rounds: one.rounds.map((value, at) => value + (other.rounds[at] ?? Number.NaN)), runs: one.runs }
}

/** Of the rounds' ratios or differences. */
export interface Ratio {
  readonly median: number
  readonly low: number
  readonly high: number
}

/** How many times as much `one` takes as `other`: taken in each round, so that both met the same load; median, lowest and highest. */
export function ratio(one: Series, other: Series): Ratio {
  return summary(one.rounds.map((value, at) => value / (other.rounds[at] ?? Number.NaN)))
}

/** How much more `one` takes than `other`, taken in each round. */
export function difference(one: Series, other: Series): Ratio {
  return summary(one.rounds.map((value, at) => value - (other.rounds[at] ?? Number.NaN)))
}

const summary = (all: readonly number[]): Ratio => {
  return { median: median(all), low: Math.min(...all), high: Math.max(...all) }
}
