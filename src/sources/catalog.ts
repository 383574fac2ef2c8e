// Gets emulators' bytes from the first place that delivers the right ones: the tool cache, the GitHub cache if it is asked for, then their
// Debian packages at each known address.

import type { CatalogEmulator } from '../core/model/catalog.js'
import type { AcquiredEmulator } from '../core/model/emulator.js'
import { asSetupError, SetupError } from '../core/model/errors.js'
import { isDebian, packageUrls, parseAptSites } from '../core/sources/apt-sites.js'
import { runProgram } from '../system/exec.js'
import type { Log } from '../system/log.js'
import { mapLimit } from '../system/map-limit.js'
import { textOfFile } from '../system/regular-file.js'
import { cachePath, isCached } from './store.js'

/** Where an emulator of the catalog lies on disk, its SHA-256 checked, and how it came there. */
export interface AcquiredFile extends Pick<AcquiredEmulator, 'path' | 'bytesFetched'> {
  readonly locator: 'tool-cache' | 'github-cache' | 'deb'
}

/** Why there is none, and the bytes that came in vain. */
export interface NotAcquired {
  readonly failure: SetupError
  readonly bytesFetched: number
}

export interface Sources {
  readonly cacheFolder: string
  readonly mirrors: readonly string[]
  /** Nothing is fetched. */
  readonly offline: boolean
  /** The GitHub cache is asked before the network. */
  readonly cache: boolean
  readonly log: Log
}

const errandsAtOnce = 4

/** Gets one emulator. Throws `download-failed` with every place tried and its answer, `offline`, and `cache-unwritable`. */
export async function acquire(emulator: CatalogEmulator, sources: Sources): Promise<AcquiredFile> {
  const [found] = await acquireSeveral([emulator], sources)
  if (found === undefined) throw new Error(`nothing came of ${emulator.binary}`)
  if ('failure' in found) throw found.failure
  return found
}

/** Gets different emulators, in the order given; why one cannot be had stands in its place and stops no other. What shares bytes shares requests. */
export async function acquireSeveral(
  emulators: readonly CatalogEmulator[],
  sources: Sources,
): Promise<(AcquiredFile | NotAcquired)[]> {
  const kept = await mapLimit(emulators, errandsAtOnce, (emulator) => withoutPackage(emulator, sources))
  const missing = emulators.filter((_, at) => kept[at] === undefined)
  const fetched = new Map(missing.length === 0 ? [] : await fetchAll(missing, sources))
  return emulators.map((emulator, at) => (kept[at] ?? fetched.get(emulator)) as AcquiredFile | NotAcquired)
}

/** From a cache, if it can be had there; undefined when it must be fetched. */
async function withoutPackage(
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
  const { deliver } = await import('./download.js')
  const sites = await aptSites()
  const wanted = emulators.map((emulator) => ({
    emulator,
    path: cachePath(cacheFolder, emulator),
    urls: packageUrls(emulator.package, mirrors, sites),
  }))
  const deliveries = await deliver(wanted, { log })
  return wanted.map(({ emulator, path }, at) => {
    const { bytesFetched = 0, failure } = deliveries[at] ?? {}
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

/** Base addresses of this machine's own apt configuration, when it is a Debian; asked once. */
export function aptSites(): Promise<string[]> {
  sitesOnce ??= readAptSites()
  return sitesOnce
}

/** What the machine says of itself; nothing where it cannot be read. */
function osRelease(): string {
  try {
    return textOfFile('/etc/os-release', 1 << 16)
  } catch {
    return ''
  }
}

async function readAptSites(): Promise<string[]> {
  if (!isDebian(osRelease())) return []
  const result = await runProgram('apt-get', ['indextargets', '--format', '$(SITE)', 'Created-By: Packages'], {
    timeoutMs: 20_000,
  })
  return result.status === 0 ? parseAptSites(result.stdout) : []
}
