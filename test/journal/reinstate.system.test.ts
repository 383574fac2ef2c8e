// What a container does to the table is done here by hand, on the real kernel: what follows must put it back.
import { copyFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { changesOf } from '../../src/core/containers/container-changes.js'
import type { Journal } from '../../src/core/journal/journal.js'
import { recordOf } from '../../src/core/journal/recorded-entry.js'
import { nothingRestored } from '../../src/core/journal/restored.js'
import type { Entry } from '../../src/core/model/entry.js'
import { JournalWriter } from '../../src/journal/journal-writer.js'
import { binfmtFolder, readEntry, tableByPrecedence } from '../../src/system/binfmt.js'
import { readJournals } from '../../src/system/journal-file.js'
import { container, current, foreigners, old, remove, restore, root, texts } from '../support/kernel/by-hand.js'
import {
  cleanAfterEach,
  entryFor,
  names,
  probeFolder,
  registerByHand,
  temporaryFolder,
  testMachine,
} from '../support/kernel/table.js'

cleanAfterEach()

const order = () => tableByPrecedence().map(({ name }) => name)

describe('the order of the table', () => {
  it('is the order in which the kernel chooses: the newest first', async () => {
    for (const name of ['b', 'c', 'a']) registerByHand(entryFor('aarch64', name === 'a' ? current : old, { name }))
    expect(order()).toEqual(['a', 'c', 'b'])
    remove('b')
    registerByHand(entryFor('aarch64', old, { name: 'b' }))
    expect(order()).toEqual(['b', 'a', 'c'])
    const { run } = await probeFolder(['aarch64']).direct('aarch64')
    expect(run).toMatchObject({ kind: 'answered', fingerprint: { path: old } })
  })

  it('tells an entry that was registered anew with the same words', () => {
    registerByHand(entryFor('aarch64', old))
    const before = tableByPrecedence()
    remove('qemu-aarch64')
    registerByHand(entryFor('aarch64', old))
    expect(changesOf(before, tableByPrecedence())).toMatchObject({
      made: [{ name: 'qemu-aarch64' }],
      replaced: [{ name: 'qemu-aarch64' }],
    })
  })
})

describe('after a container', () => {
  const all = ['last', 'qemu-a:b', 'qemu-text', 'qemu-riscv64', 'qemu-aarch64']

  function reset(): void {
    remove(...all)
    registerByHand(entryFor('s390x', current))
    registerByHand(entryFor('aarch64', current, { flags: 'OCF' }))
  }

  it('every entry of others comes back byte for byte, in its order, with its state', async () => {
    foreigners()
    const before = texts()
    await container(reset)
    expect(order()).toEqual(['qemu-aarch64', 'qemu-s390x'])
    const restored = await restore()
    expect(restored).toMatchObject({ warnings: [], left: [], putBack: all.toReversed() })
    expect([...restored.removed].sort()).toEqual(['qemu-aarch64', 'qemu-s390x'])
    expect([texts(), order(), readJournals().journals]).toEqual([before, all, []])
    expect(readEntry('qemu-riscv64')?.enabled).toBe(false)
    expect(await restore()).toEqual(nothingRestored)
  })

  it('undoing by the journal writer does the same', async () => {
    foreigners()
    const before = texts()
    const states: Journal[] = []
    const machine = testMachine({ onJournal: (journal) => void states.push(journal) })
    const writer = new JournalWriter(machine, root, false)
    const record = recordOf(tableByPrecedence(), [], writer.journal)
    await writer.recordTable(record)
    expect(states.at(-1)?.record).toHaveLength(5)
    reset()
    const { made, replaced } = changesOf(record, tableByPrecedence())
    await writer.recordChanges(made, replaced)
    expect(states.at(-1)).toMatchObject({ entries: [{ registered: true }, { registered: true }], replaced })
    expect(states.at(-1)).not.toHaveProperty('record')
    await writer.undo()
    expect(texts()).toEqual(before)
    expect([states.at(-1)?.entries, states.at(-1)?.replaced]).toEqual([[], undefined])
  })

  it('what was undone at once is no longer noted', async () => {
    foreigners()
    const writer = await container(reset)
    const s390x = entryFor('s390x', current)
    remove(s390x.name)
    const waiting = writer.journal.replaced?.filter(({ name }) => name === 'qemu-aarch64') ?? []
    await writer.drop([s390x], waiting)
    expect(await restore()).toMatchObject({ removed: ['qemu-aarch64'], putBack: ['qemu-aarch64'], left: [] })
  })

  it('an entry whose emulator is gone is named, and the rest comes back', async () => {
    const copy = join(temporaryFolder(), 'qemu-copy')
    copyFileSync(old, copy)
    registerByHand(entryFor('riscv64', old))
    registerByHand(entryFor('aarch64', copy))
    await container(() => {
      remove('qemu-aarch64', 'qemu-riscv64')
      registerByHand(entryFor('aarch64', current))
    })
    rmSync(copy)
    expect(await restore()).toMatchObject({
      removed: ['qemu-aarch64'],
      putBack: ['qemu-riscv64'],
      warnings: [expect.stringMatching(new RegExp(`qemu-aarch64 .*${copy}.*ENOENT`))],
    })
    expect([names(), (await restore()).warnings]).toEqual([['qemu-riscv64'], []])
  })

  it('a name that somebody else has by now is named, and the rest comes back', async () => {
    registerByHand(entryFor('riscv64', old))
    registerByHand(entryFor('aarch64', old))
    await container(() => remove('qemu-aarch64', 'qemu-riscv64'))
    const theirs = registerByHand(entryFor('aarch64', current, { flags: 'F' }))
    const { putBack, warnings } = await restore()
    expect([putBack, warnings]).toEqual([
      ['qemu-riscv64'],
      [expect.stringMatching(new RegExp(`qemu-aarch64 .*${old}.*somebody else.*${current}`))],
    ])
    expect(readEntry('qemu-aarch64')).toMatchObject(theirs)
    expect(await restore()).toMatchObject({ putBack: [], warnings: [] })
  })

  it('an entry that stood below one that was left alone is said to be above it now', async () => {
    registerByHand(entryFor('aarch64', old))
    registerByHand(entryFor('aarch64', current, { name: 'above' }))
    registerByHand(entryFor('riscv64', current, { name: 'other' }))
    await container(() => remove('qemu-aarch64'))
    expect(await restore()).toMatchObject({
      putBack: ['qemu-aarch64'],
      warnings: ['qemu-aarch64 is put back and takes precedence over above, which came before it until now'],
    })
  })

  it('an entry of an earlier setup comes back only if that was not undone', async () => {
    const ours: Entry = entryFor('aarch64', old)
    const earlier = new JournalWriter(testMachine(), root, false)
    await earlier.plan([ours])
    await earlier.register(ours)
    await earlier.commit([ours])
    await container(() => {
      remove(ours.name)
      registerByHand(entryFor('aarch64', current))
    })
    // whichever journal is undone first
    expect(await restore()).toMatchObject({ warnings: [] })
    expect([names(), readJournals().journals]).toEqual([[], []])
  })

  it.each(['1', '0'])(
    'what reads like the one before, and cannot be had otherwise, stays in its state (%s)',
    async (state) => {
      const copy = join(temporaryFolder(), 'qemu-copy')
      copyFileSync(old, copy)
      registerByHand(entryFor('aarch64', copy))
      writeFileSync(join(binfmtFolder, 'qemu-aarch64'), state)
      const before = texts()
      await container(() => {
        remove('qemu-aarch64')
        registerByHand(entryFor('aarch64', copy))
      })
      rmSync(copy)
      expect(await restore()).toMatchObject({
        removed: [],
        warnings: [expect.stringContaining('stays as the container')],
      })
      expect([texts(), readJournals().journals]).toEqual([before, []])
    },
  )
})
