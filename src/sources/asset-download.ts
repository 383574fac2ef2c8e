// Downloads emulators from a place that has one file for each: a release, or a mirror with such files.
import { assetAddress, hasAsset } from '../core/sources/release.js'
import { mapLimit } from '../system/map-limit.js'
import { type Attempt, type Download, type FailedRequest, withRetries } from './attempt.js'
import { mostPacked, unpacked } from './brotli.js'
import { type FetchError, fileFrom } from './http.js'

/**
 * Whether a failure means that the place has no such file, though it may have others: it answered, and not that it could not now. Most say 404, an object
 * store that shows no lists 403; others say 400 of a path that they do not expect, or redirect to a page of their own.
 */
export function isAbsence({ failure, retriable }: FetchError): boolean {
  return (failure.kind === 'status' || failure.kind === 'redirect') && !retriable
}

/** Of one group of emulators; several groups are fetched side by side. */
const filesAtOnce = 4

/** Downloads those that are still missing and that releases have, several at once. What they are refused for is noted in each. */
export async function downloadAssets(downloads: readonly Download[], attempt: Attempt): Promise<void> {
  const released = downloads.filter(({ order }) => hasAsset(order.emulator))
  await mapLimit(released, filesAtOnce, async (download) => {
    const url = assetUrl(download, attempt)
    const failed = download.isOpenAt(url) ? await downloadAsset(download, attempt) : undefined
    if (failed !== undefined) download.refuse(url, failed.text)
  })
}

/** The address of an emulator's file in the place that is asked. */
export function assetUrl({ order }: Download, { place }: Attempt): string {
  return assetAddress(place.base, order.emulator)
}

/** Downloads one emulator, until another place has done so. Returns why the place sent no such file; that it sent other bytes is noted. */
export async function downloadAsset(download: Download, attempt: Attempt): Promise<FailedRequest | undefined> {
  const url = assetUrl(download, attempt)
  const untilSettled = { ...attempt, signal: AbortSignal.any([attempt.signal, download.settled]) }
  try {
    return await withRetries(url, untilSettled, () => fetchAsset(url, download, untilSettled))
  } catch (error) {
    if (attempt.signal.aborted || download.isOpen) throw error
    return undefined
  }
}

async function fetchAsset(url: string, download: Download, attempt: Attempt): Promise<void> {
  const { emulator } = download.order
  const transfer = attempt.log.transfer(emulator.binary)
  // bytes that are refused before their end are not waited for
  const over = new AbortController()
  try {
    const packed = fileFrom(url, mostPacked(emulator.size), {
      signal: AbortSignal.any([attempt.signal, over.signal]),
      waiting: attempt.pace.wait,
      onFound: (size) => {
        if (size !== undefined) transfer.expect(size)
      },
      onBytes: (_, count) => {
        transfer.add(count)
        attempt.pace.bytes += count
        download.bytes += count
      },
    })
    const locator = attempt.place.kind === 'mirror' ? 'mirror' : 'release'
    await download.store(url, unpacked(packed, emulator.size), locator, attempt)
  } finally {
    over.abort()
    transfer.end()
  }
}
