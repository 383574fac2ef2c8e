// Downloads several emulators from Debian packages into the cache: one request for those that share bytes, retries and other mirrors for what
// is missing, and no emulator waits for another one's failure. Loaded only when something must be fetched.
import { basename } from 'node:path'
import type { CatalogEmulator } from '../core/model/catalog.js'
import { asSetupError, SetupError } from '../core/model/errors.js'
import { withoutLogin } from '../core/request/input-values.js'
import { expectedBytes, type RangeRequest, rangeRequestsFor, requestsAtOnce } from '../core/sources/range-request.js'
import { failureText, type Pauses, usualPauses } from '../core/sources/retry.js'
import type { Log } from '../system/log.js'
import { mapLimit } from '../system/map-limit.js'
import { executablesFrom } from './deb.js'
import { FetchError, waitBeforeRetry } from './http.js'
import { place, WrongBytesError } from './store.js'
import { CorruptError } from './xz-decoder.js'

/** An emulator to download, where it goes on disk, and the addresses of its package in the order in which they are tried. */
export interface DownloadOrder {
  readonly emulator: CatalogEmulator
  readonly path: string
  readonly urls: readonly string[]
}

/** Bytes from the network that are counted for this emulator (range-request.ts), and why it is not in its place, if it is not. */
export interface DownloadResult {
  readonly bytesFetched: number
  readonly failure?: SetupError
}

export interface DownloadOptions {
  readonly log: Log
  readonly pauses?: Pauses
}

/** The progress of one order. */
class Download {
  readonly order: DownloadOrder
  bytes = 0
  isPlaced = false
  failure: SetupError | undefined
  /** Why each address that was tried did not deliver it. */
  readonly answers = new Map<string, string>()

  constructor(order: DownloadOrder) {
    this.order = order
  }

  isMissingAt(url: string): boolean {
    return !this.isPlaced && this.failure === undefined && !this.answers.has(url)
  }

  get result(): DownloadResult {
    if (this.isPlaced) return { bytesFetched: this.bytes }
    return { bytesFetched: this.bytes, failure: this.failure ?? downloadFailed(this.order.emulator, this.answers) }
  }
}

/** Downloads emulators into their places. Returns the results in the order of `orders`; never throws: each error is the result of its emulator. */
export async function downloadAll(
  orders: readonly DownloadOrder[],
  { log, pauses = usualPauses }: DownloadOptions,
): Promise<DownloadResult[]> {
  const downloads = new Map(orders.map((order) => [order.emulator, new Download(order)]))
  const downloader = new Downloader(downloads, log, pauses)
  const requests = rangeRequestsFor([...downloads.keys()])
  await mapLimit(requests, requestsAtOnce, (request) => downloader.run(request))
  return orders.map(({ emulator }) => (downloads.get(emulator) as Download).result)
}

class Downloader {
  readonly #downloads: ReadonlyMap<CatalogEmulator, Download>
  readonly #log: Log
  readonly #pauses: Pauses

  constructor(downloads: ReadonlyMap<CatalogEmulator, Download>, log: Log, pauses: Pauses) {
    this.#downloads = downloads
    this.#log = log
    this.#pauses = pauses
  }

  /** Tries one address after the other for the emulators of a request. */
  async run({ members }: RangeRequest): Promise<void> {
    const downloads = members.flatMap(({ emulator }) => this.#downloads.get(emulator) ?? [])
    try {
      for (const url of downloads[0]?.order.urls ?? []) await this.#tryAddress(url, downloads)
    } catch (error) {
      for (const download of downloads) if (!download.isPlaced) download.failure ??= asSetupError(error)
    }
  }

  /** Retries while that may help. After damaged bytes each emulator is requested separately, because the others may be intact. */
  async #tryAddress(url: string, downloads: readonly Download[]): Promise<void> {
    const missing = () => downloads.filter((download) => download.isMissingAt(url))
    for (let tries = 1; missing().length > 0; tries++) {
      const error = await this.#fetchMissing(url, missing())
      const left = missing()
      if (error === undefined || left.length === 0) return
      if (error instanceof FetchError) {
        const say = (line: string) => this.#log.detail(`${withoutLogin(url)}: ${line}`)
        if (await waitBeforeRetry(error, tries, this.#pauses, say)) continue
        for (const download of left) this.#recordAnswer(download, url, failureText(error, tries))
      } else if (left.length > 1) {
        for (const download of left) await this.#tryAddress(url, [download])
      } else for (const download of left) this.#recordAnswer(download, url, error.message)
    }
  }

  #recordAnswer(download: Download, url: string, answer: string): void {
    this.#log.detail(`${basename(download.order.path)}: ${withoutLogin(url)}: ${answer}`)
    download.answers.set(url, answer)
  }

  /** Fetches with as few requests as possible. Returns what stopped it; undefined when all bytes arrived, right or not. */
  async #fetchMissing(url: string, downloads: readonly Download[]): Promise<FetchError | CorruptError | undefined> {
    for (const request of rangeRequestsFor(downloads.map(({ order }) => order.emulator))) {
      try {
        await this.#fetch(url, request)
      } catch (error) {
        if (error instanceof FetchError || error instanceof CorruptError) return error
        throw error
      }
    }
    return undefined
  }

  async #fetch(url: string, request: RangeRequest): Promise<void> {
    const transfer = this.#log.transfer(...request.members.map(({ emulator }) => emulator.binary))
    transfer.expect(expectedBytes(request))
    try {
      const executables = executablesFrom(url, request, (accounted) => {
        for (const { emulator, bytes } of accounted) {
          transfer.add(bytes)
          const download = this.#downloads.get(emulator)
          if (download !== undefined) download.bytes += bytes
        }
      })
      for await (const { member, bytes } of executables) {
        const download = this.#downloads.get(member.emulator)
        if (download !== undefined) await this.#store(download, url, bytes)
      }
    } finally {
      transfer.end()
    }
  }

  /** Wrong bytes and a place that cannot be written concern this emulator only; any other error stops the request. */
  async #store(download: Download, url: string, bytes: AsyncIterable<Uint8Array>): Promise<void> {
    const { emulator, path } = download.order
    try {
      await place(path, emulator, bytes)
      download.isPlaced = true
    } catch (error) {
      if (error instanceof WrongBytesError) this.#recordAnswer(download, url, error.message)
      else if (error instanceof SetupError) download.failure = error
      else throw error
    }
  }
}

function downloadFailed(emulator: CatalogEmulator, answers: ReadonlyMap<string, string>): SetupError {
  return new SetupError(
    'download-failed',
    `${emulator.binary} of QEMU ${emulator.qemuVersion} (${emulator.build}) could not be had from any of ${answers.size} places:`,
    {
      hint: 'name an archive that this machine can reach with mirror, or set https_proxy',
      tried: [...answers].map(([url, answer]) => `${withoutLogin(url)}: ${answer}`),
    },
  )
}
