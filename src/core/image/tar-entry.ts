// Parses the records of a tar archive: headers, and the extended headers before them. Sources: POSIX.1-2017 pax (ustar and extended headers),
// and GNU tar's long names and large numbers, https://www.gnu.org/software/tar/manual/html_node/Standard.html.

/** The bytes are not a valid tar archive, or use a feature that is not supported. */
export class TarError extends Error {}

/** The size of a record; headers take one, and content is padded to a multiple. */
export const tarRecordBytes = 512

/** A member's header: of a file or link itself (`type` 0, 1, ...), or of an extended header (x, g, L, K) for the next member. */
export interface TarHeader {
  readonly path: string
  readonly link: string
  /** Bytes of content that follow, without padding. */
  readonly size: number
  readonly type: string
}

/** What extended headers say about the member that follows them. */
export interface TarExtension {
  readonly path?: string
  readonly link?: string
  readonly size?: number
}

/** A member of an archive. */
export interface TarEntry {
  readonly kind: 'file' | 'hard link' | 'symbolic link' | 'device' | 'fifo' | 'folder' | 'other'
  /** As in the archive; not checked. */
  readonly path: string
  /** The target of a link; empty for other kinds. */
  readonly link: string
  /** Bytes of content that follow. */
  readonly size: number
}

const kinds: Readonly<Record<string, TarEntry['kind']>> = {
  '0': 'file',
  '1': 'hard link',
  '2': 'symbolic link',
  '3': 'device',
  '4': 'device',
  '5': 'folder',
  '6': 'fifo',
  '7': 'file',
}

function text(bytes: Uint8Array): string {
  const end = bytes.indexOf(0)
  return new TextDecoder().decode(end < 0 ? bytes : bytes.subarray(0, end))
}

function numberIn(field: Uint8Array): number {
  // GNU tar writes numbers that do not fit in octal digits as big-endian with the top bit set
  if (((field[0] ?? 0) & 0x80) !== 0)
    return safe(field.reduce((sum, byte, at) => sum * 256 + (at === 0 ? byte & 0x7f : byte), 0))
  const digits = text(field).trim()
  if (!/^[0-7]*$/.test(digits)) throw new TarError('a number in a header of the tar archive is none')
  return safe(Number.parseInt(digits || '0', 8))
}

function safe(value: number): number {
  if (Number.isSafeInteger(value)) return value
  throw new TarError('a number in a header of the tar archive is 2^53 or more')
}

/** One record of 512 bytes at offset `at` as a header; undefined for the end mark. Throws TarError when its checksum does not match. */
export function tarHeader(bytes: Uint8Array, at: number): TarHeader | undefined {
  if (bytes.every((byte) => byte === 0)) return undefined
  const sum = bytes.reduce((total, byte, place) => total + (place >= 148 && place < 156 ? 0x20 : byte), 0)
  if (sum !== numberIn(bytes.subarray(148, 156)))
    throw new TarError(`the header at ${at} of the tar archive does not match its checksum`)
  const posix = text(bytes.subarray(257, 263)) === 'ustar' && bytes[262] === 0
  const prefix = posix ? text(bytes.subarray(345, 500)) : ''
  const name = text(bytes.subarray(0, 100))
  return {
    path: prefix === '' ? name : `${prefix}/${name}`,
    link: text(bytes.subarray(157, 257)),
    size: numberIn(bytes.subarray(124, 136)),
    type: String.fromCharCode(bytes[156] || 0x30),
  }
}

/** Whether a member is an extended header, which describes the member after it. */
export function isExtension({ type }: TarHeader): boolean {
  return type === 'L' || type === 'K' || type === 'x' || type === 'g'
}

/** Adds an extended header with this content to those `before` it. Global headers (g) set nothing that is used here. Throws TarError. */
export function extended(before: TarExtension, { type }: TarHeader, content: Uint8Array): TarExtension {
  if (type === 'L') return { ...before, path: text(content) }
  if (type === 'K') return { ...before, link: text(content) }
  return type === 'x' ? { ...before, ...paxExtension(content) } : before
}

/** `path`, `linkpath` and `size` in a pax header, whose records are `<length> <key>=<value>\n`. Throws TarError. */
function paxExtension(content: Uint8Array): TarExtension {
  const found = new Map<string, string>()
  for (let at = 0; at < content.length; ) {
    const length = /^(\d{1,9}) /.exec(new TextDecoder('latin1').decode(content.subarray(at, at + 10)))?.[1]
    const end = at + Number(length ?? 0)
    if (length === undefined || end - at <= length.length + 1 || end > content.length || content[end - 1] !== 0x0a)
      throw new TarError('a pax record of the tar archive has no right length')
    const record = new TextDecoder().decode(content.subarray(at + length.length + 1, end - 1))
    const equals = record.indexOf('=')
    if (equals < 1) throw new TarError('a pax record of the tar archive has no key')
    found.set(record.slice(0, equals), record.slice(equals + 1))
    at = end
  }
  return { ...nameIn(found, 'path', 'path'), ...nameIn(found, 'linkpath', 'link'), ...sizeIn(found) }
}

function nameIn(records: ReadonlyMap<string, string>, key: string, name: 'path' | 'link'): TarExtension {
  const value = records.get(key)
  if (value?.includes('\0')) throw new TarError(`a pax record of the tar archive has a ${key} with a NUL`)
  return value === undefined || value === '' ? {} : { [name]: value }
}

function sizeIn(records: ReadonlyMap<string, string>): TarExtension {
  const value = records.get('size')
  if (value === undefined) return {}
  if (!/^\d{1,16}$/.test(value)) throw new TarError('a pax record of the tar archive has a size that is no number')
  return { size: safe(Number(value)) }
}

/** Combines a member's header with the extended headers before it. Throws TarError for GNU's sparse files. */
export function tarEntry(header: TarHeader, extension: TarExtension): TarEntry {
  const path = extension.path ?? header.path
  if (header.type === 'S')
    throw new TarError('the tar archive holds a sparse file in the old GNU form, which is not read')
  const kind = header.type === '0' && path.endsWith('/') ? 'folder' : (kinds[header.type] ?? 'other')
  // links, folders and devices have no content whatever their size says, as in Go's archive/tar, which container engines use
  const size = kind === 'file' || kind === 'other' ? (extension.size ?? header.size) : 0
  return { kind, path, link: kind.endsWith('link') ? (extension.link ?? header.link) : '', size }
}
