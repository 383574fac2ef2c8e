import { describe, expect, it } from 'vitest'
import type { Journal, RecordedEntry } from '../../../src/core/journal/journal.js'
import {
  deferredOf,
  olderOverlap,
  overtakenBy,
  recordOf,
  reinstatementOf,
  unknownEntries,
  withPrecedence,
} from '../../../src/core/journal/recorded-entry.js'

function entry(name: string, change: Partial<RecordedEntry> = {}): RecordedEntry {
  const rule = { offset: 0, magic: '7f45', mask: 'ffff' }
  return { name, interpreter: '/c/qemu', flags: 'POCF', ...rule, enabled: true, inode: 1, ...change }
}

function journal(id: string, entries: readonly RecordedEntry[], instance = 40): Journal {
  const owner = { face: 'cli', pid: 1, start: '5' } as const
  const noted = entries.map(({ enabled, inode, ...rest }) => ({ ...rest, registered: enabled }))
  return { format: 1, id, owner, instance, mounted: false, entries: noted }
}

describe('a record', () => {
  it('says which entries belong to a journal of this instance', () => {
    const [ours, theirs] = [entry('a'), entry('b')]
    const journals = [journal('elsewhere', [theirs], 41), journal('one', [ours])]
    expect(recordOf([theirs, ours], journals, { instance: 40 })).toEqual([theirs, { ...ours, journal: 'one' }])
  })

  it('names for a replaced entry those that stood above it, match the same files and stay', () => {
    const [top, other, gone, old] = [
      entry('top'),
      entry('other', { magic: '4d5a' }),
      entry('gone'),
      entry('old', { extension: 'x', magic: '', mask: '' }),
    ]
    const record = [top, other, gone, old]
    expect(withPrecedence([gone, old], [top, other], record)).toEqual([
      { ...gone, below: ['top'], over: [] },
      { ...old, over: [] },
    ])
    expect(withPrecedence([top], [gone, old], record)).toEqual([{ ...top, over: ['gone'] }])
  })
})

describe('putting back', () => {
  it('goes from the oldest to the newest', () => {
    expect(reinstatementOf([entry('c'), entry('b'), entry('a')], [], [])).toEqual({
      register: [entry('a'), entry('b'), entry('c')],
      taken: [],
    })
  })

  it('leaves what stands as it was, also when it was switched off meanwhile', () => {
    const standing = entry('a', { enabled: false, inode: 9 })
    expect(reinstatementOf([entry('a')], [standing], [])).toEqual({ register: [], taken: [] })
  })

  it('leaves a name that somebody else has by now', () => {
    const other = entry('a', { interpreter: '/other' })
    expect(reinstatementOf([entry('a')], [other], [])).toEqual({ register: [], taken: [entry('a')] })
  })

  it('brings an entry of a journal back only while that journal is there', () => {
    const ours = entry('a', { journal: 'one' })
    expect(reinstatementOf([ours], [], [journal('one', [])]).register).toEqual([ours])
    expect(reinstatementOf([ours], [], [journal('two', [])])).toEqual({ register: [], taken: [] })
  })
})

describe('the order of what is put back', () => {
  const apart = { magic: '4d5a' }
  const [newest, middle, oldest, other] = [entry('c'), entry('b'), entry('a'), entry('x', apart)]
  const recorded = [newest, middle, other, oldest]

  it('lets wait what shares files with what must wait, on and on', () => {
    const wide = entry('w', { magic: '7f45', mask: '0000' })
    expect(deferredOf(recorded, [middle], [])).toEqual([newest, middle, oldest])
    expect(deferredOf([other, wide, oldest], [oldest], [])).toEqual([other, wide, oldest])
    expect(deferredOf(recorded, [], [entry('made', apart)])).toEqual([other])
    expect(deferredOf(recorded, [], [])).toEqual([])
  })

  it('lets a newer one wait for an older one of the same files, and no other', () => {
    expect(olderOverlap(newest, recorded, [oldest])).toBe(oldest)
    expect(olderOverlap(oldest, recorded, [newest])).toBeUndefined()
    expect(olderOverlap(other, recorded, [oldest])).toBeUndefined()
  })

  it('names what came before an entry and is behind it now', () => {
    const over = { ...middle, over: ['under'] }
    const all = [newest, over, oldest]
    const table = [newest, entry('later'), entry('under'), other, oldest]
    expect(overtakenBy(over, all, table)).toEqual(['c', 'later'])
    expect(overtakenBy(over, all, [{ ...newest, enabled: false }])).toEqual([])
    const disabled = { ...over, enabled: false }
    expect(overtakenBy(disabled, [newest, disabled], table)).toEqual([])
  })

  it('knows of a journal of an older release only what stood above', () => {
    const old = { ...middle, below: ['top'] }
    expect(overtakenBy(old, [old], [entry('top'), entry('later')])).toEqual(['top'])
  })
})

it('unknown entries are in no record and no journal of this instance', () => {
  const [recorded, claimed, stranger, changed] = [entry('a'), entry('b'), entry('c'), entry('d')]
  const record = [recorded, entry('d', { flags: 'F' })]
  const table = [recorded, claimed, stranger, changed]
  expect(
    unknownEntries(table, record, [journal('one', [claimed]), journal('two', [stranger], 41)], { instance: 40 }),
  ).toEqual([stranger, changed])
})
