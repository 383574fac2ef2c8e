// The runner's tool cache, filled by the runner's own library as the action does it; each job a process of its own.
import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { find } from '@actions/tool-cache'
import { expect, it } from 'vitest'
import type { CatalogEmulator } from '../../src/core/model/catalog.js'
import { cachePath, isCached, place, sweepCache } from '../../src/sources/store.js'
import { sha256OfFile } from '../../src/system/regular-file.js'
import { makeArchive } from '../support/archive/archive.js'
import { cleanAfterEach, temporaryFolder } from '../support/kernel/table.js'

cleanAfterEach()

/** An emulator of some size, in a file from which jobs read it. */
function large(megabytes = 8): { emulator: CatalogEmulator; source: string } {
  const source = join(temporaryFolder(), 'source')
  writeFileSync(source, randomBytes(megabytes << 20))
  const size = megabytes << 20
  return { emulator: { ...makeArchive().emulator, size, sha256: sha256OfFile(source) }, source }
}

interface Job {
  readonly folder: string
  readonly emulator: CatalogEmulator
  readonly source: string
  /** RUNNER_TOOL_CACHE, where it is not the folder. */
  readonly named?: string
  readonly times?: number
}

/** The words with which node puts an emulator into its place, as the action does. */
function words({ folder, emulator, source, times = 1 }: Job): string[] {
  const module = (name: string) => JSON.stringify(join(process.cwd(), 'build/src/sources', name))
  const path = cachePath(folder, emulator)
  const script = `import { createReadStream } from 'node:fs'
import { place } from ${module('store.js')}
import { keepByLibrary } from ${module('tool-cache.js')}
keepByLibrary()
for (let at = 0; at < ${times}; at++)
  await place(${JSON.stringify(path)}, ${JSON.stringify(emulator)}, createReadStream(${JSON.stringify(source)})).catch((error) => {
    console.log(error.code, error.message)
    process.exitCode = 1
  })`
  return ['--input-type=module', '-e', script]
}

const environmentOf = ({ folder, named = folder }: Job) => ({ ...process.env, RUNNER_TOOL_CACHE: named })

function run(job: Job) {
  return spawnSync(process.execPath, words(job), { encoding: 'utf8', env: environmentOf(job) })
}

function start(job: Job): ChildProcess {
  return spawn(process.execPath, words(job), { stdio: 'ignore', env: environmentOf(job) })
}

/** What lies in the tool's folder. */
const inCache = (folder: string) => readdirSync(join(folder, 'setup-qemu'), { recursive: true }).sort()

/** What lies there when nothing but the emulator does. */
function expected(emulator: CatalogEmulator): string[] {
  const arch = dirname(cachePath('', emulator).slice('setup-qemu/'.length))
  return [dirname(arch), arch, `${arch}.complete`, join(arch, emulator.binary)].sort()
}

it('is kept by the library, and leaves what the library finds and nothing else', () => {
  const [folder, { emulator, source }] = [temporaryFolder(), large(1)]
  const path = cachePath(folder, emulator)
  const { status, stdout } = run({ folder, emulator, source })
  expect([status, stdout]).toEqual([0, expect.stringContaining('::debug::Caching tool setup-qemu/filling.')])
  expect(inCache(folder)).toEqual(expected(emulator))
  process.env.RUNNER_TOOL_CACHE = folder
  expect(find('setup-qemu', emulator.qemuVersion, basename(dirname(path)))).toBe(dirname(path))
  expect(statSync(path).mode & 0o7777).toBe(0o755)
  expect(isCached(path, emulator)).toBe(true)
})

it('in another folder than the runner’s is kept without the library, in the same layout', () => {
  const [folder, { emulator, source }] = [temporaryFolder(), large(1)]
  const { status, stdout } = run({ folder, emulator, source, named: temporaryFolder() })
  expect([status, stdout]).toEqual([0, ''])
  expect(inCache(folder)).toEqual(expected(emulator))
})

it('is there at every moment while other jobs put it there again', async () => {
  const [folder, { emulator, source }] = [temporaryFolder(), large(1)]
  const path = cachePath(folder, emulator)
  await place(
    path,
    emulator,
    (async function* () {
      yield readFileSync(source)
    })(),
  )
  const jobs = [start({ folder, emulator, source, times: 10 }), start({ folder, emulator, source, times: 10 })]
  const ended = Promise.all(jobs.map((job) => once(job, 'exit')))
  let looks = 0
  for (; jobs.some(({ exitCode }) => exitCode === null); looks++) {
    expect(sha256OfFile(path)).toBe(emulator.sha256)
    expect(existsSync(`${dirname(path)}.complete`)).toBe(true)
    await new Promise((resolve) => setTimeout(resolve, 1))
  }
  expect((await ended).map(([status]) => status)).toEqual([0, 0])
  expect(looks).toBeGreaterThan(50)
  expect(inCache(folder)).toEqual(expected(emulator))
})

it('of jobs that are killed at any moment is whole or not there, and what they leave is swept', async () => {
  const [folder, { emulator, source }] = [temporaryFolder(), large()]
  const path = cachePath(folder, emulator)
  let left = 0
  for (let round = 0; round < 12; round++) {
    const job = start({ folder, emulator, source, times: 100 })
    const ended = once(job, 'exit')
    const filling = () =>
      existsSync(join(folder, 'setup-qemu')) && inCache(folder).some((name) => String(name).startsWith('filling.'))
    while (!filling()) await new Promise((resolve) => setTimeout(resolve, 1))
    await new Promise((resolve) => setTimeout(resolve, round))
    job.kill('SIGKILL')
    await ended
    if (filling()) left++
    if (existsSync(path)) expect(sha256OfFile(path)).toBe(emulator.sha256)
  }
  expect(left).toBeGreaterThan(0)
  expect(run({ folder, emulator, source }).status).toBe(0)
  sweepCache(folder)
  expect(inCache(folder)).toEqual(expected(emulator))
})

it('leaves what another job is filling', () => {
  const folder = temporaryFolder()
  // a process in another container, of which nothing is known here
  const theirs = join(folder, 'setup-qemu', 'filling.1-1-1.01234567.part')
  mkdirSync(theirs, { recursive: true })
  sweepCache(folder)
  expect(existsSync(theirs)).toBe(true)
})

it.each([
  ['for it, but not for a second one,', 6, 0],
  ['for less', 12, 1],
])('on a disk with room %s is kept, or that is said and nothing left', (_, megabytes, status) => {
  const [folder, { emulator, source }] = [temporaryFolder(), large(megabytes)]
  expect(spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=8m', 'tmpfs', folder]).status).toBe(0)
  try {
    const done = run({ folder, emulator, source })
    expect(done.status).toBe(status)
    if (status === 0) expect(inCache(folder)).toEqual(expected(emulator))
    else {
      expect(done.stdout).toMatch(/cache-unwritable .*ENOSPC/)
      expect(inCache(folder).filter((name) => /part|qemu-/.test(String(name)))).toEqual([])
    }
  } finally {
    spawnSync('umount', [folder])
  }
})
