// The facts that a plan is made from: what the machine is like before anything is changed.
import { ownedEntries } from '../core/journal/ownership.js'
import { asSetupError, isUnsupported } from '../core/model/errors.js'
import type { Platform } from '../core/model/targets.js'
import { existingEntriesOf, type Facts } from '../core/plan/plan.js'
import type { LocalExecutable } from '../core/plan/resolved-source.js'
import type { Request } from '../core/request/request.js'
import { isMounted, mountTable } from '../system/binfmt.js'
import { isHolding, readJournals } from '../system/journal-file.js'
import type { Machine } from '../system/machine.js'
import type { ProbeFolder } from '../system/probe.js'
import { headOf, lookUnderTable, runsOf } from '../system/probe-runs.js'
import { hereTable } from '../system/table-identity.js'

/** Runs each target's probe, and reads the table, the journals, and the files that the request allows. */
export async function inspect(request: Request, machine: Machine, folder: ProbeFolder): Promise<Facts> {
  const names = request.platforms.map(({ target }) => target.name)
  const programs = names.map((name) => ({ head: headOf(name, folder) }))
  const { table, enabled, seen: before } = await lookUnderTable(programs, () => runsOf(names, folder))
  const files = await filesOf(request, machine, before)
  const hidden = !isMounted()
  const owned = hidden ? [] : ownedEntries(readJournals().journals.filter(isHolding), hereTable())
  return { host: machine.host, table, enabled, hidden, owned, me: machine.owner, before, files }
}

/** The facts. When programs run under a table that is not mounted here (the host's, in a container), it is mounted to read it, if possible. */
export async function inspectUnseen(
  request: Request,
  machine: Machine,
  folder: ProbeFolder,
): Promise<{ readonly facts: Facts; readonly mountedNow: boolean }> {
  const facts = await inspect(request, machine, folder)
  const isUnseen = ({ target }: Platform) => existingEntriesOf(target.name, facts, request.rules).unseen
  if (!request.platforms.some(isUnseen)) return { facts, mountedNow: false }
  try {
    await mountTable(await machine.root())
  } catch (error) {
    const reason = asSetupError(error)
    if (!isUnsupported(reason)) throw error
    machine.log.detail(`the table stays out of sight: ${reason.message}`)
    return { facts, mountedNow: false }
  }
  return { facts: await inspect(request, machine, folder), mountedNow: true }
}

/** The executables of this machine that the request allows. */
async function filesOf(request: Request, machine: Machine, before: Facts['before']): Promise<Facts['files']> {
  const { source } = request
  const files = new Map<string, readonly LocalExecutable[]>()
  if (source.kind !== 'host' && source.kind !== 'path') return files
  const { filesFor } = await import('../sources/local-file.js')
  for (const { target } of request.platforms) {
    const run = before.get(target.name)?.run
    if (run?.kind === 'answered' && run.native) continue
    files.set(target.name, filesFor(target, source, machine.host, machine.catalog, process.env.PATH ?? ''))
  }
  return files
}
