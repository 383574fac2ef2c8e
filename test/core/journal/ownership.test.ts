// What several jobs on one machine mean for each other, as rules.
import { describe, expect, it } from 'vitest'
import { dropInPath, dropInText, isDropIn } from '../../../src/core/journal/drop-in.js'
import {
  type Journal,
  type JournalEntry,
  journalText,
  type Owner,
  parseJournal,
  undoOf,
} from '../../../src/core/journal/journal.js'
import { conflictOf, overtakenOf, ownedEntries, raceOf } from '../../../src/core/journal/ownership.js'
import type { Entry, ListedEntry } from '../../../src/core/model/entry.js'
import { ruleOf } from '../../../src/core/model/rule.js'
import { targetNamed } from '../../../src/core/model/targets.js'

const { magic, mask } = targetNamed('aarch64')
const me: Owner = { face: 'action', pid: 1, start: '10', label: 'me/repo, job a of run 1' }
const other: Owner = { face: 'action', pid: 2, start: '20', label: 'they/repo, job b of run 2' }
const person: Owner = { face: 'cli', pid: 3, start: '30' }

const entry = (change: Partial<Entry> = {}): Entry => ({
  name: 'qemu-aarch64',
  interpreter: '/q',
  flags: 'POCF',
  offset: 0,
  magic,
  mask,
  ...change,
})
const listed = (change: Partial<ListedEntry> = {}): ListedEntry => ({ ...entry(change), enabled: true, ...change })
const mine = (sha256: string, change: Partial<JournalEntry> = {}): JournalEntry => ({
  ...entry(),
  registered: true,
  emulator: { sha256, qemuVersion: '7.2.22' },
  ...change,
})

function journal(owner: Owner, entries: JournalEntry[], change: Partial<Journal> = {}): Journal {
  return {
    format: 1,
    id: `${owner.face}-${owner.pid}`,
    owner,
    instance: 5,
    mounted: false,
    since: 100,
    entries,
    ...change,
  }
}

const wanted = { sha256: 'aa', flags: ['POCF', 'OCF'], version: '11.1.3' }

describe('what journals hold', () => {
  it('are registered entries of this instance, of journals that are not being undone', () => {
    const all = [
      journal(other, [mine('aa'), mine('aa', { name: 'b', registered: false })]),
      journal(me, [mine('bb')], { instance: 6 }),
      journal(person, [mine('cc')], { leaving: true }),
    ]
    expect(ownedEntries(all, { instance: 5 })).toEqual([
      { entry: mine('aa'), emulator: mine('aa').emulator, journal: 'action-2', owner: other },
    ])
  })
})

describe('a conflict', () => {
  it('is another living job’s entry with another emulator: both owners are named', () => {
    const owned = ownedEntries([journal(other, [mine('bb')])], { instance: 5 })
    expect(conflictOf([listed()], owned, me, wanted)).toEqual({
      kind: 'other-job',
      entry: 'qemu-aarch64',
      theirs: { owner: 'they/repo, job b of run 2 (process 2)', has: '7.2.22', flags: 'POCF' },
      ours: { owner: 'me/repo, job a of run 1 (process 1)', wants: '11.1.3', flags: 'POCF' },
    })
  })

  it.each<[string, Journal[], Owner, ListedEntry[]]>([
    ['with the same emulator', [journal(other, [mine('aa')])], me, [listed()]],
    ['of the same job', [journal(me, [mine('bb')])], me, [listed()]],
    ['of the command line', [journal(person, [mine('bb')])], me, [listed()]],
    ['that does not stand any more', [journal(other, [mine('bb')])], me, [listed({ interpreter: '/changed' })]],
    ['of nobody that we know', [], me, [listed()]],
  ])('is none %s', (_, journals, who, rivals) => {
    expect(conflictOf(rivals, ownedEntries(journals, { instance: 5 }), who, wanted)).toBeUndefined()
  })

  it('is the same emulator with other flags, too, and one behind the first entry', () => {
    const flags = ownedEntries([journal(other, [mine('aa', { flags: 'PF' })])], { instance: 5 })
    expect(conflictOf([listed({ flags: 'PF' })], flags, me, wanted)).toMatchObject({ theirs: { flags: 'PF' } })
    const owned = ownedEntries([journal(other, [mine('bb')])], { instance: 5 })
    expect(conflictOf([listed({ name: 'newer' }), listed()], owned, me, wanted)).toMatchObject({
      entry: 'qemu-aarch64',
    })
    expect(conflictOf([listed()], owned, person, wanted)).toMatchObject({ kind: 'other-job' })
  })
})

