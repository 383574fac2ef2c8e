// The GitHub cache through the library's own code and the real tar, against a service on loopback that is well or unwell.
import { execFileSync } from 'node:child_process'
import { readdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { cacheKey } from '../../src/core/sources/cacheable.js'
import { restoreFromGitHubCache, saveToGitHubCache } from '../../src/sources/github-cache.js'
import {
  content,
  existing,
  file,
  jobForEach,
  log,
  program,
  said,
  sha256,
  use,
} from '../support/github-cache/cache-job.js'
import { cacheService, runtimeToken } from '../support/github-cache/cache-service.js'
import { cleanAfterEach, temporaryFolder } from '../support/kernel/table.js'

cleanAfterEach()
jobForEach()

describe('a file saved in the GitHub cache', () => {
  it.each([
    ['the service itself', false],
    ["Azure's store", true],
  ])('comes back from %s on another machine', async (_, azure) => {
    await using service = await cacheService({ azure })
    use(service)
    await saveToGitHubCache([existing()], log, { program })
    expect(service.entries).toMatchObject([{ key: `setup-qemu-${sha256}`, finalized: true }])
    const wanted = file()
    expect(await restoreFromGitHubCache(wanted, log, { program })).toBe('restored')
    expect(readFileSync(wanted.path).equals(content)).toBe(true)
    expect(statSync(wanted.path).mode & 0o7777).toBe(0o755)
    expect(readdirSync(dirname(wanted.path))).toEqual(['qemu-aarch64'])
    expect(service.seen.some((call) => call.startsWith('HEAD'))).toBe(azure)
    expect(said).toEqual(['info: qemu-aarch64: saved in the GitHub cache', 'info: qemu-aarch64: from the GitHub cache'])
  })

  it('is packed by gzip where there is no zstd', async () => {
    await using service = await cacheService()
    use(service)
    process.env.PATH = folderOf('tar', 'gzip', 'sh')
    await saveToGitHubCache([existing()], log, { program })
    expect(service.entries[0]?.bytes?.subarray(0, 2).toString('hex')).toBe('1f8b')
    expect(await restoreFromGitHubCache(file(), log, { program })).toBe('restored')
  })

  it('is not saved a second time, and that is no problem', async () => {
    await using service = await cacheService()
    use(service)
    const files = [existing()]
    await saveToGitHubCache(files, log, { program })
    await saveToGitHubCache(files, log, { program })
    expect(service.entries).toHaveLength(1)
    expect(said.at(-1)).toBe('detail: qemu-aarch64 is in the GitHub cache already')
  })

  it('is saved only with the right bytes, and one that is not stops no other', async () => {
    await using service = await cacheService()
    use(service)
    const [changed, gone, good] = [existing(), file(), existing()]
    writeFileSync(changed.path, 'other')
    await saveToGitHubCache([changed, gone, good], log, { program })
    expect(service.entries).toHaveLength(1)
    expect(said).toEqual([
      expect.stringMatching(/^info: .*could not be saved.*other bytes/),
      expect.stringMatching(/^info: .*could not be saved.*ENOENT/),
      'info: qemu-aarch64: saved in the GitHub cache',
    ])
  })
})

/** A folder with links to some programs, for PATH. */
function folderOf(...programs: string[]): string {
  const folder = temporaryFolder()
  for (const name of programs)
    symlinkSync(
      execFileSync('sh', ['-c', 'command -v "$1"', 'sh', name], { encoding: 'utf8' }).trim(),
      join(folder, name),
    )
  return folder
}

describe('a GitHub cache without the file', () => {
  it('is one line in the details', async () => {
    await using service = await cacheService()
    use(service)
    expect(await restoreFromGitHubCache(file(), log, { program })).toBe('missed')
    expect(said).toEqual(['detail: qemu-aarch64 is not in the GitHub cache'])
    expect(service.seen).toEqual(['GetCacheEntryDownloadURL'])
  })
})

describe('no GitHub cache', () => {
  it.each(['ACTIONS_RESULTS_URL', 'ACTIONS_RUNTIME_TOKEN'])('(no %s) is not asked', async (name) => {
    await using service = await cacheService()
    use(service)
    delete process.env[name]
    expect(await restoreFromGitHubCache(file(), log, { program })).toBe('missed')
    await saveToGitHubCache([existing()], log, { program })
    expect(service.seen).toEqual([])
    expect(said).toEqual([expect.stringMatching(/^detail: .*the runner offers none/), said[0]])
  })

  it('where the library knows of none (its version 1, without an address)', async () => {
    await using service = await cacheService()
    use(service)
    delete process.env.ACTIONS_CACHE_SERVICE_V2
    expect(await restoreFromGitHubCache(file(), log, { program })).toBe('missed')
    expect(said).toEqual([expect.stringContaining('the runner offers none')])
  })

  it('where tar is not GNU tar, because no other can be confined', async () => {
    await using service = await cacheService()
    use(service)
    const folder = folderOf('sh', 'gzip')
    writeFileSync(join(folder, 'tar'), '#!/bin/sh\necho "tar (busybox) 1.35"\n', { mode: 0o755 })
    process.env.PATH = folder
    expect(await restoreFromGitHubCache(file(), log, { program })).toBe('missed')
    expect([said, service.seen]).toEqual([['detail: the GitHub cache is not used: it needs GNU tar'], []])
  })
})

describe('a GitHub cache that is unwell', () => {
  it('refuses the connection', async () => {
    const service = await cacheService()
    use(service)
    await service[Symbol.asyncDispose]()
    expect(await restoreFromGitHubCache(file(), log, { program })).toBe('missed')
    await saveToGitHubCache([existing()], log, { program })
    expect(said).toEqual([
      expect.stringMatching(/^info: .*could not be restored from the GitHub cache: .*ECONNREFUSED/),
      expect.stringMatching(/^info: .*could not be saved in the GitHub cache: .*ECONNREFUSED/),
    ])
  })

  it('is forbidden, in words that are kept to one harmless line', async () => {
    await using service = await cacheService()
    service.mood = 'rude'
    use(service)
    expect(await restoreFromGitHubCache(file(), log, { program })).toBe('missed')
    expect(said).toEqual([
      expect.stringMatching(/^info: .*could not be restored from the GitHub cache: .*\(403\)[^\n]*$/),
    ])
  })

  it.each([
    // the client has asked by then on a slow machine, too
    ['silent', 20_000, /: not done after 20 s: no answer$/, 1],
    ['errors', 60_000, /: failed twice: .*\(500\)/, 2],
  ] as const)('is %s: it is given up, and not asked again', async (mood, limitMs, words, calls) => {
    await using service = await cacheService()
    service.mood = mood
    use(service)
    const started = performance.now()
    expect(await restoreFromGitHubCache(file(), log, { program, limitMs })).toBe('missed')
    expect(performance.now() - started).toBeLessThan(45_000)
    const asked = service.seen.length
    expect(await restoreFromGitHubCache(file(), log, { program })).toBe('missed')
    await saveToGitHubCache([existing(), existing()], log, { program })
    expect([asked, service.seen.length]).toEqual([calls, calls])
    expect(said[0]).toMatch(words)
    expect(said.slice(1)).toEqual(Array(2).fill('detail: the GitHub cache is not used: it is out of order'))
  })

  it('that is ended leaves no process', async () => {
    await using service = await cacheService()
    const wanted = file()
    // a decompressor that never ends: the client, tar and it are one group
    const folder = folderOf('tar', 'sh', 'sleep')
    writeFileSync(join(folder, 'zstd'), '#!/bin/sh\necho 1.5.5\n', { mode: 0o755 })
    const pid = join(temporaryFolder(), 'pid')
    writeFileSync(join(folder, 'unzstd'), `#!/bin/sh\necho $$ > '${pid}'\nexec sleep 300\n`, { mode: 0o755 })
    process.env.PATH = folder
    service.plant(cacheKey(wanted), Buffer.from('x'))
    use(service)
    expect(await restoreFromGitHubCache(wanted, log, { program, limitMs: 20_000 })).toBe('missed')
    const sleeper = readFileSync(pid, 'utf8').trim()
    await expect.poll(() => isRunning(sleeper), { timeout: 20_000 }).toBe(false)
  })

  it('whose client is not there', async () => {
    await using service = await cacheService()
    use(service)
    expect(await restoreFromGitHubCache(file(), log, { program: '/nowhere/client.js' })).toBe('missed')
    expect(said).toEqual([expect.stringMatching(/^info: .*the cache client ended with 1/)])
  })
})

function isRunning(pid: string): boolean {
  try {
    return !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'))
  } catch {
    return false
  }
}

describe('the variables of the job', () => {
  it('do not reach the cache client', async () => {
    await using service = await cacheService()
    use(service)
    process.env.SECRET_OF_THE_JOB = 'secret'
    const spy = join(temporaryFolder(), 'spy.mjs')
    const seen = join(temporaryFolder(), 'seen')
    writeFileSync(
      spy,
      `import{writeFileSync}from"node:fs";writeFileSync(${JSON.stringify(seen)},JSON.stringify(process.env))`,
    )
    await restoreFromGitHubCache(file(), log, { program: spy })
    expect(JSON.parse(readFileSync(seen, 'utf8'))).toMatchObject({ ACTIONS_RUNTIME_TOKEN: runtimeToken, LC_ALL: 'C' })
    expect(readFileSync(seen, 'utf8')).not.toContain('SECRET_OF_THE_JOB')
  })
})
