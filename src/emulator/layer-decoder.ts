// Unpacks a layer while its bytes arrive: gzip by zlib; zstd by zlib where node has it (22.15 and newer), else by a library in JavaScript, which
// takes about five times as long and looks at no checksum: a layer's digest is checked by others.
import * as zlib from 'node:zlib'
import type { LayerForm } from '../core/layer-form.js'
import { largestWindow, ZstdFrames } from '../core/zstd-frames.js'
import { CorruptError } from './unxz.js'

/** Takes packed bytes in pieces, and gives the unpacked ones to the sink that it was made with. */
export interface LayerDecoder {
  /** Resolves when the sink has had what these bytes unpack to. Throws CorruptError, and what the sink throws. */
  write(bytes: Uint8Array): Promise<void>
  /** The bytes are over. Throws CorruptError when they are cut short. */
  end(): Promise<void>
  close(): void
}

type Sink = (bytes: Uint8Array) => void

type MakeZstd = (options: zlib.ZlibOptions) => zlib.Gunzip

/** How zlib makes a decoder of zstd; null where this node has none. */
export const zstdOfNode = (zlib as { createZstdDecompress?: MakeZstd }).createZstdDecompress ?? null

const options = { chunkSize: 1 << 18 }

/** A decoder for `form`. `zstd` is node's own unless a test says otherwise; null: the library. */
export async function layerDecoder(form: LayerForm, sink: Sink, zstd = zstdOfNode): Promise<LayerDecoder> {
  if (form === 'gzip') return new ZlibDecoder(() => zlib.createGunzip(options), sink, false)
  if (form === 'zstd') return zstd === null ? libraryDecoder(sink) : new ZlibDecoder(() => zstd(options), sink, true)
  return { write: async (bytes) => sink(bytes), end: async () => undefined, close: () => undefined }
}

class ZlibDecoder implements LayerDecoder {
  readonly #make: () => zlib.Gunzip
  readonly #framed: boolean
  readonly #guard: Guard
  #stream: zlib.Gunzip | undefined
  #over: Promise<void> = Promise.resolve()
  #isOver = false
  /** Bytes that the present stream was given. */
  #given = 0

  /** `framed`: the stream ends behind a frame, and the bytes that follow need another one (node's zstd); gzip's goes on by itself. */
  constructor(make: () => zlib.Gunzip, sink: Sink, framed: boolean) {
    this.#make = make
    this.#framed = framed
    this.#guard = new Guard(sink)
  }

  async write(bytes: Uint8Array): Promise<void> {
    let rest = bytes
    while (rest.length > 0) {
      const stream = this.#stream ?? this.#open()
      // zeros behind the end of a gzip stream
      if (this.#isOver) return
      this.#given += rest.length
      // zlib never calls back when bytes are left behind the end, so the end counts, too
      await this.#guard.settled(Promise.race([written(stream, rest), this.#over]))
      if (!this.#isOver || !this.#framed) return
      const left = this.#given - stream.bytesWritten
      if (stream.bytesWritten === 0) throw new CorruptError('a frame without a byte')
      rest = rest.subarray(rest.length - left)
      this.close()
    }
  }

  async end(): Promise<void> {
    this.#stream?.end()
    await this.#guard.settled(this.#over)
  }

  close(): void {
    this.#stream?.destroy()
    this.#stream = undefined
    this.#given = 0
  }

  #open(): zlib.Gunzip {
    const stream = this.#make()
    this.#isOver = false
    stream.on('data', (part: Buffer) => {
      this.#guard.sink(part)
      if (this.#guard.failed) stream.destroy()
    })
    this.#over = new Promise((resolve, reject) => {
      for (const event of ['end', 'close'])
        stream.once(event, () => {
          if (stream === this.#stream) this.#isOver = true
          resolve()
        })
      stream.on('error', (error) => reject(new CorruptError(error.message)))
    })
    // awaited by whoever writes or ends next; until then a failure must not count as unhandled
    this.#over.catch(() => undefined)
    this.#stream = stream
    return stream
  }
}

function written(stream: zlib.Gunzip, bytes: Uint8Array): Promise<void> {
  return new Promise((resolve, reject) => {
    stream.write(bytes, (error) => (error ? reject(new CorruptError(error.message)) : resolve()))
  })
}

/** Keeps what a sink throws inside a decoder: it counts before what the decoder says when it is torn down for it. */
class Guard {
  readonly #sink: Sink
  #thrown: { readonly error: unknown } | undefined

  constructor(sink: Sink) {
    this.#sink = sink
  }

  get failed(): boolean {
    return this.#thrown !== undefined
  }

  sink(bytes: Uint8Array): void {
    if (this.#thrown !== undefined) return
    try {
      this.#sink(bytes)
    } catch (error) {
      this.#thrown = { error }
    }
  }

  async settled(deed: Promise<void>): Promise<void> {
    try {
      await deed
    } catch (error) {
      throw this.#thrown === undefined ? error : this.#thrown.error
    }
    if (this.#thrown !== undefined) throw this.#thrown.error
  }
}

async function libraryDecoder(sink: Sink): Promise<LayerDecoder> {
  const { Decompress } = await fzstd()
  const guard = new Guard(sink)
  const decoder = new Decompress((part) => {
    guard.sink(part)
    if (guard.failed) throw new CorruptError('given up')
  })
  const frames = new ZstdFrames()
  const push = (bytes: Uint8Array, last: boolean) =>
    guard.settled(
      new Promise((resolve) => {
        // zlib of node refuses it by itself; the library would take gigabytes, and move them for each block
        const window = frames.excess(bytes)
        if (window !== undefined)
          throw new CorruptError(`a frame asks for a window of ${window} bytes, at most ${largestWindow} are given`)
        try {
          decoder.push(bytes, last)
          resolve()
        } catch (error) {
          throw new CorruptError(error instanceof Error ? error.message : String(error))
        }
      }),
    )
  return { write: (bytes) => push(bytes, false), end: () => push(new Uint8Array(0), true), close: () => undefined }
}

// a CommonJS package: bundlers give its names, node may give them under `default`
async function fzstd(): Promise<typeof import('fzstd')> {
  const loaded = await import('fzstd')
  return 'Decompress' in loaded ? loaded : (loaded as { default: typeof loaded }).default
}
