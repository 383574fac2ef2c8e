import { describe, expect, it } from 'vitest'
import { placedBlocks, xzIndex } from '../../../scripts/catalog/xz-index.js'
import { blocksFor, streamHeader, streamTail, type XzBlock } from '../../../src/core/sources/xz-blocks.js'
import { blockBytes, data, flipped, join, whole, xz } from '../../support/archive/xz.js'

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
  const map = placedBlocks(blocks, 0)

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
    expect(range).toMatchObject({ skip: offset - first * blockBytes, start: map[first]?.[0] })
    expect(range.blocks).toEqual(blocks.slice(first, first + count))
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
    const small = placedBlocks(
      sizes.map((uncompressed, place) => ({ unpadded: 20 + place, uncompressed })),
      1000 - 12,
    )
    for (let offset = 0; offset < total; offset++) {
      for (let size = 1; offset + size <= total; size++) {
        const range = blocksFor(small, offset, size)
        const held = range.blocks.reduce((sum, block) => sum + block.uncompressed, 0)
        expect(range.skip).toBeLessThan(range.blocks[0]?.uncompressed ?? 0)
        expect(range.skip + size).toBeLessThanOrEqual(held)
        expect(range.skip + size).toBeGreaterThan(held - (range.blocks.at(-1)?.uncompressed ?? 0))
        expect(small.findIndex(([at]) => at === range.start)).toBeGreaterThanOrEqual(0)
        const after = small.findIndex(([at]) => at === range.start) + range.blocks.length
        expect(range.end).toBe(small[after]?.[0] ?? 1200)
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
