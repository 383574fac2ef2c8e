// Whether an executable can be registered as an emulator: it must be static, 64-bit, and for this host. Source: the ELF gABI.
import type { Host } from './catalog.js'

/** Reads `size` bytes of a file at `offset`; fewer at its end. */
export type ReadAt = (offset: number, size: number) => Uint8Array

const machines: Readonly<Record<Host, number>> = { amd64: 62, arm64: 183 }
const machineNames: Readonly<Record<number, string>> = { 3: '386', 40: 'arm', 62: 'amd64', 183: 'arm64', 243: 'riscv' }
const headerBytes = 64
const segmentBytes = 56
const segmentTypes = { load: 1, dynamic: 2, interpreter: 3 } as const
const neededTag = 1n
const dynamicEntryBytes = 16
const mostSegments = 4096
const longestDynamic = 1 << 20

interface ProgramHeader {
  readonly type: number
  readonly offset: number
  readonly size: number
}

function view(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
}

/**
 * Why a file is not a static ELF64 executable for `host`, as words that follow its name (`is not static: it names an interpreter`); undefined when
 * it is one, static-pie included. Reads only the header, the program headers and the dynamic segment.
 */
export function staticRefusal(read: ReadAt, host: Host): string | undefined {
  const header = read(0, headerBytes)
  const isElf = header.length === headerBytes && view(header).getUint32(0) === 0x7f454c46
  if (!isElf || header[4] !== 2 || header[5] !== 1) return 'is not an ELF64 file with little-endian numbers'
  const machine = view(header).getUint16(0x12, true)
  if (machine !== machines[host])
    return `is not an executable for ${host}: its machine is ${machineNames[machine] ?? `number ${machine}`}`
  const type = view(header).getUint16(0x10, true)
  if (type !== 2 && type !== 3) return `is not an executable: its ELF type is ${type}`
  const segments = segmentsOf(view(header), read)
  return typeof segments === 'string' ? segments : segmentRefusal(segments, read)
}

function segmentsOf(header: DataView, read: ReadAt): ProgramHeader[] | string {
  const start = Number(header.getBigUint64(0x20, true))
  const entryBytes = header.getUint16(0x36, true)
  const count = header.getUint16(0x38, true)
  if (entryBytes < segmentBytes || count === 0 || count > mostSegments || !Number.isSafeInteger(start))
    return 'is not an executable: it has no program headers that make sense'
  const table = read(start, entryBytes * count)
  if (table.length < entryBytes * count) return 'is cut short: its program headers lie behind its end'
  const rows = view(table)
  return Array.from({ length: count }, (_, place) => ({
    type: rows.getUint32(place * entryBytes, true),
    offset: Number(rows.getBigUint64(place * entryBytes + 8, true)),
    size: Number(rows.getBigUint64(place * entryBytes + 32, true)),
  }))
}

function segmentRefusal(segments: readonly ProgramHeader[], read: ReadAt): string | undefined {
  if (!segments.some(({ type }) => type === segmentTypes.load)) return 'is not an executable: it has nothing to load'
  if (segments.some(({ type }) => type === segmentTypes.interpreter)) return 'is not static: it names an interpreter'
  if (
    segments.some(
      ({ type, offset, size }) => type === segmentTypes.load && size > 0 && isBeyondEnd(offset + size, read),
    )
  )
    return 'is cut short: a segment lies behind its end'
  const dynamic = segments.find(({ type }) => type === segmentTypes.dynamic)
  return dynamic === undefined ? undefined : dynamicRefusal(dynamic, read)
}

function isBeyondEnd(end: number, read: ReadAt): boolean {
  return !Number.isSafeInteger(end) || read(end - 1, 1).length === 0
}

function dynamicRefusal({ offset, size }: ProgramHeader, read: ReadAt): string | undefined {
  if (size > longestDynamic || !Number.isSafeInteger(offset)) return 'is damaged: its dynamic segment makes no sense'
  const bytes = read(offset, size)
  if (bytes.length < size) return 'is cut short: its dynamic segment lies behind its end'
  for (let at = 0; at + dynamicEntryBytes <= size; at += dynamicEntryBytes) {
    if (view(bytes).getBigUint64(at, true) === neededTag) return 'is not static: it needs shared libraries'
  }
  return undefined
}
