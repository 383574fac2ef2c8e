// Where the compressed files of a Debian package lie in it, and how its xz blocks are laid out.
// Source: deb(5) and ar(5) for the archive, xz-index.ts for the stream.
import type { Block } from '../../src/core/model/catalog.js'
import { streamHeader } from '../../src/core/sources/xz-blocks.js'
import { placedBlocks, xzIndex } from './xz-index.js'

export interface DataMember {
  /** data.tar.xz, a view into the package. */
  readonly bytes: Buffer
  readonly check: number
  /** With absolute offsets in the package. */
  readonly blocks: readonly Block[]
}

const archiveMagic = '!<arch>\n'
const memberHeaderBytes = 60

/** Offset and size of a member of the archive, in bytes. */
function memberOf(deb: Buffer, wanted: string): { offset: number; size: number } {
  if (deb.toString('latin1', 0, archiveMagic.length) !== archiveMagic)
    throw new Error('not a Debian package: no ar magic')
  let at = archiveMagic.length
  while (at + memberHeaderBytes <= deb.length) {
    const header = deb.toString('latin1', at, at + memberHeaderBytes)
    const size = Number(header.slice(48, 58))
    const offset = at + memberHeaderBytes
    if (!header.endsWith('`\n') || !Number.isSafeInteger(size) || offset + size > deb.length) {
      throw new Error(`not a Debian package: no ar member at ${at}`)
    }
    if (header.slice(0, 16).trimEnd().replace(/\/$/, '') === wanted) return { offset, size }
    at = offset + size + (size % 2)
  }
  throw new Error(`the package has no ${wanted}`)
}

/** A member of a whole package, a view into it. Throws when there is none. */
export function memberNamed(deb: Buffer, name: string): Buffer {
  const { offset, size } = memberOf(deb, name)
  return deb.subarray(offset, offset + size)
}

/** data.tar.xz of a whole package. Throws when there is none or when it is not one sound xz stream. */
export function dataMember(deb: Buffer): DataMember {
  const { offset, size } = memberOf(deb, 'data.tar.xz')
  const bytes = deb.subarray(offset, offset + size)
  const { check, blocks } = xzIndex(bytes, size)
  const header = streamHeader(check)
  if (bytes.compare(header, 0, header.length, 0, header.length) !== 0)
    throw new Error('the header of data.tar.xz is not that of its footer')
  return { bytes, check, blocks: placedBlocks(blocks, offset) }
}
