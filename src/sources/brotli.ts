// Unpacks an emulator that a release has, packed by brotli (RFC 7932), while its bytes arrive. Node's own decoder works in a thread of its own.
import { createBrotliDecompress } from 'node:zlib'
import { DamagedSource } from './store.js'

/** Packed bytes that are read at most for an executable of `size` bytes: brotli makes nothing notably longer. */
export function mostPacked(size: number): number {
  return size + (1 << 16)
}

/** Decoded bytes that come at once, which saves turns between the threads. */
const chunkSize = 1 << 20

type Decoder = ReturnType<typeof createBrotliDecompress>

/**
 * Yields the decoded bytes of `source`, which must be exactly `size`. Throws DamagedSource as soon as there are more, whatever is still to come, and when the
 * packed bytes are not valid, end too early, or go on after their end; and whatever `source` throws.
 */
export async function* unpacked(source: AsyncIterable<Uint8Array>, size: number): AsyncGenerator<Uint8Array> {
  const decoder = createBrotliDecompress({ chunkSize })
  const feed = new Feed(source, decoder)
  let decoded = 0
  try {
    for await (const chunk of decoder as AsyncIterable<Buffer>) {
      decoded += chunk.length
      if (decoded > size) throw new DamagedSource(`unpacks to more than ${size} bytes`)
      yield chunk
    }
    // the decoder takes no bytes after the end of its data, and does not wait for the end of the source then
    if (feed.bytes > decoder.bytesWritten) throw new DamagedSource('goes on after the end of its data')
  } catch (error) {
    throw feed.failure?.error ?? (error instanceof DamagedSource ? error : new DamagedSource(damageWords(error)))
  } finally {
    decoder.destroy()
    feed.end()
  }
}

function damageWords(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : String(error)
  return code === 'Z_BUF_ERROR' ? 'is cut short' : `is not valid brotli data (${code.replace(/^ERR_+/, '')})`
}

/** Writes a source into a decoder. */
class Feed {
  bytes = 0
  /** What the source threw. */
  failure: { readonly error: unknown } | undefined
  readonly #chunks: AsyncIterator<Uint8Array>

  constructor(source: AsyncIterable<Uint8Array>, decoder: Decoder) {
    this.#chunks = source[Symbol.asyncIterator]()
    this.#run(decoder).catch((error: unknown) => {
      this.failure = { error }
      decoder.destroy()
    })
  }

  async #run(decoder: Decoder): Promise<void> {
    for (let next = await this.#chunks.next(); next.done !== true; next = await this.#chunks.next()) {
      if (decoder.destroyed) return
      this.bytes += next.value.length
      if (!decoder.write(next.value)) await room(decoder)
    }
    decoder.end()
  }

  /** Lets the source end; it may still be waiting for its next bytes, which nobody waits for here. */
  end(): void {
    this.#chunks.return?.().catch(() => undefined)
  }
}

/** Waits until the decoder takes more, or is gone. */
function room(decoder: Decoder): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      decoder.off('drain', done).off('close', done)
      resolve()
    }
    decoder.on('drain', done).on('close', done)
  })
}
