// Downloads several emulators from the network into the cache: those that share bytes of a package together, from one place after the other. No emulator
// waits for another one's failure. Loaded only when something must be fetched.
import type { CatalogEmulator } from '../core/model/catalog.js'
import type { LocatorName } from '../core/model/emulator.js'
import { asSetupError, SetupError } from '../core/model/errors.js'
import type { NetworkPlace } from '../core/sources/network-place.js'
import { type RangeRequest, rangeRequestsFor, requestsAtOnce } from '../core/sources/range-request.js'
import { type Pauses, usualPauses } from '../core/sources/retry.js'
import type { Log } from '../system/log.js'
import { mapLimit } from '../system/map-limit.js'
import { downloadAssets } from './asset-download.js'
import { type Attempt, Download, type DownloadOrder } from './attempt.js'
import { downloadFromMirror } from './mirror-download.js'
import { downloadFromPackage } from './package-download.js'

/** Bytes from the network that are counted for this emulator (range-request.ts), and where it came from, or why it is not in its place. */
export type DownloadResult =
  | { readonly bytesFetched: number; readonly locator: LocatorName }
  | { readonly bytesFetched: number; readonly failure: SetupError }

/** `pauses`: between retries; only tests change them. */
export interface DownloadOptions {
  readonly log: Log
  readonly pauses?: Pauses
}

/** Downloads emulators into their places. Returns the results in the order of `orders`; never throws: each error is the result of its emulator. */
export async function downloadAll(
  orders: readonly DownloadOrder[],
  { log, pauses = usualPauses }: DownloadOptions,
): Promise<DownloadResult[]> {
  const downloads = new Map(orders.map((order) => [order.emulator, new Download(order, log)]))
  const requests = rangeRequestsFor([...downloads.keys()])
  await mapLimit(requests, requestsAtOnce, (request) => downloadGroup(membersOf(request, downloads), log, pauses))
  return [...downloads.values()].map(resultOf)
}

function membersOf({ members }: RangeRequest, downloads: ReadonlyMap<CatalogEmulator, Download>): Download[] {
  return members.flatMap(({ emulator }) => downloads.get(emulator) ?? [])
}

/** Asks one place after the other for the emulators of a group, which share a request where they come out of their package. */
async function downloadGroup(downloads: readonly Download[], log: Log, pauses: Pauses): Promise<void> {
  try {
    for (const place of downloads[0]?.order.places ?? []) {
      const open = downloads.filter(({ isOpen }) => isOpen)
      if (open.length > 0) await downloadFrom(place, open, { log, pauses, signal: new AbortController().signal })
    }
  } catch (error) {
    for (const download of downloads) if (download.isOpen) download.failure = asSetupError(error)
  }
}

const ways: Readonly<
  Record<NetworkPlace['kind'], (downloads: readonly Download[], attempt: Attempt) => Promise<void>>
> = {
  mirror: downloadFromMirror,
  release: downloadAssets,
  apt: downloadFromPackage,
  snapshot: downloadFromPackage,
}

function downloadFrom(
  place: NetworkPlace,
  downloads: readonly Download[],
  options: Omit<Attempt, 'place'>,
): Promise<void> {
  return ways[place.kind](downloads, { ...options, place })
}

function resultOf({ order: { emulator }, bytes: bytesFetched, locator, failure, tried }: Download): DownloadResult {
  if (locator !== undefined) return { bytesFetched, locator }
  return { bytesFetched, failure: failure ?? downloadFailed(emulator, tried) }
}

function downloadFailed(emulator: CatalogEmulator, tried: readonly string[]): SetupError {
  return new SetupError(
    'download-failed',
    `${emulator.binary} of QEMU ${emulator.qemuVersion} (${emulator.build}) could not be had from any of ${tried.length} places:`,
    {
      hint: 'name a mirror that this machine can reach, or a folder that has the emulator, with mirror; or set https_proxy',
      tried,
    },
  )
}
