import { copyFileSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { viewOf } from '../../src/core/explain/table-view.js'
import type { Journal } from '../../src/core/journal/journal.js'
import { nothingRestored } from '../../src/core/journal/restored.js'
import { plainLinks } from '../../src/core/model/links.js'
import { isProven } from '../../src/core/outcome/outcome.js'
import { outcomeJson } from '../../src/core/report/outcome-json.js'
import { JournalWriter } from '../../src/journal/journal-writer.js'
import { restoreAll } from '../../src/journal/restore.js'
import { planOnly, setup } from '../../src/setup/setup.js'
import { inspectTable } from '../../src/setup/status.js'
import { cachePath } from '../../src/sources/store.js'
import { binfmtFolder, readEntry } from '../../src/system/binfmt.js'
import { journalFolder, readJournals } from '../../src/system/journal-file.js'
import { startOfProcess } from '../../src/system/process.js'
import { acquireRoot } from '../../src/system/root.js'
import { serve, withRanges } from '../support/archive/archive.js'
import { restore } from '../support/kernel/by-hand.js'
import { isNative } from '../support/kernel/native.js'
import {
  cleanAfterEach,
  entryFor,
  names,
  registerByHand,
  temporaryFolder,
  testMachine,
} from '../support/kernel/table.js'
import { emulator, emulatorPath } from '../support/programs/emulators.js'
import { wholePackage } from '../support/programs/package.js'
import { requestOf } from '../support/runner/jobs.js'

cleanAfterEach()

const root = await acquireRoot()
const current = await emulatorPath('aarch64')
const old = await emulatorPath('aarch64', '7.2.22')

const text = (name: string) => readFileSync(join(binfmtFolder, name), 'utf8')

describe('setup', () => {
  it('registers, proves, reports; restore leaves nothing', async () => {
    const outcome = await setup(requestOf(), testMachine())
    expect(isProven(outcome)).toBe(true)
    const fingerprint = emulator('aarch64').sha256
    expect(outcomeJson(outcome, plainLinks)).toMatchObject({
      ok: true,
      targets: [
        {
          state: 'emulated',
          entry: 'qemu-aarch64',
          interpreter: current,
          flags: 'POCF',
          locator: 'tool-cache',
          proof: { direct: true, chroot: true, argv0: true, fingerprint },
        },
      ],
    })
    expect(names()).toEqual(['qemu-aarch64'])
    expect(await restore()).toMatchObject({ removed: ['qemu-aarch64'], left: [], warnings: [] })
    expect([names(), readdirSync(journalFolder)]).toEqual([[], []])
    expect(await restore()).toEqual(nothingRestored)
  })

  it('gets an emulator once more that was taken away before it was registered', async () => {
    const package_ = await wholePackage(emulator('aarch64'))
    await using server = await serve(package_, withRanges)
    const cacheFolder = temporaryFolder()
    const path = cachePath(cacheFolder, emulator('aarch64'))
    let removals = 0
    const onJournal = ({ entries }: Journal) => {
      if (removals === 2 || entries.every(({ registered }) => registered)) return
      rmSync(path)
      removals++
    }
    const outcome = await setup(requestOf({ mirror: server.base }), testMachine({ cacheFolder, onJournal }))
    expect([isProven(outcome), removals, server.seen.length, names()]).toEqual([true, 2, 3, ['qemu-aarch64']])
    expect(readJournals().journals.map(({ entries }) => entries.length)).toEqual([1])
  })

  it('says so when it is taken away again and again', async () => {
    const cacheFolder = temporaryFolder()
    const path = cachePath(cacheFolder, emulator('aarch64'))
    mkdirSync(dirname(path), { recursive: true })
    const put = () => copyFileSync(current, path)
    put()
    const onJournal = ({ entries }: Journal) => (entries.some(({ registered }) => !registered) ? rmSync(path) : put())
    await expect(setup(requestOf(), testMachine({ cacheFolder, onJournal }))).rejects.toMatchObject({
      code: 'interpreter-gone',
    })
    expect([names(), readJournals().journals]).toEqual([[], []])
  })

  it('never registers what is native', async () => {
    const outcome = await setup(requestOf({ platforms: 'amd64,386' }), testMachine())
    // only the machine knows whether it runs 32-bit programs
    const foreign = isNative('i386') ? [] : ['qemu-i386']
    expect(outcome.targets.map(({ state }) => state)).toEqual(['native', foreign.length === 0 ? 'native' : 'emulated'])
    expect([isProven(outcome), names()]).toEqual([true, foreign])
    expect(readJournals().journals).toHaveLength(foreign.length)
  })

  it("writes no journal when all that is asked for is the host's own", async () => {
    const outcome = await setup(requestOf({ platforms: 'amd64' }), testMachine())
    expect([isProven(outcome), names(), readJournals().journals]).toEqual([true, [], []])
  })

  it('gives PF without credentials', async () => {
    const outcome = await setup(requestOf({ credentials: 'false' }), testMachine())
    expect([isProven(outcome), readEntry('qemu-aarch64')?.flags]).toEqual([true, 'PF'])
  })

  it('shadows a foreign entry and leaves it as it is, and it runs again after restore', async () => {
    registerByHand(entryFor('aarch64', old))
    const before = text('qemu-aarch64')
    const outcome = await setup(requestOf(), testMachine())
    expect(outcome.targets[0]).toMatchObject({
      state: 'emulated',
      entry: { name: 'setup-qemu-aarch64' },
      findings: [{ kind: 'shadows', names: ['qemu-aarch64'] }],
    })
    expect(outcome.targets[0]?.proof?.fingerprint).toBe(emulator('aarch64').sha256)
    await restore()
    expect([names(), text('qemu-aarch64')]).toEqual([['qemu-aarch64'], before])
    const [entry] = viewOf(await inspectTable(testMachine()))
    expect(entry?.behind).toMatchObject({
      kind: 'runs',
      fingerprint: { sha256: emulator('aarch64', '7.2.22').sha256, qemuVersion: '7.2.22' },
    })
  })

  it('registers QEMU 5.2 without P, because the proof shows that P shifts the arguments', async () => {
    await emulatorPath('aarch64', '5.2.0')
    const outcome = await setup(requestOf({ qemuVersion: '5.2' }), testMachine())
    expect(outcome.targets[0]).toMatchObject({
      state: 'emulated',
      entry: { flags: 'OCF' },
      proof: { direct: true, chroot: true, argv0: false },
      findings: [
        { kind: 'argv0-not-preserved' },
        { kind: 'slow-cpu' },
        ...['R5', 'R8', 'R15', 'R23'].map((id) => ({ kind: 'known-problem', id })),
      ],
    })
    expect(names()).toEqual(['qemu-aarch64'])
    expect((await restore()).removed).toEqual(['qemu-aarch64'])
  })

  it('keeps what an earlier call of the command line registered', async () => {
    await setup(requestOf(), testMachine())
    const again = await setup(requestOf(), testMachine())
    expect(again.targets[0]).toMatchObject({
      state: 'kept',
      entry: { name: 'qemu-aarch64' },
      proof: { chroot: true },
    })
    expect([names(), readJournals().journals.length]).toEqual([['qemu-aarch64'], 1])
  })

  it('of two at once gives each its own or a common entry, and the last one out takes it away', async () => {
    const owner = { face: 'action', pid: process.pid, start: startOfProcess(process.pid) ?? '' } as const
    const both = await Promise.all([setup(requestOf(), testMachine({ owner })), setup(requestOf(), testMachine())])
    expect(both.map(isProven)).toEqual([true, true])
    expect((await restore()).spared).toHaveLength(1)
    expect(names()).toHaveLength(1)
    expect((await restoreAll(acquireRoot, 'all')).removed).toHaveLength(1)
    expect(names()).toEqual([])
  })

  it('plans without changing anything', async () => {
    registerByHand(entryFor('aarch64', old))
    const plan = await planOnly(requestOf(), testMachine())
    expect(plan.targets[0]).toMatchObject({ kind: 'register', name: 'setup-qemu-aarch64', shadows: ['qemu-aarch64'] })
    expect([names(), readJournals().journals]).toEqual([['qemu-aarch64'], []])
  })

  it('of a target that the version lacks is red, and does not hide the others', async () => {
    const outcome = await setup(requestOf({ platforms: 'loong64,arm64', qemuVersion: '5.2' }), testMachine())
    expect(outcome.targets.map(({ state }) => state)).toEqual(['failed', 'emulated'])
    expect(isProven(outcome)).toBe(false)
  })

  it('that cannot go on leaves nothing: no entry, no journal', async () => {
    writeFileSync(join(binfmtFolder, 'status'), '0')
    await expect(setup(requestOf(), testMachine())).rejects.toMatchObject({ code: 'binfmt-disabled' })
    writeFileSync(join(binfmtFolder, 'status'), '1')
    expect([names(), readJournals().journals]).toEqual([[], []])
  })
})

describe('restore', () => {
  it('after a crash at any point removes what is ours and nothing else', async () => {
    const theirs = registerByHand(entryFor('aarch64', old, { name: 'theirs' }))
    const ours = entryFor('aarch64', current)
    const points = [
      () => 0,
      (writer: JournalWriter) => writer.plan([ours]),
      (writer: JournalWriter) => writer.register(ours),
      (writer: JournalWriter) => writer.commit([ours]),
    ]
    for (let crash = 1; crash <= points.length; crash++) {
      const writer = new JournalWriter(testMachine(), root, false)
      for (const step of points.slice(0, crash)) await step(writer)
      await restore()
      expect([names(), readJournals().journals]).toEqual([[theirs.name], []])
    }
  })

  it('leaves an entry of our name that somebody else registered since', async () => {
    await setup(requestOf(), testMachine())
    writeFileSync(join(binfmtFolder, 'qemu-aarch64'), '-1')
    registerByHand(entryFor('aarch64', old))
    expect(await restore()).toMatchObject({ removed: [], left: [{ name: 'qemu-aarch64', why: 'changed' }] })
    expect(readEntry('qemu-aarch64')?.interpreter).toBe(old)
  })

  it('undoes the journal of a job that has ended, and spares one that still runs', async () => {
    const running = { face: 'action', pid: process.pid, start: startOfProcess(process.pid) ?? '' } as const
    await setup(requestOf(), testMachine({ owner: running }))
    const ended = { face: 'action', pid: process.pid, start: '1' } as const
    await setup(requestOf({ platforms: 'riscv64' }), testMachine({ owner: ended }))
    const restored = await restore()
    expect(restored).toMatchObject({ removed: ['qemu-riscv64'], spared: [{ pid: process.pid }] })
    expect(names()).toEqual(['qemu-aarch64'])
  })

  it('warns of a damaged journal and goes on with the others', async () => {
    await setup(requestOf(), testMachine())
    writeFileSync(join(journalFolder, 'bad.json'), '{')
    expect(await restore()).toMatchObject({
      removed: ['qemu-aarch64'],
      warnings: [expect.stringContaining('bad.json')],
    })
  })
})
