// The emulators that the post step may save in the GitHub cache, and the text in which the job's state carries them there from the main step.
import type { LocatorName } from '../model/emulator.js'
import { jsonValue, record } from '../text/json.js'

/** A file that can be in the GitHub cache, under the hash of its content. */
export interface Cacheable {
  /** Where the file is or belongs; absolute. */
  readonly path: string
  /** The emulator's file name: `qemu-aarch64`. */
  readonly binary: string
  /** Hexadecimal, in lower case. */
  readonly sha256: string
}

/** Whether an emulator came over the network, so that the next job is spared that; a mirror may also be a folder. */
export function isWorthCaching(locator: LocatorName | null, bytesFetched: number): boolean {
  return locator === 'deb' || locator === 'release' || (locator === 'mirror' && bytesFetched > 0)
}

/** Exit statuses of the cache client: the file was restored or saved; it was not; the runner offers no cache. */
export const clientStatus = { done: 0, not: 3, unavailable: 4 }

/** The file's name in the client's working folder, and therefore in the archive. */
export const stagedName = 'emulator'

/** The key of a file in the GitHub cache: only the hash of its content, so that it cannot mean any other file. */
export function cacheKey({ sha256 }: Cacheable): string {
  return `setup-qemu-${sha256}`
}

/** The files as text for the job's state. */
export function cacheablesText(files: readonly Cacheable[]): string {
  return JSON.stringify(files.map(({ path, binary, sha256 }) => ({ path, binary, sha256 })))
}

/** Parses the text of `cacheablesText`; undefined for anything else. */
export function parseCacheables(text: string): Cacheable[] | undefined {
  const value = jsonValue(text)
  return Array.isArray(value) && value.every(isCacheable) ? value : undefined
}

function isCacheable(value: unknown): value is Cacheable {
  const { path, binary, sha256 } = record(value) ?? {}
  return (
    typeof binary === 'string' &&
    /^qemu-[a-z0-9_]{1,40}$/.test(binary) &&
    typeof sha256 === 'string' &&
    /^[0-9a-f]{64}$/.test(sha256) &&
    typeof path === 'string' &&
    path.startsWith('/') &&
    path.endsWith(`/${binary}`) &&
    !path.split('/').includes('..') &&
    !path.includes('\0')
  )
}
