// The search for executables in an image's layers, the uppermost first: what was found so far, what upper layers hide, and why a file of the
// right name is of no use. Files are written beside their place, and kept only when the caller says so.

import { refused } from '../../core/image/image-manifest.js'
import type { Lack } from '../../core/image/image-record.js'
import { HiddenPaths, type LayerEntry, layerEntry } from '../../core/image/layer-entry.js'
import type { TarEntry } from '../../core/image/tar-entry.js'
import type { Host } from '../../core/model/catalog.js'
import { staticRefusal } from '../../core/model/elf.js'
import { printable } from '../../core/model/targets.js'
import { Part } from '../store.js'
import type { LayerReader } from './layers.js'
import type { ImageLimits } from './limits.js'

export interface SearchOrder {
  /** Names the image in errors. */
  readonly image: string
  readonly binaries: readonly string[]
  readonly host: Host
  /** Where the files are written. */
  readonly folder: string
  /** SHA-256s by which an executable is known, whatever it came in. */
  readonly accepted: ReadonlySet<string>
  readonly limits: ImageLimits
}

export interface Candidate {
  readonly part: Part
  readonly sha256: string
  readonly size: number
  /** Whether its layer's digest was checked. */
  readonly checked: boolean
}

export class Search {
  readonly order: SearchOrder
  readonly found = new Map<string, Candidate>()
  readonly hidden = new HiddenPaths()
  /** Bytes unpacked in the layers that were taken in. */
  unpacked = 0
  readonly #lacks = new Map<string, Lack>()

  constructor(order: SearchOrder) {
    this.order = order
  }

  /** The binaries that are still looked for. */
  get wanted(): string[] {
    return this.order.binaries.filter((binary) => !this.found.has(binary))
  }

  /** Takes in what a layer showed; `checked`: its digest was. */
  take(layer: LayerSearch, checked: boolean): void {
    for (const [binary, candidate] of layer.found) this.found.set(binary, { ...candidate, checked })
    for (const [binary, lack] of layer.lacks) if (!this.#lacks.has(binary)) this.#lacks.set(binary, lack)
    this.hidden.addAll(layer.hides)
    this.unpacked += layer.unpackedBytes
  }

  /** Why a binary was not found. */
  lackOf(binary: string): Lack {
    const reason = `the image has no file ${binary} or ${binary}-static`
    return this.#lacks.get(binary) ?? { kind: 'missing', reason }
  }

  /** Removes every file that was not kept. */
  discard(): void {
    for (const { part } of this.found.values()) part.discard()
  }
}

/** One layer's part of a search; nothing of it counts until the search takes it in. */
export class LayerSearch implements LayerReader {
  readonly found = new Map<string, Omit<Candidate, 'checked'>>()
  readonly lacks = new Map<string, Lack>()
  readonly hides = new HiddenPaths()
  unpackedBytes = 0
  readonly #search: Search
  readonly #wanted: Set<string>
  readonly #lowest: boolean
  #writing: { readonly part: Part; readonly binary: string; readonly path: string } | undefined

  /** `lowest`: no layer lies below, so what this one hides needs not be known. */
  constructor(search: Search, lowest: boolean) {
    this.#search = search
    this.#wanted = new Set(search.wanted)
    this.#lowest = lowest
  }

  get sure(): boolean {
    const { accepted } = this.#search.order
    const all = [...this.#search.found.values(), ...this.found.values()]
    return this.#wanted.size === this.found.size && all.every(({ sha256 }) => accepted.has(sha256))
  }

  unpacked(bytes: number): void {
    this.unpackedBytes += bytes
    const { image, limits } = this.#search.order
    if (this.#search.unpacked + this.unpackedBytes > limits.imageBytes)
      throw refused(image, `its layers unpack to more than ${limits.imageBytes} bytes`)
  }

  entry(entry: TarEntry): void {
    const { image, limits } = this.#search.order
    const meaning = layerEntry(entry, this.#wanted, image)
    if (!this.#lowest) this.hides.add(meaning)
    if (this.#search.hidden.characters + this.hides.characters > limits.pathCharacters)
      throw refused(image, `the paths in its layers have more than ${limits.pathCharacters} characters`)
    if (meaning.kind === 'unusable') this.#consider(meaning, meaning.reason)
    if (meaning.kind === 'candidate') this.#begin(meaning, entry.size)
  }

  content(bytes: Uint8Array): void {
    this.#writing?.part.add(bytes)
  }

  entryEnd(): boolean {
    const written = this.#writing
    this.#writing = undefined
    if (written !== undefined) {
      const { part, binary, path } = written
      const fault = staticRefusal((offset, size) => part.read(offset, size), this.#search.order.host)
      if (fault === undefined) this.found.set(binary, { part, ...part.close() })
      else {
        part.discard()
        this.#remember(binary, path, 'unusable', fault)
      }
    }
    return this.found.size < this.#wanted.size
  }

  /** Removes what this layer left on the disk. */
  discard(): void {
    this.#writing?.part.discard()
    for (const { part } of this.found.values()) part.discard()
  }

  #begin(meaning: Extract<LayerEntry, { kind: 'candidate' }>, size: number): void {
    const { binary, path } = meaning
    if (!this.#consider(meaning, undefined)) return
    const { image, folder, limits } = this.#search.order
    if (size > limits.executableBytes)
      throw refused(image, `"${printable(path)}" has ${size} bytes, at most ${limits.executableBytes} are taken`)
    this.#writing = { part: new Part(folder, binary), binary, path }
  }

  /** Whether a file of a wanted name is to be looked at; remembers why not. */
  #consider({ binary, path }: { binary: string; path: string }, reason: string | undefined): boolean {
    if (this.found.has(binary)) return false
    if (this.#search.hidden.has(path))
      this.#remember(binary, path, 'missing', 'is removed or replaced by an upper layer')
    else if (reason !== undefined) this.#remember(binary, path, 'unusable', reason)
    else return true
    return false
  }

  #remember(binary: string, path: string, kind: Lack['kind'], reason: string): void {
    if (!this.lacks.has(binary)) this.lacks.set(binary, { kind, reason: `"${printable(path)}" ${reason}` })
  }
}
