// Gets emulators of the catalog from the first place that has the right bytes: the tool cache, the GitHub cache if enabled, then their Debian
// packages at each known address.
import type { CatalogEmulator } from '../core/model/catalog.js'
import type { AcquiredEmulator } from '../core/model/emulator.js'
import { asSetupError, SetupError } from '../core/model/errors.js'
import { isDebian, packageUrls, parseAptSites } from '../core/sources/apt-sites.js'
import { runProgram } from '../system/exec.js'
import type { Log } from '../system/log.js'
import { mapLimit } from '../system/map-limit.js'
import { textOfFile } from '../system/regular-file.js'
import { cachePath, isCached } from './store.js'

/** An emulator of the catalog on disk, its SHA-256 checked, and where it came from. */
export interface AcquiredFile extends Pick<AcquiredEmulator, 'path' | 'bytesFetched'> {
  readonly locator: 'tool-cache' | 'github-cache' | 'deb'
}

/** Why an emulator could not be acquired, and the bytes that were fetched in vain. */
export interface NotAcquired {
  readonly failure: SetupError
  readonly bytesFetched: number
}

export interface Sources {
  readonly cacheFolder: string
  readonly mirrors: readonly string[]
  /** Fetch nothing. */
  readonly offline: boolean
  /** Try the GitHub cache before the network. */
  readonly cache: boolean
  readonly log: Log
}

const cacheLookupsAtOnce = 4

/**
 * Acquires different emulators. Returns one result for each, in their order: the file, or why it could not be acquired (`download-failed` with
 * every address tried and its answer, `offline`, `cache-unwritable`), which does not stop the others. Those that share bytes share requests.
 */
export async function acquireEmulators(
  emulators: readonly CatalogEmulator[],
  sources: Sources,
): Promise<(AcquiredFile | NotAcquired)[]> {
  const cached = await mapLimit(emulators, cacheLookupsAtOnce, (emulator) => fromCaches(emulator, sources))
  const missing = emulators.filter((_, at) => cached[at] === undefined)
  const fetched = new Map(missing.length === 0 ? [] : await fetchAll(missing, sources))
  return emulators.map((emulator, at) => (cached[at] ?? fetched.get(emulator)) as AcquiredFile | NotAcquired)
}

/** Looks in the tool cache, then in the GitHub cache; undefined when the emulator must be downloaded. */
async function fromCaches(
  emulator: CatalogEmulator,
  { cacheFolder, offline, cache, log }: Sources,
): Promise<AcquiredFile | NotAcquired | undefined> {
  const path = cachePath(cacheFolder, emulator)
  try {
    if (isCached(path, emulator)) return { path, locator: 'tool-cache', bytesFetched: 0 }
  } catch (error) {
    return { failure: asSetupError(error), bytesFetched: 0 }
  }
  if (offline) return { failure: offlineError(emulator, path), bytesFetched: 0 }
  const file = { path, binary: emulator.binary, sha256: emulator.sha256 }
  if (cache) {
    const { restoreFromGitHubCache } = await import('./github-cache.js')
    if ((await restoreFromGitHubCache(file, log)) === 'restored')
      return { path, locator: 'github-cache', bytesFetched: 0 }
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
