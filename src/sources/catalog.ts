// Gets emulators of the catalog from the first place that has the right bytes: the tool cache, the places of the table below, then their Debian packages
// at each known address.
import type { CatalogEmulator } from '../core/model/catalog.js'
import type { AcquiredEmulator, LocatorName } from '../core/model/emulator.js'
import { asSetupError, SetupError } from '../core/model/errors.js'
import { isDebian, packageUrls, parseAptSites } from '../core/sources/apt-sites.js'
import { runProgram } from '../system/exec.js'
import type { Log } from '../system/log.js'
import { mapLimit } from '../system/map-limit.js'
import { textOfFile } from '../system/regular-file.js'
import { cachePath, isCached } from './store.js'

/** An emulator of the catalog on disk, its SHA-256 checked, and where it came from. */
export type AcquiredFile = Pick<AcquiredEmulator, 'path' | 'bytesFetched' | 'locator'>

/** Why an emulator could not be acquired, and the bytes that were fetched in vain. */
export interface NotAcquired {
  readonly failure: SetupError
  readonly bytesFetched: number
}

/** Where emulators are looked for. */
export interface Sources {
  readonly cacheFolder: string
  readonly mirrors: readonly string[]
  /** Fetch nothing. */
  readonly offline: boolean
  /** Try the GitHub cache before the network. */
  readonly cache: boolean
  readonly log: Log
}

/** A place that has whole emulators, each by its SHA-256, asked when the tool cache has not got it and before a package is fetched. */
interface Place {
  readonly locator: LocatorName
  readonly isAsked: (sources: Sources) => boolean
  /**
   * Brings an emulator to its path, where `place` (store.ts) checks its SHA-256. Returns the bytes that came over the network; undefined, after a
   * line in the log, when the place does not have it. Throws what stops the emulator (`cache-unwritable`). It imports what it works with when called.
   */
  readonly bring: (emulator: CatalogEmulator, path: string, sources: Sources) => Promise<number | undefined>
}

/** In the order in which they are asked. */
const places: readonly Place[] = [
  {
    locator: 'github-cache',
    isAsked: ({ cache }) => cache,
    bring: async ({ binary, sha256 }, path, { log }) => {
      const { restoreFromGitHubCache } = await import('./github-cache.js')
      return (await restoreFromGitHubCache({ path, binary, sha256 }, log)) === 'restored' ? 0 : undefined
    },
  },
]

const lookupsAtOnce = 4

/**
 * Acquires different emulators. Returns one result for each, in their order: the file, or why it could not be acquired (`download-failed` with
 * every address tried and its answer, `offline`, `cache-unwritable`), which does not stop the others. Those that share bytes share requests.
 */
export async function acquireEmulators(
  emulators: readonly CatalogEmulator[],
  sources: Sources,
): Promise<(AcquiredFile | NotAcquired)[]> {
  const found = await mapLimit(emulators, lookupsAtOnce, (emulator) => fromPlaces(emulator, sources))
  const missing = emulators.filter((_, at) => found[at] === undefined)
  const fetched = new Map(missing.length === 0 ? [] : await fetchAll(missing, sources))
  return emulators.map((emulator, at) => (found[at] ?? fetched.get(emulator)) as AcquiredFile | NotAcquired)
}

/** Looks in the tool cache, then in the other places; undefined when the emulator must come out of its package. */
async function fromPlaces(
  emulator: CatalogEmulator,
  sources: Sources,
): Promise<AcquiredFile | NotAcquired | undefined> {
  const path = cachePath(sources.cacheFolder, emulator)
  try {
    if (isCached(path, emulator)) return { path, locator: 'tool-cache', bytesFetched: 0 }
    if (sources.offline) return { failure: offlineError(emulator, path), bytesFetched: 0 }
    for (const { locator, isAsked, bring } of places) {
      const bytesFetched = isAsked(sources) ? await bring(emulator, path, sources) : undefined
      if (bytesFetched !== undefined) return { path, locator, bytesFetched }
    }
  } catch (error) {
    return { failure: asSetupError(error), bytesFetched: 0 }
  }
  return undefined
}

async function fetchAll(
  emulators: readonly CatalogEmulator[],
  { cacheFolder, mirrors, log }: Sources,
): Promise<[CatalogEmulator, AcquiredFile | NotAcquired][]> {
  const { downloadAll } = await import('./download.js')
  const sites = await aptSites()
  const orders = emulators.map((emulator) => ({
    emulator,
    path: cachePath(cacheFolder, emulator),
    urls: packageUrls(emulator.package, mirrors, sites),
  }))
  const results = await downloadAll(orders, { log })
  return orders.map(({ emulator, path }, at) => {
    const { bytesFetched = 0, failure } = results[at] ?? {}
    return [emulator, failure === undefined ? { path, locator: 'deb', bytesFetched } : { failure, bytesFetched }]
  })
}

function offlineError(emulator: CatalogEmulator, path: string): SetupError {
  return new SetupError(
    'offline',
    `${emulator.binary} of QEMU ${emulator.qemuVersion} (${emulator.build}) is not in the cache, and offline is true: there is no file ${path} with the SHA-256 ${emulator.sha256}`,
    { hint: 'run it once without offline with this cache folder, or copy that file from a machine that has it' },
  )
}

let sitesOnce: Promise<string[]> | undefined

/** Base addresses of this machine's apt sources when it runs Debian, else none; apt is asked once per process. */
export function aptSites(): Promise<string[]> {
  sitesOnce ??= readAptSites()
  return sitesOnce
}

async function readAptSites(): Promise<string[]> {
  if (!isDebian(osRelease())) return []
  const result = await runProgram('apt-get', ['indextargets', '--format', '$(SITE)', 'Created-By: Packages'], {
    timeoutMs: 20_000,
  })
  return result.status === 0 ? parseAptSites(result.stdout) : []
}

/** The text of /etc/os-release; empty when it cannot be read. */
function osRelease(): string {
  try {
    return textOfFile('/etc/os-release', 1 << 16)
  } catch {
    return ''
  }
}
