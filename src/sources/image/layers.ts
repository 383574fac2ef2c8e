// One layer of an image from its packed bytes to the members of its tar archive. Its digest is checked over all of its bytes, also when the
// search ends before.
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

/** Who looks at a layer's members. */
export interface LayerReader extends TarSink {
  /** So many more unpacked bytes will be looked at; throws when they are too many. */
  unpacked(bytes: number): void
  /** Whether the download may be left without a look at the digest: all that is wanted is here, and known by its own hash. */
  readonly sure: boolean
}

export interface LayerSource {
  readonly image: string
  readonly layer: Descriptor
  /** Told how many bytes came. */
  readonly onBytes: (count: number) => void
}

/**
 * Reads a layer's `bytes` and shows its members to `reader`. Returns whether the digest was checked: it is, unless the reader is sure before.
 * Throws EndpointError when the bytes are not the layer's; SetupError `image-damaged` and `image-refused` when they are, but make no sense.
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
      if (reader.sure) return false
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

/** A layer's bytes on their way through decoder and tar. What is wrong with them is told at the end, when they are known to be the layer's. */
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
    await this.#kept(async () => {
      if (this.#decoder !== undefined) return this.#decoder.write(bytes)
      this.#start = Buffer.concat([this.#start, bytes])
      if (this.#start.length >= magicBytes) await this.#begin()
    })
  }

  async end(): Promise<void> {
    await this.#kept(async () => {
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
    const form = compressionOfType(layer.mediaType)
    if (form === undefined)
      throw refused(
        image,
        `its layer ${layer.digest} is of the type "${printable(layer.mediaType)}", which is not read`,
      )
    if (!matchesCompression(this.#start, form))
      throw damaged(image, `its layer ${layer.digest} is "${layer.mediaType}" by its type, but not by its first bytes`)
    this.#decoder = layerDecoder(form, this.#sink)
    await this.#decoder.write(this.#start)
  }

  async #kept(deed: () => Promise<void>): Promise<void> {
    if (this.#failure !== undefined) return
    try {
      await deed()
    } catch (error) {
      const { image, layer } = this.#source
      const isDamage = error instanceof TarError || error instanceof CorruptError
      const isOfImage = error instanceof SetupError && error.code.startsWith('image-')
      // a full disk does not become better by reading on
      if (!isDamage && !isOfImage) throw error
      this.#failure = { error: isDamage ? damaged(image, `its layer ${layer.digest}: ${error.message}`, error) : error }
    }
  }
}
