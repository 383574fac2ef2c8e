import { describe, expect, it } from 'vitest'
import { type TableFacts, viewJson, viewOf, viewText } from '../../../src/core/explain/table-view.js'
import type { ListedEntry } from '../../../src/core/model/entry.js'
import { plainLinks } from '../../../src/core/model/links.js'
import { ruleOf } from '../../../src/core/model/rule.js'
import { targetNamed } from '../../../src/core/model/targets.js'
import type { ProbeRun } from '../../../src/core/probe/probe-run.js'
import probes from '../../../src/data/probes.json' with { type: 'json' }

const { magic, mask } = targetNamed('aarch64')
const head = Buffer.from(probes.probes.aarch64.base64, 'base64')
const fingerprint = { path: '/real/new', sha256: 'aa', qemuVersion: '11.1.3', build: 'Debian 1' }
const ran: ProbeRun = { kind: 'answered', argv: [], native: false, fingerprint, answerRight: true, ending: '' }
const file = (path: string) => ({ path, sha256: 'ff', qemuVersion: null, build: null })

function entry(name: string, interpreter: string, change: Partial<ListedEntry> = {}): ListedEntry {
  return { name, enabled: true, interpreter, flags: 'POCF', offset: 0, magic, mask, ...change }
}

function facts(table: ListedEntry[], change: Partial<TableFacts> = {}): TableFacts {
  const files = new Map([
    ['/new', file('/real/new')],
    ['/old', file('/real/old')],
  ])
  return {
    table,
    mounted: true,
    enabled: true,
    runs: [{ target: 'aarch64', head, run: ran }],
    files,
    journals: [],
    stale: new Set(),
    lost: [],
    ...change,
  }
}

const kinds = (found: TableFacts) => viewOf(found).map(({ entry: { name }, behind }) => `${name} ${behind.kind}`)

