// Writes tar archives of plain files. Format: POSIX.1-2017, "ustar Interchange Format".
import { tarRecordBytes } from './tar-entry.js'

/** A plain file of an archive. */
export interface TarMember {
  /** Without a leading slash; at most 100 bytes. */
  readonly name: string
  readonly bytes: Uint8Array
  readonly mode: number
}

const maxNameBytes = 100

/** A tar archive of plain files in this order, owned by root and dated 1970: the same bytes for the same members. Throws RangeError where a name is too long. */
export function tarOf(members: readonly TarMember[]): Uint8Array {
  const sizes = members.map(({ bytes }) => tarRecordBytes + paddedSize(bytes))
  // two empty records end an archive
  const archive = new Uint8Array(sizes.reduce((sum, size) => sum + size, 2 * tarRecordBytes))
  let at = 0
  for (const member of members) {
    archive.set(headerOf(member), at)
    archive.set(member.bytes, at + tarRecordBytes)
    at += tarRecordBytes + paddedSize(member.bytes)
  }
  return archive
}

function paddedSize({ length }: Uint8Array): number {
  return Math.ceil(length / tarRecordBytes) * tarRecordBytes
}

function headerOf({ name, bytes, mode }: TarMember): Uint8Array {
  const header = new Uint8Array(tarRecordBytes)
  const write = (at: number, text: string) => header.set(new TextEncoder().encode(text), at)
  const octal = (value: number, digits: number) => value.toString(8).padStart(digits, '0')
  if (new TextEncoder().encode(name).length > maxNameBytes)
    throw new RangeError(`a tar header has ${maxNameBytes} bytes for a name, too few for "${name}"`)
  write(0, name)
  write(100, octal(mode, 7))
  write(108, octal(0, 7))
  write(116, octal(0, 7))
  write(124, octal(bytes.length, 11))
  write(136, octal(0, 11))
  // the checksum counts its own field as spaces
  write(148, '        ')
  write(156, '0')
  write(257, 'ustar\u000000')
  const sum = header.reduce((total, byte) => total + byte, 0)
  write(148, `${octal(sum, 6)}\0 `)
  return header
}
