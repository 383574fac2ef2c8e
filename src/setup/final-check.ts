// The last look at the table, after all proofs and just before the outcome is reported: what another process changed in between is not green. An
// entry of ours that is no longer what was proven is removed.

import { isAlike } from '../core/journal/ownership.js'
import { isSameTable } from '../core/journal/table-identity.js'
import { disabledTable, goneTable } from '../core/machine/table-refusal.js'
import { type StandingEntry, sameEntry } from '../core/model/entry.js'
import { isEmulated, type TargetOutcome } from '../core/outcome/outcome.js'
import { changeSince, type TableNow } from '../core/probe/final-check.js'
import type { JournalWriter } from '../journal/journal-writer.js'
import { binfmtFolder, isEnabled, isMounted, tableByPrecedence } from '../system/binfmt.js'
import { isHolding, readJournals } from '../system/journal-file.js'
import type { Log } from '../system/log.js'
import { hereTable } from '../system/table-identity.js'

/** What the last look compares with. */
export interface Standing {
  /** The inodes of the entries in force before the proofs, by name. */
  readonly before: ReadonlyMap<string, number>
  /** Only when something was registered or is shared. */
  readonly writer?: JournalWriter
}

/** The entries in force before the proofs; one that is enabled later was not part of them. */
export function standingNow(): Standing['before'] {
  const inForce = tableByPrecedence().filter(({ enabled }) => enabled)
  return new Map(inForce.map(({ name, inode }) => [name, inode]))
}

/** The outcomes, with what changed since. Throws node's file system errors, after everything of ours is undone. */
export async function finalCheck(
  targets: readonly TargetOutcome[],
  { before, writer }: Standing,
  log: Log,
): Promise<TargetOutcome[]> {
  if (!targets.some(isSeen)) return [...targets]
  try {
    // the clock of the kernel's log and of other processes
    log.detail(`last look at the table, ${seconds()} s after boot`)
    const now = tableNow()
    const after = targets.map((target) => (isSeen(target) ? checked(target, before, now, writer) : target))
    for (const [at, { state, entry }] of after.entries())
      if (state === 'failed' && targets[at]?.state !== 'failed' && entry !== null) await writer?.remove(entry)
    if (writer?.journal.entries.length === 0) await writer.undo()
    return after
  } catch (error) {
    await writer?.undo()
    throw error
  }
}

/** CLOCK_MONOTONIC, to the microsecond. */
function seconds(): string {
  return (Number(process.hrtime.bigint() / 1000n) / 1e6).toFixed(6)
}

/** Whether a target is emulated by an entry that is visible here. */
function isSeen(target: TargetOutcome): boolean {
  return isEmulated(target) && target.entry !== null
}

function tableNow(): TableNow {
  if (!isMounted()) return { off: goneTable(binfmtFolder), entries: [] }
  return { off: isEnabled() ? undefined : disabledTable(binfmtFolder), entries: tableByPrecedence() }
}

function checked(
  target: TargetOutcome,
  before: Standing['before'],
  now: TableNow,
  writer: JournalWriter | undefined,
): TargetOutcome {
  const { entry, emulator, findings } = target
  if (entry === null) return target
  // if it was registered again during the proof, our journal has its new inode
  const noted = writer?.journal.entries.find((one) => sameEntry(one, entry))?.inode
  const own = { ...entry, registered: true, emulator: { sha256: emulator?.sha256 ?? '', qemuVersion: null } }
  const isSame = (newer: StandingEntry) =>
    readJournals().journals.some(
      (journal) =>
        isHolding(journal) &&
        journal.leaving !== true &&
        isSameTable(journal, hereTable()) &&
        journal.entries.some((one) => sameEntry(one, newer) && isAlike(one, own)),
    )
  const lost = changeSince({ entry, inode: noted ?? before.get(entry.name) }, new Set(before.values()), now, isSame)
  if (lost === undefined) return target
  // these notes are about an emulator that is in force
  const others = findings.filter(({ kind }) => kind !== 'known-problem' && kind !== 'own-table')
  return { ...target, state: 'failed', findings: [...others, lost] }
}
