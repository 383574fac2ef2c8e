// Jobs as real processes that live or have ended, for tests of what several of them do to one table.

import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { afterEach } from 'vitest'
import type { Journal, Owner } from '../../../src/core/journal/journal.js'
import type { Restored } from '../../../src/core/journal/restored.js'
import type { Outcome } from '../../../src/core/outcome/outcome.js'
import type { Plan } from '../../../src/core/plan/plan.js'
import type { RequestInputs } from '../../../src/core/request/inputs.js'
import { parseRequest } from '../../../src/core/request/request.js'
import { JournalWriter } from '../../../src/journal/journal-writer.js'
import { restoreJournal } from '../../../src/journal/restore.js'
import { planOnly, setup } from '../../../src/setup/setup.js'
import { ownerOf, readJournals } from '../../../src/system/journal-file.js'
import { catalog, provable } from '../../../src/system/machine.js'
import { acquireRoot } from '../../../src/system/root.js'
import { testMachine } from '../kernel/table.js'
import { silentLog } from '../programs/emulators.js'
import { noInputs } from './inputs.js'

export const root = await acquireRoot()

const children: ChildProcess[] = []
afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL')
})

/** A process that stands for a job until it is ended. */
export function job(label: string): Owner & { end(): Promise<void> } {
  const child = spawn('sleep', ['100'], { stdio: 'ignore' })
  children.push(child)
  const end = async () => {
    const closed = once(child, 'close')
    child.kill('SIGKILL')
    await closed
  }
  return { ...ownerOf('action', child.pid ?? 0, label), end }
}

/** A request for arm64. */
export function requestOf(change: Partial<RequestInputs> = {}) {
  return parseRequest({ ...noInputs, platforms: 'arm64', ...change }, catalog, 'amd64', provable)
}

/** The machine as an owner's call sees it. */
export function machineOf({ end, ...owner }: Owner & { end?: unknown }, log = silentLog) {
  return testMachine({ owner, log })
}

/** A set-up of arm64 by a job. */
export function run(owner: Owner, change: Partial<RequestInputs> = {}, log = silentLog): Promise<Outcome> {
  return setup(requestOf(change), machineOf(owner, log))
}

/** What a job would do now. */
export function planOf(owner: Owner, change: Partial<RequestInputs> = {}): Promise<Plan> {
  return planOnly(requestOf(change), machineOf(owner))
}

/** The journal of a set-up that a job has begun. */
export function journalWriterOf(owner: Owner): JournalWriter {
  return new JournalWriter(machineOf(owner), root, false)
}

/** The only journal of a job. */
export function journalOf(owner: Owner): Journal {
  const found = readJournals().journals.find((journal) => journal.owner.pid === owner.pid)
  if (found === undefined) throw new Error('the job has no journal')
  return found
}

/** The post step of a job. */
export function post(owner: Owner): Promise<Restored> {
  return restoreJournal(journalOf(owner), root)
}
