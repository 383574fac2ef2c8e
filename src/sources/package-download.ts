// Downloads emulators out of a Debian package in an archive: one request for those that share bytes, and retries for what is missing. No emulator waits
// for another one's failure.
import type { CatalogEmulator } from '../core/model/catalog.js'
import { packageAddress } from '../core/sources/network-place.js'
import {
  type AccountedBytes,
  expectedBytes,
  type RangeRequest,
  rangeRequestsFor,
} from '../core/sources/range-request.js'
import { type Attempt, type Download, withRetries } from './attempt.js'
import { executablesFrom } from './deb.js'
import { CorruptError } from './xz-decoder.js'

/** Downloads those that are still missing, all of one package. What they are refused for is noted in each. `onFound`: the archive has the package. */
export async function downloadFromPackage(
  downloads: readonly Download[],
  attempt: Attempt,
  onFound: () => void = () => undefined,
): Promise<void> {
  const [first] = downloads
  if (first === undefined) return
  const url = packageAddress(attempt.place.base, first.order.emulator.package)
  await new PackageDownload(url, attempt, onFound).run(downloads)
}

/** One package at one address. */
class PackageDownload {
  readonly #url: string
  readonly #attempt: Attempt
  readonly #onFound: () => void

  constructor(url: string, attempt: Attempt, onFound: () => void) {
    this.#url = url
    this.#attempt = attempt
    this.#onFound = onFound
  }

  /** Retries while that may help. After damaged bytes each emulator is requested separately, because the others may be intact. */
  async run(downloads: readonly Download[]): Promise<void> {
    const missing = () => downloads.filter((download) => download.isOpenAt(this.#url))
    try {
      const failed = await withRetries(this.#url, this.#attempt, () => this.#fetchMissing(missing()))
      if (failed !== undefined) for (const download of missing()) download.refuse(this.#url, failed.text)
    } catch (error) {
      if (!(error instanceof CorruptError)) throw error
      const left = missing()
      if (left.length > 1) for (const download of left) await this.run([download])
      else for (const download of left) download.refuse(this.#url, error.message)
    }
  }

  /** Fetches with as few requests as possible. */
  async #fetchMissing(downloads: readonly Download[]): Promise<void> {
    const byEmulator = new Map(downloads.map((download) => [download.order.emulator, download]))
    for (const request of rangeRequestsFor([...byEmulator.keys()])) await this.#fetch(request, byEmulator)
  }

  async #fetch(request: RangeRequest, downloads: ReadonlyMap<CatalogEmulator, Download>): Promise<void> {
    const { log, signal, pace } = this.#attempt
    const transfer = log.transfer(...request.members.map(({ emulator }) => emulator.binary))
    transfer.expect(expectedBytes(request))
    const arrived = (accounted: readonly AccountedBytes[]) => {
      this.#onFound()
      for (const { emulator, bytes } of accounted) {
        transfer.add(bytes)
        pace.bytes += bytes
        const download = downloads.get(emulator)
        if (download !== undefined) download.bytes += bytes
      }
    }
    // what still comes behind the last executable is not waited for
    const over = new AbortController()
    const limits = { signal: AbortSignal.any([signal, over.signal]), waiting: pace.wait }
    const isOpen = () => request.members.some(({ emulator }) => downloads.get(emulator)?.isOpenAt(this.#url))
    try {
      for await (const { member, bytes } of executablesFrom(this.#url, request, arrived, limits)) {
        const download = downloads.get(member.emulator)
        if (download?.isOpen) await download.store(this.#url, bytes, 'deb', this.#attempt)
        if (isOpen()) continue
        over.abort()
        break
      }
    } finally {
      transfer.end()
    }
  }
}
