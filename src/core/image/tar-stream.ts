// Reads a tar archive while its bytes arrive, in bounded memory. Format: see tar-entry.ts.
import {
  extended,
  isExtension,
  type TarEntry,
  TarError,
  type TarExtension,
  type TarHeader,
  tarEntry,
  tarHeader,
  tarRecordBytes,
} from './tar-entry.js'

/** The largest extended header in bytes; Go's archive/tar has the same limit. */
const longestExtension = 1 << 20

/** Receives the members of an archive. What it throws comes out of `push`. */
export interface TarSink {
  /** A member starts. */
  entry(entry: TarEntry): void
  /** The next bytes of its content; valid only during the call. */
  content(bytes: Uint8Array): void
  /** The member is complete. Returns false to stop reading the archive. */
  entryEnd(): boolean
}

/** A tar reader that takes the archive's bytes in chunks of any size. */
export class TarStream {
  readonly #sink: TarSink
  readonly #record = new Uint8Array(tarRecordBytes)
  #filled = 0
  /** Bytes of content, and of the padding after it, that are still to come. */
  #content = 0
  #padding = 0
  /** An extended header whose content is being collected. */
  #collecting: { readonly header: TarHeader; readonly parts: Uint8Array[] } | undefined
  #extension: TarExtension = {}
  #offset = 0
  #state: 'header' | 'content' | 'ended' = 'header'

  constructor(sink: TarSink) {
    this.#sink = sink
  }

  /** Whether the end mark was read or the sink stopped reading; later bytes are ignored. */
  get ended(): boolean {
    return this.#state === 'ended'
  }

  /** Takes the next bytes. Throws TarError, and what the sink throws; do not call it again after that. */
  push(bytes: Uint8Array): void {
    let rest = bytes
    while (rest.length > 0 && this.#state !== 'ended') {
      const taken = this.#state === 'header' ? this.#header(rest) : this.#body(rest)
      this.#offset += taken
      rest = rest.subarray(taken)
    }
  }

  /** Call after the last byte. Throws TarError when it was inside a member; like Go's reader, does not require an end mark. */
  end(): void {
    if (this.#state === 'content' || (this.#state === 'header' && this.#filled > 0))
      throw new TarError(`the tar archive ends at ${this.#offset}, inside a member`)
  }

  #header(bytes: Uint8Array): number {
    const part = bytes.subarray(0, tarRecordBytes - this.#filled)
    this.#record.set(part, this.#filled)
    this.#filled += part.length
    if (this.#filled === tarRecordBytes) {
      this.#filled = 0
      const header = tarHeader(this.#record, this.#offset + part.length - tarRecordBytes)
      if (header === undefined) this.#state = 'ended'
      else this.#begin(header)
    }
    return part.length
  }

  #begin(header: TarHeader): void {
    if (isExtension(header)) {
      if (header.size > longestExtension)
        throw new TarError(
          `an extended header of the tar archive has ${header.size} bytes, at most ${longestExtension} are read`,
        )
      this.#collecting = { header, parts: [] }
      this.#content = header.size
    } else {
      const entry = tarEntry(header, this.#extension)
      this.#extension = {}
      this.#content = entry.size
      this.#sink.entry(entry)
    }
    this.#padding = (tarRecordBytes - (this.#content % tarRecordBytes)) % tarRecordBytes
    this.#state = 'content'
    if (this.#content === 0) this.#complete()
  }

  #body(bytes: Uint8Array): number {
    if (this.#content > 0) {
      const part = bytes.subarray(0, this.#content)
      if (this.#collecting === undefined) this.#sink.content(part)
      else this.#collecting.parts.push(part.slice())
      this.#content -= part.length
      if (this.#content === 0) this.#complete()
      return part.length
    }
    const skipped = Math.min(this.#padding, bytes.length)
    this.#padding -= skipped
    if (this.#padding === 0) this.#state = 'header'
    return skipped
  }

  /** Ends a member: applies an extended header, or notifies the sink. */
  #complete(): void {
    const collected = this.#collecting
    this.#collecting = undefined
    if (collected !== undefined) this.#extension = extended(this.#extension, collected.header, joined(collected.parts))
    const more = collected !== undefined || this.#sink.entryEnd()
    if (!more) this.#state = 'ended'
    else if (this.#padding === 0) this.#state = 'header'
  }
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0))
  let at = 0
  for (const part of parts) {
    whole.set(part, at)
    at += part.length
  }
  return whole
}
