// What the tool cache holds of one image: executables by content, and the record that says which of them the image has.
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
  /** Where executables are written before they have their place. */
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
   * What is known of these binaries and needs no network: a file that was found is there, with the right bytes, read now; a damaged one is
   * removed. One whose layer was not checked counts only while its hash is among those accepted. Throws `cache-unwritable`.
   */
  known(binaries: readonly string[], accepted: ReadonlySet<string>): KnownBinaries {
    const record = this.#read()
    const usable = binaries.flatMap((binary) => {
      const what = record.get(binary)
      return what !== undefined && this.#isUsable(binary, what, accepted) ? [[binary, what] as const] : []
    })
    return new Map(usable)
  }

  #isUsable(binary: string, what: KnownBinary, accepted: ReadonlySet<string>): boolean {
    if (what.kind !== 'found') return true
    return (what.checked || accepted.has(what.sha256)) && isCached(this.pathOf(binary, what.sha256), what)
  }

  /** Gives an executable its place. */
  async keep(binary: string, sha256: string, part: Part): Promise<void> {
    await part.keep(this.pathOf(binary, sha256))
  }

  /** Adds to the record what is now known. Of two that write at once the later one counts; what is lost is fetched again. */
  add(binaries: KnownBinaries): void {
    placeText(this.#record, imageRecordText(this.#digest, this.#host, new Map([...this.#read(), ...binaries])))
  }

  #read(): KnownBinaries {
    try {
      return parseImageRecord(textOfFile(this.#record, longestRecord), this.#digest, this.#host)
    } catch (error) {
      if (errnoName(error) === 'ENOENT') return new Map()
      // a link without an end, too
      if (!(error instanceof UnfitFile) && errnoName(error) !== 'ELOOP') throw cacheError(this.#record, error)
      removeDamaged(this.#record, faultOf(error))
      return new Map()
    }
  }
}
