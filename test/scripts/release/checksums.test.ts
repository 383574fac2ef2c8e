import { expect, it } from 'vitest'
import { checksumFaults, checksumsText, parseChecksums } from '../../../scripts/release/checksums.js'

const [a, b] = ['a'.repeat(64), 'b'.repeat(64)]

it('reads what it writes, sorted by name', () => {
  const sums = new Map([
    ['z.br', a],
    ['a file', b],
  ])
  expect(checksumsText(sums)).toBe(`${b}  a file\n${a}  z.br\n`)
  expect(parseChecksums(checksumsText(sums))).toEqual(sums)
  expect(parseChecksums(`${a} *binary\n`)).toEqual(new Map([['binary', a]]))
})

it.each([
  ['hash only', `${a}\n`],
  ['a short hash', 'abc  name\n'],
  ['upper case', `${a.toUpperCase()}  name\n`],
  ['the other order', `name  ${a}\n`],
  ['a name twice', `${a}  name\n${b}  name\n`],
])('refuses %s', (_, text) => {
  expect(() => parseChecksums(text)).toThrow(/SHA256SUMS/)
})

it('tells what is missing, other, or not listed', () => {
  const listed = new Map([
    ['right', a],
    ['other', a],
    ['gone', a],
  ])
  const files = new Map([
    ['right', a],
    ['other', b],
    ['more', b],
  ])
  expect(checksumFaults(listed, files)).toEqual([
    `other: expected SHA-256 ${a}, got ${b}`,
    'gone is listed but missing',
    'more is not listed',
  ])
  expect(checksumFaults(listed, listed)).toEqual([])
})
