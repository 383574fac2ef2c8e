// Keeps emulators in the GitHub cache, each under its SHA-256. The cache is optional: every failure is one line in the log, and the next source
// is used. Why its content need not be trusted: see cache-process.ts.
import { copyFileSync, createReadStream, lstatSync } from 'node:fs'
import { type Cacheable, cacheKey } from '../core/sources/cacheable.js'
import type { Log } from '../system/log.js'
import { faultOf, sha256OfFile, withRegularFile } from '../system/regular-file.js'
import {
  type CacheAnswer,
  cacheClient,
  closeStaging,
  hasGnuTar,
  holdsOnlyFile,
  largestFile,
  openStaging,
  runCacheClient,
  type Staging,
} from './cache-process.js'
import { place } from './store.js'

/** Tests change these. */
export interface CacheOptions {
  /** Path of the cache client. */
  readonly program?: string
  /** Time limit for one file; the library itself would keep trying for minutes. */
  readonly limitMs?: number
}

const restoreLimitMs = 10_000
const saveLimitMs = 30_000

/** Addresses of services that failed; this process does not ask them again. */
const outOfOrder = new Set<string>()

/**
 * Tries to restore a file to its path. Returns 'restored' only when it is there and its SHA-256, computed now, is right. Never throws: failures
 * are logged. Where the runner offers no cache, nothing is started.
 */
export async function restoreFromGitHubCache(
  file: Cacheable,
  log: Log,
  { program = cacheClient, limitMs = restoreLimitMs }: CacheOptions = {},
): Promise<'restored' | 'missed'> {
  if (!(await isUsable(log))) return 'missed'
  const problem = await withStaging(async (staging) => {
    const answer = await runCacheClient(program, 'restore', cacheKey(file), staging, limitMs)
    return answer.kind === 'done' ? copyToPlace(file, staging) : problemOf(answer)
  })
  if (problem === undefined) log.info(`${file.binary}: from the GitHub cache`)
  else if (problem === '') log.detail(`${file.binary} is not in the GitHub cache`)
  else log.info(`${file.binary} could not be restored from the GitHub cache: ${problem}`)
  return problem === undefined ? 'restored' : 'missed'
}

/** Saves files at the end of a job; never throws. Skips a file that the cache has already, or whose SHA-256 has changed. */
export async function saveToGitHubCache(
  files: readonly Cacheable[],
  log: Log,
  { program = cacheClient, limitMs = saveLimitMs }: CacheOptions = {},
): Promise<void> {
  for (const file of files) {
    if (!(await isUsable(log))) return
    const problem = await withStaging(async (staging) => {
      const refusal = copyRefusal(file.path)
      if (refusal !== undefined) return `${file.path} ${refusal}`
      copyFileSync(file.path, staging.file)
      if (sha256OfFile(staging.file) !== file.sha256) return `${file.path} has other bytes now`
      return problemOf(await runCacheClient(program, 'save', cacheKey(file), staging, limitMs))
    })
    if (problem === undefined) log.info(`${file.binary}: saved in the GitHub cache`)
    // HTTP status 409, Conflict: the entry exists, or another job is creating it
    else if (problem.includes('(409)')) log.detail(`${file.binary} is in the GitHub cache already`)
    else log.info(`${file.binary} could not be saved in the GitHub cache: ${problem}`)
  }
}

/** Why a file cannot be copied; undefined when it can. */
function copyRefusal(path: string): string | undefined {
  try {
    return withRegularFile(path, { mostBytes: largestFile }, () => undefined)
  } catch (error) {
    return faultOf(error)
  }
}

/** Whether there is a cache to use: the library's own condition, checked without loading it. */
async function isUsable(log: Log): Promise<boolean> {
  const { ACTIONS_RUNTIME_TOKEN: token } = process.env
  const reason =
    !token || service() === ''
      ? 'the runner offers none (ACTIONS_RESULTS_URL and ACTIONS_RUNTIME_TOKEN)'
      : outOfOrder.has(service())
        ? 'it is out of order'
        : (await hasGnuTar())
          ? undefined
          : 'it needs GNU tar'
  if (reason !== undefined) log.detail(`the GitHub cache is not used: ${reason}`)
  return reason === undefined
}

function service(): string {
  return process.env.ACTIONS_RESULTS_URL || process.env.ACTIONS_CACHE_URL || ''
}

/** Runs `work` in a private folder. Returns its result, or the message of the error that it threw. */
async function withStaging(work: (staging: Staging) => Promise<string | undefined>): Promise<string | undefined> {
  try {
    const staging = openStaging()
    try {
      return await work(staging)
    } finally {
      closeStaging(staging)
    }
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  }
}

/** What went wrong: '' for an entry that does not exist, undefined for nothing. */
function problemOf(answer: CacheAnswer): string | undefined {
  if (answer.kind === 'done') return undefined
  if (answer.kind === 'unavailable') return 'the runner offers none'
  if (answer.kind === 'not') return answer.why
  outOfOrder.add(service())
  return answer.why
}

/** Copies the staged file to its place, checking its SHA-256; the inode that tar created is not reused. Throws what `place` throws. */
async function copyToPlace(file: Cacheable, staging: Staging): Promise<string | undefined> {
  const found = holdsOnlyFile(staging) ? lstatSync(staging.file) : undefined
  if (!found?.isFile()) return 'its archive holds something else than one file'
  await place(file.path, { sha256: file.sha256, size: found.size }, contentOf(staging.file))
  return undefined
}

/** Opens the file only when it is read: `place` may fail before that, and then the folder is removed at once. */
async function* contentOf(path: string): AsyncGenerator<Uint8Array> {
  yield* createReadStream(path)
}
