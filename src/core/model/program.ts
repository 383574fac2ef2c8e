// What execve makes of a file: an ELF program of some architecture, with or without a loader, a script, or neither.
// Sources: the ELF gABI; the kernel's fs/binfmt_script.c and fs/binfmt_elf.c.
import type { ReadAt } from './elf.js'
import { matches } from './entry.js'
import { targets } from './targets.js'

export interface ElfProgram {
  readonly kind: 'elf'
  readonly bits: 32 | 64
  readonly endian: 'LE' | 'BE'
  /** e_machine. */
  readonly machine: number
  /** e_type: 2 and 3 are programs (3: also shared libraries). */
  readonly type: number
  /** The loader that it names (PT_INTERP); null: it is static. */
  readonly loader: string | null
  /** QEMU's name for its architecture; null: QEMU has no emulator for it. */
  readonly target: string | null
  /** Whether QEMU's own rule for that target matches its first bytes. */
  readonly matchesRule: boolean
  /** What is wrong with its program headers, so that it does not start. */
  readonly fault?: string
  /** What is missing behind valid headers, so that it starts and crashes. */
  readonly lack?: string
}

export type Program =
  | ElfProgram
  | { readonly kind: 'script'; readonly interpreter: string; readonly argument: string | null }
  /** It begins with #!, and the kernel rejects what follows. */
  | { readonly kind: 'odd-script'; readonly fault: string }
  | { readonly kind: 'empty' | 'text' | 'data' }

/** BINPRM_BUF_SIZE: what the kernel reads before it decides. */
export const headBytes = 256
const longestLoader = 4096
/** The most bytes of program headers that the kernel accepts. */
const mostHeaders = 65536
const [loadSegment, interpreterSegment] = [1, 3]
const page = 4096

/** Names of machine numbers that no target has. */
const machineNames: Readonly<Record<number, string>> = {
  0: 'no machine',
  50: 'ia64',
  106: 'blackfin',
  180: 'csky',
  252: 'arc',
  261: 'bpf',
}

/** Reads what a file is, from its first bytes and its ELF program headers. */
export function programOf(read: ReadAt): Program {
  const head = read(0, headBytes)
  if (head.length === 0) return { kind: 'empty' }
  if (head[0] === 0x7f && head[1] === 0x45 && head[2] === 0x4c && head[3] === 0x46) return elfOf(head, read)
  if (head[0] === 0x23 && head[1] === 0x21) return scriptOf(head)
  return { kind: head.includes(0) ? 'data' : 'text' }
}

/** The program that runs a script: the NAME of `#!/usr/bin/env NAME`, else the interpreter. */
export function programNamed({ interpreter, argument }: Extract<Program, { kind: 'script' }>): string {
  return /\/env$/.test(interpreter) && argument !== null && !argument.startsWith('-')
    ? (argument.split(/[ \t]/)[0] ?? argument)
    : interpreter
}

/** The architecture of an ELF program: QEMU's name, else the number. */
export function machineText({ target, machine, bits, endian }: ElfProgram): string {
  return (
    target ??
    `${machineNames[machine] ?? `machine number ${machine}`} (${bits} bits, ${endian === 'LE' ? 'little' : 'big'}-endian)`
  )
}

function scriptOf(head: Uint8Array): Program {
  const feed = head.indexOf(10)
  // without a line feed the buffer must at least hold the whole name; its last byte does not count when it is full
  const end = feed >= 0 ? feed : Math.min(head.length, headBytes - 1)
  const line = new TextDecoder().decode(head.subarray(2, end))
  const [, interpreter = '', after = '', argument = ''] = /^[ \t]*([^ \t\0]*)([ \t\0]?)[ \t]*([^\0]*)/.exec(line) ?? []
  if (feed < 0 && head.length === headBytes && after === '')
    return { kind: 'odd-script', fault: `its #! line is longer than the ${headBytes - 1} bytes that the kernel reads` }
  // an empty name is looked up and not found; a blank line is not a script at all
  if (interpreter === '' && feed >= 0 && after === '')
    return { kind: 'odd-script', fault: 'its #! line names no interpreter' }
  const trimmed = argument.replace(/[ \t]+$/, '')
  return { kind: 'script', interpreter, argument: trimmed === '' ? null : trimmed }
}

