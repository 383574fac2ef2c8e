import { expect, it } from 'vitest'
import { largestWindow, largestWork, ZstdFrames } from '../../../src/core/image/zstd-frames.js'

const magic = [0x28, 0xb5, 0x2f, 0xfd]
/** A frame without a size: its window is 2 to the power of 10 + `exponent`, and it has one block. */
const frame = (exponent: number, ...block: number[]) => [...magic, 0x00, exponent << 3, ...block]
const raw = [0x19, 0, 0, 1, 2, 3]
const repeated = [0x03 | ((100 << 3) % 256), (100 << 3) >> 8, 0, 9]
const skippable = [0x5a, 0x2a, 0x4d, 0x18, 2, 0, 0, 0, 0x28, 0xb5]
const single = (size: number) => [...magic, 0xa0, size & 0xff, (size >> 8) & 0xff, (size >> 16) & 0xff, size >>> 24]

/** What a walk says of the bytes, in pieces of `step`, and where frames end in them. */
function walk(bytes: readonly number[], step: number): { excess: string | undefined; ends: number[] } {
  const frames = new ZstdFrames()
  const ends: number[] = []
  for (let at = 0; at < bytes.length; ) {
    const piece = Uint8Array.from(bytes.slice(at, at + step))
    const taken = frames.take(piece)
    at += taken.bytes
    if (taken.excess !== undefined) return { excess: taken.excess, ends }
    if (taken.bytes < piece.length) ends.push(at)
  }
  return { excess: undefined, ends }
}

it.each([
  ['a window of 128 MiB', frame(17, ...raw), undefined],
  ['a larger one', frame(18, ...raw), 2 * largestWindow],
  [
    'a larger one behind other frames',
    [...frame(0, ...raw), ...skippable, ...frame(3, ...repeated), ...frame(21)],
    2 ** 31,
  ],
  ['a content of known size that is not large', single(largestWindow), undefined],
  ['a larger content in one piece', single(largestWindow + 1), largestWindow + 1],
  ['a frame with a checksum before it', [...magic, 0x04, 0x00, ...raw, 1, 2, 3, 4, ...frame(20)], 2 ** 30],
  ['no frame at all', [...raw, ...frame(21)], undefined],
])('%s is seen, in pieces of any size', (_, bytes, expected) => {
  for (const step of [1, 2, 5, 1000])
    expect(walk(bytes, step).excess).toBe(
      expected && `a frame asks for a window of ${expected} bytes, at most ${largestWindow} are given`,
    )
})

it('stops at the end of each frame, with its checksum, and of what is skipped', () => {
  const checked = [...magic, 0x04, 0x00, ...raw, 1, 2, 3, 4]
  const all = [...frame(0, ...raw), ...checked, ...skippable, ...frame(3, ...repeated), ...frame(0, ...raw)]
  const ends = [12, 12 + 16, 12 + 16 + 10, 12 + 16 + 10 + 10]
  expect(walk(all, 1000).ends).toEqual(ends)
})

it.each([
  ['frames that each ask for what is permitted', Array.from({ length: 61 }, () => frame(17, ...repeated)).flat(), true],
  ['as many as make sense', Array.from({ length: 60 }, () => frame(17, ...repeated)).flat(), false],
  ['small ones, however many', Array.from({ length: 3000 }, () => frame(10, ...repeated)).flat(), false],
  ['blocks in the largest window', [...frame(17), ...Array.from({ length: 1010 }, () => [0, 0, 0]).flat()], true],
  ['those of 128 MiB of content', [...frame(17), ...Array.from({ length: 1008 }, () => [0, 0, 0]).flat()], false],
])('the work that all of them ask for is bounded: %s', (_, bytes, isTooMuch) => {
  for (const step of [7, 65_536])
    expect(walk(bytes, step).excess).toEqual(isTooMuch ? expect.stringContaining('more work') : undefined)
  expect(largestWork / largestWindow).toBe(1024)
})
