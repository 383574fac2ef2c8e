// Files of Debian's archive whose size and SHA-256 are known beforehand: out of a cache, or from the first place that has them.
import { createHash } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { bytesFrom, FetchError } from '../../src/sources/http.js'
import { keep } from '../cache.js'

/** What the bytes must be. */
export interface Pinned {
  readonly size: number
  readonly sha256: string
}

/** How often an address is asked again after a failure that may pass, and how long before the first time. */
const patience = { tries: 3, pauseMs: 2000 }

export function sha256Of(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex')
}

/** Why these bytes are not the expected ones; undefined when they are. */
export function mismatch(bytes: Uint8Array, expected: Pinned): string | undefined {
  if (bytes.length !== expected.size) return `it has ${bytes.length} bytes, expected ${expected.size}`
  const sha256 = sha256Of(bytes)
  return sha256 === expected.sha256 ? undefined : `it has SHA-256 ${sha256}, expected ${expected.sha256}`
}

async function bodyOf(url: string, size: number, tries = patience.tries): Promise<Buffer> {
  const chunks: Uint8Array[] = []
  try {
    for await (const chunk of bytesFrom(url, 0, size, size)) chunks.push(chunk)
  } catch (error) {
    const isFinal = tries === 1 || !(error instanceof FetchError) || !error.retriable
    if (isFinal) throw error
    await sleep(error.afterMs ?? patience.pauseMs * 2 ** (patience.tries - tries))
    return bodyOf(url, size, tries - 1)
  }
  return Buffer.concat(chunks)
}

/** The bytes from the first address that has them. Throws with what each answered when none does; `name` and `remedy` are for that message. */
async function fetched(name: string, expected: Pinned, urls: readonly string[], remedy: string): Promise<Buffer> {
  const answers: string[] = []
  for (const url of urls) {
    try {
      const bytes = await bodyOf(url, expected.size)
      const fault = mismatch(bytes, expected)
      if (fault === undefined) return bytes
      answers.push(`${url}: ${fault}`)
    } catch (error) {
      answers.push(`${url}: ${error instanceof Error ? error.message : error}`)
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