describe('two jobs at the same moment', () => {
  const intent = mine('bb', { registered: false })
  const earlier = journal(other, [intent], { since: 99 })

  it('the earlier one goes first, be it by its number alone', () => {
    const ours = mine('aa', { registered: false, name: 'x' })
    expect(raceOf(ours, journal(me, [ours]), [earlier])).toMatchObject({ kind: 'other-job', entry: 'qemu-aarch64' })
    expect(raceOf(ours, journal(me, [ours]), [journal(other, [intent], { since: 101 })])).toBeUndefined()
    const same = (id: string) => raceOf(ours, journal(me, [ours], { id: 'm' }), [journal(other, [intent], { id })])
    expect([same('a'), same('z')]).toEqual([expect.objectContaining({ kind: 'other-job' }), undefined])
  })

  it('are in each other’s way only with different emulators for the same programs', () => {
    const against = (ours: JournalEntry, theirs = earlier) => raceOf(ours, journal(me, [ours]), [theirs])
    expect(against(mine('bb'))).toBeUndefined()
    expect(against(mine('bb', { flags: 'OCF' }))).toBeUndefined()
    const theirs = { owner: 'they/repo, job b of run 2 (process 2)', has: '7.2.22', flags: 'POCF' }
    const conflict = (flags: string) => ({
      kind: 'other-job',
      entry: 'qemu-aarch64',
      theirs,
      ours: { owner: 'me/repo, job a of run 1 (process 1)', wants: '7.2.22', flags },
    })
    expect(against(mine('bb', { flags: 'PF' }))).toEqual(conflict('PF'))
    expect(against(mine('aa', { magic: targetNamed('s390x').magic }))).toBeUndefined()
    expect(against(mine('aa', ruleOf(targetNamed('aarch64'), 'wide')))).toEqual(conflict('POCF'))
    expect(against(mine('bb', ruleOf(targetNamed('aarch64'), 'wide')))).toBeUndefined()
    const two = { ...earlier, entries: [mine('aa'), intent] }
    expect(against(mine('aa'), two)).toEqual(conflict('POCF'))
    expect(against(mine('aa'), { ...earlier, leaving: true })).toBeUndefined()
    expect(against(mine('aa'), { ...earlier, instance: 6 })).toBeUndefined()
  })
})

describe('a shared entry', () => {
  it('is removed by the last one out', () => {
    const [ours, theirs] = [journal(me, [mine('aa')]), journal(other, [mine('aa')])]
    expect(undoOf(ours, [listed()], [theirs])).toMatchObject({ remove: [], left: [{ why: 'of-another' }] })
    expect(undoOf(ours, [listed()], [{ ...theirs, leaving: true }])).toMatchObject({
      remove: [{ name: 'qemu-aarch64' }],
    })
    expect(undoOf(ours, [listed()], [])).toMatchObject({ remove: [{ name: 'qemu-aarch64' }] })
  })
})

describe('an overtaken entry', () => {
  const newer = listed({ name: 'newer', interpreter: '/n' })
  const ours = journal(me, [mine('aa')])

  it('stands behind a newer one that matches the same programs', () => {
    expect(overtakenOf(ours, [newer, listed()], [])).toEqual([{ name: 'qemu-aarch64', by: ['newer'] }])
    const theirs = journal(other, [mine('bb', { name: 'newer', interpreter: '/n' })])
    expect(overtakenOf(ours, [newer, listed()], [theirs])).toEqual([{ name: 'qemu-aarch64', by: ['newer'] }])
  })

  it.each<[string, ListedEntry[], Journal[]]>([
    ['before an older one', [listed(), newer], []],
    ['behind one that is disabled', [{ ...newer, enabled: false }, listed()], []],
    ['behind one for other programs', [{ ...newer, magic: targetNamed('s390x').magic }, listed()], []],
    [
      'behind one of the same job',
      [newer, listed()],
      [journal(me, [mine('bb', { name: 'newer', interpreter: '/n' })])],
    ],
    [
      'behind one with another rule by which a second job has the same emulator',
      [newer, listed()],
      [journal(other, [mine('aa', { name: 'newer', interpreter: '/n' })])],
    ],
    ['when it is gone', [newer], []],
  ])('is it not %s', (_, table, others) => {
    expect(overtakenOf(ours, table, others)).toEqual([])
  })
})

describe('a drop-in', () => {
  it('sorts last, has a name of its own, and holds one registration', () => {
    expect(dropInPath(entry())).toBe('/run/binfmt.d/zz-setup-qemu-qemu-aarch64.conf')
    expect(dropInPath(entry({ name: 'a/../b' }))).toBe('/run/binfmt.d/zz-setup-qemu-a____b.conf')
    expect(dropInText(entry()).split('\n')).toEqual([
      expect.stringMatching(/^#/),
      expect.stringMatching(/^:qemu-aarch64:M::\\x7f.*:\/q:POCF$/),
      '',
    ])
  })

  it.each([
    '/run/binfmt.d/qemu.conf',
    '/etc/passwd',
    '/run/binfmt.d/zz-setup-qemu-../x.conf',
    '/run/binfmt.d/zz-setup-qemu-.conf',
  ])('%s is none of ours', (path) => {
    expect(isDropIn(path)).toBe(false)
  })
})

describe('a journal’s newer fields', () => {
  it('round-trip', () => {
    const full = journal({ ...me, pidNamespace: '4026531836' }, [mine('aa', { inode: 7 })], {
      leaving: true,
      files: [dropInPath(entry())],
    })
    expect(parseJournal(journalText(full))).toEqual(full)
  })

  it.each<[string, object]>([
    ['a file that is none of ours', { files: ['/etc/passwd'] }],
    ['files that are no list', { files: '/run/binfmt.d/zz-setup-qemu-a.conf' }],
    ['leaving that is no truth', { leaving: 'yes' }],
    ['a time that is none', { since: '1' }],
    ['an inode that is none', { entries: [{ ...mine('aa'), inode: '1' }] }],
    ['an emulator that is none', { entries: [{ ...mine('aa'), emulator: 'aa' }] }],
    ['a label that is no text', { owner: { ...me, label: 1 } }],
  ])('are refused with %s', (_, change) => {
    expect(() => parseJournal(JSON.stringify({ ...journal(me, []), ...change }))).toThrow(
      expect.objectContaining({ code: 'journal-damaged' }),
    )
  })
})
