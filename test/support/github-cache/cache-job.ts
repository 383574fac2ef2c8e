// A job for tests of the GitHub cache: its environment, its log, and a file that may be in the cache. Checks after each test that no temporary
// file is left and no secret was logged.
import { createHash, randomBytes } from 'node:crypto'
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { afterEach, beforeEach, expect } from 'vitest'
import { type Cacheable, cacheKey } from '../../../src/core/sources/cacheable.js'
import { restoreFromGitHubCache } from '../../../src/sources/github-cache.js'
import { temporaryFolder } from '../kernel/table.js'
import { silentLog } from '../programs/emulators.js'
import { type CacheService, cacheService, runtimeToken, signature } from './cache-service.js'

export const program = resolve('build/src/cache-client.js')
// 5 MB: the library takes Azure's archives in parts of 4
export const content = randomBytes(5_000_000)
export const sha256 = createHash('sha256').update(content).digest('hex')

/** What the log was told by this test. */
export const said: string[] = []
export const log = {
  ...silentLog,
  info: (line: string) => void said.push(`info: ${line}`),
  detail: (line: string) => void said.push(`detail: ${line}`),
}

/** Gives each test of a file a job of its own; call it after cleanAfterEach. */
export function jobForEach(): void {
  const environment = { ...process.env }
  let temporary = ''
  beforeEach(() => {
    said.length = 0
    temporary = join(temporaryFolder(), 'a runner\'s [temp] "folder"')
    mkdirSync(temporary)
    process.env.RUNNER_TEMP = temporary
  })
  afterEach(() => {
    process.env = { ...environment }
    expect(readdirSync(temporary)).toEqual([])
    for (const secret of [runtimeToken, signature]) expect(said.join('\n')).not.toContain(secret)
  })
}

export function use(service: Pick<CacheService, 'env'>): void {
  Object.assign(process.env, service.env)
}

/** The file, which is not there yet. */
export function file(folder = temporaryFolder()): Cacheable {
  return { path: join(folder, 'content', 'qemu-aarch64'), binary: 'qemu-aarch64', sha256 }
}

/** The file, which is there. */
export function existing(): Cacheable {
  const here = file()
  mkdirSync(dirname(here.path))
  writeFileSync(here.path, content, { mode: 0o755 })
  return here
}

/** Restores from a cache in which this archive lies under the file's key. */
export async function restorePlanted(archive: Uint8Array, wanted: Cacheable = file()) {
  await using service = await cacheService()
  service.plant(cacheKey(wanted), archive)
  use(service)
  return { answer: await restoreFromGitHubCache(wanted, log, { program }), wanted }
}
