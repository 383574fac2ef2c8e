// Emulators in the GitHub cache, each under its SHA-256. A cache is a convenience: whatever goes wrong with it is one line in the log, and the
// next place is used. Why its content need not be trusted is said in cache-errand.ts.
import { copyFileSync, createReadStream, lstatSync } from 'node:fs'
import { type Cacheable, cacheKey } from '../core/sources/cacheable.js'
import type { Log } from '../system/log.js'
import { faultOf, sha256OfFile, withRegularFile } from '../system/regular-file.js'
import {
  type Answer,
  cacheClient,
  closeStaging,
  hasGnuTar,
  isAlone,
  largestFile,
  openStaging,
  type Staging,
  sendClient,
} from './cache-process.js'
import { place } from './store.js'

export type { Cacheable } from '../core/sources/cacheable.js'

export interface ErrandOptions {
  /** The cache client's program. */
  readonly program?: string
  /** For one file, all in all; the library itself would go on for minutes. */
  readonly limitMs?: number
}

const restoreLimitMs = 10_000
const saveLimitMs = 30_000

/** Addresses of services that are out of order: they are not asked again by this process. */
const outOfOrder = new Set<string>()

/**
 * Tries to bring the file to its path; 'restored' only when it is there and its SHA-256, read now, is right. Never throws: what went wrong
 * is a line in the log. Costs nothing but that line where the runner offers no cache.
 */
export async function restoreFromGitHubCache(
  file: Cacheable,
  log: Log,
  { program = cacheClient, limitMs = restoreLimitMs }: ErrandOptions = {},
): Promise<'restored' | 'missed'> {
  if (!(await isUsable(log))) return 'missed'
  const problem = await withStaging(async (staging) => {
    const answer = await sendClient(program, 'restore', cacheKey(file), staging, limitMs)
    return answer.kind === 'done' ? takeOver(file, staging) : problemOf(answer)
  })
  if (problem === undefined) log.info(`${file.binary}: from the GitHub cache`)
  else if (problem === '') log.detail(`${file.binary} is not in the GitHub cache`)
  else log.info(`${file.binary} could not be had from the GitHub cache: ${problem}`)
  return problem === undefined ? 'restored' : 'missed'
}

/** Saves files after a job; never throws. A file that is there already, or whose SHA-256 is not the right one any more, is passed over. */
export async function saveToGitHubCache(
  files: readonly Cacheable[],
  log: Log,
  { program = cacheClient, limitMs = saveLimitMs }: ErrandOptions = {},
): Promise<void> {
  for (const file of files) {
    if (!(await isUsable(log))) return
    const problem = await withStaging(async (staging) => {
      const fault = unfitness(file.path)
      if (fault !== undefined) return `${file.path} ${fault}`
      copyFileSync(file.path, staging.file)
      if (sha256OfFile(staging.file) !== file.sha256) return `${file.path} has other bytes now`
      return problemOf(await sendClient(program, 'save', cacheKey(file), staging, limitMs))
    })
    if (problem === undefined) log.info(`${file.binary}: saved in the GitHub cache`)
    // HTTP's "Conflict": it exists, or another job is about to make it
    else if (problem.includes('(409)')) log.detail(`${file.binary} is in the GitHub cache already`)
    else log.info(`${file.binary} could not be saved in the GitHub cache: ${problem}`)
  }
}

/** Why a file cannot be copied; undefined when it can. */
function unfitness(path: string): string | undefined {
  try {
    return withRegularFile(path, { mostBytes: largestFile }, () => undefined)
  } catch (error) {
    return faultOf(error)
  }
}

/** Whether there is a cache to ask; the library's own condition, without loading it. */
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

/** Carries out `work` in a private folder; what it throws becomes words. */
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

/** What stood in the way, '' for an entry that does not exist, undefined when all is well. */
function problemOf(answer: Answer): string | undefined {
  if (answer.kind === 'done') return undefined
  if (answer.kind === 'unavailable') return 'the runner offers none'
  if (answer.kind === 'not') return answer.why
  outOfOrder.add(service())
  return answer.why
}

/** Copies the staged file to its place, its SHA-256 read on the way; the inode that tar made is not used. Throws what `place` throws. */
async function takeOver(file: Cacheable, staging: Staging): Promise<string | undefined> {
  const found = isAlone(staging) ? lstatSync(staging.file) : undefined
  if (!found?.isFile()) return 'its archive holds something else than one file'
  await place(file.path, { sha256: file.sha256, size: found.size }, bytesOf(staging.file))
  return undefined
}

/** Opened when it is read and not before: `place` may end without reading, and the folder is gone then. */
async function* bytesOf(path: string): AsyncGenerator<Uint8Array> {
  yield* createReadStream(path)
}
