// The GitHub cache as a job sees it: fetched once, kept by the post step, given to the next machine; and never in the way.
import { cpSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { cacheKey } from '../../src/core/sources/cacheable.js'
import { serve, withRanges } from '../support/archive/archive.js'
import { cacheService } from '../support/github-cache/cache-service.js'
import { emulator } from '../support/programs/emulators.js'
import { wholePackage } from '../support/programs/package.js'
import {
  annotations,
  dist,
  main,
  noNetwork,
  play,
  post,
  type Step,
  type StepResult,
  temporary,
} from '../support/runner/runner.js'

const wanted = emulator('aarch64')
const { sha256 } = wanted
const file = await wholePackage(wanted)

/** No network but this machine's own: a proxy that nobody serves stands for the rest of the world. */

function target({ outputs }: StepResult) {
  const [first] = JSON.parse(outputs.status ?? '').targets
  return { state: first.state, locator: first.locator, fingerprint: first.proof?.fingerprint }
}

/** A job on a new machine: main with an empty tool cache, then post. */
function job(name: string, inputs: Record<string, string>, env: Readonly<Record<string, string>>): [Step, Step] {
  const all = { ...noNetwork, ...env, RUNNER_TOOL_CACHE: temporary() }
  return [main(inputs, { env: all }, name), post(name, { env: all })]
}

describe('with cache: true', () => {
  it('the first job downloads and saves, the next one on another machine needs no mirror', async () => {
    await using mirror = await serve(file, withRanges)
    await using cache = await cacheService()
    const first = job('first', { cache: 'true', mirror: mirror.base }, cache.env)
    const second = job('second', { cache: 'true', mirror: mirror.base }, cache.env)
    const { result } = await play([...first, ...second])
    expect(target(result('first'))).toEqual({ state: 'emulated', locator: 'deb', fingerprint: sha256 })
    expect(target(result('second'))).toEqual({ state: 'emulated', locator: 'github-cache', fingerprint: sha256 })
    expect(mirror.seen).toHaveLength(1)
    expect(cache.entries).toMatchObject([{ key: cacheKey({ ...wanted, path: '' }), finalized: true }])
    // what came from the cache is not given to it again
    expect(cache.seen.filter((call) => call === 'CreateCacheEntry')).toHaveLength(1)
    for (const step of ['post of first', 'post of second']) expect(result(step)).toMatchObject({ status: 0, table: {} })
  })

  it.each(['down', 'errors', 'poisoned', 'absent'])('a cache that is %s is skipped with a note', async (how) => {
    await using mirror = await serve(file, withRanges)
    const cache = await cacheService()
    if (how === 'down') await cache[Symbol.asyncDispose]()
    if (how === 'errors') cache.mood = 'errors'
    cache.plant(cacheKey({ ...wanted, path: '' }), Buffer.from('poison'))
    const env = how === 'absent' ? {} : cache.env
    const { result } = await play(job('main', { cache: 'true', mirror: mirror.base }, env))
    await cache[Symbol.asyncDispose]()
    expect(target(result('main'))).toEqual({ state: 'emulated', locator: 'deb', fingerprint: sha256 })
    for (const step of [result('main'), result('post of main')]) {
      expect([step.status, annotations('error', step), annotations('warning', step)]).toEqual([0, [], []])
      expect(step.stdout).toMatch(how === 'absent' ? /::debug::the GitHub cache is not used/ : /the GitHub cache/)
    }
  })

  it('a damaged state is a warning in post', async () => {
    const { result } = await play([
      { ...post(), env: { ...post().env, STATE_cached: '[{"path":"/etc/passwd"}]' }, name: 'post' },
    ])
    expect([result('post').status, annotations('warning', result('post'))]).toEqual([
      0,
      [{ title: '', text: expect.stringContaining('damaged') }],
    ])
  })
})

describe('without cache: true', () => {
  it('the cache is neither read nor written', async () => {
    await using mirror = await serve(file, withRanges)
    await using cache = await cacheService()
    const { result } = await play(job('main', { mirror: mirror.base }, cache.env))
    expect(target(result('main')).locator).toBe('deb')
    expect(cache.seen).toEqual([])
  })
})

describe('the library of the cache', () => {
  const sources = (folder: string) =>
    readdirSync(join(dist, folder)).map((name) => readFileSync(join(dist, folder, name), 'utf8'))
  const marks = ['blob.core.windows.net', 'GetCacheEntryDownloadURL']

  it('is only in the cache client', () => {
    for (const mark of marks) {
      expect(sources('cache-client').some((text) => text.includes(mark))).toBe(true)
      for (const folder of ['main', 'post', 'cli', 'compare', 'shared'])
        expect(sources(folder).some((text) => text.includes(mark))).toBe(false)
    }
  })

  it('is loaded only on demand: without it everything works, and cache: true logs a note', async () => {
    await using mirror = await serve(file, withRanges)
    await using cache = await cacheService()
    const copy = temporary()
    cpSync(dist, copy, { recursive: true })
    rmSync(join(copy, 'cache-client'), { recursive: true })
    const inCopy = (step: Step) => ({ ...step, args: step.args.map((word) => word.replace(dist, copy)) })
    const off = job('off', { mirror: mirror.base }, cache.env).map(inCopy)
    const on = job('on', { mirror: mirror.base, cache: 'true' }, cache.env).map(inCopy)
    const { result } = await play([...off, ...on])
    for (const name of ['off', 'on']) expect(target(result(name)).fingerprint).toBe(sha256)
    for (const name of ['off', 'post of off']) expect(result(name).stdout).not.toContain('GitHub cache')
    for (const name of ['on', 'post of on']) {
      expect(result(name).status).toBe(0)
      expect(result(name).stdout).toContain('the cache client ended with 1')
    }
  })
})
