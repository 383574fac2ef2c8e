// Downloads emulators from an address that the user named: it has our release assets, or is a Debian archive. Which of them shows when it is asked.
import { assetUrl, downloadAsset, downloadAssets, isAbsence } from './asset-download.js'
import type { Attempt, Download } from './attempt.js'
import type { Pace } from './pace.js'
import { downloadFromPackage } from './package-download.js'

type Content = 'assets' | 'archive'

/** What the mirrors of this process have, by address, once something was found there. */
const known = new Map<string, Content>()
/** The first request to each mirror, which finds out for all others; they wait for it, so that an archive is asked for one asset and not for eleven. */
const explorers = new Map<string, { readonly found: Promise<void>; readonly pace: Pace }>()

/** Downloads those that are still missing, all of one package. What they are refused for is noted in each. */
export async function downloadFromMirror(downloads: readonly Download[], attempt: Attempt): Promise<void> {
  const { base } = attempt.place
  const explorer = explorers.get(base)
  if (explorer === undefined) {
    await exploring(attempt, (found) => explore(downloads, attempt, found))
    return
  }
  const waited = attempt.pace.waitFor(explorer.pace)
  await Promise.race([explorer.found, aborted(attempt.signal)])
  const content = known.get(base)
  waited(content !== undefined)
  attempt.signal.throwIfAborted()
  if (content === 'assets') await downloadAssets(downloads, attempt)
  else if (content === 'archive') await downloadFromPackage(downloads, attempt)
  else await explore(downloads, attempt, (found) => known.set(base, found))
}

/** Does `work`, for which the others wait until it has found something, or ends. */
async function exploring(
  { place: { base }, pace }: Attempt,
  work: (found: (content: Content) => void) => Promise<void>,
): Promise<void> {
  let end: () => void = () => undefined
  const found = new Promise<void>((resolve) => {
    end = resolve
  })
  explorers.set(base, { found, pace })
  try {
    await work((content) => {
      known.set(base, content)
      end()
    })
  } finally {
    end()
  }
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve()
    else signal.addEventListener('abort', () => resolve(), { once: true })
  })
}

/**
 * Asks for one asset, then for the package, then for the other assets, one after the other, until something is found. A mirror that cannot be reached is
 * not asked for more.
 */
async function explore(
  downloads: readonly Download[],
  attempt: Attempt,
  found: (content: Content) => void,
): Promise<void> {
  let isArchive: boolean | undefined
  for (const download of downloads) {
    const failed = download.isOpen ? await downloadAsset(download, attempt) : undefined
    if (download.source === attempt.place) {
      found('assets')
      return downloadAssets(downloads, attempt)
    }
    // a faster place has delivered it
    if (!download.isOpen) continue
    if (failed !== undefined && !isAbsence(failed.error)) {
      for (const one of downloads) if (one.isOpen) one.refuse(attempt.place.base, failed.text)
      return
    }
    if (isArchive === undefined) {
      isArchive = false
      await downloadFromPackage(downloads, attempt, () => {
        isArchive = true
        found('archive')
      })
    }
    if (isArchive) return
    if (failed !== undefined) download.refuse(assetUrl(download, attempt), failed.text)
  }
}
