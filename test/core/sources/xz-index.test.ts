import { spawnSync } from 'node:child_process'
import { describe, expect, it } from 'vitest'
import { blocksFor, streamHeader, streamTail, type XzBlock, xzIndex } from '../../../src/core/sources/xz-index.js'

const blockBytes = 64 * 1024

/** Bytes that look random to a compressor only in part, the same in each run. */
function sample(length: number): Uint8Array {
  let state = 0x2545f491
  return Uint8Array.from({ length }, (_, place) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return place % 3 === 0 ? state >>> 24 : place >> 10
  })
}

function xz(input: Uint8Array, ...options: string[]): { status: number | null; output: Uint8Array; errors: string } {
  const run = spawnSync('xz', options, { input, maxBuffer: 1 << 28, env: { ...process.env, LC_ALL: 'C' } })
  if (run.error) throw run.error
  return { status: run.status, output: Uint8Array.from(run.stdout), errors: run.stderr.toString() }
}

function compressed(data: Uint8Array, ...options: string[]): Uint8Array {
  const { status, output, errors } = xz(data, '-c', `--block-size=${blockBytes}`, '-T2', ...options)
  expect({ status, errors }).toEqual({ status: 0, errors: '' })
  return output
}

function join(...parts: Uint8Array[]): Uint8Array {
  return Uint8Array.from(Buffer.concat(parts))
}

function blockMap(blocks: readonly XzBlock[], start = 12): [number, number, number][] {
  let at = start
  return blocks.map(({ unpadded, uncompressed }) => {
    const entry: [number, number, number] = [at, unpadded, uncompressed]
    at += Math.ceil(unpadded / 4) * 4
    return entry
  })
}

/** A copy in which one byte, counted from the end when negative, is another. */
function flipped(bytes: Uint8Array, place: number): Uint8Array {
  const copy = Uint8Array.from(bytes)
  const at = place < 0 ? bytes.length + place : place
  copy[at] = (copy[at] ?? 0) ^ 0x40
  return copy
}

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

const data = sample(5 * blockBytes + 1234)
const whole = compressed(data)

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

describe('streamHeader and streamTail', () => {
  it('are the bytes that xz itself writes', () => {
    const { check, blocks } = xzIndex(whole, whole.length)
    const tail = streamTail(check, blocks)
    expect(whole.subarray(0, 12)).toEqual(streamHeader(check))
    expect(whole.subarray(-tail.length)).toEqual(tail)
  })

  it('are read back by xzIndex', () => {
    for (const blocks of [
      [],
      [{ unpadded: 5, uncompressed: 0 }],
      [{ unpadded: 2 ** 40 + 3, uncompressed: 2 ** 52 }],
      Array(300).fill({ unpadded: 127, uncompressed: 128 }),
    ] as XzBlock[][]) {
      const tail = streamTail(10, blocks)
      const size = blocks.reduce((sum, { unpadded }) => sum + Math.ceil(unpadded / 4) * 4, 12 + tail.length)
      expect(xzIndex(tail, size)).toEqual({ check: 10, blocks })
    }
  })

  it('refuse what no stream can hold', () => {
    expect(() => streamHeader(16)).toThrow(RangeError)
    expect(() => streamTail(-1, [])).toThrow(RangeError)
    expect(() => streamTail(4, [{ unpadded: 4, uncompressed: 1 }])).toThrow(RangeError)
    expect(() => streamTail(4, [{ unpadded: 20.5, uncompressed: 1 }])).toThrow(RangeError)
    expect(() => streamTail(4, [{ unpadded: 20, uncompressed: 2 ** 53 }])).toThrow(RangeError)
  })
})

describe('blocksFor', () => {
  const { check, blocks } = xzIndex(whole, whole.length)
  const map = blockMap(blocks)

  it.each([
    ['the first byte', 0, 1, 0, 1],
    ['one whole block', blockBytes, blockBytes, 1, 1],
    ['the last byte of one block', 2 * blockBytes - 1, 1, 1, 1],
    ['two bytes over a border', 2 * blockBytes - 1, 2, 1, 2],
    ['a middle', blockBytes + 7, 2 * blockBytes, 1, 3],
    ['the last byte', data.length - 1, 1, 5, 1],
    ['everything', 0, data.length, 0, 6],
  ])('chooses the blocks of %s, and xz decodes them alone', (_, offset, size, first, count) => {
    const range = blocksFor(map, offset, size)
    expect(range).toMatchObject({ first, count, skip: offset - first * blockBytes, start: map[first]?.[0] })
    expect((range.end - range.start) % 4).toBe(0)
    const cut = join(streamHeader(check), whole.subarray(range.start, range.end), streamTail(check, range.blocks))
    const decoded = xz(cut, '-dc')
    expect({ status: decoded.status, errors: decoded.errors }).toEqual({ status: 0, errors: '' })
    expect(
      Buffer.compare(decoded.output.subarray(range.skip, range.skip + size), data.subarray(offset, offset + size)),
    ).toBe(0)
  })

  it('is not taken by xz when a byte of a block is another', () => {
    const range = blocksFor(map, 0, 10)
    const cut = join(
      streamHeader(check),
      flipped(whole.subarray(range.start, range.end), 500),
      streamTail(check, range.blocks),
    )
    expect(xz(cut, '-dc').status).not.toBe(0)
  })

  it('never takes a block that it could do without', () => {
    const sizes = [3, 1, 4, 1, 5, 9, 2, 6]
    const total = sizes.reduce((sum, size) => sum + size)
    const small = blockMap(
      sizes.map((uncompressed, place) => ({ unpadded: 20 + place, uncompressed })),
      1000,
    )
    for (let offset = 0; offset < total; offset++) {
      for (let size = 1; offset + size <= total; size++) {
        const range = blocksFor(small, offset, size)
        const held = range.blocks.reduce((sum, block) => sum + block.uncompressed, 0)
        expect(range.skip).toBeLessThan(range.blocks[0]?.uncompressed ?? 0)
        expect(range.skip + size).toBeLessThanOrEqual(held)
        expect(range.skip + size).toBeGreaterThan(held - (range.blocks.at(-1)?.uncompressed ?? 0))
        expect(range.end).toBe(small[range.first + range.count]?.[0] ?? 1200)
      }
    }
  })

  it.each([
    ['one byte beyond the end', data.length, 1],
    ['a range over the end', data.length - 1, 2],
    ['nothing', 0, 0],
    ['a negative offset', -1, 4],
    ['a negative size', 4, -1],
    ['half a byte', 0.5, 1],
    ['no number', Number.NaN, 1],
    ['too large a number', 2 ** 53, 1],
  ])('refuses %s', (_, offset, size) => {
    expect(() => blocksFor(map, offset, size)).toThrow(RangeError)
  })

  it('refuses every range of no blocks', () => {
    expect(() => blocksFor([], 0, 1)).toThrow(RangeError)
  })
})
