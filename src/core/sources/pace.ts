// When a place on the network is slow. What our own decoder and disk need does not count, nor the pauses between
// retries.

/** How long a place may send nothing or too little until it is slow, in milliseconds of waiting for it. */
export const slowAfterMs = 3000

/** Bytes a second below which a place is slow. */
export const slowRate = 100_000

/** What had arrived from a place when it had been waited for so long, in milliseconds. */
export interface Arrival {
  readonly waitedMs: number
  readonly bytes: number
}

/**
 * Whether a place is slow: no first byte for three seconds, or from then on less than 100 kB a second over the last three. `arrivals`: what it looked like at
 * several times, the oldest first, the last one now.
 */
export function isSlow(arrivals: readonly Arrival[]): boolean {
  const now = arrivals.at(-1)
  if (now === undefined) return false
  if (now.bytes === 0) return now.waitedMs >= slowAfterMs
  const before = arrivals.findLast(({ waitedMs }) => now.waitedMs - waitedMs >= slowAfterMs)
  if (before === undefined || before.bytes === 0) return false
  return now.bytes - before.bytes < (slowRate * (now.waitedMs - before.waitedMs)) / 1000
}

/** What has arrived, in words: `no byte in 3 s`, `120 kB in 4 s`. */
export function arrivalText({ waitedMs, bytes }: Arrival): string {
  return `${bytes === 0 ? 'no byte' : `${Math.round(bytes / 1000)} kB`} in ${Math.round(waitedMs / 1000)} s`
}

/** Those of the arrivals that `isSlow` can still need: the last ones, back to three seconds ago. */
export function recentArrivals(arrivals: readonly Arrival[]): Arrival[] {
  const now = arrivals.at(-1)?.waitedMs ?? 0
  const from = arrivals.findLastIndex(({ waitedMs }) => now - waitedMs >= slowAfterMs)
  return arrivals.slice(Math.max(0, from))
}