describe('what stands behind an entry', () => {
  it('is the executable that ran, when it alone matches', () => {
    expect(viewOf(facts([entry('a', '/gone')]))[0]).toMatchObject({
      target: 'aarch64',
      behind: { kind: 'runs', fingerprint },
      file: null,
    })
  })

  it('is the newest that matches, wherever the path of what runs leads', () => {
    expect(kinds(facts([entry('a', '/old'), entry('b', '/new')]))).toEqual(['a runs', 'b shadowed'])
  })

  it('is that of the programs which an entry is in force for, where it matches others too', () => {
    const everything = entry('everything', '/any', { magic: '7f454c46', mask: 'ffffffff' })
    const riscv64 = Buffer.from(probes.probes.riscv64.base64, 'base64')
    const runs = [...facts([]).runs, { target: 'riscv64', head: riscv64, run: ran }]
    const found = facts([entry('a', '/new'), everything], { runs })
    expect(viewOf(found).map(({ target, behind }) => [target, behind.kind])).toEqual([
      ['aarch64', 'runs'],
      ['riscv64', 'runs'],
    ])
    const refused: ProbeRun = { kind: 'refused', stage: 'exec', errno: 'ENOENT' }
    const broken = facts([entry('a', '/gone'), entry('b', '/new')], {
      runs: [{ target: 'aarch64', head, run: refused }],
    })
    expect(kinds(broken)).toEqual(['a refused', 'b shadowed'])
  })

  it('is the newest of several, whether they name the same executable or none names what runs', () => {
    expect(kinds(facts([entry('a', '/new'), entry('b', '/new'), entry('c', '/old')]))).toEqual([
      'a runs',
      'b shadowed',
      'c shadowed',
    ])
    expect(kinds(facts([entry('a', '/x'), entry('b', '/y')]))).toEqual(['a runs', 'b shadowed'])
  })

  it('is an AppImage alone for one with a wide rule behind another', () => {
    const wide = ruleOf(targetNamed('aarch64'), 'wide')
    const found = facts([entry('a', '/new'), entry('b', '/old', wide), entry('c', '/old', wide)])
    expect(kinds(found)).toEqual(['a runs', 'b partly', 'c shadowed'])
    expect(viewText(found, plainLinks)).toMatch(
      /^b +aarch64, wide +POCF +shadowed by another entry, but for AppImages/m,
    )
    expect(viewJson(found)).toMatchObject({ entries: [{ rules: 'upstream' }, { rules: 'wide' }, { rules: 'wide' }] })
    const other = facts([entry('a', '/new', { mask: 'ff'.repeat(20) })])
    expect(viewOf(other)[0]).toMatchObject({ target: 'aarch64', rules: null })
  })

  it('is nothing for a disabled one, or when all is switched off', () => {
    expect(kinds(facts([entry('a', '/old', { enabled: false }), entry('b', '/x')]))).toEqual(['a disabled', 'b runs'])
    expect(kinds(facts([entry('b', '/new')], { enabled: false }))).toEqual(['b disabled'])
  })

  it('is told for foreign formats, refusals and the native target', () => {
    const python = entry('python', '/usr/bin/python3', { magic: 'cb0d', mask: 'ffff' })
    expect(kinds(facts([python]))).toEqual(['python unknown'])
    const refused: ProbeRun = { kind: 'refused', stage: 'exec', errno: 'ENOENT' }
    expect(kinds(facts([entry('a', '/new')], { runs: [{ target: 'aarch64', head, run: refused }] }))).toEqual([
      'a refused',
    ])
    expect(
      kinds(facts([entry('a', '/new')], { runs: [{ target: 'aarch64', head, run: { ...ran, native: true } }] })),
    ).toEqual(['a native'])
  })

  it('names the journal of an entry of ours', () => {
    const own = { ...entry('a', '/new'), registered: true }
    const journal = {
      format: 1 as const,
      id: 'cli-1',
      owner: { face: 'cli' as const, pid: 1, start: '' },
      instance: 1,
      mounted: false,
      entries: [own],
    }
    const found = facts([entry('a', '/new'), entry('b', '/old')], { journals: [journal] })
    expect(viewOf(found).map((row) => row.journal)).toEqual(['cli-1', null])
    expect(viewText(found, plainLinks)).toMatch(/\/new.* {2}ours\n/)
    const job = { ...journal, owner: { face: 'action' as const, pid: 7, start: '', label: 'me/repo, job a of run 1' } }
    const ofJob = { ...found, journals: [job] }
    expect(viewText(ofJob, plainLinks)).toContain('ours, for me/repo, job a of run 1 (process 7)')
    const left = { ...ofJob, stale: new Set(['cli-1']) }
    expect(viewText(left, plainLinks)).toContain(
      'left behind by me/repo, job a of run 1 (process 7): setup-qemu restore --stale',
    )
    expect(viewJson(left)).toMatchObject({ entries: [{ owner: { face: 'action', ended: true } }, { owner: null }] })
  })
})

describe('the table as text', () => {
  it('tells the version that runs, and that a file is gone', () => {
    const text = viewText(facts([entry('a', '/gone')]), plainLinks)
    expect(text).toContain('QEMU 11.1.3 (Debian 1)')
    expect(text).toContain('/gone (no program there now)')
    expect(text).toContain('aa  a  /real/new')
    expect(viewJson(facts([entry('a', '/gone')]))).toMatchObject({
      mounted: true,
      enabled: true,
      entries: [{ entry: 'a', behind: 'runs', fingerprint, file: null }],
    })
  })

  it('tells when there is nothing, no mount, or all is off', () => {
    expect(viewText(facts([]), plainLinks)).toContain('the table is empty')
    expect(viewText(facts([], { mounted: false }), plainLinks)).toContain('not mounted')
    expect(viewText(facts([entry('a', '/new')], { enabled: false }), plainLinks)).toContain('switched off')
  })

  it('shows entries for file-name extensions', () => {
    const wine = entry('DOSWin', '/usr/bin/wine', { magic: '', mask: '', flags: '', extension: 'exe' })
    expect(viewText(facts([wine]), plainLinks)).toMatch(/DOSWin +\.exe +- +no probe for it/)
  })
})
