// Extracts emulators from a Debian package, of which only the xz blocks of data.tar.xz that hold them are fetched; the catalog records where.
import {
  type AccountedBytes,
  accountBytes,
  type RangeMember,
  type RangeRequest,
} from '../core/sources/range-request.js'
import { streamHeader, streamTail } from '../core/sources/xz-blocks.js'
import { toolOnPath } from '../system/program.js'
import { type BodyOptions, bytesFrom } from './http.js'
import { decoded } from './xz-decoder.js'

/** An executable of a range request and its bytes, decoded while they arrive. */
export interface ExecutableStream {
  readonly member: RangeMember
  readonly bytes: AsyncGenerator<Uint8Array>
}

/**
 * Makes one request for a range of the package at `url` and yields the executables in it, in their order; bytes of one that are left unread are
 * skipped when the next is asked for. Stops reading at the end of the last one, inside its last block. `onBytes` is told of everything that
 * arrives. Reading the bytes throws FetchError and CorruptError, and the reason of the signal that ends it; checking that they are the right ones is up to the caller.
 */
export async function* executablesFrom(
  url: string,
  request: RangeRequest,
  onBytes: (accounted: readonly AccountedBytes[]) => void,
  limits: Pick<BodyOptions, 'signal' | 'waiting'> = {},
): AsyncGenerator<ExecutableStream> {
  const chunks = decoded(xzStream(url, request, onBytes, limits), toolOnPath('xz'))
  const reader = new RangeReader(chunks)
  try {
    for (const member of request.members) {
      yield { member, bytes: reader.between(member.start, member.start + member.emulator.size) }
    }
  } finally {
    await chunks.return(undefined)
  }
}

/** The blocks of a request as an xz stream of their own. */
async function* xzStream(
  url: string,
  request: RangeRequest,
  onBytes: (accounted: readonly AccountedBytes[]) => void,
  limits: Pick<BodyOptions, 'signal' | 'waiting'>,
): AsyncGenerator<Uint8Array> {
  const { start, end, blocks } = request
  const { check, size } = request.package
  yield streamHeader(check)
  yield* bytesFrom(url, start, end, size, {
    ...limits,
    onBytes: (at, count) => onBytes(accountBytes(request, at, at + count)),
  })
  yield streamTail(check, blocks)
}

/** Reads ranges out of a sequence of chunks, front to back. */
class RangeReader {
  readonly #chunks: AsyncGenerator<Uint8Array>
  #chunk: Uint8Array = new Uint8Array()
  /** Where `#chunk` begins. */
  #at = 0

  constructor(chunks: AsyncGenerator<Uint8Array>) {
    this.#chunks = chunks
  }

  /** The bytes from `start` to `end`, which must not lie before what was read already; fewer when the chunks end. */
  async *between(start: number, end: number): AsyncGenerator<Uint8Array> {
    for (let from = start; from < end; ) {
      const part = this.#chunk.subarray(Math.max(0, from - this.#at), Math.max(0, end - this.#at))
      from += part.length
      if (part.length > 0) yield part
      else if (!(await this.#next())) return
    }
  }

  async #next(): Promise<boolean> {
    this.#at += this.#chunk.length
    const { done, value } = await this.#chunks.next()
    this.#chunk = done === true ? new Uint8Array() : value
    return done !== true
  }
}