function elfOf(head: Uint8Array, read: ReadAt): Program {
  const [bits, endian] = [
    head[4] === 1 ? (32 as const) : (64 as const),
    head[5] === 2 ? ('BE' as const) : ('LE' as const),
  ]
  // the kernel also treats missing bytes as zeros
  const padded = Uint8Array.from({ length: headBytes }, (_, at) => head[at] ?? 0)
  const view = new DataView(padded.buffer)
  const [type, machine] = [view.getUint16(16, endian === 'LE'), view.getUint16(18, endian === 'LE')]
  const matching = targets.find((target) => matches(target, padded))
  const target = matching?.name ?? targetOf(padded, machine)
  const base = { kind: 'elf' as const, bits, endian, machine, type, target, matchesRule: matching !== undefined }
  if (head.length < (bits === 64 ? 64 : 52))
    return { ...base, loader: null, fault: 'it is cut short within its header' }
  return { ...base, ...segmentsOf(view, bits, endian === 'LE', read) }
}

/** The official number of MicroBlaze; QEMU's rule has the older, unofficial 0xbaab. */
const microblaze = 189

/** The first target of the same class, byte order and machine, for a file that no rule of QEMU matches. */
function targetOf(head: Uint8Array, machine: number): string | null {
  if (machine === microblaze) return head[5] === 2 ? 'microblaze' : 'microblazeel'
  const bytes = (at: number, count: number) =>
    [...head.subarray(at, at + count)].map((byte) => byte.toString(16).padStart(2, '0')).join('')
  const same = targets.find(({ magic }) => magic.slice(8, 12) === bytes(4, 2) && magic.slice(36, 40) === bytes(18, 2))
  return same?.name ?? null
}

type Segments = Pick<ElfProgram, 'loader' | 'fault' | 'lack'>

function segmentsOf(head: DataView, bits: 32 | 64, little: boolean, read: ReadAt): Segments {
  const word = (view: DataView, at: number) =>
    bits === 64 ? Number(view.getBigUint64(at, little)) : view.getUint32(at, little)
  const start = word(head, bits === 64 ? 0x20 : 0x1c)
  const size = head.getUint16(bits === 64 ? 0x36 : 0x2a, little)
  const count = head.getUint16(bits === 64 ? 0x38 : 0x2c, little)
  if (count === 0 || size * count > mostHeaders || size !== (bits === 64 ? 56 : 32) || !Number.isSafeInteger(start))
    return { loader: null, fault: 'it has no program headers that make sense' }
  const table = read(start, size * count)
  if (table.length < size * count)
    return { loader: null, fault: 'it is cut short: its program headers lie behind its end' }
  const rows = new DataView(table.buffer, table.byteOffset, table.byteLength)
  const segments = Array.from({ length: count }, (_, place) => {
    const at = place * size
    const [offset, length] = [word(rows, at + (bits === 64 ? 8 : 4)), word(rows, at + (bits === 64 ? 32 : 16))]
    return { type: rows.getUint32(at, little), offset, length }
  })
  const named = segments.find(({ type }) => type === interpreterSegment)
  const loaded = segments.filter(({ type }) => type === loadSegment)
  return { ...(named === undefined ? { loader: null } : loaderAt(named, read)), ...missingOf(loaded, read) }
}

interface Segment {
  readonly offset: number
  readonly length: number
}

function loaderAt({ offset, length }: Segment, read: ReadAt): Segments {
  const fault = 'the name of its loader makes no sense'
  if (length < 2 || length > longestLoader || !Number.isSafeInteger(offset)) return { loader: null, fault }
  const bytes = read(offset, length)
  if (bytes.length < length)
    return { loader: null, fault: 'it is cut short: the name of its loader lies behind its end' }
  const name = new TextDecoder().decode(bytes).split('\0')[0] ?? ''
  return bytes.at(-1) !== 0 || name === '' ? { loader: null, fault } : { loader: name }
}

/** A page that begins beyond the end of the file cannot be loaded; the missing rest of a last page is zeros. */
function missingOf(loaded: readonly Segment[], read: ReadAt): Pick<ElfProgram, 'lack'> {
  if (loaded.length === 0) return { lack: 'none of its segments is to be loaded' }
  const isCut = loaded.some(({ offset, length }) => {
    if (length === 0) return false
    const last = offset + length - 1
    return !Number.isSafeInteger(last) || read(last - (last % page), 1).length === 0
  })
  return isCut ? { lack: 'it is cut short: what is to be loaded lies behind its end' } : {}
}
