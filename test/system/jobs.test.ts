// Several jobs on one machine: what is shared, what is a conflict, what is told at the end. Jobs are real processes that live or have ended.
import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import type { Owner } from '../../src/core/journal.js'
import { isProven } from '../../src/core/outcome.js'
import { noWords, parseRequest, type RequestWords } from '../../src/core/request.js'
import { Ledger } from '../../src/ledger.js'
import { catalog, provable } from '../../src/machine.js'
import { restoreAll, restoreJournal } from '../../src/restore.js'
import { setup } from '../../src/setup.js'
import { binfmtFolder, readEntry } from '../../src/system/binfmt.js'
import { ownerOf, readJournals } from '../../src/system/journal-file.js'
import { acquireRoot } from '../../src/system/root.js'
import { emulator, emulatorPath, silentLog } from '../support/emulators.js'
import { cleanAfterEach, entryFor, names, registerByHand, testMachine } from '../support/table.js'

cleanAfterEach()
const root = await acquireRoot()
const current = await emulatorPath('aarch64')
const old = await emulatorPath('aarch64', '7.2.22')

const children: ChildProcess[] = []
afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL')
})

/** A process that stands for a job until it is ended. */
function job(label: string): Owner & { end(): Promise<void> } {
  const child = spawn('sleep', ['100'], { stdio: 'ignore' })
  children.push(child)
  const end = async () => {
    const closed = once(child, 'close')
    child.kill('SIGKILL')
    await closed
  }
  return { ...ownerOf('action', child.pid ?? 0, label), end }
}

function run(owner: Owner, change: Partial<RequestWords> = {}, log = silentLog) {
  const request = parseRequest({ ...noWords, platforms: 'arm64', ...change }, catalog, 'amd64', provable)
  const { face, pid, start, label } = owner
  return setup(request, testMachine({ owner: { face, pid, start, ...(label === undefined ? {} : { label }) }, log }))
}

const journalOf = (owner: Owner) => {
  const found = readJournals().journals.find((journal) => journal.owner.pid === owner.pid)
  if (found === undefined) throw new Error('the job has no journal')
  return found
}
const post = (owner: Owner) => restoreJournal(journalOf(owner), root)

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
    const ledger = new Ledger(testMachine({ owner: ownerOf('action', process.pid) }), root, false)
    const [held] = journalOf(a).entries
    const share = () => ledger.share(held!, { sha256: 'x', qemuVersion: null }, journalOf(a).id)
    writeFileSync(`/run/setup-qemu/${journalOf(a).id}.json`, JSON.stringify({ ...journalOf(a), leaving: true }))
    expect([await share(), ledger.journal.entries]).toEqual([false, []])
    writeFileSync(`/run/setup-qemu/${journalOf(a).id}.json`, JSON.stringify({ ...journalOf(a), leaving: undefined }))
    expect([await share(), ledger.journal.entries.length]).toEqual([true, 1])
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

describe('at the end of a job', () => {
  it('an entry that somebody flushed or replaced is told', async () => {
    const [a, b] = [job('a'), job('b')]
    await run(a)
    writeFileSync(join(binfmtFolder, 'status'), '-1')
    expect(await post(a)).toMatchObject({ removed: [], left: [{ name: 'qemu-aarch64', why: 'gone' }], warnings: [] })
    await run(b)
    writeFileSync(join(binfmtFolder, 'qemu-aarch64'), '-1')
    registerByHand(entryFor('aarch64', old))
    expect(await post(b)).toMatchObject({ removed: [], left: [{ name: 'qemu-aarch64', why: 'changed' }] })
    expect(readEntry('qemu-aarch64')?.interpreter).toBe(old)
  })

  it('an entry of the same words that another job is just making is left alone', async () => {
    const [a, b] = [job('a'), job('b')]
    await run(a)
    writeFileSync(join(binfmtFolder, 'qemu-aarch64'), '-1')
    const theirs = new Ledger(testMachine({ owner: b }), root, false)
    await theirs.intend([entryFor('aarch64', current)])
    registerByHand(entryFor('aarch64', current))
    expect(await post(a)).toMatchObject({ removed: [] })
    expect(names()).toEqual(['qemu-aarch64'])
  })
})

