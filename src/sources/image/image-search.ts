// Searches an image's layers for executables, top layer first. Keeps track of what was found, what upper layers hide, and why a file with the
// right name cannot be used. Files are written under temporary names until the caller keeps them.

import { refused } from '../../core/image/image-manifest.js'
import type { Missing } from '../../core/image/image-record.js'
import { HiddenPaths, type LayerEntry, layerEntry } from '../../core/image/layer-entry.js'
import type { TarEntry } from '../../core/image/tar-entry.js'
import type { Host } from '../../core/model/catalog.js'
import { staticRefusal } from '../../core/model/elf.js'
import { printable } from '../../core/model/targets.js'
import { Part } from '../store.js'
import type { ImageLimits } from './image-access.js'
import type { LayerReader } from './layers.js'

/** What to search for, and within which limits. */
export interface SearchOrder {
  /** The image's name, for errors. */
  readonly image: string
  readonly binaries: readonly string[]
  readonly host: Host
  /** Where the files are written. */
  readonly folder: string
  /** SHA-256s that make an executable trusted whatever layer it is from; empty: none. */
  readonly accepted: ReadonlySet<string>
  readonly limits: ImageLimits
}

/** An executable that was found, in a file that is not kept yet; `size` in bytes. */
export interface FoundExecutable {
  readonly part: Part
  readonly sha256: string
  readonly size: number
  /** Whether the digest of its layer was checked. */
  readonly checked: boolean
}

/** The state of a search over all layers that were read so far. */
export class Search {
  readonly order: SearchOrder
  readonly found = new Map<string, FoundExecutable>()
  readonly hidden = new HiddenPaths()
  /** Unpacked bytes of the layers added so far. */
  unpacked = 0
  readonly #missing = new Map<string, Missing>()

  constructor(order: SearchOrder) {
    this.order = order
  }

  /** The binaries that were not found yet. */
  get wanted(): string[] {
    return this.order.binaries.filter((binary) => !this.found.has(binary))
  }

  /** Adds the results of a layer; `checked`: whether its digest was. */
  add(layer: LayerSearch, checked: boolean): void {
    for (const [binary, executable] of layer.found) this.found.set(binary, { ...executable, checked })
    for (const [binary, missing] of layer.missing) if (!this.#missing.has(binary)) this.#missing.set(binary, missing)
    this.hidden.addAll(layer.hides)
    this.unpacked += layer.unpackedBytes
  }

  /** Why a binary was not found. */
  missing(binary: string): Missing {
    const reason = `the image has no file ${binary} or ${binary}-static`
    return this.#missing.get(binary) ?? { kind: 'missing', reason }
  }

  /** Removes the files that were not kept. */
  discard(): void {
    for (const { part } of this.found.values()) part.discard()
  }
}

/** The search of a single layer; its results do not count until they are added to the search. */
export class LayerSearch implements LayerReader {
  readonly found = new Map<string, Omit<FoundExecutable, 'checked'>>()
  readonly missing = new Map<string, Missing>()
  readonly hides = new HiddenPaths()
  unpackedBytes = 0
  readonly #search: Search
  readonly #wanted: Set<string>
  readonly #lowest: boolean
  #writing: { readonly part: Part; readonly binary: string; readonly path: string } | undefined

  /** `lowest`: there is no layer below, so what this one hides does not matter. */
  constructor(search: Search, lowest: boolean) {
    this.#search = search
    this.#wanted = new Set(search.wanted)
    this.#lowest = lowest
  }

  get isComplete(): boolean {
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
    const layerMember = layerEntry(entry, this.#wanted, image)
    if (!this.#lowest) this.hides.add(layerMember)
    if (this.#search.hidden.characters + this.hides.characters > limits.pathCharacters)
      throw refused(image, `the paths in its layers have more than ${limits.pathCharacters} characters`)
    if (layerMember.kind === 'unusable') this.#isWanted(layerMember, layerMember.reason)
    if (layerMember.kind === 'candidate') this.#begin(layerMember, entry.size)
  }

  content(bytes: Uint8Array): void {
    this.#writing?.part.add(bytes)
  }

  entryEnd(): boolean {
    const written = this.#writing
    this.#writing = undefined
    if (written !== undefined) {
      const { part, binary, path } = written
      const refusal = staticRefusal((offset, size) => part.read(offset, size), this.#search.order.host)
      if (refusal === undefined) this.found.set(binary, { part, ...part.close() })
      else {
        part.discard()
        this.#record(binary, path, 'unusable', refusal)
      }
    }
    return this.found.size < this.#wanted.size
  }

  /** Removes the files written for this layer. */
  discard(): void {
    this.#writing?.part.discard()
    for (const { part } of this.found.values()) part.discard()
  }

  #begin({ binary, path }: Extract<LayerEntry, { kind: 'candidate' }>, size: number): void {
    if (!this.#isWanted({ binary, path }, undefined)) return
    const { image, folder, limits } = this.#search.order
    if (size > limits.executableBytes)
      throw refused(image, `"${printable(path)}" has ${size} bytes, at most ${limits.executableBytes} are taken`)
    this.#writing = { part: new Part(folder, binary), binary, path }
  }

  /** Whether to read a file that has a wanted name; records why not. `reason`: what already makes it unusable. */
  #isWanted({ binary, path }: { binary: string; path: string }, reason: string | undefined): boolean {
    if (this.found.has(binary)) return false
    if (this.#search.hidden.has(path)) this.#record(binary, path, 'missing', 'is removed or replaced by an upper layer')
    else if (reason !== undefined) this.#record(binary, path, 'unusable', reason)
    else return true
    return false
  }

  #record(binary: string, path: string, kind: Missing['kind'], reason: string): void {
    if (!this.missing.has(binary)) this.missing.set(binary, { kind, reason: `"${printable(path)}" ${reason}` })
  }
}
