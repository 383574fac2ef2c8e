// Reads one layer of an image: its bytes are hashed, unpacked, and split into the members of its tar archive. The digest is checked over all
// bytes, even when the search ends earlier.
import { createHash } from 'node:crypto'
import { type Descriptor, damaged, refused } from '../../core/image/image-manifest.js'
import { compressionOfType, magicBytes, matchesCompression } from '../../core/image/layer-compression.js'
import { TarError } from '../../core/image/tar-entry.js'
import { type TarSink, TarStream } from '../../core/image/tar-stream.js'
import { SetupError } from '../../core/model/errors.js'
import { printable } from '../../core/model/targets.js'
import { CorruptError } from '../xz-decoder.js'
import { type LayerDecoder, layerDecoder } from './layer-decoder.js'
import { EndpointError } from './registry-session.js'

/** Receives the members of a layer. */
export interface LayerReader extends TarSink {
  /** Called with the number of unpacked bytes that follow; throws when they exceed a limit. */
  unpacked(bytes: number): void
  /** Whether the download can stop before the digest is checked: everything wanted was found, and each has an accepted SHA-256. */
  readonly isComplete: boolean
}

/** A layer of an image. */
export interface LayerSource {
  readonly image: string
  readonly layer: Descriptor
  /** Called with the number of bytes that arrived. */
  readonly onBytes: (count: number) => void
}

/**
 * Reads a layer's `bytes` and passes its members to `reader`. Returns whether the digest was checked: always, unless the reader was complete
 * before. Throws EndpointError when the digest does not match; SetupError `image-damaged` and `image-refused` when it does, but the layer is
 * not valid or not supported.
 */
export async function readLayer(
  bytes: AsyncGenerator<Uint8Array>,
  reader: LayerReader,
  source: LayerSource,
): Promise<boolean> {
  const hash = createHash('sha256')
  const unpacking = new Unpacking(reader, source)
  try {
    for await (const chunk of bytes) {
      source.onBytes(chunk.length)
      hash.update(chunk)
      await unpacking.push(chunk)
      if (reader.isComplete) return false
    }
    const digest = `sha256:${hash.digest('hex')}`
    if (digest !== source.layer.digest)
      throw new EndpointError(
        'image-damaged',
        `delivered bytes with the digest ${digest}, expected ${source.layer.digest}`,
      )
    await unpacking.end()
    return true
  } finally {
    unpacking.close()
  }
}

/** Feeds a layer's bytes to the decoder and the tar reader. Errors are kept until the digest is known: a wrong digest counts first. */
class Unpacking {
  readonly #source: LayerSource
  readonly #tar: TarStream
  readonly #sink: (bytes: Uint8Array) => void
  #start: Uint8Array<ArrayBufferLike> = new Uint8Array(0)
  #decoder: LayerDecoder | undefined
  #failure: { readonly error: unknown } | undefined

  constructor(reader: LayerReader, source: LayerSource) {
    this.#source = source
    this.#tar = new TarStream(reader)
    this.#sink = (bytes) => {
      if (this.#tar.ended) return
      reader.unpacked(bytes.length)
      this.#tar.push(bytes)
    }
  }

  async push(bytes: Uint8Array): Promise<void> {
    if (this.#failure !== undefined || this.#tar.ended) return
    await this.#keepingError(async () => {
      if (this.#decoder !== undefined) return this.#decoder.write(bytes)
      this.#start = Buffer.concat([this.#start, bytes])
      if (this.#start.length >= magicBytes) await this.#begin()
    })
  }

  async end(): Promise<void> {
    await this.#keepingError(async () => {
      if (this.#tar.ended) return
      if (this.#decoder === undefined) await this.#begin()
      await this.#decoder?.end()
      this.#tar.end()
    })
    if (this.#failure !== undefined) throw this.#failure.error
  }

  close(): void {
    this.#decoder?.close()
  }

  async #begin(): Promise<void> {
    const { image, layer } = this.#source
    const compression = compressionOfType(layer.mediaType)
    if (compression === undefined)
      throw refused(
        image,
        `its layer ${layer.digest} is of the type "${printable(layer.mediaType)}", which is not read`,
      )
    if (!matchesCompression(this.#start, compression))
      throw damaged(image, `its layer ${layer.digest} is "${layer.mediaType}" by its type, but not by its first bytes`)
    this.#decoder = layerDecoder(compression, this.#sink)
    await this.#decoder.write(this.#start)
  }

  async #keepingError(action: () => Promise<void>): Promise<void> {
    if (this.#failure !== undefined) return
    try {
      await action()
    } catch (error) {
      const { image, layer } = this.#source
      const isDamage = error instanceof TarError || error instanceof CorruptError
      const isOfImage = error instanceof SetupError && error.code.startsWith('image-')
      // any other error, such as a full disk, stops the download at once
      if (!isDamage && !isOfImage) throw error
      this.#failure = { error: isDamage ? damaged(image, `its layer ${layer.digest}: ${error.message}`, error) : error }
    }
  }
}
