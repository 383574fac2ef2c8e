import { describe, expect, it } from 'vitest'
import {
  deviceOf,
  isSameTable,
  isTableInUse,
  isTableMark,
  type OtherViews,
  type TableIdentity,
  type TableView,
  tableStateOf,
} from '../../../src/core/journal/table-identity.js'

const first = '4026531837'
const mark = { boot: 'b1', born: '1795920711365130752', userNamespace: first }
const table: TableIdentity = { instance: 41, table: mark }
const later: TableIdentity = { instance: 41, table: { ...mark, born: '1795920711577130747' } }
const byDevice: TableIdentity = { instance: 41 }

function view(change: Partial<TableView> & Partial<OtherViews> = {}): TableView {
  const { holders = [], complete = true, ...rest } = change
  const others = () => ({ holders, complete })
  return { boot: 'b1', userNamespace: first, here: later, inUse: true, single: false, others, ...rest }
}

describe('two tables', () => {
  it('are one by device, making and boot', () => {
    expect(isSameTable(table, { ...table, table: { ...mark, userNamespace: '7' } })).toBe(true)
    expect(isSameTable(table, later)).toBe(false)
    expect(isSameTable(table, { instance: 42, table: mark })).toBe(false)
    expect(isSameTable(table, { ...table, table: { ...mark, boot: 'b2' } })).toBe(false)
  })

  it('are compared by what is known of both: older releases noted the device alone, and a boot may not be told', () => {
    expect([isSameTable(byDevice, table), isSameTable(table, byDevice)]).toEqual([true, true])
    expect(isSameTable({ instance: 42 }, table)).toBe(false)
    expect(isSameTable({ ...table, table: { ...mark, boot: '' } }, table)).toBe(true)
  })
})

describe('a journal’s table', () => {
  const holder = { pid: 7, born: mark.born, foreign: true }
  const cases: [string, TableIdentity, Partial<TableView> & Partial<OtherViews>, object][] = [
    ['is here', table, { here: table }, { kind: 'here' }],
    ['is here for an older release by its device', byDevice, {}, { kind: 'here' }],
    ['ended with its boot, whatever is mounted now', table, { boot: 'b2', holders: [holder] }, { kind: 'gone' }],
    [
      'ended where the kernel has none at all',
      table,
      { inUse: false, here: undefined, single: true },
      { kind: 'gone' },
    ],
    ['ended where nobody has it', table, {}, { kind: 'gone' }],
    ['ended where nobody has it, and none is here', table, { here: undefined }, { kind: 'gone' }],
    ['ended where another took its device', table, { holders: [{ ...holder, born: '5' }] }, { kind: 'gone' }],
    ['lives in a namespace that has it', table, { holders: [holder] }, { kind: 'elsewhere', pid: 7 }],
    [
      'lives there also where none is here',
      table,
      { here: undefined, holders: [holder] },
      { kind: 'elsewhere', pid: 7 },
    ],
    [
      'may live where it cannot be looked at',
      table,
      { holders: [{ ...holder, born: null }] },
      { kind: 'elsewhere', pid: 7 },
    ],
    ['of an older release lives by its device', { instance: 40 }, { holders: [holder] }, { kind: 'elsewhere', pid: 7 }],
    [
      'is reached by a mount where others of this namespace have it',
      table,
      { here: undefined, holders: [{ ...holder, foreign: false }] },
      { kind: 'unmounted' },
    ],
    ['lives on without a mount before 6.7', table, { single: true, here: undefined }, { kind: 'unmounted' }],
    ['ended before 6.7 where another is here', table, { single: true, complete: false }, { kind: 'gone' }],
    ['ended where another is here in the first namespace', table, { complete: false }, { kind: 'gone' }],
    ['may live where not all is seen', table, { complete: false, here: undefined }, { kind: 'unmounted' }],
    [
      'may be another namespace’s where not all is seen',
      { instance: 41, table: { ...mark, userNamespace: '8' } },
      { complete: false },
      { kind: 'elsewhere', pid: null },
    ],
    ['of an older release may be too', { instance: 40 }, { complete: false }, { kind: 'elsewhere', pid: null }],
    ['may live in a container', table, { complete: false, userNamespace: '8' }, { kind: 'elsewhere', pid: null }],
  ]
  it.each(cases)('%s', (_, one, seen, expected) => {
    expect(tableStateOf(one, view(seen))).toEqual(expected)
  })

  it('that is here costs no look at other processes', () => {
    const others = () => {
      throw new Error('looked')
    }
    expect(tableStateOf(table, { ...view({ here: table }), others })).toEqual({ kind: 'here' })
  })
})

it('whether there is a table at all is read from the kernel’s lists', () => {
  const known = 'nodev\tproc\nnodev\tbinfmt_misc\n\text4\n'
  expect(isTableInUse('nodev\tproc\n', '')).toBe(false)
  expect(isTableInUse(known, '')).toBe(true)
  const count = (uses: string) => isTableInUse(known, `ext4 1 0 - Live 0x0\nbinfmt_misc 28672 ${uses} - Live 0x0\n`)
  expect([count('0'), count('1'), count('2'), count('-'), count('10')]).toEqual([false, true, true, true, true])
})

it('a mark is read from a journal only as we write it', () => {
  expect(isTableMark(mark)).toBe(true)
  for (const change of [{ boot: 1 }, { born: '' }, { born: '1e9' }, { born: 5 }, { userNamespace: undefined }])
    expect(isTableMark({ ...mark, ...change })).toBe(false)
  for (const value of [null, 'x', 7, []]) expect(isTableMark(value)).toBe(false)
})

it('device numbers of mountinfo are those of stat', () => {
  // makedev of glibc
  expect(['0:41', '0:255', '0:256', '8:1', '0:70000'].map(deviceOf)).toEqual([41, 255, 1_048_576, 2049, 286_261_360])
})
