// Jobs that share an entry and end in the same moment: whoever removes it, nobody says that a stranger did. What a stranger did is told all the same.
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { Restored } from '../../src/core/journal/restored.js'
import { interferenceWords } from '../../src/core/report/notice.js'
import { binfmtFolder } from '../../src/system/binfmt.js'
import { readJournals } from '../../src/system/journal-file.js'
import { cleanAfterEach, entryFor, names, registerByHand } from '../support/kernel/table.js'
import { emulatorPath } from '../support/programs/emulators.js'
import { job, journalWriterOf, post, run } from '../support/runner/jobs.js'

cleanAfterEach()
const old = await emulatorPath('aarch64', '7.2.22')

/** Jobs that have set up the same emulator. */
async function jobs(count: number) {
  const all = Array.from({ length: count }, (_, at) => job(`job ${at}`))
  for (const one of all) await run(one)
  return all
}

function removedBy(all: readonly Restored[]): string[] {
  return all.flatMap(({ removed }) => removed)
}

describe('jobs that share an entry and end in the same moment', () => {
  // each step of the one comes between two of the other: in every pair one looks at the table when the other has removed the entry
  it.each([2, 2, 2, 2, 2, 3, 5])('%i of them: none warns, one removes it, nothing is left', async (count) => {
    const ended = await Promise.all((await jobs(count)).map(post))
    expect(ended.flatMap(interferenceWords)).toEqual([])
    expect(ended.flatMap(({ left }) => left.map(({ why }) => why))).toEqual(Array(count - 1).fill('by-another'))
    expect([removedBy(ended), names(), readJournals().journals]).toEqual([['qemu-aarch64'], [], []])
  })

  it('all warn when a stranger had removed it before', async () => {
    const all = await jobs(2)
    writeFileSync(join(binfmtFolder, 'status'), '-1')
    const ended = await Promise.all(all.map(post))
    expect(ended.map(interferenceWords)).toEqual(
      Array(2).fill([expect.stringContaining('was removed while this job ran')]),
    )
  })

  it('all warn when a stranger had replaced it', async () => {
    const all = await jobs(2)
    writeFileSync(join(binfmtFolder, 'qemu-aarch64'), '-1')
    registerByHand(entryFor('aarch64', old))
    const ended = await Promise.all(all.map(post))
    expect(ended.map(interferenceWords)).toEqual(Array(2).fill([expect.stringContaining('was replaced by somebody')]))
  })

  it('all warn when a stranger had taken precedence over it', async () => {
    const all = await jobs(2)
    registerByHand(entryFor('aarch64', old, { name: 'theirs' }))
    const ended = await Promise.all(all.map(post))
    expect(ended.map(interferenceWords)).toEqual(Array(2).fill([expect.stringContaining('theirs took precedence')]))
  })

  it('a set-up that was ended before its entry stood does not miss it', async () => {
    const a = job('a')
    await journalWriterOf(a).plan([entryFor('aarch64', old)])
    expect(await post(a)).toMatchObject({ removed: [], left: [], warnings: [] })
  })
})
