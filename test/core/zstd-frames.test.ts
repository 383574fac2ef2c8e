import { expect, it } from 'vitest'
import { largestWindow, ZstdFrames } from '../../src/core/zstd-frames.js'

const magic = [0x28, 0xb5, 0x2f, 0xfd]
/** A frame without a size: its window is 2 to the power of 10 + `exponent`, and it has one block. */
const frame = (exponent: number, ...block: number[]) => [...magic, 0x00, exponent << 3, ...block]
const raw = [0x19, 0, 0, 1, 2, 3]
const repeated = [0x03 | ((100 << 3) % 256), (100 << 3) >> 8, 0, 9]
const skippable = [0x5a, 0x2a, 0x4d, 0x18, 2, 0, 0, 0, 0x28, 0xb5]
const single = (size: number) => [...magic, 0xa0, size & 0xff, (size >> 8) & 0xff, (size >> 16) & 0xff, size >>> 24]

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
  for (const step of [1, 2, 5, 1000]) {
    const frames = new ZstdFrames()
    const seen: (number | undefined)[] = []
    for (let at = 0; at < bytes.length; at += step)
      seen.push(frames.excess(Uint8Array.from(bytes.slice(at, at + step))))
    expect(seen.find((window) => window !== undefined)).toBe(expected)
  }
})
