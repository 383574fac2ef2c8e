// How fast GitHub may be asked. Source of truth: https://docs.github.com/en/rest/using-the-rest-api/rate-limits-for-the-rest-api
// ("no more than 80 content-generating requests per minute and no more than 500 per hour", and what an answer of 403 or 429 asks for).

/** How many requests that create something are made in a time; below GitHub's own numbers, because others may create something, too. */
export interface Limit {
  readonly count: number
  readonly milliseconds: number
}

export const githubLimits: readonly Limit[] = [
  { count: 60, milliseconds: 60_000 },
  { count: 450, milliseconds: 3_600_000 },
]

/** Milliseconds to wait before the next thing is created, so that no limit is passed. `created`: when things were created before, in any order. */
export function pauseMs(now: number, created: readonly number[], limits: readonly Limit[] = githubLimits): number {
  const newestFirst = [...created].sort((one, other) => other - one)
  const pauses = limits.map(({ count, milliseconds }) => {
    const last = newestFirst[count - 1]
    return last === undefined ? 0 : last + milliseconds - now
  })
  return Math.max(0, ...pauses)
}

/** An answer that may have to be asked for again. */
export interface Refusal {
  readonly status: number
  /** By lower-case name. */
  readonly headers: Readonly<Record<string, string | undefined>>
  readonly body: string
  /** How many times the request was made. */
  readonly tries: number
}

const mostTries = 6

/**
 * Milliseconds until the request is made again; undefined when it is not, because it would not help. After 403 and 429 that limit the rate it is what
 * `retry-after` or `x-ratelimit-reset` say, else a minute, and twice that each further time; after 5xx one second, then two, and so on.
 */
export function retryMs({ status, headers, body, tries }: Refusal, now: number): number | undefined {
  if (tries >= mostTries) return undefined
  if (status >= 500) return 1000 * 2 ** (tries - 1)
  if (status !== 403 && status !== 429) return undefined
  const seconds = headers['retry-after']
  if (seconds !== undefined && /^\d{1,6}$/.test(seconds)) return Number(seconds) * 1000
  const reset = headers['x-ratelimit-reset']
  if (headers['x-ratelimit-remaining'] === '0' && reset !== undefined && /^\d{1,12}$/.test(reset))
    return Math.max(1000, Number(reset) * 1000 - now)
  // 403 says also that a right is missing
  if (status === 403 && !/rate limit/i.test(body)) return undefined
  return 60_000 * 2 ** (tries - 1)
}
