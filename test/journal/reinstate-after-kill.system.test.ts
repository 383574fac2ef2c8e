// A call that was ended (kill -9) while its container worked: the journal has the table as it was, and nobody knows what the container did.
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { JournalWriter } from '../../src/journal/journal-writer.js'
import { readJournals } from '../../src/system/journal-file.js'
import { container, current, foreigners, remove, restore, root, texts } from '../support/kernel/by-hand.js'
import { cleanAfterEach, entryFor, names, registerByHand, testMachine } from '../support/kernel/table.js'

cleanAfterEach()

describe('after a call that was ended before it noted what its container did', () => {
  it('nothing happened: nothing is to be done', async () => {
    foreigners()
    const before = texts()
    await container(() => undefined, true)
    expect(await restore()).toMatchObject({ removed: [], putBack: [], warnings: [] })
    expect([texts(), readJournals().journals]).toEqual([before, []])
  })

  it('what is gone comes back; what is new is named with the command, and left', async () => {
    foreigners()
    const before = texts()
    await container(() => {
      remove('qemu-text', 'qemu-a:b')
      registerByHand(entryFor('s390x', current))
      registerByHand(entryFor('arm', current, { name: "it's" }))
    }, true)
    const { putBack, removed, warnings } = await restore()
    expect([putBack, removed]).toEqual([['qemu-text', 'qemu-a:b'], []])
    expect(warnings.toSorted()).toEqual([
      expect.stringMatching(/^it's .*\| sudo tee '\/proc\/sys\/fs\/binfmt_misc\/it'\\''s'$/),
      expect.stringMatching(/^qemu-s390x .*\| sudo tee \/proc\/sys\/fs\/binfmt_misc\/qemu-s390x$/),
    ])
    expect(texts()).toMatchObject(before)
    expect(await restore()).toMatchObject({ warnings: [], putBack: [] })
    expect(names()).toHaveLength(7)
  })

  it('a name that is taken waits until its entry is removed', async () => {
    foreigners()
    const before = texts()
    await container(() => {
      remove('qemu-aarch64')
      registerByHand(entryFor('aarch64', current))
    }, true)
    for (const _ of ['once', 'twice']) {
      const { warnings } = await restore()
      expect(warnings.join('\n')).toMatch(/qemu-aarch64 .*\| sudo tee.*restore once more/s)
      expect(readJournals().journals).toHaveLength(1)
    }
    remove('qemu-aarch64')
    expect(await restore()).toMatchObject({ putBack: ['qemu-aarch64'] })
    expect([texts(), readJournals().journals]).toEqual([before, []])
  })

  it('an entry that another job registered meanwhile is not named', async () => {
    await container(() => undefined, true)
    const ours = entryFor('aarch64', current)
    const owner = {
      face: 'action',
      pid: 1,
      start: readFileSync('/proc/1/stat', 'latin1').split(' ')[21] ?? '',
    } as const
    const other = new JournalWriter(testMachine({ owner }), root, false)
    await other.plan([ours])
    await other.register(ours)
    await other.commit([ours])
    expect(await restore()).toMatchObject({ warnings: [], spared: [{ pid: 1 }] })
    expect(names()).toEqual(['qemu-aarch64'])
  })
})
