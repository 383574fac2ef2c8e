// Unpacks a layer while its bytes arrive: gzip by zlib; zstd by zlib where node has it (22.15 and newer), else by a library in JavaScript in a
// process of its own (src/zstd-decoder.ts), which takes about five times as long. Nothing here computes in the event loop for long, so that
// timers and signals work whatever the bytes are.
import { type ChildProcessByStdio, spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { Readable, Writable } from 'node:stream'
import * as zlib from 'node:zlib'
import { damagedStatus, type LayerCompression } from '../../core/image/layer-compression.js'
import { CorruptError } from '../xz-decoder.js'

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

/** A decoder for `form`. `zstd` is node's own unless a test says otherwise; null: the program, for `limitMs` at most. */
export function layerDecoder(form: LayerCompression, sink: Sink, zstd = zstdOfNode, limitMs = mostMs): LayerDecoder {
  if (form === 'gzip') return new ZlibDecoder(() => zlib.createGunzip(options), sink, false)
  if (form === 'zstd')
    return zstd === null ? programDecoder(sink, limitMs) : new ZlibDecoder(() => zstd(options), sink, true)
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

function programDecoder(sink: Sink, limitMs: number): LayerDecoder {
  if (zstdProgram === undefined) throw new Error('dist/zstd-decoder is missing beside the bundle')
  return new ProgramDecoder(zstdProgram, sink, limitMs)
}

/** The program that unpacks zstd: bundled beside the bundle that this file is part of; from the sources, as `npm run build` makes it. */
const zstdProgram = ['../zstd-decoder/index.js', '../../zstd-decoder.js', '../../../build/src/zstd-decoder.js']
  .map((path) => join(import.meta.dirname, path))
  .find((path) => existsSync(path))

/** So long may the program compute for one layer: an image of the largest size takes a slow machine less. */
const mostMs = 120_000

/** Bytes of standard error that are kept. */
const mostSaid = 2000

/** zstd by a process of its own. `write` resolves when the process has taken the bytes; what the sink throws comes out of a later call. */
class ProgramDecoder implements LayerDecoder {
  readonly #child: ChildProcessByStdio<Writable, Readable, Readable>
  readonly #guard: Guard
  readonly #closed: Promise<void>
  readonly #limitMs: number
  #busyMs = 0
  #said = ''

  constructor(program: string, sink: Sink, limitMs: number) {
    this.#guard = new Guard(sink)
    this.#limitMs = limitMs
    const { NODE_OPTIONS, ...env } = process.env
    this.#child = spawn(process.execPath, ['--expose-gc', program], { stdio: 'pipe', env })
    this.#child.stdout.on('data', (part: Buffer) => {
      this.#guard.sink(part)
      if (this.#guard.failed) this.close()
    })
    this.#child.stderr.setEncoding('utf8').on('data', (text: string) => {
      this.#said = (this.#said + text).slice(0, mostSaid)
    })
    // a process that is gone is told by its end
    this.#child.stdin.on('error', () => undefined)
    this.#closed = new Promise((resolve, reject) => {
      this.#child.on('error', reject)
      this.#child.on('close', (status, signal) => {
        const failure = this.#failureOf(status, signal)
        if (failure === undefined) resolve()
        else reject(failure)
      })
    })
    // awaited by whoever writes or ends next; until then a failure must not count as unhandled
    this.#closed.catch(() => undefined)
  }

  write(bytes: Uint8Array): Promise<void> {
    const taken = new Promise<void>((resolve) => {
      // without a callback's success the process has ended
      this.#child.stdin.write(bytes, (error) => (error ? undefined : resolve()))
    })
    return this.#within(Promise.race([taken, this.#closed]))
  }

  end(): Promise<void> {
    this.#child.stdin.end()
    return this.#within(this.#closed)
  }

  close(): void {
    this.#child.kill('SIGKILL')
    // what is still in the pipe is for nobody
    this.#child.stdout.destroy()
  }

  /** Waits for the process, as long as it may still compute. */
  async #within(deed: Promise<void>): Promise<void> {
    const start = performance.now()
    const timer = setTimeout(() => this.close(), this.#limitMs - this.#busyMs)
    try {
      await this.#guard.settled(deed)
    } finally {
      clearTimeout(timer)
      this.#busyMs += performance.now() - start
    }
  }

  #failureOf(status: number | null, signal: NodeJS.Signals | null): Error | undefined {
    if (status === 0) return undefined
    if (status === damagedStatus) return new CorruptError(this.#said)
    const how = signal ?? `exit status ${status}`
    return signal === null
      ? new Error(`the decoder of zstd ended with ${how}: ${this.#said}`)
      : new CorruptError(`its decoder was ended (${how}): it may compute for ${this.#limitMs / 1000} s`)
  }
}
