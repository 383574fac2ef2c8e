import { describe, expect, it } from 'vitest'
import {
  type Entry,
  entryNames,
  kernelFlags,
  matches,
  parseEntry,
  registerLine,
  sameEntry,
} from '../../../src/core/model/entry.js'
import { targets } from '../../../src/core/model/targets.js'

const entries: Entry[] = targets.flatMap((target) =>
  ['POCF', 'PF', 'OCF', 'F', ''].map((flags) => ({
    name: `qemu-${target.name}`,
    interpreter: `/opt/cache/${target.binary}`,
    flags,
    offset: 0,
    magic: target.magic,
    mask: target.mask,
  })),
)

/** What the kernel lists for an entry, as fs/binfmt_misc.c writes it. */
function listing(entry: Entry, state = 'enabled'): string {
  return `${state}\ninterpreter ${entry.interpreter}\nflags: ${entry.flags}\noffset ${entry.offset}\nmagic ${entry.magic}\nmask ${entry.mask}\n`
}

/** The fields of a registration, as the kernel splits and unescapes them. */
function registered(line: string): Entry {
  const [, name = '', , offset, magic = '', mask = '', interpreter = '', flags = ''] = line.split(line[0] ?? ':')
  const bytes = (text: string) => text.replaceAll('\\x', '')
  return { name, interpreter, flags, offset: Number(offset || 0), magic: bytes(magic), mask: bytes(mask) }
}

describe('an entry', () => {
  it.each(entries.map((entry) => [`${entry.name} ${entry.flags}`, entry] as const))(
    '%s survives registering and listing',
    (_, entry) => {
      const again = parseEntry(entry.name, listing(registered(registerLine(entry))))
      expect(again).toEqual({ ...entry, enabled: true })
    },
  )

  it('is written with bytes escaped and fields in the kernel order', () => {
    const entry = { name: 'n', interpreter: '/i', flags: 'POCF', offset: 0, magic: '7f45', mask: 'ff00' }
    expect(registerLine(entry)).toBe(':n:M::\\x7f\\x45:\\xff\\x00:/i:POCF')
    expect(registerLine({ ...entry, offset: 4 })).toBe(':n:M:4:\\x7f\\x45:\\xff\\x00:/i:POCF')
  })

  it('of others is written as it was: by file name, or without a mask', () => {
    const rule = { offset: 0, magic: '', mask: '' }
    const byName = { name: 'n', interpreter: '/i', flags: 'OC', ...rule, extension: 'e:x' }
    expect(registerLine(byName)).toBe('|n|E||e:x||/i|OC')
    const bare = parseEntry('n', 'enabled\ninterpreter /i\nflags: \noffset 2\nmagic 4142\n')
    expect(bare).toMatchObject({ mask: 'ffff', unmasked: true })
    expect(bare && registerLine(bare)).toBe(':n:M:2:\\x41\\x42::/i:')
    expect(sameEntry({ ...byName, extension: 'exe' }, byName)).toBe(false)
  })

  it('takes another delimiter when the path has a colon', () => {
    const entry = { name: 'n', interpreter: '/a:b|c', flags: 'F', offset: 0, magic: '7f', mask: 'ff' }
    expect(registerLine(entry)).toBe('#n#M##\\x7f#\\xff#/a:b|c#F')
    expect(registered(registerLine(entry))).toEqual(entry)
  })

  it.each([
    ['relative', 'relative/path', 'interpreter-path-unusable'],
    ['a line feed', '/a\nb', 'interpreter-path-unusable'],
    ['a NUL', '/a\0b', 'interpreter-path-unusable'],
    ['every delimiter', '/:|#,;!^~', 'interpreter-path-unusable'],
    ['2000 characters', `/${'x'.repeat(1999)}`, 'interpreter-path-too-long'],
    ['1000 characters of two bytes', `/${'é'.repeat(999)}`, 'interpreter-path-too-long'],
  ])('refuses a path with %s', (_, interpreter, code) => {
    const attempt = () => registerLine({ name: 'n', interpreter, flags: 'F', offset: 0, magic: '7f', mask: 'ff' })
    expect(attempt).toThrow(expect.objectContaining({ code }))
  })

  it('is disabled when the kernel says so', () => {
    const entry = entries[0]!
    expect(parseEntry(entry.name, listing(entry, 'disabled'))?.enabled).toBe(false)
  })

  it('may be one for a file-name extension', () => {
    const text = 'enabled\ninterpreter /usr/bin/wine\nflags: \nextension .exe\n'
    expect(parseEntry('DOSWin', text)).toMatchObject({
      extension: 'exe',
      interpreter: '/usr/bin/wine',
      flags: '',
      magic: '',
    })
  })

  it('without a mask has all bits count', () => {
    const text = 'enabled\ninterpreter /i\nflags: \noffset 2\nmagic 4142\n'
    expect(parseEntry('n', text)).toMatchObject({ offset: 2, magic: '4142', mask: 'ffff' })
  })

  it.each([
    ['nothing', ''],
    ['another word first', 'maybe\ninterpreter /i\nflags: F\noffset 0\nmagic 7f\nmask ff\n'],
    ['no interpreter', 'enabled\nflags: F\noffset 0\nmagic 7f\nmask ff\n'],
    ['no magic', 'enabled\ninterpreter /i\nflags: F\noffset 0\n'],
    ['a magic that is no hexadecimal', 'enabled\ninterpreter /i\nflags: F\noffset 0\nmagic zz\nmask ff\n'],
    ['a mask of another length', 'enabled\ninterpreter /i\nflags: F\noffset 0\nmagic 7f45\nmask ff\n'],
    ['a negative offset', 'enabled\ninterpreter /i\nflags: F\noffset -1\nmagic 7f\nmask ff\n'],
    ['an offset that is no number', 'enabled\ninterpreter /i\nflags: F\noffset x\nmagic 7f\nmask ff\n'],
  ])('is not read from text with %s', (_, text) => {
    expect(parseEntry('n', text)).toBeUndefined()
  })

  it('differs from another in any field', () => {
    const entry = entries[0]!
    expect(sameEntry(entry, { ...entry })).toBe(true)
    for (const change of [
      { name: 'x' },
      { interpreter: '/x' },
      { flags: 'F' },
      { offset: 1 },
      { magic: '00' },
      { mask: '00' },
    ]) {
      expect(sameEntry(entry, { ...entry, ...change })).toBe(false)
    }
  })
})

