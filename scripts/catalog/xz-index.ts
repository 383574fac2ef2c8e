// Reads the index at the end of a .xz stream: where its blocks lie, which the catalog records so that the action fetches only some of them.
// Source: The .xz File Format 1.1.0, https://tukaani.org/xz/xz-file-format.txt; section numbers below are of that document.
import { crc32 } from 'node:zlib'
import type { Block } from '../../src/core/model/catalog.js'
import { padded, type XzBlock } from '../../src/core/sources/xz-blocks.js'

/** What the end of a stream says: the check type (2.1.1.2; 4 is CRC64) and every block in order. */
export interface XzIndex {
  readonly check: number
  readonly blocks: readonly XzBlock[]
}

const footerMagic = [0x59, 0x5a]
export const headerBytes = 12
const footerBytes = 12
/** 1.2: a number has at most 63 bits, 7 in a byte. */
const maxNumberBytes = 9
/** A block header takes at least 8 bytes, and the format allows no unpadded size below 5 (4.3). */
const minUnpadded = 5

function readLittleEndian32(bytes: Uint8Array, at: number): number {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength).getUint32(at, true)
}

/** Reads multibyte integers (1.2) one after the other. Numbers of 2^53 and more are refused: no file is that long. */
function numbersIn(bytes: Uint8Array, start: number): { next: () => number; position: () => number } {
  let at = start
  const next = (): number => {
    let value = 0
    for (let count = 0; count < maxNumberBytes; count++) {
      const byte = bytes[at++]
      if (byte === undefined) throw new Error('xz index: it ends inside a number')
      value += (byte & 0x7f) * 2 ** (7 * count)
      if (value > Number.MAX_SAFE_INTEGER) throw new Error('xz index: a number is 2^53 or more')
      if (byte < 0x80) {
        if (byte === 0 && count > 0) throw new Error('xz index: a number is not in its shortest form')
        return value
      }
    }
    throw new Error(`xz index: a number is longer than ${maxNumberBytes} bytes`)
  }
  return { next, position: () => at }
}

/** Check type and index size in bytes out of the 12 bytes of a stream footer (2.1.2). */
function parseFooter(footer: Uint8Array): { check: number; indexSize: number } {
  if (footerMagic.some((byte, place) => footer[10 + place] !== byte)) {
    throw new Error('xz footer: no magic bytes "YZ" at the end; it is cut short, has stream padding, or is not xz')
  }
  if (crc32(footer.subarray(4, 10)) !== readLittleEndian32(footer, 0))
    throw new Error('xz footer: its CRC32 does not match')
  const check = footer[9] ?? 0
  if (footer[8] !== 0 || check > 0x0f) throw new Error('xz footer: stream flags of a later version of the format')
  return { check, indexSize: (readLittleEndian32(footer, 4) + 1) * 4 }
}

/** The blocks of an index field (4), which is given whole, its CRC32 included. */
function parseIndexField(field: Uint8Array): XzBlock[] {
  const body = field.subarray(0, field.length - 4)
  if (crc32(body) !== readLittleEndian32(field, body.length)) throw new Error('xz index: its CRC32 does not match')
  if (body[0] !== 0) throw new Error('xz index: it does not begin with the index indicator 0x00')
  const numbers = numbersIn(body, 1)
  const count = numbers.next()
  // A record is at least two bytes: a forged count must not make a loop of 2^53 turns.
  if (count > body.length / 2) throw new Error(`xz index: ${count} records do not fit into ${body.length} bytes`)
  const blocks: XzBlock[] = []
  for (let record = 0; record < count; record++) {
    const unpadded = numbers.next()
    if (unpadded < minUnpadded) throw new Error(`xz index: block ${record} has an unpadded size of ${unpadded} bytes`)
    blocks.push({ unpadded, uncompressed: numbers.next() })
  }
  const padding = body.subarray(numbers.position())
  if (padding.length > 3 || padding.some((byte) => byte !== 0))
    throw new Error('xz index: bytes are left over after its last record')
  return blocks
}

/**
 * Check type and blocks of a file that is one .xz stream (2.1.2 and 4).
 * `tail`: the last bytes of the file, at least its index and footer; the whole file will do. `fileSize`: the file's size in bytes.
 * Throws an Error when the bytes are not the end of a stream, are damaged, or when the file holds more than this one stream.
 */
export function xzIndex(tail: Uint8Array, fileSize: number): XzIndex {
  if (tail.length < footerBytes) throw new Error(`xz footer: ${tail.length} bytes are too few for it`)
  const { check, indexSize } = parseFooter(tail.subarray(tail.length - footerBytes))
  const indexStart = tail.length - footerBytes - indexSize
  if (indexSize < 8 || indexStart < 0) {
    throw new Error(`xz footer: an index of ${indexSize} bytes does not lie in the last ${tail.length} bytes`)
  }
  const blocks = parseIndexField(tail.subarray(indexStart, indexStart + indexSize))
  const streamSize = blocks.reduce((sum, { unpadded }) => sum + padded(unpadded), headerBytes + indexSize + footerBytes)
  if (streamSize !== fileSize) {
    throw new Error(
      `xz index: it describes a stream of ${streamSize} bytes in a file of ${fileSize}; only a single stream is understood`,
    )
  }
  return { check, blocks }
}

/** The blocks with the absolute offset of each: `start` is that of the stream in its file, in bytes. */
export function placedBlocks(blocks: readonly XzBlock[], start: number): Block[] {
  let at = start + headerBytes
  return blocks.map(({ unpadded, uncompressed }): Block => {
    const block = [at, unpadded, uncompressed] as const
    at += padded(unpadded)
    return block
  })
}
