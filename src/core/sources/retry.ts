// When a request that failed is made again, at a mirror of packages or at a registry. Source: RFC 9110, section 10.2.3 (Retry-After); the
// statuses are those that say "later".

/** Statuses after which a second try may help. */
export const retriableStatuses: ReadonlySet<number> = new Set([408, 425, 429, 500, 502, 503, 504])

const tries = 3

/** Bounds of the pauses, in milliseconds. */
export interface Pauses {
  readonly firstPauseMs: number
  readonly longestPauseMs: number
}

/** The pauses of real servers; tests make them small. */
export const usualPauses: Pauses = { firstPauseMs: 1000, longestPauseMs: 60_000 }

/** What a failure says of another try: whether it may help, and how long the server asks to wait before it, in milliseconds. */
export interface Failed {
  readonly message: string
  readonly again: boolean
  readonly afterMs: number | undefined
}

/** How long a `Retry-After` header asks to wait, in milliseconds (`now` since the epoch, too); undefined when it says nothing. */
export function retryAfterMs(header: string | undefined, now: number): number | undefined {
  const words = header?.trim() ?? ''
  if (/^\d{1,9}$/.test(words)) return Number(words) * 1000
  // a date has a weekday and GMT; Date.parse takes much else, too
  const date = /^[A-Z][a-z]+,? .* GMT$/.test(words) ? Date.parse(words) : Number.NaN
  return Number.isNaN(date) ? undefined : Math.max(0, date - now)
}

/**
 * The pause before the next try in milliseconds, after `tried` of them; undefined when there is none: it would not help, after three, or when
 * the server asks to wait longer than the bound.
 */
export function nextPauseMs(
  { again, afterMs }: Pick<Failed, 'again' | 'afterMs'>,
  tried: number,
  pauses: Pauses,
): number | undefined {
  if (!again || tried >= tries) return undefined
  const pause = Math.max(pauses.firstPauseMs * 2 ** (tried - 1), afterMs ?? 0)
  return pause > pauses.longestPauseMs ? undefined : pause
}

/** A failure after which there is no other try, in words: `answered 503, and asks to wait 3600 s (tried 3 times)`. */
export function lastWords({ message, afterMs }: Pick<Failed, 'message' | 'afterMs'>, tried: number): string {
  const later = afterMs === undefined ? '' : `, and asks to wait ${Math.ceil(afterMs / 1000)} s`
  return `${message}${later}${tried === 1 ? '' : ` (tried ${tried} times)`}`
}
