// Gets emulators of the catalog from the first place that has the right bytes: the tool cache, the places of the table below, then those on the network.
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { CatalogEmulator } from '../core/model/catalog.js'
import type { AcquiredEmulator, LocatorName } from '../core/model/emulator.js'
import { asSetupError, SetupError } from '../core/model/errors.js'
import type { Mirrors } from '../core/request/input-values.js'
import { releaseAddresses } from '../core/request/release-addresses.js'
import { isDebian, parseAptSites } from '../core/sources/apt-sites.js'
import { type KnownPlaces, placesFor } from '../core/sources/network-place.js'
import { assetName, hasAsset } from '../core/sources/release.js'
import { runProgram } from '../system/exec.js'
import type { Log } from '../system/log.js'
import { mapLimit } from '../system/map-limit.js'
import { ownRepository } from '../system/own-package.js'
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
  readonly mirrors: Mirrors
  /** Fetch nothing. */
  readonly offline: boolean
  /** Try the GitHub cache before the network. */
  readonly cache: boolean
  readonly log: Log
}

/** What a place answered that does not have an emulator; empty where nobody asked for it there. */
type Answers = readonly string[]

/** A place that has whole emulators, asked when the tool cache does not have one, and before the network. */
interface Place {
  readonly locator: LocatorName
  /** Cheap: it is asked for each emulator that the tool cache does not have. */
  readonly isAsked: (sources: Sources, emulator: CatalogEmulator) => boolean
  /**
   * Brings an emulator to its path, where `place` (store.ts) checks its SHA-256. Returns undefined when it is there. Throws what stops the emulator
   * (`cache-unwritable`). It imports what it works with when called.
   */
  readonly bring: (emulator: CatalogEmulator, path: string, sources: Sources) => Promise<Answers | undefined>
}

/** The emulators that come with a release of this program, beside its bundles; a checkout has none. */
const bundledFolder = join(import.meta.dirname, '..', 'emulators')

/** In the order in which they are asked. */
const places: readonly Place[] = [
  {
    locator: 'bundled',
    isAsked: (_, emulator) => existsSync(join(bundledFolder, assetName(emulator))),
    bring: (emulator, path, { log }) => fromFolder(bundledFolder, emulator, path, log),
  },
  {
    locator: 'github-cache',
    isAsked: ({ cache, offline }) => cache && !offline,
    bring: async ({ binary, sha256 }, path, { log }) => {
      const { restoreFromGitHubCache } = await import('./github-cache.js')
      return (await restoreFromGitHubCache({ path, binary, sha256 }, log)) === 'restored' ? undefined : []
    },
  },
  {
    locator: 'mirror',
    isAsked: ({ mirrors }) => mirrors.folders.length > 0,
    bring: async (emulator, path, { mirrors, log }) => {
      const answers: string[] = []
      for (const folder of mirrors.folders) {
        const refusals = await fromFolder(folder, emulator, path, log)
        if (refusals === undefined) return undefined
        answers.push(...refusals)
      }
      return answers
    },
  },
]

async function fromFolder(
  folder: string,
  emulator: CatalogEmulator,
  path: string,
  log: Log,
): Promise<Answers | undefined> {
  const { bringFromFolder } = await import('./asset-folder.js')
  const refusals = await bringFromFolder(folder, emulator, path)
  for (const refusal of refusals ?? []) log.info(`${emulator.binary}: ${refusal}`)
  return refusals
}

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
  const missing = emulators.flatMap((emulator, at) => {
    const answer = found[at]
    return answer === undefined || 'bytesFetched' in answer ? [] : [{ emulator, tried: answer }]
  })
  const fetched = new Map(missing.length === 0 ? [] : await fetchAll(missing, sources))
  return emulators.map((emulator, at) => (fetched.get(emulator) ?? found[at]) as AcquiredFile | NotAcquired)
}

/** Looks in the tool cache, then in the other places; what these answered when the emulator must come from the network. */
async function fromPlaces(emulator: CatalogEmulator, sources: Sources): Promise<AcquiredFile | NotAcquired | Answers> {
  const path = cachePath(sources.cacheFolder, emulator)
  const tried: string[] = []
  try {
    if (isCached(path, emulator)) return { path, locator: 'tool-cache', bytesFetched: 0 }
    for (const { locator, isAsked, bring } of places) {
      const answers = isAsked(sources, emulator) ? await bring(emulator, path, sources) : []
      if (answers === undefined) return { path, locator, bytesFetched: 0 }
      tried.push(...answers)
    }
  } catch (error) {
    return { failure: asSetupError(error), bytesFetched: 0 }
  }
  return sources.offline ? { failure: offlineError(emulator, path, tried), bytesFetched: 0 } : tried
}

/** An emulator that no place on this machine has, and what these places answered. */
interface Missing {
  readonly emulator: CatalogEmulator
  readonly tried: Answers
}

async function fetchAll(
  missing: readonly Missing[],
  { cacheFolder, mirrors, log }: Sources,
): Promise<[CatalogEmulator, AcquiredFile | NotAcquired][]> {
  try {
    const [{ downloadAll }, sites] = await Promise.all([import('./download.js'), aptSites()])
    const known: KnownPlaces = {
      mirrors: mirrors.addresses,
      releases: releaseAddresses(process.env, ownRepository()),
      aptSites: sites,
    }
    const orders = missing.map(({ emulator, tried }) => ({
      emulator,
      path: cachePath(cacheFolder, emulator),
      places: placesFor(emulator.package, known),
      tried,
    }))
    const results = await downloadAll(orders, { log })
    return orders.map(({ emulator, path }, at) => {
      const result = results[at] as (typeof results)[number]
      return [emulator, 'failure' in result ? result : { path, ...result }]
    })
  } catch (error) {
    return missing.map(({ emulator }) => [emulator, { failure: asSetupError(error), bytesFetched: 0 }])
  }
}

function offlineError(emulator: CatalogEmulator, path: string, tried: Answers): SetupError {
  const folder = hasAsset(emulator) ? `, or set mirror (--mirror) to a folder that has ${assetName(emulator)}` : ''
  return new SetupError(
    'offline',
    `${emulator.binary} of QEMU ${emulator.qemuVersion} (${emulator.build}) is not in the cache, and offline is true: there is no file ${path} with the SHA-256 ${emulator.sha256}`,
    {
      hint: `run it once without offline and with the same cache folder${folder}`,
      tried,
    },
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
  // what apt has fetched adds nothing to its sources, and reading it would take half a second
  const words = ['indextargets', '--no-release-info', '-o', 'Dir::State::Lists=/nonexistent', '--format', '$(SITE)']
  const result = await runProgram('apt-get', [...words, 'Created-By: Packages'], { timeoutMs: 20_000 })
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
