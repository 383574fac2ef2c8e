// Entries of others that match the same programs: after a container has reset them they stand in the order in which they were made, so that the
// same emulator is in force as before.
import { copyFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { journalText } from '../../src/core/journal/journal.js'
import { tableByPrecedence } from '../../src/system/binfmt.js'
import { journalFolder, readJournals } from '../../src/system/journal-file.js'
import { container, current, old, remove, resetByImage, restore, texts } from '../support/kernel/by-hand.js'
import { cleanAfterEach, entryFor, probeFolder, registerByHand, temporaryFolder } from '../support/kernel/table.js'
import { emulatorPath } from '../support/programs/emulators.js'

cleanAfterEach()

const middle = await emulatorPath('aarch64', '10.0.2')
const order = () => tableByPrecedence().map(({ name }) => name)

async function inForce(): Promise<string | undefined> {
  const { run } = await probeFolder(['aarch64']).direct('aarch64')
  return run.kind === 'answered' ? run.fingerprint.path : undefined
}

/** Three of different emulators, the last of which is in force; the middle one has the name that images use. */
function three(third = 'qemu-third'): void {
  registerByHand(entryFor('aarch64', current, { name: 'qemu-first' }))
  registerByHand(entryFor('aarch64', middle))
  registerByHand(entryFor('aarch64', old, { name: third }))
}

const all = ['qemu-third', 'qemu-aarch64', 'qemu-first']

describe('three entries for the same programs', () => {
  it('come back in their order, and the same one is in force', async () => {
    three()
    const before = texts()
    await container(() => resetByImage(['aarch64', 's390x']))
    expect(order()).toEqual(['qemu-s390x', 'qemu-aarch64'])
    const { putBack, warnings } = await restore()
    expect([putBack, warnings]).toEqual([all.toReversed(), []])
    expect([order(), texts(), await inForce(), readJournals().journals]).toEqual([all, before, old, []])
  })

  it('come back in their order after a call that was killed: newer ones wait for one whose name is still taken', async () => {
    three()
    const before = texts()
    await container(() => resetByImage(['aarch64', 's390x']), true)
    const { putBack, warnings } = await restore()
    expect(putBack).toEqual(['qemu-first'])
    expect(warnings.join('\n')).toMatch(
      /^qemu-third .* waits for qemu-aarch64, which is older and must be registered first$/m,
    )
    // as the warnings say
    remove('qemu-aarch64', 'qemu-s390x')
    expect(await restore()).toMatchObject({ putBack: ['qemu-aarch64', 'qemu-third'], warnings: [] })
    expect([order(), texts(), await inForce(), readJournals().journals]).toEqual([all, before, old, []])
  })

  it('come back in their order where the call was killed before anything was registered', async () => {
    three()
    await container(() => remove(...all), true)
    expect(await restore()).toMatchObject({ putBack: all.toReversed(), warnings: [] })
    expect([order(), await inForce()]).toEqual([all, old])
  })

  it('do so also where restore itself was ended half-way', async () => {
    three()
    await container(() => resetByImage(['aarch64']))
    // it had removed the container's, and registered the oldest
    remove('qemu-aarch64')
    registerByHand(entryFor('aarch64', current, { name: 'qemu-first' }))
    expect(await restore()).toMatchObject({ putBack: ['qemu-aarch64', 'qemu-third'], warnings: [] })
    expect(order()).toEqual(all)
  })

  it('an older one whose emulator is gone does not hold up the others', async () => {
    const copy = join(temporaryFolder(), 'copy')
    copyFileSync(current, copy)
    registerByHand(entryFor('aarch64', copy, { name: 'qemu-first' }))
    registerByHand(entryFor('aarch64', old))
    await container(() => resetByImage(['s390x']))
    rmSync(copy)
    const { putBack, warnings } = await restore()
    expect([putBack, warnings]).toEqual([['qemu-aarch64'], [expect.stringContaining('qemu-first')]])
  })
})

describe('an entry that the reset leaves alone', () => {
  it('and that was made last is warned of: it cannot be put before the others again without touching it', async () => {
    three('third')
    await container(() => resetByImage(['aarch64']))
    const { putBack, warnings } = await restore()
    expect(putBack).toEqual(['qemu-first', 'qemu-aarch64'])
    const before = 'takes precedence over third, which came before it until now'
    expect(warnings).toEqual([`qemu-first is put back and ${before}`, `qemu-aarch64 is put back and ${before}`])
  })

  it('and that was made first stays behind the others', async () => {
    registerByHand(entryFor('aarch64', current, { name: 'first' }))
    registerByHand(entryFor('aarch64', old))
    await container(() => resetByImage(['aarch64']))
    expect(await restore()).toMatchObject({ putBack: ['qemu-aarch64'], warnings: [] })
    expect([order(), await inForce()]).toEqual([['qemu-aarch64', 'first'], old])
  })

  it('is warned of after a kill, too', async () => {
    three('third')
    await container(() => remove('qemu-first', 'qemu-aarch64'), true)
    const { warnings } = await restore()
    expect(warnings).toHaveLength(2)
    expect(warnings.join('\n')).toMatch(/qemu-aarch64 is put back and takes precedence over third,/)
  })

  it('and that is an earlier call’s, which is undone with it, is no reason to warn', async () => {
    registerByHand(entryFor('aarch64', old))
    const ours = await container(() => registerByHand(entryFor('aarch64', current, { name: 'third' })))
    expect(ours.journal.entries).toMatchObject([{ name: 'third' }])
    await container(() => resetByImage(['aarch64']))
    expect(await restore()).toMatchObject({ putBack: ['qemu-aarch64'], warnings: [] })
    expect([order(), await inForce()]).toEqual([['qemu-aarch64'], old])
  })
})

it('an entry that somebody made meanwhile is warned of: it came before what is put back', async () => {
  registerByHand(entryFor('aarch64', old))
  await container(() => resetByImage(['aarch64']))
  registerByHand(entryFor('aarch64', middle, { name: 'later' }))
  expect((await restore()).warnings).toEqual([expect.stringMatching(/^qemu-aarch64 .* precedence over later,/)])
})

/** Gives journals other ids, the oldest the first of them: they are read in the order of these. */
function renamed(ids: readonly string[]): void {
  const journals = readJournals().journals.toSorted((a, b) => (a.since ?? 0) - (b.since ?? 0))
  const texts = journals.map((journal) =>
    journals.reduce((text, { id }, at) => text.replaceAll(id, ids[at] ?? id), journalText(journal)),
  )
  for (const { id } of journals) rmSync(join(journalFolder, `${id}.json`))
  texts.forEach((text, at) => {
    writeFileSync(join(journalFolder, `${ids[at]}.json`), text)
  })
}

it.each([[['cli-a', 'cli-b']], [['cli-b', 'cli-a']]])(
  'two containers are undone from the last to the first, read in the order %j',
  async (ids) => {
    registerByHand(entryFor('aarch64', old))
    const before = texts()
    await container(() => resetByImage(['aarch64']))
    await new Promise((resolve) => setTimeout(resolve, 5))
    await container(() => resetByImage(['aarch64'], middle))
    renamed(ids)
    expect(await restore()).toMatchObject({ warnings: [] })
    expect([texts(), readJournals().journals]).toEqual([before, []])
  },
)
