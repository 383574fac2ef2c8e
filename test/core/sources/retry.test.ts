import { describe, expect, it } from 'vitest'
import { failureText, nextPauseMs, retryAfterMs } from '../../../src/core/sources/retry.js'

describe('Retry-After', () => {
  const now = Date.parse('2026-01-01T00:00:00Z')
  it.each([
    ['5', 5000],
    ['0', 0],
    ['Thu, 01 Jan 2026 00:00:07 GMT', 7000],
    ['Wed, 31 Dec 2025 00:00:00 GMT', 0],
    ['-1', undefined],
    ['1e3', undefined],
    ['soon', undefined],
    ['2026', 2_026_000],
    ['', undefined],
    [undefined, undefined],
  ])('%j means %s ms', (header, expected) => expect(retryAfterMs(header, now)).toBe(expected))

  const pauses = { firstPauseMs: 1000, longestPauseMs: 60_000 }
  it.each([
    [1, undefined, 1000],
    [2, undefined, 2000],
    [3, undefined, undefined],
    [1, 30_000, 30_000],
    [1, 10, 1000],
    [1, 60_001, undefined],
    [3, 10, undefined],
  ])('after %s tries and %s ms asked for the pause is %s', (tries, asked, expected) => {
    expect(nextPauseMs({ retriable: true, afterMs: asked }, tries, pauses)).toBe(expected)
  })

  it('there is no pause where another try would not help', () => {
    expect(nextPauseMs({ retriable: false, afterMs: 10 }, 1, pauses)).toBeUndefined()
  })

  it.each([
    [1, undefined, 'answered 503'],
    [3, undefined, 'answered 503 (tried 3 times)'],
    [1, 3_600_000, 'answered 503, and asks to wait 3600 s'],
  ])('the last words after %s tries, %s ms asked for, are %s', (tries, afterMs, expected) => {
    expect(failureText({ message: 'answered 503', afterMs }, tries)).toBe(expected)
  })
})
