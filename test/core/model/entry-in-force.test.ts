import { describe, expect, it } from 'vitest'
import type { ListedEntry } from '../../../src/core/model/entry.js'
import { entryInForce, isFor, isSettled, matchingEntries } from '../../../src/core/model/entry-in-force.js'

const entry = (name: string, change: Partial<ListedEntry> = {}): ListedEntry => ({
  name,
  enabled: true,
  interpreter: '/q',
  flags: 'F',
  offset: 0,
  magic: '7f454c46',
  mask: 'ffffffff',
  ...change,
})
const byExtension = (name: string, extension: string) => entry(name, { magic: '', mask: '', extension })
const elf = { head: Uint8Array.of(0x7f, 0x45, 0x4c, 0x46), path: '/bin/a.exe' }
const text = { head: new TextEncoder().encode('#!/bin/sh\n'), path: '/x.d/run' }
const names = (table: readonly ListedEntry[], files = [elf], enabled = true) =>
  matchingEntries({ table, enabled }, files).map(({ name }) => name)

describe('the entry in force', () => {
  it.each<[string, ListedEntry[], string | undefined]>([
    ['the first that matches', [entry('newer'), entry('older')], 'newer'],
    ['not one that matches others', [entry('script', { magic: '2321', mask: 'ffff' }), entry('elf')], 'elf'],
    ['not a disabled one', [entry('off', { enabled: false }), entry('on')], 'on'],
    ['by extension, too', [byExtension('wine', 'exe'), entry('elf')], 'wine'],
    ['none of an empty table', [], undefined],
  ])('is %s', (_, table, name) => {
    expect(entryInForce({ table, enabled: true }, elf)?.name).toBe(name)
  })

  it('is none while binfmt_misc is switched off', () => {
    expect(entryInForce({ table: [entry('a')], enabled: false }, elf)).toBeUndefined()
    expect(names([entry('a')], [elf], false)).toEqual([])
  })

  it('comes with those that it shadows, in the order of precedence', () => {
    const script = entry('script', { magic: '2321', mask: 'ffff' })
    expect(names([entry('a'), script, entry('b')])).toEqual(['a', 'b'])
    expect(names([entry('a'), script, entry('b')], [elf, text])).toEqual(['a', 'script', 'b'])
    expect(names([entry('a')], [])).toEqual([])
  })
})

describe('a rule', () => {
  it.each<[string, ListedEntry, { head: Uint8Array; path?: string }, boolean]>([
    ['compares what is missing of a short file as zeros', entry('z', { magic: '7f454c4600' }), elf, true],
    ['does not match a file that ends before its magic', entry('e'), { head: Uint8Array.of(0x7f, 0x45) }, false],
    ['does not match an empty file', entry('e'), { head: new Uint8Array() }, false],
    ['compares from its offset on', entry('o', { offset: 1, magic: '454c46', mask: 'ffffff' }), elf, true],
    ['leaves out the bits that its mask leaves out', entry('m', { magic: '7f45ff46', mask: 'ffff00ff' }), elf, true],
    ['matches though its entry is disabled', entry('d', { enabled: false }), elf, true],
    ['by extension compares what follows the last dot', byExtension('x', 'exe'), elf, true],
    ['by extension takes capitals for others', byExtension('x', 'EXE'), elf, false],
    ['by extension is for no name without a dot', byExtension('x', 'd/run'), text, false],
    ['by extension does not look at a folder', byExtension('x', 'd'), text, false],
    ['by extension needs a path', byExtension('x', 'exe'), { head: elf.head }, false],
  ])('%s', (_, one, file, matching) => {
    expect(isFor(one, file)).toBe(matching)
  })
})

describe('two looks at the table', () => {
  const at = (...inodes: number[]) => ({
    enabled: true,
    table: inodes.map((inode) => ({ ...entry(`e${inode}`), inode })),
  })
  it.each([
    ['the same', at(1, 2), at(1, 2), true],
    ['another one below', at(1, 2), at(1, 3), true],
    ['a newer one above', at(1), at(2, 1), false],
    ['the entry gone', at(1), at(), false],
    ['nothing in both', at(), at(), true],
    ['switched off', at(1), { ...at(1), enabled: false }, false],
  ])('with %s', (_, before, after, settled) => {
    expect(isSettled(before, after, [elf])).toBe(settled)
    expect(isSettled(before, after, [])).toBe(true)
  })
})
