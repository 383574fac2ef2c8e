import { describe, expect, it } from 'vitest'
import { xzIndex } from '../../scripts/catalog/xz-index.js'
import { streamHeader } from '../../src/core/sources/xz-blocks.js'
import { blockBytes, compressed, data, flipped, join, whole } from '../support/archive/xz.js'

/** The tail that streamTail would make of an index body written by hand, so that only the body is wrong. */
function forgedTail(body: number[]): Uint8Array {
  const plain = [...body]
  while (plain.length % 4 !== 0) plain.push(0)
  const crc = (bytes: number[]): number[] => {
    let value = 0xffffffff
    for (const byte of bytes) {
      value ^= byte
      for (let bit = 0; bit < 8; bit++) value = value & 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1
    }
    return [0, 8, 16, 24].map((shift) => ((~value >>> 0) >>> shift) & 0xff)
  }
  const flags = [plain.length / 4, 0, 0, 0, 0, 4]
  return Uint8Array.from([...plain, ...crc(plain), ...crc(flags), ...flags, 0x59, 0x5a])
}

describe('xzIndex', () => {
  it('reads the blocks and the check type of a real file', () => {
    const index = xzIndex(whole, whole.length)
    expect(index.check).toBe(4)
    expect(index.blocks.map((block) => block.uncompressed)).toEqual([...Array(5).fill(blockBytes), 1234])
    expect(xzIndex(whole.subarray(-64), whole.length)).toEqual(index)
  })

  it.each([
    ['none', 0],
    ['crc32', 1],
    ['crc64', 4],
    ['sha256', 10],
  ] as const)('reads check %s', (name, check) => {
    const file = compressed(data, `--check=${name}`)
    expect(xzIndex(file, file.length).check).toBe(check)
    expect(file.subarray(0, 12)).toEqual(streamHeader(check))
  })

  it('reads a stream without blocks', () => {
    const file = compressed(new Uint8Array())
    expect(xzIndex(file, file.length)).toEqual({ check: 4, blocks: [] })
  })

  it('refuses what is not the end of one whole stream', () => {
    const cases: [string, Uint8Array, number, RegExp][] = [
      ['nothing', new Uint8Array(), 0, /0 bytes are too few/],
      ['eleven bytes', whole.subarray(-11), whole.length, /too few/],
      ['a footer alone', whole.subarray(-12), whole.length, /does not lie in the last 12 bytes/],
      ['one byte cut off', whole.subarray(0, -1), whole.length - 1, /no magic bytes/],
      ['stream padding', join(whole, new Uint8Array(4)), whole.length + 4, /no magic bytes/],
      ['a flipped footer CRC', flipped(whole, -12), whole.length, /footer: its CRC32/],
      ['a flipped backward size', flipped(whole, -8), whole.length, /footer: its CRC32/],
      ['a flipped index CRC', flipped(whole, -16), whole.length, /index: its CRC32/],
      ['a flipped index record', flipped(whole, -20), whole.length, /index: its CRC32/],
      ['two streams', join(whole, whole), 2 * whole.length, /only a single stream/],
      ['a wrong file size', whole, whole.length - 4, /only a single stream/],
    ]
    for (const [name, tail, size, message] of cases) expect(() => xzIndex(tail, size), name).toThrow(message)
  })

  it('refuses an index that lies, though its checksums are right', () => {
    const cases: [string, number[], RegExp][] = [
      ['another indicator', [1, 0], /index indicator/],
      ['a number of ten bytes', [0, ...Array(9).fill(0x81), 1], /2\^53|longer than 9/],
      ['a number of ten zero bytes', [0, ...Array(9).fill(0x80), 1], /longer than 9 bytes/],
      ['a number of 2^62', [0, 1, ...Array(8).fill(0x80), 0x40, 1], /2\^53 or more/],
      ['a count of 2^50', [0, ...Array(7).fill(0x80), 2], /records do not fit/],
      ['a count larger than the index', [0, 3, 20, 1], /end|records do not fit/],
      ['a number that never ends', [0, 1, 0x94, 0x94, 0x94, 0x94, 0x94, 0x94], /ends inside a number|2\^53/],
      ['a number in a longer form', [0, 0x80, 0], /shortest form/],
      ['a block of four bytes', [0, 1, 4, 1], /unpadded size of 4 bytes/],
      ['bytes after the last record', [0, 0, 7, 7], /left over/],
    ]
    for (const [name, body, message] of cases) {
      const tail = forgedTail(body)
      expect(() => xzIndex(tail, tail.length + 12), name).toThrow(message)
    }
  })

  it('throws an Error and nothing else, and never hangs, for each damaged byte and each length', () => {
    const tail = whole.subarray(-80)
    for (let place = 80 - 48; place < 80; place++)
      expect(() => xzIndex(flipped(tail, place), whole.length)).toThrow(/^xz /)
    for (let length = 0; length < 80; length++)
      expect(() => xzIndex(tail.subarray(0, length), whole.length)).toThrow(/^xz /)
  })
})
