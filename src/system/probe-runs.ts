// The probes of several targets, run as the machine is now. A few at once: on a slow machine all together would exceed the time that each has.
import { availableParallelism } from 'node:os'
import type { ProbeRun } from '../core/probe-run.js'
import { inTurns } from '../core/turns.js'
import type { ProbeFolder } from './probe.js'

/** How many targets' probes run at once: a probe mostly computes, but starting it and looking at it waits for others. */
export const probesAtOnce = Math.max(4, availableParallelism())

/** By target: the first bytes of its probe, and how it ran directly. */
export async function runsOf(
  names: readonly string[],
  folder: ProbeFolder,
): Promise<Map<string, { readonly head: Uint8Array; readonly run: ProbeRun }>> {
  return new Map(
    await inTurns(names, probesAtOnce, async (name) => {
      const { run } = await folder.direct(name)
      return [name, { head: folder.probe(name).bytes.subarray(0, 256), run }] as const
    }),
  )
}
