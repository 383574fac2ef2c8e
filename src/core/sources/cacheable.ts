// Which emulators the GitHub cache may hold, and the text in which a job's state carries them from the main step to the post step.
import { jsonValue, record } from '../text/json.js'

/** A file that may be in the GitHub cache under its content's hash. */
export interface Cacheable {
  /** Absolute; where the file has its place. */
  readonly path: string
  /** The emulator's file name: `qemu-aarch64`. */
  readonly binary: string
  /** Hexadecimal, in lower case. */
  readonly sha256: string
}

/** Exit statuses of the cache client: the cache gave or took the file; it did not; the runner offers no cache. */
export const clientStatus = { done: 0, not: 3, unavailable: 4 }

/** The name of the file in the client's working folder, and so in the archive. */
export const stagedName = 'emulator'

/** The key of a file in the GitHub cache: its content's hash and nothing else, so that no other file can be meant. */
export function cacheKey({ sha256 }: Cacheable): string {
  return `setup-qemu-${sha256}`
}

/** Files as text for a job's state. */
export function cacheablesText(files: readonly Cacheable[]): string {
  return JSON.stringify(files.map(({ path, binary, sha256 }) => ({ path, binary, sha256 })))
}

/** Reads that text; undefined for anything that we did not write. */
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
