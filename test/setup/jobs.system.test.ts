// Several jobs on one machine: what is shared, and what is a conflict. Jobs are real processes that live or have ended.
import { writeFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { isProven } from '../../src/core/outcome/outcome.js'
import { restoreAll, restoreJournal } from '../../src/journal/restore.js'
import { ownerOf, readJournals } from '../../src/system/journal-file.js'
import { acquireRoot } from '../../src/system/root.js'
import { cleanAfterEach, entryFor, names, registerByHand } from '../support/kernel/table.js'
import { emulatorPath, silentLog } from '../support/programs/emulators.js'
import { job, journalOf, journalWriterOf, post, root, run } from '../support/runner/jobs.js'

cleanAfterEach()
const old = await emulatorPath('aarch64', '7.2.22')

describe('jobs that want the same emulator', () => {
  it('share one entry, and the last one out removes it', async () => {
    const [a, b, c] = [job('a'), job('b'), job('c')]
    expect((await run(a)).targets[0]?.state).toBe('emulated')
    expect((await run(b)).targets[0]).toMatchObject({
      state: 'kept',
      entry: { name: 'qemu-aarch64' },
      proof: { chroot: true },
    })
    await run(c)
    expect(names()).toEqual(['qemu-aarch64'])
    expect(await post(a)).toMatchObject({
      removed: [],
      left: [{ name: 'qemu-aarch64', why: 'of-another' }],
      warnings: [],
    })
    expect(await post(c)).toMatchObject({ removed: [] })
    expect(names()).toEqual(['qemu-aarch64'])
    expect(await post(b)).toMatchObject({ removed: ['qemu-aarch64'], left: [] })
    expect([names(), readJournals().journals]).toEqual([[], []])
  })

  it('share on top of a foreign entry, and with the command line', async () => {
    registerByHand(entryFor('aarch64', old))
    const person = ownerOf('cli', process.pid)
    await run(person)
    const a = job('a')
    expect((await run(a)).targets[0]).toMatchObject({ state: 'kept', entry: { name: 'setup-qemu-aarch64' } })
    await restoreAll(acquireRoot, 'usual')
    expect(names().sort()).toEqual(['qemu-aarch64', 'setup-qemu-aarch64'])
    await post(a)
    expect(names()).toEqual(['qemu-aarch64'])
  })

  it('do not share with a journal that is just being undone', async () => {
    const a = job('a')
    await run(a)
    const writer = journalWriterOf(ownerOf('action', process.pid))
    const [owned] = journalOf(a).entries
    const share = () => writer.share(owned!, { sha256: 'x', qemuVersion: null }, journalOf(a).id)
    writeFileSync(`/run/setup-qemu/${journalOf(a).id}.json`, JSON.stringify({ ...journalOf(a), leaving: true }))
    expect([await share(), writer.journal.entries]).toEqual([false, []])
    writeFileSync(`/run/setup-qemu/${journalOf(a).id}.json`, JSON.stringify({ ...journalOf(a), leaving: undefined }))
    expect([await share(), writer.journal.entries.length]).toEqual([true, 1])
  })

  it('do not count on a claim of a job that has ended: its entry goes with the next one', async () => {
    const [a, b] = [job('a'), job('b')]
    await run(a)
    await a.end()
    const said: string[] = []
    await run(b, {}, { ...silentLog, info: (line) => void said.push(line) })
    expect(said.join()).toMatch(/left behind by a .*which has ended: removed qemu-aarch64/)
    expect(names()).toEqual(['qemu-aarch64'])
    expect(readJournals().journals.map(({ owner }) => owner.pid)).toEqual([b.pid])
    await post(b)
    expect(names()).toEqual([])
  })
})

describe('a job that wants another emulator while one lives', () => {
  const other = { qemuVersion: '7.2' }

  it('is red by default, and the finding names both', async () => {
    const [a, b] = [job('they/repo, job x of run 1'), job('me/repo, job y of run 2')]
    await run(a)
    expect((await run(b, other)).targets[0]).toMatchObject({
      state: 'failed',
      findings: [
        {
          kind: 'other-job',
          theirs: { owner: `they/repo, job x of run 1 (process ${a.pid})`, has: '11.1.3' },
          ours: { owner: `me/repo, job y of run 2 (process ${b.pid})`, wants: '7.2.22' },
        },
      ],
    })
    expect([names(), readJournals().journals.length]).toEqual([['qemu-aarch64'], 1])
  })

  it('is red for other flags of the same emulator, too', async () => {
    const [a, b] = [job('a'), job('b')]
    await run(a)
    expect((await run(b, { credentials: 'false' })).targets[0]?.findings).toMatchObject([{ kind: 'other-job' }])
  })

  it('with take goes on top, and the other is told at its end', async () => {
    const [a, b] = [job('a'), job('b')]
    await run(a)
    expect((await run(b, { ...other, onConflict: 'take' })).targets[0]?.state).toBe('emulated')
    expect(await post(a)).toMatchObject({
      removed: ['qemu-aarch64'],
      overtaken: [{ name: 'qemu-aarch64', by: ['setup-qemu-aarch64'] }],
    })
    expect(await post(b)).toMatchObject({ removed: ['setup-qemu-aarch64'], overtaken: [] })
  })

  it('with wait goes on when the other has gone, and says for what it waits', async () => {
    const [a, b] = [job('a'), job('b')]
    await run(a)
    const said: string[] = []
    let ended = false
    const log = {
      ...silentLog,
      info: (line: string) => {
        said.push(line)
        setTimeout(() => {
          ended = true
          void post(a)
        }, 300)
      },
    }
    const outcome = await run(b, { ...other, onConflict: 'wait' }, log)
    expect([ended, isProven(outcome), names()]).toEqual([true, true, ['qemu-aarch64']])
    expect(said).toEqual([expect.stringMatching(/waiting for another job: qemu-aarch64 is in use by a \(process/)])
  })

  it('with wait is red when the time is over', async () => {
    const [a, b] = [job('a'), job('b')]
    await run(a)
    const waiting = { ...other, onConflict: 'wait', conflictWaitMinutes: '0.02' }
    expect((await run(b, waiting)).targets[0]?.findings).toMatchObject([{ kind: 'other-job' }])
  })

  it('is free when the other has ended without a word', async () => {
    const [a, b] = [job('a'), job('b')]
    await run(a)
    await a.end()
    expect((await run(b, other)).targets[0]).toMatchObject({
      state: 'emulated',
      findings: [{ kind: 'slow-cpu' }, { kind: 'known-problem' }],
    })
    expect(names()).toEqual(['qemu-aarch64'])
  })

  it('may be the same job: a second step of it', async () => {
    const a = job('a')
    await run(a)
    expect((await run(a, other)).targets[0]?.state).toBe('emulated')
    const [first, second] = readJournals().journals.sort((one, two) => (one.since ?? 0) - (two.since ?? 0))
    expect(await restoreJournal(second!, root)).toMatchObject({ removed: ['setup-qemu-aarch64'] })
    expect(await restoreJournal(first!, root)).toMatchObject({ removed: ['qemu-aarch64'], overtaken: [] })
  })

  it('of two at the same moment exactly one goes on', async () => {
    for (let round = 0; round < 5; round++) {
      const [a, b] = [job('a'), job('b')]
      const both = await Promise.all([run(a), run(b, other)])
      const green = both.filter(isProven)
      expect(green).toHaveLength(1)
      expect(names()).toEqual(['qemu-aarch64'])
      await restoreAll(acquireRoot, 'all')
    }
  })
})
