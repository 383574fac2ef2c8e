import { describe, expect, it } from 'vitest'
import type { Journal, JournalEntry } from '../../../src/core/journal/journal.js'
import { lostJson, lostOf, lostText, momentText } from '../../../src/core/journal/lost-entry.js'
import type { ListedEntry } from '../../../src/core/model/entry.js'

const since = Date.UTC(2026, 10, 29, 2, 51, 18, 365)

function entry(name: string, change: Partial<JournalEntry> = {}): JournalEntry {
  const rule = { offset: 0, magic: '7f45', mask: 'ffff' }
  return { name, interpreter: '/c/qemu', flags: 'POCF', ...rule, registered: true, ...change }
}

function listed(name: string, change: Partial<ListedEntry> = {}): ListedEntry {
  const { registered, ...plain } = entry(name)
  return { ...plain, enabled: registered, ...change }
}

function journal(entries: JournalEntry[], change: Partial<Journal> = {}): Journal {
  const owner = { face: 'cli', pid: 7, start: '5' } as const
  return { format: 1, id: 'cli-7-aa', owner, instance: 40, mounted: false, since, entries, ...change }
}

const living = () => false
const lost = (here: Journal[], table: ListedEntry[] = [], unmounted: Journal[] = []) =>
  lostOf({ here, unmounted }, table, living).map((one) => `${one.entry.name} ${one.how} ${one.journal}`)

describe('what is lost', () => {
  it('is what a journal has registered and the table does not have', () => {
    const found = [journal([entry('a'), entry('b'), entry('c')])]
    expect(lost(found, [listed('a', { enabled: false }), listed('b', { interpreter: '/other' })])).toEqual([
      'b replaced cli-7-aa',
      'c removed cli-7-aa',
    ])
  })

  it('is all of a table that was unmounted', () => {
    expect(lost([], [], [journal([entry('a')])])).toEqual(['a unmounted cli-7-aa'])
    expect(lost([], [listed('a')], [journal([entry('a')])])).toEqual(['a unmounted cli-7-aa'])
  })

  it('is not what was only about to be registered, nor what is just being undone', () => {
    expect(lost([journal([entry('a', { registered: false })]), journal([entry('b')], { leaving: true })])).toEqual([])
  })

  it('is told once, for the one who came first', () => {
    const [first, second] = [
      journal([entry('a')], { id: 'one' }),
      journal([entry('a')], { id: 'two', since: since + 1 }),
    ]
    expect(lost([second, first])).toEqual(['a removed one'])
  })
})

describe('a lost entry in words', () => {
  const [one] = lostOf({ here: [journal([entry('a')])], unmounted: [] }, [], living)
  if (one === undefined) throw new Error('nothing is lost')

  it('has when it was registered and for whom', () => {
    expect(lostText(one)).toBe(
      'a, registered 2026-11-29 02:51:18 UTC for the command line (process 7), was removed since by somebody else',
    )
    expect(lostJson(one)).toEqual({
      entry: 'a',
      how: 'removed',
      registered: '2026-11-29T02:51:18.365Z',
      journal: 'cli-7-aa',
      owner: { face: 'cli', name: 'the command line (process 7)', ended: false },
    })
  })

  it('of an older journal does not say when', () => {
    const old = { ...one, since: null, how: 'unmounted' as const }
    expect(lostText(old)).toBe(
      'a, registered for the command line (process 7), went with its table, which was unmounted since',
    )
    expect(lostJson(old)).toMatchObject({ registered: null })
  })

  it('has no moment where the number is none', () => {
    expect([momentText(null), momentText(9e15), momentText(-9e15)]).toEqual([null, null, null])
    expect(lostJson({ ...one, since: Number.MAX_SAFE_INTEGER })).toMatchObject({ registered: null })
  })
})
