// The probes of several targets, run as the machine is now. A few at once: on a slow machine all together would exceed the time that each has.

import { availableParallelism } from 'node:os'
import type { StandingEntry } from '../core/model/entry.js'
import { type ExecutedFile, isSettled, type KernelTable } from '../core/model/entry-in-force.js'
import { headBytes } from '../core/model/program.js'
import type { ProbeRun } from '../core/probe/probe-run.js'
import { isEnabled, isMounted, tableByPrecedence } from './binfmt.js'
import { mapLimit } from './map-limit.js'
import type { ProbeFolder } from './probe.js'

/** How many targets' probes run at once: a probe mostly computes, but starting it and looking at it waits for others. */
export const probesAtOnce = Math.max(4, availableParallelism())

/** By target: the first bytes of its probe, and how it ran directly. */
export async function runsOf(
  names: readonly string[],
  folder: ProbeFolder,
): Promise<Map<string, { readonly head: Uint8Array; readonly run: ProbeRun }>> {
  return new Map(
    await mapLimit(names, probesAtOnce, async (name) => {
      const { run } = await folder.direct(name)
      return [name, { head: headOf(name, folder), run }] as const
    }),
  )
}

/** The first bytes of a target's probe: what the kernel looks at. */
export function headOf(name: string, folder: ProbeFolder): Uint8Array {
  return folder.probe(name).bytes.subarray(0, headBytes)
}

/** How often a table that others change under our probes is looked at anew. */
const mostLooks = 5

/** The table as it is now; nothing is in force where it is not mounted. */
export function readKernelTable(): KernelTable<StandingEntry> {
  return { table: tableByPrecedence(), enabled: isMounted() && isEnabled() }
}

/**
 * The table, and what was seen while it was in force: where another entry came into force for one of the files meanwhile, the look is
 * taken again. After `mostLooks` the last one counts: the proof of a set-up compares what runs once more.
 */
export async function lookUnderTable<T>(
  files: readonly ExecutedFile[],
  look: (table: KernelTable<StandingEntry>) => Promise<T>,
): Promise<KernelTable<StandingEntry> & { readonly seen: T }> {
  let before = readKernelTable()
  for (let looks = 1; ; looks++) {
    const seen = await look(before)
    const after = readKernelTable()
    if (looks === mostLooks || isSettled(before, after, files)) return { ...after, seen }
    before = after
  }
}
