// Other jobs on the same machine: removing what ended ones left behind, and starting over when a running one takes away what was to be shared or
// registered.

import { inUndoOrder } from '../core/journal/journal.js'
import { ownerWords } from '../core/journal/ownership.js'
import { asSetupError, SetupError } from '../core/model/errors.js'
import type { Plan } from '../core/plan/plan.js'
import { restoredText } from '../core/report/restored-text.js'
import type { Request } from '../core/request/request.js'
import { isLeftBehind, restoreJournal } from '../journal/restore.js'
import { readJournals } from '../system/journal-file.js'
import type { Log } from '../system/log.js'
import type { Machine } from '../system/machine.js'
import { milliseconds } from '../system/process.js'

/** An attempt that failed because of other jobs, and is undone. */
export interface Again {
  readonly kind: 'again'
  /** The conflicting entries of other jobs, in words; empty when it can be repeated at once. */
  readonly waitingFor: readonly string[]
  /** What to throw if it keeps failing. */
  readonly reason?: SetupError
}

/** Attempts that may fail in a row because what was to be shared is gone. */
const mostAttempts = 20
const pauseMs = 1000

/**
 * Repeats `attempt` until it is done. While `isPatient()` (`on-conflict: wait`, until its time is over) an attempt answers with the jobs to wait for
 * instead of failing.
 */
export async function untilDone<Done extends { readonly kind: string }>(
  { onConflict, waitSeconds }: Request,
  log: Log,
  attempt: (isPatient: () => boolean) => Promise<Done | Again>,
): Promise<Done> {
  const end = milliseconds() + waitSeconds * 1000
  let said = ''
  for (let attempts = 1; ; attempts++) {
    const result = await attempt(() => onConflict === 'wait' && milliseconds() < end)
    if (!isAgain(result)) return result
    const { waitingFor, reason } = result
    if (waitingFor.length > 0) {
      attempts = 0
      const text = `waiting for another job: ${waitingFor.join('; ')}`
      if (text !== said) log.info(text)
      said = text
      await new Promise((resolve) => setTimeout(resolve, pauseMs))
    } else if (attempts > mostAttempts)
      throw reason ?? new Error(`other jobs gave up what was to be shared ${attempts} times in a row`)
  }
}

function isAgain(result: { readonly kind: string }): result is Again {
  return result.kind === 'again'
}

/** The conflicts with other jobs, in words. */
export function conflictsOf({ targets }: Plan): string[] {
  return targets.flatMap((target) =>
    target.kind === 'impossible' && target.finding.kind === 'other-job' ? [target.reason] : [],
  )
}

/** Removes what ended jobs left behind. Without root it stays, and the missing rights are reported once they are needed. */
export async function removeLeftBehind(machine: Machine): Promise<void> {
  const left = readJournals().journals.filter(isLeftBehind)
  if (left.length === 0) return
  const root = await machine.root().catch((error: unknown) => asSetupError(error))
  if (root instanceof SetupError)
    return machine.log.detail(`${left.length} journals of ended jobs stay: ${root.message}`)
  for (const journal of inUndoOrder(left)) {
    const restored = await restoreJournal(journal, root, left)
    machine.log.info(`left behind by ${ownerWords(journal.owner)}, which has ended: ${restoredText(restored)}`)
  }
}
