import { describe, expect, it } from 'vitest'
import {
  inUndoOrder,
  isEmptyJournal,
  type Journal,
  type JournalEntry,
  journalText,
  type Left,
  leftAtEnd,
  parseJournal,
  undoOf,
} from '../../../src/core/journal/journal.js'
import type { ListedEntry } from '../../../src/core/model/entry.js'

function entry(name: string, change: Partial<JournalEntry> = {}): JournalEntry {
  return {
    name,
    interpreter: '/c/qemu',
    flags: 'POCF',
    offset: 0,
    magic: '7f45',
    mask: 'ffff',
    registered: true,
    ...change,
  }
}

function journal(entries: JournalEntry[], change: Partial<Journal> = {}): Journal {
  return {
    format: 1,
    id: 'cli-1-aa',
    owner: { face: 'cli', pid: 1, start: '5' },
    instance: 40,
    mounted: false,
    entries,
    ...change,
  }
}

function listed({ registered, ...rest }: JournalEntry): ListedEntry {
  return { ...rest, enabled: registered }
}

describe('a journal', () => {
  it('survives its file', () => {
    const one = journal([entry('a'), entry('b', { registered: false })], { mounted: true })
    expect(parseJournal(journalText(one))).toEqual(one)
  })

  const good = JSON.parse(journalText(journal([entry('a')])))
  it.each([
    ['no JSON', '{'],
    ['nothing', ''],
    ['a list', '[]'],
    ['another format', { ...good, format: 2 }],
    ['a path as id', { ...good, id: '../../etc/passwd' }],
    ['no instance', { ...good, instance: '40' }],
    ['no owner', { ...good, owner: undefined }],
    ['an owner of another kind', { ...good, owner: { face: 'root', pid: 1, start: '' } }],
    ['an entry with a path as name', { ...good, entries: [{ ...good.entries[0], name: '../x' }] }],
    ['an entry named register', { ...good, entries: [{ ...good.entries[0], name: 'register' }] }],
    ['an entry named status', { ...good, entries: [{ ...good.entries[0], name: 'status' }] }],
    ['an entry without a mask', { ...good, entries: [{ ...good.entries[0], mask: 7 }] }],
    ['no entries', { ...good, entries: null }],
  ])('is refused with %s', (_, text) => {
    const attempt = () => parseJournal(typeof text === 'string' ? text : JSON.stringify(text))
    expect(attempt).toThrow(expect.objectContaining({ code: 'journal-damaged' }))
  })
})

describe("a container's side of a journal", () => {
  const { registered, ...plain } = entry('a')
  const recorded = { ...plain, enabled: registered, inode: 4_000_000_001 }
  const byName = { ...recorded, name: 'x', magic: '', mask: '', extension: 'q-e' }
  const good = JSON.parse(journalText(journal([])))

  it('survives its file', () => {
    const record = [{ ...recorded, journal: 'cli-1-bb' }, byName, { ...recorded, name: 'n', unmasked: true as const }]
    const one = journal([entry('a')], { record, replaced: [{ ...recorded, below: ['b'], over: ['c'] }] })
    expect(parseJournal(journalText(one))).toEqual(one)
  })

  it('may be absent, as in older journals', () => {
    expect(Object.keys(parseJournal(JSON.stringify(good)))).not.toContain('record')
  })

  it.each([
    ['a path as name', { name: '../x' }],
    ['the name register', { name: 'register' }],
    ['flags that the kernel does not have', { flags: 'POCF:' }],
    ['a magic that is no hexadecimal', { magic: '7f:5' }],
    ['a magic of another length', { magic: '7f4546' }],
    ['no magic', { magic: '', mask: '' }],
    ['a magic beside an extension', { extension: 'exe' }],
    ['an empty extension', { extension: '', magic: '', mask: '' }],
    ['no state', { enabled: undefined }],
    ['no inode', { inode: 'x' }],
    ['a mask that is said not to be there', { unmasked: false }],
    ['a journal that is no name', { journal: 7 }],
    ['names that are none', { below: [7] }],
    ['other names that are none', { over: 'a' }],
  ])('is refused with %s', (_, change) => {
    for (const field of ['record', 'replaced'])
      expect(() => parseJournal(JSON.stringify({ ...good, [field]: [{ ...recorded, ...change }] }))).toThrow(
        expect.objectContaining({ code: 'journal-damaged', message: expect.stringContaining(field) }),
      )
  })

  it('is refused when it is no list', () => {
    expect(() => parseJournal(JSON.stringify({ ...good, record: { 0: recorded } }))).toThrow(/record is malformed/)
  })

  it('counts when it is asked whether anything is to be undone', () => {
    expect(isEmptyJournal(journal([]))).toBe(true)
    expect(isEmptyJournal(journal([], { replaced: [] }))).toBe(true)
    for (const change of [{ record: [] }, { replaced: [recorded] }, { mounted: true }])
      expect(isEmptyJournal(journal([], change))).toBe(false)
    expect(isEmptyJournal(journal([entry('a')]))).toBe(false)
  })
})

