// Tiny static arm64 programs, word by word: what the documents' examples call tests/unpack-arm64 and tests/sums-arm64.
import { Buffer } from 'node:buffer'

/** An instruction, or one that is made when the distance to a label, in words, is known. */
type Instruction = number | { readonly to: string; readonly word: (distance: number) => number }

const move = (register: number, value: number): number => 0xd2800000 | (value << 5) | register
/** The bits of a distance that may be negative. */
const offset = (distance: number) => (distance & 0x7ffff) << 5
const addressOf = (register: number, to: string): Instruction => ({
  to,
  word: (distance) => 0x10000000 | offset(distance) | register,
})
const jumpUnlessEqual = (to: string): Instruction => ({ to, word: (distance) => 0x54000001 | offset(distance) })
const call = 0xd4000001
/** Signs the return address: costs nothing on a CPU without pointer authentication. */
const paciasp = 0xd503233f

const base = 0x400000
const start = 64 + 56

/** An executable of one segment: the instructions, under labels, then the text, and zeros. */
function program(parts: readonly (readonly [label: string, ...code: Instruction[]])[], text: string): Buffer {
  const labels = new Map<string, number>()
  let count = 0
  for (const [label, ...code] of parts) {
    labels.set(label, count)
    count += code.length
  }
  labels.set('text', count)
  labels.set('zeros', count + Math.ceil(text.length / 4))
  const words = parts.flatMap(([, ...code]) => code)
  const bytes = Buffer.alloc(start + count * 4 + Math.ceil(text.length / 4) * 4 + 64)
  writeHeaders(bytes)
  for (const [at, word] of words.entries()) {
    const value = typeof word === 'number' ? word : word.word((labels.get(word.to) ?? Number.NaN) - at)
    bytes.writeUInt32LE(value >>> 0, start + at * 4)
  }
  bytes.write(text, start + count * 4)
  return bytes
}

function writeHeaders(bytes: Buffer): void {
  Buffer.from('7f454c46020101', 'hex').copy(bytes)
  for (const [at, value] of [2, 183].entries()) bytes.writeUInt16LE(value, 16 + at * 2)
  bytes.writeUInt32LE(1, 20)
  bytes.writeBigUInt64LE(BigInt(base + start), 24)
  bytes.writeBigUInt64LE(64n, 32)
  for (const [at, value] of [64, 56, 1].entries()) bytes.writeUInt16LE(value, 52 + at * 2)
  // loaded as a whole, to be read and executed
  for (const [at, value] of [1, 5].entries()) bytes.writeUInt32LE(value, 64 + at * 4)
  for (const at of [80, 88]) bytes.writeBigUInt64LE(BigInt(base), at)
  for (const at of [96, 104]) bytes.writeBigUInt64LE(BigInt(bytes.length), at)
  bytes.writeBigUInt64LE(0x1000n, 112)
}

const exit = [move(8, 93), call]

/** Ends with 0 where openat2 is there, else with 1 and a line: QEMU has it from 9.2 on. */
export function unpackProgram(): Buffer {
  const text = 'not ok 1 - open beneath: Function not implemented\n'
  const openat2 = [0x92800000 | (99 << 5), addressOf(1, 'text'), addressOf(2, 'zeros'), move(3, 24), move(8, 437), call]
  // -ENOSYS is -38
  const isMissing = 0xb1000000 | (38 << 10) | 31
  return program(
    [
      ['open', ...openat2, isMissing, jumpUnlessEqual('works')],
      ['fails', move(0, 2), addressOf(1, 'text'), move(2, text.length), move(8, 64), call, move(0, 1), ...exit],
      ['works', move(0, 0), ...exit],
    ],
    text,
  )
}

/** Signs an address 300,000 times, which the default CPU of older versions does slowly. */
export function sumsProgram(): Buffer {
  const subtractOne = 0xf1000000 | (1 << 10) | (1 << 5) | 1
  const most = 0xd2a00000 | (5 << 5) | 1
  return program(
    [
      ['start', most],
      ['again', paciasp, subtractOne, jumpUnlessEqual('again')],
      ['end', move(0, 0), ...exit],
    ],
    '',
  )
}
