import { describe, expect, it } from 'vitest'
import {
  addressesOf,
  booleanOf,
  choiceOf,
  countOf,
  minutesOf,
  mirrorsOf,
  sha256sOf,
  shownAddress,
  withoutLogin,
  wordsOf,
} from '../../../src/core/request/input-values.js'

const invalid = (message: RegExp, hint = /./) =>
  expect.objectContaining({
    code: 'invalid-input',
    message: expect.stringMatching(message),
    hint: expect.stringMatching(hint),
  })

describe('a list', () => {
  it.each([
    ['', []],
    [' , \n\t,', []],
    ['a', ['a']],
    ['a,b c\nd\t,e', ['a', 'b', 'c', 'd', 'e']],
  ])('%j is %j', (text, words) => {
    expect(wordsOf(text)).toEqual(words)
  })
})

describe('addresses', () => {
  const of = (text: string) => addressesOf('mirror', text, 'https://example.org')
  it.each([
    ['', []],
    ['http://a', ['http://a']],
    ['https://a/b///, http://[::1]:80/', ['https://a/b', 'http://[::1]:80']],
    ['https://user:word@a', ['https://user:word@a']],
  ])('%j are %j', (text, addresses) => {
    expect(of(text)).toEqual(addresses)
  })

  it.each(['ftp://a', 'a.org', 'http://', 'https:///x', 'HTTPS://a', 'http://a:port', 'file:///etc'])(
    '%s is refused',
    (text) => {
      expect(() => of(`https://good ${text}`)).toThrow(invalid(/^mirror ".*" is not an http or https/, /example\.org/))
    },
  )

  it('may also be folders, for a mirror', () => {
    const words = 'https://a/b/ /srv/qemu, ./qemu .. ../x file:///srv/my%20qemu\nhttp://me:pw@b'
    expect(mirrorsOf(words)).toEqual({
      addresses: ['https://a/b', 'http://me:pw@b'],
      folders: ['/srv/qemu', './qemu', '..', '../x', '/srv/my qemu'],
    })
    expect(mirrorsOf('')).toEqual({ addresses: [], folders: [] })
  })

  it.each([
    'qemu',
    'srv/qemu',
    '.qemu',
    '~/qemu',
    'ftp://a',
    'file://host/srv',
    'file:/srv',
    'file:///%',
    'file:///a%00b',
  ])('%s is no mirror', (word) => {
    const words = /^mirror ".*" is neither an http or https address nor a folder$/
    expect(() => mirrorsOf(`/srv ${word}`)).toThrow(invalid(words, /\.\/qemu/))
  })

  it('never show their query, where they are asked', () => {
    expect(shownAddress('https://me:se@cret@host/a@b?token=x#y')).toBe('https://host/a@b')
    expect(() => mirrorsOf('http://me:secret@[x?token=geheim')).toThrow(invalid(/^mirror "http:\/\/\[x" is/))
  })

  it('never show their password', () => {
    expect(() => of('http://me:secret@[x')).toThrow(invalid(/"http:\/\/\[x"/))
    // a password with a slash is no part of an address
    for (const read of [of, mirrorsOf])
      expect(() => read('https://me:sec/ret+a@b/c==@host/x?y')).toThrow(invalid(/"https:\/\/host\/x"/))
    expect(withoutLogin('https://me:se@cret@host/a@b')).toBe('https://host/a@b')
    expect(withoutLogin('https://host/a@b')).toBe('https://host/a@b')
    expect(withoutLogin('me@host')).toBe('me@host')
  })
})

describe('a boolean', () => {
  it.each([
    ['true', true],
    ['True', true],
    ['TRUE', true],
    ['false', false],
    ['False', false],
    ['FALSE', false],
  ])('%s', (word, value) => {
    expect([booleanOf('credentials', word), booleanOf('offline', word)]).toEqual([value, value])
  })

  it('is the default when empty, and without one false', () => {
    expect([booleanOf('credentials', ''), booleanOf('offline', ''), booleanOf('reset', '')]).toEqual([
      true,
      false,
      false,
    ])
  })

  it.each(['yes', '1', 'tRUE', ' true', 'true\n', 'truefalse'])('is not %j', (word) => {
    expect(() => booleanOf('offline', word)).toThrow(invalid(/^offline is "/, /true or false/))
  })
})

describe('a choice', () => {
  const of = (word: string) => choiceOf('method', word)
  it('is one of the words, and the default when empty', () => {
    expect([of('direct'), of('container'), of('')]).toEqual(['direct', 'container', 'direct'])
  })

  it('is refused with the nearest word, where one is near', () => {
    expect(() => of('contaner')).toThrow(invalid(/method is "contaner"/, /^did you mean "container"\? it is one of/))
    expect(() => of('zzzzzzzz\n')).toThrow(invalid(/method is "zzzzzzzz\\n"/, /^it is one of direct, container$/))
  })
})

describe('hashes', () => {
  const [a, b] = ['a'.repeat(64), '0123456789abcdef'.repeat(4)]
  it.each([
    ['', []],
    [a, [a]],
    [`sha256:${a.toUpperCase()}, ${b}`, [a, b]],
  ])('%j', (text, hashes) => {
    expect(sha256sOf(text)).toEqual(hashes)
  })

  it.each([a.slice(1), `${a}a`, `sha512:${a}`, `${a.slice(1)}g`])('not %s', (text) => {
    expect(() => sha256sOf(text)).toThrow(invalid(/is no SHA-256$/, /64 hexadecimal/))
  })
})

describe('minutes', () => {
  it.each([
    ['', 30],
    ['0', 0],
    ['1.5', 1.5],
    ['0.001', 0.001],
    ['1440', 1440],
  ])('%j are %d', (word, minutes) => {
    expect(minutesOf('conflict-wait-minutes', word)).toBe(minutes)
  })

  it.each(['1441', '1440.001', '-1', '1e3', '.5', '5.', '1.2345', ' 1', 'one', '99999', 'Infinity'])(
    'not %j',
    (word) => {
      expect(() => minutesOf('conflict-wait-minutes', word)).toThrow(
        invalid(/^conflict-wait-minutes is "/, /at most 1440/),
      )
    },
  )
})

describe('a count', () => {
  it.each([
    ['', 1],
    ['1', 1],
    [' 1000 ', 1000],
  ])('%j is %d', (word, count) => {
    expect(countOf('repeat', word, 1000)).toBe(count)
  })

  it.each(['0', '1001', '-1', '1.5', '1e3', 'one'])('not %j', (word) => {
    expect(() => countOf('repeat', word, 1000)).toThrow(invalid(/^repeat is "/, /from 1 to 1000/))
  })
})
