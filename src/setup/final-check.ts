// The last look at the table, after all proofs and just before the outcome is told: what somebody changed meanwhile is not green. An entry of ours
// that is no longer what was proven does not stay.

import { isAlike } from '../core/journal/ownership.js'
import { isSameTable } from '../core/journal/table-identity.js'
import { disabledTable, goneTable } from '../core/machine/table-refusal.js'
import { type StandingEntry, sameEntry } from '../core/model/entry.js'
import { isEmulated, type TargetOutcome } from '../core/outcome/outcome.js'
import { lostSince, type TableNow } from '../core/probe/final-check.js'
import type { JournalWriter } from '../journal/journal-writer.js'
import { binfmtFolder, isEnabled, isMounted, tableByPrecedence } from '../system/binfmt.js'
import { isLive, readJournals } from '../system/journal-file.js'
import type { Log } from '../system/log.js'
import { hereTable } from '../system/table-identity.js'

/** What the look compares with. */
export interface Standing {
  /** Inodes by name of what was in force before the proofs. */
  readonly before: ReadonlyMap<string, number>
  /** There when something was registered, or is shared. */
  readonly writer?: JournalWriter
}

/** What is in force before the proofs: one that is switched on later has not been there for them. */
export function standingNow(): Standing['before'] {
  const inForce = tableByPrecedence().filter(({ enabled }) => enabled)
  return new Map(inForce.map(({ name, inode }) => [name, inode]))
}

/** The outcomes with what is no longer so. Throws node's file system errors; then all of ours is undone. */
export async function finalCheck(
  targets: readonly TargetOutcome[],
  { before, writer }: Standing,
  log: Log,
): Promise<TargetOutcome[]> {
  if (!targets.some(isSeen)) return [...targets]
  try {
    // the kernel's log and other processes have the same clock
    log.detail(`last look at the table, ${seconds()} s after boot`)
    const now = tableNow()
    const looked = targets.map((target) => (isSeen(target) ? judged(target, before, now, writer) : target))
    for (const [at, { state, entry }] of looked.entries())
      if (state === 'failed' && targets[at]?.state !== 'failed' && entry !== null) await writer?.remove(entry)
    if (writer?.journal.entries.length === 0) await writer.undo()
    return looked
  } catch (error) {
    await writer?.undo()
    throw error
  }
}

/** In the clock that stands still for nobody (CLOCK_MONOTONIC), to the microsecond. */
function seconds(): string {
  return (Number(process.hrtime.bigint() / 1000n) / 1e6).toFixed(6)
}

/** Whether a target stands on an entry that can be seen from here. */
function isSeen(target: TargetOutcome): boolean {
  return isEmulated(target) && target.entry !== null
}

function tableNow(): TableNow {
  if (!isMounted()) return { off: goneTable(binfmtFolder), entries: [] }
  return { off: isEnabled() ? undefined : disabledTable(binfmtFolder), entries: tableByPrecedence() }
}

function judged(
  target: TargetOutcome,
  before: Standing['before'],
  now: TableNow,
  writer: JournalWriter | undefined,
): TargetOutcome {
  const { entry, emulator, findings } = target
  if (entry === null) return target
  // registered anew during the proof, it has another inode than before, which our journal knows
  const noted = writer?.journal.entries.find((one) => sameEntry(one, entry))?.inode
  const own = { ...entry, registered: true, emulator: { sha256: emulator?.sha256 ?? '', qemuVersion: null } }
  const isSame = (newer: StandingEntry) =>
    readJournals().journals.some(
      (journal) =>
        isLive(journal) &&
        journal.leaving !== true &&
        isSameTable(journal, hereTable()) &&
        journal.entries.some((one) => sameEntry(one, newer) && isAlike(one, own)),
    )
  const lost = lostSince({ entry, inode: noted ?? before.get(entry.name) }, new Set(before.values()), now, isSame)
  if (lost === undefined) return target
  // what is said of an emulator that is in force is not said of this one
  const others = findings.filter(({ kind }) => kind !== 'known-problem' && kind !== 'own-table')
  return { ...target, state: 'failed', findings: [...others, lost] }
}
