import { describe, expect, it } from 'vitest'
import { githubLimits, pauseMs, retryMs } from '../../../../scripts/release/publish/pacing.js'

const now = 10_000_000
const times = (count: number, from: number, step: number) => Array.from({ length: count }, (_, at) => from + at * step)

describe('pauseMs', () => {
  it.each([
    ['nothing was created', [], 0],
    ['59 in this minute', times(59, now - 59_000, 1000), 0],
    ['60 in this minute, the first 30 seconds ago', times(60, now - 30_000, 100), 30_000],
    ['60 a minute ago', times(60, now - 90_000, 100), 0],
    ['450 in this hour, the first 50 minutes ago', times(450, now - 3_000_000, 2000), 600_000],
    ['449 in this hour', times(449, now - 3_000_000, 2000), 0],
    ['in any order', times(60, now - 30_000, 100).reverse(), 30_000],
  ])('%s', (_, created, pause) => {
    expect(pauseMs(now, created)).toBe(pause)
  })

  it('never passes a limit, and stays below those of GitHub', () => {
    const created: number[] = []
    for (let time = 0; created.length < 1000; ) {
      time += pauseMs(time, created)
      created.push(time)
      time += 100
    }
    const most = (span: number) =>
      Math.max(...created.map((end) => created.filter((at) => at > end - span && at <= end).length))
    expect(most(60_000)).toBeLessThanOrEqual(80)
    expect(most(3_600_000)).toBeLessThanOrEqual(500)
    expect(githubLimits.map(({ count }) => count)).toEqual([60, 450])
  })
})

describe('retryMs', () => {
  const refusal = (status: number, headers: Record<string, string> = {}, body = '', tries = 1) =>
    retryMs({ status, headers, body, tries }, 1_700_000_000_000)
  it.each([
    ['404', refusal(404), undefined],
    ['422', refusal(422, { 'retry-after': '1' }), undefined],
    ['a right that is missing', refusal(403, {}, 'Resource not accessible by integration'), undefined],
    ['403 with retry-after', refusal(403, { 'retry-after': '7' }), 7000],
    ['429 with retry-after', refusal(429, { 'retry-after': '0' }), 0],
    ['429 with a date', refusal(429, { 'retry-after': 'Wed, 21 Oct 2026 07:28:00 GMT' }), 60_000],
    ['the hour is used up', refusal(403, { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': '1700000090' }), 90_000],
    ['a reset that has passed', refusal(429, { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': '1' }), 1000],
    [
      'a reset that is not meant',
      refusal(429, { 'x-ratelimit-remaining': '9', 'x-ratelimit-reset': '1700000090' }),
      60_000,
    ],
    ['a secondary limit', refusal(403, {}, 'You have exceeded a secondary rate limit.', 3), 240_000],
    ['502', refusal(502), 1000],
    ['503, the third time', refusal(503, {}, '', 3), 4000],
    ['502, the last time', refusal(502, {}, '', 6), undefined],
  ])('%s', (_, pause, expected) => {
    expect(pause).toBe(expected)
  })
})
