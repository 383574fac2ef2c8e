// Downloads emulators from an address that the user named: it has our release assets, or is a Debian archive. Which of them shows when it is asked.
import { assetUrl, downloadAsset, downloadAssets, isAbsence } from './asset-download.js'
import type { Attempt, Download } from './attempt.js'
import { downloadFromPackage } from './package-download.js'

type Content = 'assets' | 'archive'

/** What the mirrors of this process have, by address, once something was found there. */
const known = new Map<string, Content>()
/** The first request to each mirror, which finds out for all others; they wait for it, so that an archive is asked for one asset and not for eleven. */
const explored = new Map<string, Promise<void>>()

/** Downloads those that are still missing, all of one package. What they are refused for is noted in each. */
export async function downloadFromMirror(downloads: readonly Download[], attempt: Attempt): Promise<void> {
  const { base } = attempt.place
  const explorer = explored.get(base)
  if (explorer === undefined) {
    await exploring(base, (found) => explore(downloads, attempt, found))
    return
  }
  await explorer
  const content = known.get(base)
  if (content === 'assets') await downloadAssets(downloads, attempt)
  else if (content === 'archive') await downloadFromPackage(downloads, attempt)
  else await explore(downloads, attempt, (found) => known.set(base, found))
}

/** Does `work`, for which the others wait until it has found something, or ends. */
async function exploring(base: string, work: (found: (content: Content) => void) => Promise<void>): Promise<void> {
  let end: () => void = () => undefined
  explored.set(
    base,
    new Promise((resolve) => {
      end = resolve
    }),
  )
  try {
    await work((content) => {
      known.set(base, content)
      end()
    })
  } finally {
    end()
  }
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
    const failed = await downloadAsset(download, attempt)
    if (download.locator !== undefined) {
      found('assets')
      return downloadAssets(downloads, attempt)
    }
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
