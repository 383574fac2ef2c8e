// Where the regular files of a tar archive lie in it, when any part of it can be read. Format: see src/core/image/tar-entry.ts.
import {
  extended,
  isExtension,
  type TarExtension,
  tarEntry,
  tarHeader,
  tarRecordBytes,
} from '../../src/core/image/tar-entry.js'

export interface TarFile {
  /** Path without a leading `./`. */
  readonly name: string
  /** Offset of the first byte of its content, and its size, in bytes. */
  readonly offset: number
  readonly size: number
}

/** Reads `size` bytes at `offset` of the archive; fewer at its end. */
export type Read = (offset: number, size: number) => Buffer

/** The regular files of an archive in their order; links, folders and devices are passed over. Throws on damaged headers. */
export function* tarFiles(read: Read): Generator<TarFile> {
  let at = 0
  let extension: TarExtension = {}
  for (;;) {
    const bytes = read(at, tarRecordBytes)
    if (bytes.length < tarRecordBytes) throw new Error(`tar: it ends at ${at} without its end mark`)
    const header = tarHeader(bytes, at)
    if (header === undefined) return
    const offset = at + tarRecordBytes
    let { size } = header
    if (isExtension(header)) extension = extended(extension, header, read(offset, size))
    else {
      const entry = tarEntry(header, extension)
      size = entry.size
      extension = {}
      if (entry.kind === 'file') yield { name: entry.path.replace(/^(\.\/)+/, ''), offset, size }
    }
    at = offset + Math.ceil(size / tarRecordBytes) * tarRecordBytes
  }
}