describe('flags', () => {
  it.each([
    ['FCOP', 'POCF'],
    ['CF', 'OCF'],
    ['PF', 'PF'],
    ['', ''],
  ])('%s stand as %s', (written, listed) => {
    expect(kernelFlags(written)).toBe(listed)
  })
})

describe('names', () => {
  it('start with the usual one', () => {
    const names = [...entryNames('aarch64')]
    expect(names.slice(0, 4)).toEqual([
      'qemu-aarch64',
      'setup-qemu-aarch64',
      'setup-qemu-aarch64-2',
      'setup-qemu-aarch64-3',
    ])
    expect(new Set(names).size).toBe(names.length)
  })
})

describe('matching', () => {
  it('compares only the bits of the mask, and in the kernel way', () => {
    expect(matches({ magic: 'ff', mask: '0f' }, Uint8Array.of(0x1f))).toBe(true)
    expect(matches({ magic: 'ff', mask: '0f' }, Uint8Array.of(0xf0))).toBe(false)
  })

  it('looks at the offset, and never past the end of the file', () => {
    expect(matches({ magic: '4142', mask: 'ffff', offset: 1 }, Buffer.from('xAB'))).toBe(true)
    expect(matches({ magic: '4142', mask: 'ffff', offset: 2 }, Buffer.from('xAB'))).toBe(false)
    expect(matches({ magic: '', mask: '' }, Buffer.from('x'))).toBe(false)
  })
})
