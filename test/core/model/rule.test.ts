// Which programs a rule matches: all targets, upstream's and the wide rule, against every probe, in our own matcher; the kernel's is asked in
// test/system/rules.system.test.ts.
import { describe, expect, it } from 'vitest'
import { type ListedEntry, matches, overlap } from '../../../src/core/model/entry.js'
import {
  coverageGap,
  fitted,
  headsOf,
  isOpen,
  marked,
  programsOf,
  type Rules,
  ruleNames,
  ruleOf,
  rulesOf,
  unmatchable,
} from '../../../src/core/model/rule.js'
import { targetNamed, targets } from '../../../src/core/model/targets.js'
import data from '../../../src/data/probes.json' with { type: 'json' }

const probes = new Map(Object.entries(data.probes).map(([name, { base64 }]) => [name, Buffer.from(base64, 'base64')]))
const probe = (name: string) => probes.get(name) ?? Buffer.alloc(0)
const names = targets.map(({ name }) => name)
const headOf = (name: string, rules: Rules) => fitted(probe(name), ruleOf(targetNamed(name), rules))
const matching = (head: Uint8Array, rules: Rules) =>
  targets.filter((target) => matches(ruleOf(target, rules), head)).map(({ name }) => name)

describe('a rule', () => {
  it('has a probe for each target', () => {
    expect([...probes.keys()].sort()).toEqual([...names].sort())
  })

  it.each(names)('of %s matches its own probe and no other', (name) => {
    expect(matching(probe(name), 'upstream')).toEqual(name === 'microblaze' ? [] : [name])
    for (const head of headsOf(headOf(name, 'wide'), 'wide')) expect(matching(head, 'wide')).toEqual([name])
    expect(matching(marked(probe(name)), 'upstream')).toEqual([])
  })

  it.each(ruleNames)('%s never matches what another target’s does', (rules) => {
    for (const one of targets)
      for (const other of targets) {
        const pair = [one, other].map((target) => ({ ...ruleOf(target, rules), offset: 0 }))
        expect(overlap(pair[0]!, pair[1]!), `${one.name} ${other.name}`).toBe(one === other)
      }
  })

  it('that is wide differs from upstream’s in the bytes 8 to 15 alone', () => {
    const outside = (hex: string) => hex.slice(0, 16) + hex.slice(32)
    for (const target of targets.filter(({ name }) => !name.startsWith('microblaze'))) {
      const wide = ruleOf(target, 'wide')
      expect([outside(wide.magic), outside(wide.mask)]).toEqual([outside(target.magic), outside(target.mask)])
      expect(wide.mask.slice(16, 32)).toBe('0'.repeat(16))
    }
  })

  it('that is wide matches MicroBlaze programs as toolchains write them, of both kinds of executable', () => {
    for (const [name, endian] of [
      ['microblaze', 'BE'],
      ['microblazeel', 'LE'],
    ] as const)
      for (const type of [2, 3]) {
        const head = Buffer.alloc(20)
        head.write(`7f454c4601${endian === 'BE' ? '02' : '01'}01`, 'hex')
        head[`writeUInt16${endian}`](type, 16)
        head[`writeUInt16${endian}`](189, 18)
        expect([matching(head, 'wide'), matching(head, 'upstream')]).toEqual([[name], []])
      }
  })

  it.each([
    ['x32', 62],
    ['ILP32 of aarch64', 183],
  ])('matches no program of %s: the class is that of 32 bits', (_, machine) => {
    const head = Buffer.alloc(64)
    head.write('7f454c46010101', 'hex')
    head.writeUInt16LE(2, 16)
    head.writeUInt16LE(machine, 18)
    expect([matching(head, 'upstream'), matching(head, 'wide')]).toEqual([[], []])
  })

  it('of upstream for microblaze alone can match no program', () => {
    expect(targets.filter((target) => unmatchable(target, 'upstream') !== undefined).map(({ name }) => name)).toEqual([
      'microblaze',
    ])
    expect(targets.filter((target) => unmatchable(target, 'wide') !== undefined)).toEqual([])
  })

  it('is recognised by its bytes', () => {
    const aarch64 = targetNamed('aarch64')
    const standing = (rules: Rules) => ({ ...ruleOf(aarch64, rules), offset: 0 })
    expect(ruleNames.map((rules) => rulesOf(standing(rules), aarch64))).toEqual(['upstream', 'wide'])
    expect(rulesOf({ ...standing('wide'), offset: 1 }, aarch64)).toBeNull()
    expect(rulesOf({ ...standing('wide'), mask: 'ff'.repeat(20) }, aarch64)).toBeNull()
  })
})

