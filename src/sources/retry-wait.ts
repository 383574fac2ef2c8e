// The time between two tries of a request, as the rule in core/sources/retry.ts has it, for packages and images alike.
import { type Failed, nextPauseMs, type Pauses } from '../core/sources/retry.js'

/** Waits before the next try, after `tried` of them, and says so; false, at once, when there is none. */
export async function pausedFor(
  failed: Failed,
  tried: number,
  pauses: Pauses,
  say: (line: string) => void,
): Promise<boolean> {
  const pause = nextPauseMs(failed, tried, pauses)
  if (pause === undefined) return false
  say(`${failed.message}; trying again in ${pause / 1000} s`)
  await new Promise((resolve) => setTimeout(resolve, pause))
  return true
}
