// Other jobs beside a set-up: what those left behind that have ended, and starting over when one takes away what was to be shared or registered.

import { inUndoOrder } from '../core/journal/journal.js'
import { ownerWords } from '../core/journal/ownership.js'
import { asSetupError, SetupError } from '../core/model/errors.js'
import type { Plan } from '../core/plan/plan.js'
import { restoredText } from '../core/report/report.js'
import type { Request } from '../core/request/request.js'
import { isLeftBehind, restoreJournal } from '../journal/restore.js'
import { readJournals } from '../system/journal-file.js'
import type { Log } from '../system/log.js'
import type { Machine } from '../system/machine.js'

/** An attempt that came to nothing, and of which nothing is left. */
export interface Again {
  readonly kind: 'again'
  /** In words, the entries of other jobs that stand in the way; empty when it can be tried at once. */
  readonly waitingFor: readonly string[]
  /** What to throw when it goes on like this. */
  readonly reason?: SetupError
}

/** How often what was to be shared may be given up before the set-up does. */
const mostAttempts = 20
const pauseMs = 1000

/**
 * Repeats `attempt` until it is done. `isPatient`: whether it is to answer with the jobs that it waits for, as `on-conflict: wait` says until
 * its time is over.
 */
export async function untilDone<Done extends { readonly kind: string }>(
  { onConflict, waitSeconds }: Request,
  log: Log,
  attempt: (isPatient: () => boolean) => Promise<Done | Again>,
): Promise<Done> {
  const end = performance.now() + waitSeconds * 1000
  let said = ''
  for (let attempts = 1; ; attempts++) {
    const result = await attempt(() => onConflict === 'wait' && performance.now() < end)
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

/** The targets that other jobs use, in words. */
export function conflictsOf({ targets }: Plan): string[] {
  return targets.flatMap((target) =>
    target.kind === 'impossible' && target.finding.kind === 'other-job' ? [target.reason] : [],
  )
}

/** Removes what jobs left behind that have ended. Where we lack the rights it stays, and is told of when somebody needs them. */
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
