// Turns a few blocks of a long .xz stream into a stream of their own: which blocks hold a range, and the header and tail to put around them.
// Source: The .xz File Format 1.1.0, https://tukaani.org/xz/xz-file-format.txt; section numbers below are of that document.
import type { Block } from '../model/catalog.js'

/** One block as the index records it, in bytes. `unpadded`: header, compressed data and check, without the padding to 4. */
export interface XzBlock {
  readonly unpadded: number
  readonly uncompressed: number
}

/** The consecutive blocks that hold a range of the uncompressed data. */
export interface XzBlockRange {
  /** Absolute file offsets of the first byte and of the byte after the last, padding included. */
  readonly start: number
  readonly end: number
  /** Uncompressed bytes of the first block that come before the wanted range. */
  readonly skip: number
  readonly blocks: readonly XzBlock[]
}

const headerMagic = [0xfd, 0x37, 0x7a, 0x58, 0x5a, 0x00]
const footerMagic = [0x59, 0x5a]
/** The format allows no unpadded size below 5 (4.3). */
const minUnpadded = 5

const crcTable = Uint32Array.from({ length: 256 }, (_, byte) => {
  let value = byte
  for (let bit = 0; bit < 8; bit++) value = value & 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1
  return value >>> 0
})

/** CRC-32 of IEEE 802.3 as an unsigned number (6). */
function crc32(bytes: Uint8Array): number {
  let crc = 0xffffffff
  for (const byte of bytes) crc = (crc >>> 8) ^ (crcTable[(crc ^ byte) & 0xff] ?? 0)
  return (crc ^ 0xffffffff) >>> 0
}

function littleEndian32(value: number): number[] {
  return [value & 0xff, (value >>> 8) & 0xff, (value >>> 16) & 0xff, (value >>> 24) & 0xff]
}

/** A size in bytes with the padding that rounds it up to a multiple of four, as blocks lie in a stream (3). */
export function padded(size: number): number {
  return Math.ceil(size / 4) * 4
}

/** A whole number below 2^53 as a multibyte integer (1.2). */
function multibyte(value: number): number[] {
  const bytes: number[] = []
  let rest = value
  while (rest >= 0x80) {
    bytes.push((rest % 0x80) | 0x80)
    rest = Math.floor(rest / 0x80)
  }
  return [...bytes, rest]
}

function checked(check: number): number {
  if (!Number.isInteger(check) || check < 0 || check > 0x0f)
    throw new RangeError(`xz check type ${check} is not 0 to 15`)
  return check
}

/** The 12 bytes that open a stream (2.1.1) with this check type, 0 to 15 (4 is CRC64). Throws RangeError for any other number. */
export function streamHeader(check: number): Uint8Array {
  const flags = Uint8Array.of(0, checked(check))
  return Uint8Array.from([...headerMagic, ...flags, ...littleEndian32(crc32(flags))])
}

/**
 * Index and footer (4, 2.1.2) of a stream of exactly these blocks, in this order: `streamHeader(check)`, the blocks' own bytes with their
 * padding, and this make a complete .xz file. Sizes in bytes. Throws RangeError for impossible sizes.
 */
export function streamTail(check: number, blocks: readonly XzBlock[]): Uint8Array {
  const records = blocks.flatMap(({ unpadded, uncompressed }) => {
    if (
      !Number.isSafeInteger(unpadded) ||
      unpadded < minUnpadded ||
      !Number.isSafeInteger(uncompressed) ||
      uncompressed < 0
    ) {
      throw new RangeError(`xz block of ${unpadded} bytes for ${uncompressed} uncompressed`)
    }
    return [...multibyte(unpadded), ...multibyte(uncompressed)]
  })
  const body = [0, ...multibyte(blocks.length), ...records]
  while (body.length % 4 !== 0) body.push(0)
  const indexCrc = littleEndian32(crc32(Uint8Array.from(body)))
  const backward = [...littleEndian32((body.length + 4) / 4 - 1), 0, checked(check)]
  const footerCrc = littleEndian32(crc32(Uint8Array.from(backward)))
  return Uint8Array.from([...body, ...indexCrc, ...footerCrc, ...backward, ...footerMagic])
}

/**
 * The fewest consecutive blocks that hold `size` bytes at `offset` of the uncompressed data, both in bytes.
 * `blocks`: every block of the stream (3, 4.3), each with its offset in the file.
 * Throws RangeError when the range is empty, has fractions, or does not lie within the blocks.
 */
export function blocksFor(blocks: readonly Block[], offset: number, size: number): XzBlockRange {
  const valid = Number.isSafeInteger(offset) && Number.isSafeInteger(size) && offset >= 0 && size > 0
  const chosen: XzBlock[] = []
  let position = 0
  let start = 0
  let end = 0
  let skip = 0
  for (const [at, unpadded, uncompressed] of blocks) {
    const next = position + uncompressed
    if (valid && next > offset && position < offset + size) {
      if (chosen.length === 0) [start, skip] = [at, offset - position]
      chosen.push({ unpadded, uncompressed })
      end = at + padded(unpadded)
    }
    position = next
  }
  if (!valid || offset + size > position) {
    throw new RangeError(
      `${size} bytes at ${offset} do not lie within the ${position} bytes of ${blocks.length} blocks`,
    )
  }
  return { start, end, skip, blocks: chosen }
}
