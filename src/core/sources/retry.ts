// When a failed request to a package mirror or a registry is retried. Source: RFC 9110, section 10.2.3 (Retry-After).

/** Statuses that mean "later", after which a retry may help. */
export const retriableStatuses: ReadonlySet<number> = new Set([408, 425, 429, 500, 502, 503, 504])

const maxTries = 3

/** The pause before the first retry, and the longest one, in milliseconds. */
export interface Pauses {
  readonly firstPauseMs: number
  readonly longestPauseMs: number
}

/** The pauses for real servers; tests use shorter ones. */
export const usualPauses: Pauses = { firstPauseMs: 1000, longestPauseMs: 60_000 }

/** A failed request: whether a retry may help, and how long the server asks to wait before it, in milliseconds. */
export interface RequestFailure {
  readonly message: string
  /** What it answered, if it did. */
  readonly status?: number | undefined
  readonly retriable: boolean
  readonly afterMs: number | undefined
}

/** Whether the server asks for patience, and not just for another try. */
export function isAnnounced({ afterMs, status }: RequestFailure): boolean {
  return afterMs !== undefined || status === 429
}

/** How long a `Retry-After` header asks to wait, in milliseconds; undefined without a valid one. `now`: milliseconds since the epoch. */
export function retryAfterMs(header: string | undefined, now: number): number | undefined {
  const value = header?.trim() ?? ''
  if (/^\d{1,9}$/.test(value)) return Number(value) * 1000
  // an HTTP date has a weekday and GMT; Date.parse accepts much more
  const date = /^[A-Z][a-z]+,? .* GMT$/.test(value) ? Date.parse(value) : Number.NaN
  return Number.isNaN(date) ? undefined : Math.max(0, date - now)
}

/**
 * The pause before the next try, in milliseconds; undefined when there is to be none: because it would not help, because this was the third, or
 * because the server asks to wait longer than the longest pause.
 */
export function nextPauseMs(
  { retriable, afterMs }: Pick<RequestFailure, 'retriable' | 'afterMs'>,
  tries: number,
  pauses: Pauses,
): number | undefined {
  if (!retriable || tries >= maxTries) return undefined
  const pause = Math.max(pauses.firstPauseMs * 2 ** (tries - 1), afterMs ?? 0)
  return pause > pauses.longestPauseMs ? undefined : pause
}

/** A failure that is not retried, in words: `answered 503, and asks to wait 3600 s (tried 3 times)`. */
export function failureText({ message, afterMs }: Pick<RequestFailure, 'message' | 'afterMs'>, tries: number): string {
  const later = afterMs === undefined ? '' : `, and asks to wait ${Math.ceil(afterMs / 1000)} s`
  return `${message}${later}${tries === 1 ? '' : ` (tried ${tries} times)`}`
}
