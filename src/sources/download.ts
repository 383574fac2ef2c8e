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
import { onSignal } from '../system/on-signal.js'
import { downloadAssets } from './asset-download.js'
import { type Attempt, Download, type DownloadOrder } from './attempt.js'
import { downloadFromMirror } from './mirror-download.js'
import { downloadFromPackage } from './package-download.js'
import { race } from './race.js'

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
  const end = new AbortController()
  const all = mapLimit(requests, requestsAtOnce, (request) =>
    downloadGroup(membersOf(request, downloads), { log, pauses, signal: end.signal }),
  )
  // what is half written does not stay
  const forget = onSignal(() => {
    end.abort(new SetupError('download-failed', 'a signal ended the download', { hint: 'run it again' }))
    return all
  })
  await all.finally(forget)
  return [...downloads.values()].map(resultOf)
}

function membersOf({ members }: RangeRequest, downloads: ReadonlyMap<CatalogEmulator, Download>): Download[] {
  return members.flatMap(({ emulator }) => downloads.get(emulator) ?? [])
}

/** Asks the places for the emulators of a group, which share a request where they come out of their package. */
async function downloadGroup(
  downloads: readonly Download[],
  { log, pauses, signal }: Pick<Attempt, 'log' | 'pauses' | 'signal'>,
): Promise<void> {
  const open = () => downloads.filter(({ isOpen }) => isOpen)
  try {
    await race({
      places: downloads[0]?.order.places ?? [],
      names: () => downloads.map(({ order }) => order.emulator.binary).join(', '),
      isOpen: () => open().length > 0,
      ask: (runner) =>
        ways[runner.place.kind](open(), { ...runner, log, pauses, signal: AbortSignal.any([runner.signal, signal]) }),
      log,
    })
  } catch (error) {
    for (const download of open()) download.fail(asSetupError(error))
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

function resultOf({ order: { emulator }, bytes: bytesFetched, locator, failure, tried }: Download): DownloadResult {
  if (locator !== undefined) return { bytesFetched, locator }
  return { bytesFetched, failure: failure ?? downloadFailed(emulator, tried) }
}

function downloadFailed(emulator: CatalogEmulator, tried: readonly string[]): SetupError {
  return new SetupError(
    'download-failed',
    `${emulator.binary} of QEMU ${emulator.qemuVersion} (${emulator.build}) could not be downloaded (${tried.length} ${tried.length === 1 ? 'place' : 'places'} tried):`,
    {
      hint: 'set mirror (--mirror) to an address that this machine can reach or to a folder that has the emulator, or set https_proxy',
      tried,
    },
  )
}
