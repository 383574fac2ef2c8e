// Emulators out of a Debian package: only the xz blocks of data.tar.xz that hold them are fetched, as the catalog knows where they lie.
import { type Booking, bookings, type Haul, type Piece } from '../core/sources/range-request.js'
import { streamHeader, streamTail } from '../core/sources/xz-blocks.js'
import { toolOnPath } from '../system/program.js'
import { bytesFrom } from './http.js'
import { decoded } from './xz-decoder.js'

/** An executable of a haul and its bytes, decoded while they arrive. */
export interface Delivered {
  readonly piece: Piece
  readonly bytes: AsyncGenerator<Uint8Array>
}

/**
 * The executables of a haul out of the package at `url`, in their order, by one request; it ends at the end of the last one, inside its last
 * block. What is not read of one is passed over when the next is asked for. `came` is told what came over the network, and on whom it is
 * booked. Reading the bytes throws FetchError and CorruptError; whether they are the right ones is for the caller to check.
 */
export async function* executablesFrom(
  url: string,
  haul: Haul,
  came: (booked: readonly Booking[]) => void,
): AsyncGenerator<Delivered> {
  const chunks = decoded(streamOf(url, haul, came), toolOnPath('xz'))
  const flow = new Flow(chunks)
  try {
    for (const piece of haul.pieces) {
      yield { piece, bytes: flow.between(piece.start, piece.start + piece.emulator.size) }
    }
  } finally {
    await chunks.return(undefined)
  }
}

/** The haul's blocks as an xz stream of their own. */
async function* streamOf(
  url: string,
  haul: Haul,
  came: (booked: readonly Booking[]) => void,
): AsyncGenerator<Uint8Array> {
  const { start, end, blocks } = haul
  const { check, size } = haul.package
  yield streamHeader(check)
  yield* bytesFrom(url, start, end, size, { came: (at, bytes) => came(bookings(haul, at, at + bytes)) })
  yield streamTail(check, blocks)
}

/** Chunks of bytes one after the other, of which stretches are read. */
class Flow {
  readonly #chunks: AsyncGenerator<Uint8Array>
  #chunk: Uint8Array = new Uint8Array()
  /** Where `#chunk` begins. */
  #at = 0

  constructor(chunks: AsyncGenerator<Uint8Array>) {
    this.#chunks = chunks
  }

  /** The bytes from `start` to `end`, neither before what was read already; fewer where there are no more. */
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