it('journals are undone so that what the newest container replaced comes back first, and after what is simply removed', () => {
  const by = (id: string, change: Partial<Journal>) => journal([], { id, ...change })
  const [one, two, old] = [
    by('one', { replaced: [], since: 1 }),
    by('two', { record: [], since: 2 }),
    by('old', { replaced: [] }),
  ]
  const plain = [by('p', { since: 5 }), by('q', {})]
  expect(inUndoOrder([old, one, ...plain, two]).map(({ id }) => id)).toEqual(['p', 'q', 'two', 'one', 'old'])
})

describe('undoing', () => {
  it('removes what is ours', () => {
    const own = entry('a')
    expect(undoOf(journal([own]), [listed(own), listed(entry('foreign'))], [])).toEqual({ remove: [own], left: [] })
  })

  it('removes ours also when somebody disabled it', () => {
    const own = entry('a')
    expect(undoOf(journal([own]), [{ ...listed(own), enabled: false }], []).remove).toEqual([own])
  })

  it.each([{ interpreter: '/other' }, { flags: 'F' }, { magic: '7f46' }, { mask: 'ff00' }, { offset: 1 }])(
    'leaves what is no longer ours: %j',
    (change) => {
      const own = entry('a')
      expect(undoOf(journal([own]), [listed({ ...own, ...change })], [])).toEqual({
        remove: [],
        left: [{ name: 'a', why: 'changed' }],
      })
    },
  )

  it('has nothing to do for what is gone', () => {
    expect(undoOf(journal([entry('a')]), [], [])).toEqual({ remove: [], left: [{ name: 'a', why: 'gone' }] })
  })

  it('does not miss what was only intended, nor takes it for replaced', () => {
    const intended = entry('a', { registered: false })
    expect(undoOf(journal([intended]), [], [])).toEqual({ remove: [], left: [] })
    expect(undoOf(journal([intended]), [listed(entry('a', { flags: 'F' }))], [])).toEqual({ remove: [], left: [] })
  })

  it.each<[Left['why'], Left['why'] | undefined, Left['why']]>([
    ['gone', undefined, 'by-another'],
    ['changed', undefined, 'of-another'],
    ['gone', 'gone', 'gone'],
    ['changed', 'changed', 'changed'],
    ['changed', 'gone', 'gone'],
    ['of-another', 'gone', 'of-another'],
  ])('that is %s at the end, and was %s while it was claimed, is told as %s', (why, before, told) => {
    const claimed = before === undefined ? [] : [{ name: 'a', why: before }]
    expect(leftAtEnd([{ name: 'a', why }], claimed)).toEqual([{ name: 'a', why: told }])
  })

  it('removes what was only intended, as it may have been registered before a crash', () => {
    const intended = entry('a', { registered: false })
    expect(undoOf(journal([intended]), [listed(entry('a'))], []).remove).toEqual([intended])
  })

  it('leaves what was only intended when another journal did register it', () => {
    const intended = entry('a', { registered: false })
    const other = journal([entry('a')], { id: 'action-2-bb' })
    expect(undoOf(journal([intended]), [listed(entry('a'))], [other])).toEqual({
      remove: [],
      left: [{ name: 'a', why: 'of-another' }],
    })
    const elsewhere = { ...other, instance: 41 }
    expect(undoOf(journal([intended]), [listed(entry('a'))], [elsewhere]).remove).toEqual([intended])
  })

  it('finds the variant that stands when an entry was registered anew with other flags', () => {
    const first = entry('a')
    const second = entry('a', { flags: 'OCF', registered: false })
    expect(undoOf(journal([first, second]), [listed({ ...second, registered: true })], [])).toEqual({
      remove: [second],
      left: [],
    })
    expect(undoOf(journal([first, second]), [listed(first)], [])).toEqual({ remove: [first], left: [] })
  })
})
