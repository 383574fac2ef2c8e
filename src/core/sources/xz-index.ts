// How a .xz stream is laid out around its blocks, so that a few blocks cut out of a long stream become a stream of their own.
// Source: The .xz File Format 1.1.0, https://tukaani.org/xz/xz-file-format.txt; section numbers below are of that document.

/** One block as the index records it, both in bytes. `unpadded` is header, compressed data and check without the padding to 4. */
export interface XzBlock {
  readonly unpadded: number
  readonly uncompressed: number
}

/** What the end of a stream says: the check type (2.1.1.2; 4 is CRC64) and every block in order. */
export interface XzIndex {
  readonly check: number
  readonly blocks: readonly XzBlock[]
}

/** The consecutive blocks that hold a range of the uncompressed data. */
export interface XzBlockRange {
  /** Position of the first block in the list, and how many there are. */
  readonly first: number
  readonly count: number
  /** Absolute file offsets of the first byte and of the byte after the last, padding included. */
  readonly start: number
  readonly end: number
  /** Uncompressed bytes of the first block that come before the wanted range. */
  readonly skip: number
  readonly blocks: readonly XzBlock[]
}

const headerMagic = [0xfd, 0x37, 0x7a, 0x58, 0x5a, 0x00]
const footerMagic = [0x59, 0x5a]
const headerBytes = 12
const footerBytes = 12
/** 1.2: a number has at most 63 bits, 7 in a byte. */
const maxNumberBytes = 9
/** A block header alone takes 8 bytes, and the format limits the unpadded size to no less than 5 (4.3). */
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

function readLittleEndian32(bytes: Uint8Array, at: number): number {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength).getUint32(at, true)
}

/** Size with the padding that brings it to a multiple of four bytes. */
function padded(size: number): number {
  return Math.ceil(size / 4) * 4
}

/** A multibyte integer (1.2) of a whole number below 2^53. */
function multibyte(value: number): number[] {
  const bytes: number[] = []
  let rest = value
  while (rest >= 0x80) {
    bytes.push((rest % 0x80) | 0x80)
    rest = Math.floor(rest / 0x80)
  }
  return [...bytes, rest]
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

function checked(check: number): number {
  if (!Number.isInteger(check) || check < 0 || check > 0x0f)
    throw new RangeError(`xz check type ${check} is not 0 to 15`)
  return check
}

/** The 12 bytes that open a stream (2.1.1) with this check type, 0 to 15. Throws RangeError for another check type. */
export function streamHeader(check: number): Uint8Array {
  const flags = Uint8Array.of(0, checked(check))
  return Uint8Array.from([...headerMagic, ...flags, ...littleEndian32(crc32(flags))])
}

/**
 * Index and footer (4, 2.1.2) of a stream that consists of just these blocks, in this order: streamHeader(check), the blocks'
 * own bytes with their padding, and this are a complete .xz file. Sizes in bytes. Throws RangeError for impossible sizes.
 */
export function streamTail(check: number, blocks: ReadonlyArray<XzBlock>): Uint8Array {
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
 * `blocks`: every block of the stream as [absolute file offset of its header, unpadded size, uncompressed size] (3, 4.3).
 * Throws RangeError when the range is empty, is not made of whole numbers, or does not lie within the blocks.
 */
export function blocksFor(
  blocks: ReadonlyArray<readonly [number, number, number]>,
  offset: number,
  size: number,
): XzBlockRange {
  const valid = Number.isSafeInteger(offset) && Number.isSafeInteger(size) && offset >= 0 && size > 0
  const chosen: XzBlock[] = []
  let position = 0
  let first = 0
  let start = 0
  let end = 0
  let skip = 0
  for (const [index, [at, unpadded, uncompressed]] of blocks.entries()) {
    const next = position + uncompressed
    if (valid && next > offset && position < offset + size) {
      if (chosen.length === 0) [first, start, skip] = [index, at, offset - position]
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
  return { first, count: chosen.length, start, end, skip, blocks: chosen }
}
