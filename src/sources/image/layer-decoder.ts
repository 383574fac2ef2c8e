// Unpacks a layer while its bytes arrive: gzip with zlib; zstd with zlib where node has it (22.15 and newer), else with a JavaScript library in
// a separate process (src/zstd-decoder.ts), which takes about five times as long. Nothing here blocks the event loop for long, so timers and
// signals work whatever the bytes are.
import { type ChildProcessByStdio, spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { Readable, Writable } from 'node:stream'
import * as zlib from 'node:zlib'
import { damagedStatus, type LayerCompression } from '../../core/image/layer-compression.js'
import { CorruptError } from '../xz-decoder.js'

/** Takes compressed bytes in chunks and passes the unpacked ones to its sink. */
export interface LayerDecoder {
  /** Resolves when these bytes are unpacked (the process: taken). Throws CorruptError, and what the sink throws. */
  write(bytes: Uint8Array): Promise<void>
  /** Call after the last byte. Throws CorruptError when the stream is incomplete, and what the sink throws. */
  end(): Promise<void>
  close(): void
}

type Sink = (bytes: Uint8Array) => void

type MakeZstd = (options: zlib.ZlibOptions) => zlib.Gunzip

/** The constructor of zlib's zstd decoder; null where this node has none. */
export const zstdOfNode = (zlib as { createZstdDecompress?: MakeZstd }).createZstdDecompress ?? null

const options = { chunkSize: 1 << 18 }

/** Makes a decoder. `zstd`: node's own decoder, or null for the separate process, which may compute for `limitMs`; tests change both. */
export function layerDecoder(
  compression: LayerCompression,
  sink: Sink,
  zstd = zstdOfNode,
  limitMs = mostMs,
): LayerDecoder {
  if (compression === 'gzip') return new ZlibDecoder(() => zlib.createGunzip(options), sink, false)
  if (compression === 'zstd')
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
  /** Bytes written to the current stream. */
  #given = 0

  /** `framed`: node's zstd stream ends after a frame, and the bytes that follow need a new one; gzip continues by itself. */
  constructor(make: () => zlib.Gunzip, sink: Sink, framed: boolean) {
    this.#make = make
    this.#framed = framed
    this.#guard = new Guard(sink)
  }

  async write(bytes: Uint8Array): Promise<void> {
    let rest = bytes
    while (rest.length > 0) {
      const stream = this.#stream ?? this.#open()
      // padding after the end of a gzip stream
      if (this.#isOver) return
      this.#given += rest.length
      // zlib does not call back when bytes are left after the end, so wait for the end, too
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
    // awaited by the next write or end; until then a rejection must not count as unhandled
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

/** Keeps what the sink throws inside a decoder: it takes precedence over the error of the decoder that is destroyed because of it. */
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

  async settled(work: Promise<void>): Promise<void> {
    try {
      await work
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

/** The program that unpacks zstd: next to the bundle that contains this file, or built from the sources by `npm run build`. */
const zstdProgram = ['../zstd-decoder/index.js', '../../zstd-decoder.js', '../../../build/src/zstd-decoder.js']
  .map((path) => join(import.meta.dirname, path))
  .find((path) => existsSync(path))

/** How long the program may compute for one layer; the largest image takes less on a slow machine. */
const mostMs = 120_000

/** Characters of standard error that are kept. */
const maxErrorText = 2000

/** Unpacks zstd in a separate process. `write` resolves when the process has taken the bytes; what the sink throws surfaces in a later call. */
class ProgramDecoder implements LayerDecoder {
  readonly #child: ChildProcessByStdio<Writable, Readable, Readable>
  readonly #guard: Guard
  readonly #closed: Promise<void>
  readonly #limitMs: number
  #busyMs = 0
  #errorText = ''

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
      this.#errorText = (this.#errorText + text).slice(0, maxErrorText)
    })
    // when the process has ended, its exit status says why
    this.#child.stdin.on('error', () => undefined)
    this.#closed = new Promise((resolve, reject) => {
      this.#child.on('error', reject)
      this.#child.on('close', (status, signal) => {
        const failure = this.#failureOf(status, signal)
        if (failure === undefined) resolve()
        else reject(failure)
      })
    })
    // awaited by the next write or end; until then a rejection must not count as unhandled
    this.#closed.catch(() => undefined)
  }

  write(bytes: Uint8Array): Promise<void> {
    const taken = new Promise<void>((resolve) => {
      // a failed write means that the process has ended, which `#closed` reports
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
    // nobody reads what is left in the pipe
    this.#child.stdout.destroy()
  }

  /** Waits for the process within its remaining time. */
  async #within(work: Promise<void>): Promise<void> {
    const start = performance.now()
    const timer = setTimeout(() => this.close(), this.#limitMs - this.#busyMs)
    try {
      await this.#guard.settled(work)
    } finally {
      clearTimeout(timer)
      this.#busyMs += performance.now() - start
    }
  }

  #failureOf(status: number | null, signal: NodeJS.Signals | null): Error | undefined {
    if (status === 0) return undefined
    if (status === damagedStatus) return new CorruptError(this.#errorText)
    const how = signal ?? `exit status ${status}`
    return signal === null
      ? new Error(`the decoder of zstd ended with ${how}: ${this.#errorText}`)
      : new CorruptError(`its decoder was ended (${how}): it may compute for ${this.#limitMs / 1000} s`)
  }
}
