// Several jobs on one machine, one of which is ended or overtaken between two steps of its own.
import { describe, expect, it } from 'vitest'
import type { Entry } from '../../src/core/model/entry.js'
import { isProven } from '../../src/core/outcome/outcome.js'
import type { Registration } from '../../src/core/plan/plan.js'
import type { AcquiredTarget } from '../../src/core/plan/target-progress.js'
import { restoreAll, restoreJournal } from '../../src/journal/restore.js'
import { registerAgain, registerAll } from '../../src/setup/register.js'
import { isMounted, readEntry } from '../../src/system/binfmt.js'
import { readJournals } from '../../src/system/journal-file.js'
import { acquireRoot } from '../../src/system/root.js'
import { cleanAfterEach, entryFor, names } from '../support/kernel/table.js'
import { emulator, emulatorPath, silentLog } from '../support/programs/emulators.js'
import { job, journalOf, journalWriterOf, planOf, post, root, run } from '../support/runner/jobs.js'

cleanAfterEach()
const other = { qemuVersion: '7.2' }
const older = emulator('aarch64', '7.2.22')
const old = await emulatorPath('aarch64', '7.2.22')
const current = emulator('aarch64')
const ours = { sha256: current.sha256, qemuVersion: current.qemuVersion }
const entry: Entry & { emulator: typeof ours } = {
  ...entryFor('aarch64', await emulatorPath('aarch64')),
  emulator: ours,
}

it('one that fetched for long is in conflict with one that has registered meanwhile', async () => {
  const [a, b] = [job('a'), job('b')]
  const { targets } = await planOf(a, other)
  const slow = journalWriterOf(a)
  expect(isProven(await run(b))).toBe(true)
  const registration = targets[0] as Registration
  const fetched = { ...older, path: old, locator: 'deb', bytesFetched: 1 } as const
  const { platform } = registration
  const acquired: AcquiredTarget = { kind: 'acquired', platform, started: 0, registration, emulator: fetched }
  expect(await registerAll([acquired], slow, true)).toMatchObject([
    { kind: 'failed', finding: { kind: 'other-job', theirs: { owner: `b (process ${b.pid})` } } },
  ])
  expect([names(), slow.journal.entries]).toEqual([['qemu-aarch64'], []])
})

describe('one whose main step was killed before its entry stood', () => {
  it('is waited for until it ends', { timeout: 120_000 }, async () => {
    const [a, b] = [job('a'), job('b')]
    await journalWriterOf(a).plan([entry])
    const said: string[] = []
    const info = (line: string) => {
      said.push(line)
      setTimeout(() => void post(a), 3000)
    }
    const outcome = await run(b, { ...other, onConflict: 'wait' }, { ...silentLog, info })
    expect(isProven(outcome)).toBe(true)
    expect(said).toEqual([`waiting for another job: qemu-aarch64 is in use by a (process ${a.pid})`])
  })

  it('is waited for no longer than asked, however often it is looked at', { timeout: 120_000 }, async () => {
    const [a, b] = [job('a'), job('b')]
    await journalWriterOf(a).plan([entry])
    const outcome = await run(b, { ...other, onConflict: 'wait', conflictWaitMinutes: '0.05' })
    expect(outcome.targets[0]?.findings).toMatchObject([{ kind: 'other-job' }])
    expect(names()).toEqual([])
  })
})

it('one whose entry another shares meanwhile goes on top of it when it needs other flags', async () => {
  const [a, b] = [job('a'), job('b')]
  const [mine, theirs] = [journalWriterOf(a), journalWriterOf(b)]
  await mine.plan([entry])
  await mine.register(entry)
  await mine.commit([entry])
  expect(await theirs.share(entry, ours, mine.journal.id)).toBe(true)
  expect(await registerAgain(entry, 'OCF', 'aarch64', mine)).toMatchObject({ name: 'setup-qemu-aarch64', flags: 'OCF' })
  expect(readEntry('qemu-aarch64')?.flags).toBe('POCF')
  expect(await post(a)).toMatchObject({ removed: ['setup-qemu-aarch64'], warnings: [] })
  expect(await post(b)).toMatchObject({ removed: ['qemu-aarch64'], warnings: [] })
})

it('one that mounted the table does not unmount it under another that is about to register', async () => {
  const [a, b] = [job('a'), job('b')]
  await journalWriterOf(b).plan([entry])
  const { id, instance } = journalWriterOf(a).journal
  const mounted = { format: 1, id, owner: a, instance, mounted: true, entries: [] } as const
  expect(await restoreJournal(mounted, root)).toMatchObject({ unmounted: false, warnings: [] })
  expect(isMounted()).toBe(true)
})

it('the command line’s restore forgets no entry that a set-up is about to register', async () => {
  const a = job('a')
  const { pid, start } = a
  const writer = journalWriterOf({ face: 'cli', pid, start })
  await writer.plan([entry])
  expect(await restoreAll(acquireRoot, 'usual')).toMatchObject({ removed: [], warnings: [] })
  await writer.register(entry)
  await a.end()
  expect(journalOf(a).id).toBe(writer.journal.id)
  expect(await restoreAll(acquireRoot, 'usual')).toMatchObject({ removed: ['qemu-aarch64'], warnings: [] })
  expect([names(), readJournals().journals]).toEqual([[], []])
})
