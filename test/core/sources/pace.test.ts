import { describe, expect, it } from 'vitest'
import { type Arrival, isSlow, recentArrivals } from '../../../src/core/sources/pace.js'

/** Arrivals from seconds of waiting and kilobytes. */
const of = (...rows: [seconds: number, kilobytes: number][]): Arrival[] =>
  rows.map(([seconds, kilobytes]) => ({ waitedMs: seconds * 1000, bytes: kilobytes * 1000 }))

describe('a place', () => {
  it.each<[string, Arrival[], boolean]>([
    ['that was not waited for', [], false],
    ['that was just asked', of([0, 0]), false],
    ['without a byte for less than three seconds', of([0, 0], [2.9, 0]), false],
    ['without a byte for three seconds', of([0, 0], [3, 0]), true],
    ['whose first byte came late', of([0, 0], [2.9, 0], [3.1, 1]), false],
    ['that trickles since its late first byte, for less than three seconds', of([2.9, 0], [3, 1], [5.9, 5]), false],
    ['that trickles since then', of([2.9, 0], [3, 1], [6, 5]), true],
    ['with a little less than 100 kB a second', of([1, 1], [4, 300]), true],
    ['with 100 kB a second', of([1, 1], [4, 301]), false],
    ['that was fast and has stopped', of([1, 1], [2, 9000], [5, 9000]), true],
    ['that was slow and is not any more', of([1, 1], [4, 2], [5, 900]), false],
    ['that has stopped for less than three seconds', of([1, 1], [2, 9000], [4.9, 9000]), false],
    // our decoder had much to do
    ['for which nobody waits', of([1, 1], [1, 1], [1, 1]), false],
  ])('%s', (_, arrivals, slow) => {
    expect(isSlow(arrivals)).toBe(slow)
    expect(isSlow(recentArrivals(arrivals))).toBe(slow)
  })

  it('is remembered no longer than needed', () => {
    const all = of([1, 1], [2, 2], [3, 3], [6.5, 4], [7, 5])
    expect(recentArrivals(all)).toEqual(all.slice(2))
    expect(recentArrivals([])).toEqual([])
  })
})
