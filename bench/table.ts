// How docs/benchmarks.md writes numbers: words for seconds, bytes and ratios, the rows of its tables, and what is wanted.
import { median, type Ratio, ratio, type Series, type Side } from './series.js'

/** What the project wants to hold: at most `aim`, a ratio, or seconds where `unit` says so. */
export interface Aim {
  readonly name: string
  readonly aim: number
  readonly found: Ratio
  readonly unit?: ' s'
}

/** Words for seconds. */
export const ms = (seconds: number) => `${(seconds * 1000).toFixed(0)} ms`
export const milliseconds = (seconds: number) => `${(seconds * 1000).toFixed(1)} ms`
export const short = (seconds: number) => (seconds < 1 ? ms(seconds) : `${seconds.toFixed(1)} s`)
/** The lowest and the highest round. */
export const spread = ({ rounds }: Series, words = short) =>
  `${words(Math.min(...rounds))} to ${words(Math.max(...rounds))}`
/** A ratio. */
export const digits = (value: number) => value.toFixed(value < 0.1 ? 3 : 2)
/** A ratio's median, lowest and highest. */
export const times = ({ median: middle, low, high }: Ratio) => `${digits(middle)} (${digits(low)} to ${digits(high)})`

/** Words for bytes. */
export function sizeOf(bytes: number): string {
  if (bytes === 0) return 'none'
  return bytes < 100_000 ? `${(bytes / 1e3).toFixed(1)} kB` : `${(bytes / 1e6).toFixed(1)} MB`
}

/** Peak memory. */
export const memoryOf = ({ memory }: Side) => `${(median(memory.rounds) / 1e6).toFixed(0)} MB`

/** One row: bytes, seconds, CPU seconds, memory, and the ratios to `other`. */
export function row(name: string, side: Side, other: Side): string {
  const { bytes, seconds, cpu } = side
  const isOther = side === other
  const cells = [
    name,
    sizeOf(bytes),
    short(median(seconds.rounds)),
    spread(seconds),
    short(median(cpu.rounds)),
    memoryOf(side),
    isOther ? '1' : times(ratio(seconds, other.seconds)),
    isOther ? '1' : digits(ratio(cpu, other.cpu).median),
  ]
  return `| ${cells.join(' | ')} |`
}

/** The columns of `row`. */
export const head = `| | bytes | time | spread | CPU time | peak memory | ratio of times | of CPU times |
| --- | --- | --- | --- | --- | --- | --- | --- |`
