// Real emulators for the tests, fetched once by our own code from this machine's Debian archive, kept in a cache outside the checkout.
import { homedir } from 'node:os'
import { join } from 'node:path'
import { type CatalogEmulator, emulatorFor, versionNamed } from '../../../src/core/model/catalog.js'
import { targetNamed } from '../../../src/core/model/targets.js'
import { type AcquiredFile, acquireEmulators, type Sources } from '../../../src/sources/catalog.js'
import type { Log } from '../../../src/system/log.js'
import { catalog } from '../../../src/system/machine.js'

export const silentLog: Log = {
  info: () => undefined,
  detail: () => undefined,
  output: () => undefined,
  transfer: () => ({ expect: () => undefined, add: () => undefined, end: () => undefined }),
}

/** What `acquire` works with, in the usual case. */
export const sources: Omit<Sources, 'cacheFolder'> = {
  mirrors: { addresses: [], folders: [] },
  offline: false,
  cache: false,
  log: silentLog,
}

/** The cache folder of the tests: `--cache-dir` or RUNNER_TOOL_CACHE for a warm run. */
export const warmCache = join(process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache'), 'setup-qemu-tests')

/** Ten platforms that run natively on no host. */
export const tenPlatforms: readonly string[] = [
  ...['arm64', 'arm/v7', 'ppc64', 'ppc64le', 'mips', 'mips64', 'mips64le', 's390x', 'riscv64', 'loong64'],
]

/** The catalog's emulator for this host. */
export function emulator(target: string, version = 'default'): CatalogEmulator {
  const host = process.arch === 'arm64' ? 'arm64' : 'amd64'
  const found = emulatorFor(catalog, versionNamed(version, catalog), host, targetNamed(target))
  if (found === undefined) throw new Error(`the catalog has no ${target} of ${version}`)
  return found
}

/** Gets one emulator. Throws what stopped it: `download-failed`, `offline` or `cache-unwritable`. */
export async function acquire(wanted: CatalogEmulator, from: Sources): Promise<AcquiredFile> {
  const [result] = await acquireEmulators([wanted], from)
  if (result === undefined) throw new Error(`no result for ${wanted.binary}`)
  if ('failure' in result) throw result.failure
  return result
}

/** Path of a real emulator in the warm cache, fetched when it is not there. */
export async function emulatorPath(target: string, version = 'default'): Promise<string> {
  return (await acquire(emulator(target, version), { ...sources, cacheFolder: warmCache })).path
}