describe('a program for a rule', () => {
  it('is the probe itself, but for MicroBlaze', () => {
    const changed = names.filter((name) => !Buffer.from(headOf(name, 'wide')).equals(probe(name)))
    expect(changed).toEqual(['microblazeel'])
    expect(Buffer.from(headOf('microblazeel', 'wide')).readUInt16LE(18)).toBe(189)
    const several = (name: string) => programsOf(targetNamed(name), probe(name)).map(({ rules }) => rules)
    expect(several('aarch64')).toEqual(['upstream'])
    expect(several('microblaze')).toEqual(['wide'])
    expect(several('microblazeel')).toEqual(['upstream', 'wide'])
  })

  it('is a copy: nothing is written into the probe', () => {
    const before = Buffer.from(probe('microblazeel'))
    marked(probe('microblazeel'))
    headOf('microblazeel', 'wide')
    expect(probe('microblazeel').equals(before)).toBe(true)
  })

  it('of an AppImage differs in the bytes 8 to 10', () => {
    const { length } = probe('arm')
    const differing = Array.from({ length }, (_, at) => at).filter(
      (at) => marked(probe('arm'))[at] !== probe('arm')[at],
    )
    expect([differing, Buffer.from(marked(probe('arm'))).subarray(8, 11)]).toEqual([[8, 9, 10], Buffer.from('AI\x02')])
  })
})

describe('an entry that is to serve wide', () => {
  const target = targetNamed('aarch64')
  const entry = (name: string, rules: Rules, change: Partial<ListedEntry> = {}): ListedEntry => {
    return { name, enabled: true, interpreter: '/q', flags: 'POCF', offset: 0, ...ruleOf(target, rules), ...change }
  }
  const heads = headsOf(probe('aarch64'), 'wide')

  it('looks at none of the bytes 8 to 15, wherever its magic starts', () => {
    expect([isOpen(entry('a', 'wide')), isOpen(entry('a', 'upstream'))]).toEqual([true, false])
    const late = (offset: number, mask: string) => isOpen({ offset, mask })
    expect([late(16, 'ffff'), late(18, 'ffff'), late(15, 'ffff'), late(15, '00ff'), late(6, 'ffff')]).toEqual([
      true,
      true,
      false,
      true,
      true,
    ])
    expect(isOpen(entry('tonistiigi', 'upstream', { mask: 'fffffffffffffffcfffffffffffffffffeffffff' }))).toBe(false)
  })

  it('is open, and stands before all others for AppImages', () => {
    const [ours, narrow] = [entry('ours', 'wide'), entry('narrow', 'upstream')]
    const appImages = entry('appimages', 'wide', { magic: '414902', mask: 'ffffff', offset: 8 })
    expect(coverageGap(ours, [ours, narrow], heads)).toBeUndefined()
    expect(coverageGap(narrow, [narrow, ours], heads)).toContain('narrow looks at bytes 8 to 15')
    expect(coverageGap(ours, [appImages, ours], heads)).toContain('appimages comes before ours')
    expect(coverageGap(ours, [ours, appImages], heads)).toBeUndefined()
  })

  it('is not asked for where the rules are upstream’s', () => {
    const narrow = entry('narrow', 'upstream')
    expect(coverageGap(narrow, [narrow], headsOf(probe('aarch64'), 'upstream'))).toBeUndefined()
  })
})
