import { describe, expect, it } from 'vitest'
import { decoded, type LogChunk, LogSplitter, plain, withoutTimestamp } from '../../../src/core/diagnose/log-line.js'

function piecesOf(...portions: string[]) {
  const pieces = new LogSplitter()
  const found = [...portions.map((portion) => pieces.add(portion)), pieces.end()]
  return { found: found.filter((piece): piece is LogChunk => piece !== undefined), lines: pieces.lines }
}

describe('pieces of a log', () => {
  it.each<[string, string[], LogChunk[], number]>([
    ['nothing', [], [], 0],
    ['an empty portion', [''], [], 0],
    ['a line', ['a\n'], [{ text: 'a\n', firstLine: 1 }], 1],
    [
      'an end without a line feed',
      ['a\nb'],
      [
        { text: 'a\n', firstLine: 1 },
        { text: 'b', firstLine: 2 },
      ],
      1,
    ],
    [
      'lines in portions',
      ['a', 'b\nc\nd', '\n'],
      [
        { text: 'ab\nc\n', firstLine: 1 },
        { text: 'd\n', firstLine: 3 },
      ],
      3,
    ],
    [
      'empty lines',
      ['\n\n', '\n'],
      [
        { text: '\n\n', firstLine: 1 },
        { text: '\n', firstLine: 3 },
      ],
      3,
    ],
  ])('of %s', (_, portions, found, lines) => {
    expect(piecesOf(...portions)).toEqual({ found, lines })
  })

  it('of a line without an end are given out from time to time, and what was at a seam is seen again', () => {
    const text = Array.from({ length: 30_000 }, (_, at) => `${at} `).join('')
    const { found, lines } = piecesOf(...(text.match(/.{1,5000}/g) ?? []), '\nnext\n')
    expect(found.length).toBeGreaterThan(2)
    expect(lines).toBe(2)
    for (const [at, piece] of found.entries()) {
      expect(piece.firstLine).toBe(1)
      const before = found[at - 1]
      if (before !== undefined) expect(piece.text.startsWith(before.text.slice(-1024))).toBe(true)
    }
    const whole = found.map(({ text: part }, at) => (at === 0 ? part : part.slice(1024))).join('')
    expect(whole).toBe(`${text}\nnext\n`)
  })
})

describe('a line', () => {
  it.each([
    ['\x1b[1;31mred\x1b[0m', 'red'],
    ['\x1b]8;;http://x\x07link\x1b]8;;\x1b\\', 'link'],
    ['a\tb\r\x08c\x00', 'a\tbc'],
    ['\x1bMup', 'up'],
    ['\x1b[31', '[31'],
    ['plain [31m text', 'plain [31m text'],
  ])('%j is withoutColour %j', (text, shown) => {
    expect(plain(text)).toBe(shown)
  })

  it.each([
    ['2026-01-02T03:04:05.1234567Z error', 'error'],
    ['2026-01-02T03:04:05Z  two blanks', ' two blanks'],
    ['\xef\xbb\xbf2026-01-02T03:04:05.1Z first', 'first'],
    ['2026-01-02 03:04:05 error', '2026-01-02 03:04:05 error'],
    ['at 2026-01-02T03:04:05Z error', 'at 2026-01-02T03:04:05Z error'],
  ])('%j is without its time stamp %j', (text, line) => {
    expect(withoutTimestamp(text)).toBe(line)
  })

  it.each([
    ['', ''],
    ['\xc3\xa4', 'ä'],
    ['\xf0\x9f\x90\x8b', '🐋'],
    ['a\xffb', 'a\ufffdb'],
    ['\xc3', '\ufffd'],
  ])('the bytes %j are %j', (bytes, text) => {
    expect(decoded(bytes)).toBe(text)
  })
})
