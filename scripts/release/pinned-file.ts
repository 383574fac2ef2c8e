// Files of Debian's archive whose size and SHA-256 are known beforehand: out of a cache, or from the first place that has them.
import { createHash } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { shownAddress } from '../../src/core/request/input-values.js'
import { failureText, type Pauses } from '../../src/core/sources/retry.js'
import { bytesFrom, FetchError, waitBeforeRetry } from '../../src/sources/http.js'
import { keep } from '../cache.js'

/** What the bytes must be. */
export interface Pinned {
  readonly size: number
  readonly sha256: string
}

/** Between retries. A server that asks to wait for longer than that is not waited for. */
const pauses: Pauses = { firstPauseMs: 2000, longestPauseMs: 60_000 }

export function sha256Of(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex')
}

/** Why these bytes are not the expected ones; undefined when they are. */
export function mismatch(bytes: Uint8Array, expected: Pinned): string | undefined {
  if (bytes.length !== expected.size) return `it has ${bytes.length} bytes, expected ${expected.size}`
  const sha256 = sha256Of(bytes)
  return sha256 === expected.sha256 ? undefined : `it has SHA-256 ${sha256}, expected ${expected.sha256}`
}

/** Throws an Error with what came of the last try. */
async function bodyOf(url: string, size: number): Promise<Buffer> {
  for (let tries = 1; ; tries++) {
    const chunks: Uint8Array[] = []
    try {
      for await (const chunk of bytesFrom(url, 0, size, size)) chunks.push(chunk)
      return Buffer.concat(chunks)
    } catch (error) {
      if (!(error instanceof FetchError)) throw error
      const isRetried = await waitBeforeRetry(error, tries, pauses, () => undefined)
      if (!isRetried) throw new Error(failureText(error, tries))
    }
  }
}

/** The bytes from the first address that has them. Throws with what each answered when none does; `name` and `remedy` are for that message. */
async function fetched(name: string, expected: Pinned, urls: readonly string[], remedy: string): Promise<Buffer> {
  const answers: string[] = []
  for (const url of urls) {
    try {
      const bytes = await bodyOf(url, expected.size)
      const fault = mismatch(bytes, expected)
      if (fault === undefined) return bytes
      answers.push(`${shownAddress(url)}: ${fault}`)
    } catch (error) {
      answers.push(`${shownAddress(url)}: ${error instanceof Error ? error.message : error}`)
    }
  }
  throw new Error([`${name} could not be downloaded:`, ...answers, remedy].join('\n'))
}

/** A file's bytes, out of the cache folder or downloaded into it. */
export async function pinnedFile(
  expected: Pinned,
  from: { readonly name: string; readonly urls: () => Promise<readonly string[]>; readonly remedy: string },
  cache: string,
): Promise<Buffer> {
  const file = join(cache, expected.sha256)
  const kept = existsSync(file) ? readFileSync(file) : undefined
  if (kept !== undefined && mismatch(kept, expected) === undefined) return kept
  const bytes = await fetched(from.name, expected, await from.urls(), from.remedy)
  keep(cache, expected.sha256, bytes)
  return bytes
}
