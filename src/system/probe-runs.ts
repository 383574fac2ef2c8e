// Runs the probes of several targets. Only a few at once: on a slow machine all of them together would exceed the time limit of each.

import { availableParallelism } from 'node:os'
import type { StandingEntry } from '../core/model/entry.js'
import { type ExecutedFile, isSettled, type KernelTable } from '../core/model/entry-in-force.js'
import { headBytes } from '../core/model/program.js'
import type { ProbeRun } from '../core/probe/probe-run.js'
import { isEnabled, isMounted, tableByPrecedence } from './binfmt.js'
import { mapLimit } from './map-limit.js'
import type { ProbeFolder } from './probe.js'

/** How many probes run at once: a probe mostly computes, but starting and inspecting it waits for other processes. */
export const probesAtOnce = Math.max(4, availableParallelism())

/** By target: the first bytes of its probe, and a direct run. */
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

/** The first bytes of a target's probe, which the kernel compares. */
export function headOf(name: string, folder: ProbeFolder): Uint8Array {
  return folder.probe(name).bytes.subarray(0, headBytes)
}

/** How often to look again at a table that others change while our probes run. */
const mostLooks = 5

/** The table as it is now; empty and switched off when it is not mounted. */
function readKernelTable(): KernelTable<StandingEntry> {
  return { table: tableByPrecedence(), enabled: isMounted() && isEnabled() }
}

/**
 * The table, and what was seen while it was in force. If another entry came into force for one of the files in between, it looks again; after
 * `mostLooks` the last look counts, because a set-up's proof compares what runs once more.
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