describe('survive-restart', () => {
  const file = '/run/binfmt.d/zz-setup-qemu-qemu-aarch64.conf'
  const survive = { surviveRestart: 'true' }

  /** What systemd-binfmt does when it is started anew: flush, then each file of binfmt.d. */
  function restartService(): void {
    writeFileSync(join(binfmtFolder, 'status'), '-1')
    if (!existsSync(file)) return
    const lines = readFileSync(file, 'utf8')
      .split('\n')
      .filter((line) => line !== '' && !/^[#;]/.test(line))
    for (const line of lines) writeFileSync(join(binfmtFolder, 'register'), line)
  }

  it('brings the entry back, which is still ours to remove; then nothing comes back', async () => {
    const a = job('a')
    await run(a, survive)
    restartService()
    expect(readEntry('qemu-aarch64')?.interpreter).toBe(current)
    expect(await post(a)).toMatchObject({ removed: ['qemu-aarch64'], left: [], warnings: [] })
    restartService()
    expect([names(), existsSync(file)]).toEqual([[], false])
  })

  it('keeps the file while another job needs it', async () => {
    const [a, b] = [job('a'), job('b')]
    await run(a, survive)
    await run(b, survive)
    await post(a)
    expect(existsSync(file)).toBe(true)
    await post(b)
    expect([names(), existsSync(file)]).toEqual([[], false])
  })

  it('makes no file by default', async () => {
    await run(job('a'))
    expect(existsSync(file)).toBe(false)
  })
})

describe('restore', () => {
  it('--stale undoes only what ended jobs left', async () => {
    const [a, b] = [job('a'), job('b')]
    await run(a)
    await run(b, { platforms: 'riscv64' })
    await run(ownerOf('cli', process.pid), { platforms: 's390x' })
    await a.end()
    expect(await restoreAll(acquireRoot, 'stale')).toMatchObject({ removed: ['qemu-aarch64'] })
    expect(names().sort()).toEqual(['qemu-riscv64', 'qemu-s390x'])
    expect(await restoreAll(acquireRoot, 'usual')).toMatchObject({ removed: ['qemu-s390x'], spared: [{ pid: b.pid }] })
    expect(await restoreAll(acquireRoot, 'all')).toMatchObject({ removed: ['qemu-riscv64'] })
  })

  it('says nothing stays of what it removes, where the command line registered one name twice', async () => {
    for (const qemuVersion of ['default', '7.2', '7.2']) {
      if (names().length > 0) writeFileSync(join(binfmtFolder, 'qemu-aarch64'), '-1')
      await run(ownerOf('cli', process.pid), { qemuVersion })
    }
    expect(await restoreAll(acquireRoot, 'usual')).toMatchObject({ removed: ['qemu-aarch64'], left: [] })
    expect([names(), readJournals().journals]).toEqual([[], []])
  })

  it('tells what to do about a journal that it cannot read, and where the table cannot be written to', async () => {
    await run(ownerOf('cli', process.pid))
    execFileSync('mount', ['-o', 'remount,ro,bind', binfmtFolder])
    writeFileSync('/run/setup-qemu/a.json', '{')
    const { warnings } = await restoreAll(acquireRoot, 'usual')
    execFileSync('mount', ['-o', 'remount,rw,bind', binfmtFolder])
    expect(warnings).toEqual([
      expect.stringMatching(/^\/run\/setup-qemu\/a\.json: .*not JSON; .*: sudo rm \/run\/setup-qemu\/a\.json$/),
      expect.stringMatching(
        /^removing qemu-aarch64 answered EROFS; make the table writable \(sudo mount .*restore once more$/,
      ),
    ])
    rmSync('/run/setup-qemu/a.json')
    expect(await restoreAll(acquireRoot, 'usual')).toMatchObject({ removed: ['qemu-aarch64'], warnings: [] })
  })

  it('takes the owner of another namespace of process numbers for alive', async () => {
    const a = job('a')
    await run({ ...a, pidNamespace: '1' } as Owner)
    const journal = journalOf(a)
    writeFileSync(
      `/run/setup-qemu/${journal.id}.json`,
      JSON.stringify({ ...journal, owner: { ...journal.owner, pidNamespace: '1' } }),
    )
    await a.end()
    expect(await restoreAll(acquireRoot, 'stale')).toMatchObject({ removed: [], spared: [{ pid: a.pid }] })
    expect(emulator('aarch64').sha256).toBe(journal.entries[0]?.emulator?.sha256)
  })
})
