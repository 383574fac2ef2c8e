// The tool cache's part for one image: executables by content, and a record of which of them the image contains.
import { join } from 'node:path'
import {
  imageRecordText,
  type KnownBinaries,
  type KnownBinary,
  parseImageRecord,
} from '../../core/image/image-record.js'
import type { Host } from '../../core/model/catalog.js'
import { errnoName } from '../../system/command.js'
import { faultOf, textOfFile, UnfitFile } from '../../system/regular-file.js'
import { cacheError, imageFolder, isCached, type Part, placeIn, placeText, removeDamaged } from '../store.js'

const longestRecord = 1 << 20

export class ImageCache {
  /** Where executables are written until their content is known. */
  readonly folder: string
  readonly #digest: string
  readonly #host: Host
  readonly #record: string

  constructor(cacheFolder: string, digest: string, host: Host) {
    this.folder = imageFolder(cacheFolder, digest)
    this.#digest = digest
    this.#host = host
    this.#record = join(this.folder, `${host}.json`)
  }

  pathOf(binary: string, sha256: string): string {
    return placeIn(this.folder, { host: this.#host, sha256, binary })
  }

  /**
   * What is known about these binaries without the network. The bytes of every file are hashed again, and damaged files are removed. A file
   * whose layer's digest was not checked counts only while its SHA-256 is accepted. Throws `cache-unwritable`.
   */
  known(binaries: readonly string[], accepted: ReadonlySet<string>): KnownBinaries {
    const record = this.#read()
    const usable = binaries.flatMap((binary) => {
      const entry = record.get(binary)
      return entry !== undefined && this.#isUsable(binary, entry, accepted) ? [[binary, entry] as const] : []
    })
    return new Map(usable)
  }

  #isUsable(binary: string, entry: KnownBinary, accepted: ReadonlySet<string>): boolean {
    if (entry.kind !== 'found') return true
    return (entry.checked || accepted.has(entry.sha256)) && isCached(this.pathOf(binary, entry.sha256), entry)
  }

  /** Moves a written executable to its final path. Throws `cache-unwritable`. */
  async keep(binary: string, sha256: string, part: Part): Promise<void> {
    await part.keep(this.pathOf(binary, sha256))
  }

  /** Adds entries to the record. Of two concurrent writers the last one wins, and what is lost is fetched again. Throws `cache-unwritable`. */
  add(binaries: KnownBinaries): void {
    placeText(this.#record, imageRecordText(this.#digest, this.#host, new Map([...this.#read(), ...binaries])))
  }

  #read(): KnownBinaries {
    try {
      return parseImageRecord(textOfFile(this.#record, longestRecord), this.#digest, this.#host)
    } catch (error) {
      if (errnoName(error) === 'ENOENT') return new Map()
      // ELOOP: symbolic links in a circle
      if (!(error instanceof UnfitFile) && errnoName(error) !== 'ELOOP') throw cacheError(this.#record, error)
      removeDamaged(this.#record, faultOf(error))
      return new Map()
    }
  }
}
