// Kinds of things that are no file of the right size, bytes and mode, in each place where a file is read whose place others may have filled:
// nothing waits, nothing is followed or read without an end, and what is in the way of an emulator is replaced.

import { execFileSync } from 'node:child_process'
import { chmodSync, existsSync, lstatSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { viewOf } from '../../src/core/explain/table-view.js'
import { targetNamed } from '../../src/core/model/targets.js'
import { explain } from '../../src/explain/explain.js'
import { styleOfFile } from '../../src/problems/emulator-build.js'
import { inspectTable } from '../../src/setup/status.js'
import { saveToGitHubCache } from '../../src/sources/github-cache.js'
import { ImageCache } from '../../src/sources/image/image-cache.js'
import { credentialFor } from '../../src/sources/image/registry-credentials.js'
import { filesFor } from '../../src/sources/local-file.js'
import { cachePath } from '../../src/sources/store.js'
import { readConfinement } from '../../src/system/confinement.js'
import { journalFolder, readJournals } from '../../src/system/journal-file.js'
import { catalog } from '../../src/system/machine.js'
import { pidNamespace } from '../../src/system/process.js'
import { targetOfProgram } from '../../src/system/program.js'
import { makeArchive, serve, withRanges } from '../support/archive/archive.js'
import { cleanAfterEach, entryFor, registerByHand, temporaryFolder, testMachine } from '../support/kernel/table.js'
import { type OddFile, oddFiles, putOdd, putWithMode, watchdog } from '../support/odd-file.js'
import { acquire, silentLog } from '../support/programs/emulators.js'
import { foreign, inRoot, rootBeforeEach } from '../support/programs/foreseen.js'

cleanAfterEach()
rootBeforeEach()
watchdog(300)

const kinds = Object.keys(oddFiles) as OddFile[]
const { file, emulator, content } = makeArchive()

async function withMirror<T>(work: (sources: Parameters<typeof acquire>[1]) => Promise<T>): Promise<T> {
  await using server = await serve(file, withRanges)
  return await work({
    cacheFolder: temporaryFolder(),
    mirrors: { addresses: [server.base], folders: [] },
    offline: false,
    cache: false,
    log: silentLog,
  })
}

const isRight = (path: string) => {
  const stat = lstatSync(path)
  return stat.isFile() && (stat.mode & 0o7777) === 0o755 && readFileSync(path).equals(content)
}

describe('the place of an emulator in the tool cache', () => {
  it.each(kinds)('%s is replaced', async (kind) => {
    await withMirror(async (sources) => {
      const path = cachePath(sources.cacheFolder, emulator)
      putOdd(kind, path)
      expect(await acquire(emulator, sources)).toMatchObject({ path, locator: 'deb' })
      expect(isRight(path)).toBe(true)
      expect(await acquire(emulator, sources)).toMatchObject({ locator: 'tool-cache' })
    })
  })

  it('a link is replaced even where it leads to the right bytes, and they stay as they are', async () => {
    await withMirror(async (sources) => {
      const [path, other] = [cachePath(sources.cacheFolder, emulator), join(temporaryFolder(), 'other')]
      putWithMode(other, content, 0o644)
      mkdirSync(dirname(path), { recursive: true })
      symlinkSync(other, path)
      expect(await acquire(emulator, sources)).toMatchObject({ locator: 'deb' })
      expect([isRight(path), lstatSync(other).mode & 0o7777]).toEqual([true, 0o644])
    })
  })

  it.each([0, 0o444, 0o111, 0o4755, 0o6755])('the right bytes with the mode %o get their own again', async (mode) => {
    await withMirror(async (sources) => {
      const path = cachePath(sources.cacheFolder, emulator)
      putWithMode(path, content, mode)
      expect(await acquire(emulator, { ...sources, offline: true })).toMatchObject({ locator: 'tool-cache' })
      expect(isRight(path)).toBe(true)
    })
  })

  it('what cannot be removed is named, with its place and what to do', async () => {
    // a place where something is mounted stands for an immutable file, which nobody can make in a user namespace
    const mounted: string[] = []
    const mount = (from: string, onto: string) => {
      execFileSync('mount', ['--bind', from, onto])
      mounted.push(onto)
    }
    const refused = (path: string, fault: string, where = '') => ({
      code: 'cache-unwritable',
      message: `${path} ${fault}, and could not be removed: EBUSY${where}`,
      hint: expect.stringMatching(/^remove it by hand .*chattr -i/),
    })
    try {
      await withMirror(async (sources) => {
        const path = cachePath(sources.cacheFolder, emulator)
        putOdd('a folder with something in it', path)
        const deep = join(path, 'deep', 'down')
        writeFileSync('/run/precious', '')
        mount('/run', deep)
        await expect(acquire(emulator, sources)).rejects.toMatchObject(refused(path, 'is a folder', ` at ${deep}`))
        expect(existsSync('/run/precious')).toBe(true)
        execFileSync('umount', [mounted.pop() ?? ''])
        putWithMode(path, Buffer.from('damaged'), 0o755)
        mount(path, path)
        const fault = `has 7 bytes, expected ${content.length}`
        await expect(acquire(emulator, sources)).rejects.toMatchObject(refused(path, fault))
      })
    } finally {
      for (const path of mounted) execFileSync('umount', [path])
    }
  })
})

describe('what is kept of an image', () => {
  const digest = `sha256:${'a'.repeat(64)}`
  const found = { kind: 'found', sha256: emulator.sha256, size: emulator.size, checked: true } as const
  const known = new Map([['qemu-aarch64', found]])

  it.each(kinds)('%s in the place of its record is none, and makes room for one', (kind) => {
    const folder = temporaryFolder()
    const cache = new ImageCache(folder, digest, 'amd64')
    putOdd(kind, join(cache.folder, 'amd64.json'))
    expect(cache.known(['qemu-aarch64'], new Set())).toEqual(new Map())
    cache.add(known)
    putWithMode(cache.pathOf('qemu-aarch64', emulator.sha256), content, 0o755)
    expect(cache.known(['qemu-aarch64'], new Set())).toEqual(known)
  })

  it.each(kinds)('%s in the place of an executable is not known', (kind) => {
    const cache = new ImageCache(temporaryFolder(), digest, 'amd64')
    cache.add(known)
    const path = cache.pathOf('qemu-aarch64', emulator.sha256)
    putOdd(kind, path)
    expect(cache.known(['qemu-aarch64'], new Set())).toEqual(new Map())
    expect(lstatSync(path, { throwIfNoEntry: false })).toBeUndefined()
  })
})

describe('--path and the installed emulators', () => {
  const look = (path: string) =>
    filesFor(targetNamed('aarch64'), { kind: 'path', path } as Parameters<typeof filesFor>[1], 'amd64', catalog, '')

  it.each<[OddFile, string | undefined]>([
    ['a pipe', 'is a pipe'],
    ['a link to a pipe', 'is a pipe'],
    ['a link to an endless device', 'is a device'],
    ['a sparse file of 4 TB', 'has 4398046511104 bytes, and at most 536870912 are read'],
    ['a socket', 'is a socket'],
    ['a link to itself', undefined],
    ['a link to nothing', undefined],
    ['an empty folder', undefined],
    ['a folder with something in it', undefined],
  ])('%s cannot be used, and is told as what it is', (kind, unusable) => {
    const path = join(temporaryFolder(), 'qemu-aarch64')
    putOdd(kind, path)
    expect(look(path).map((one) => one.refusal)).toEqual(unusable === undefined ? [] : [unusable])
  })
})

describe('the interpreter of an entry', () => {
  it.each(kinds)('%s: status and explain go on, and say that no program is there', async (kind) => {
    const path = join(temporaryFolder(), 'interpreter')
    putWithMode(path, content, 0o755)
    registerByHand(entryFor('aarch64', path, { flags: 'POC' }))
    putOdd(kind, path)
    const [view] = viewOf(await inspectTable(testMachine()))
    expect(view).toMatchObject({ behind: { kind: 'refused' }, file: null })
    const { forecast } = await explain(inRoot('bin/foreign'), null, testMachine())
    expect(forecast.verdict.kind).toBe('fails')
    expect(styleOfFile(path)).toEqual({ pie: null, libc: null })
  })
})

describe('other files of this machine', () => {
  it.each(kinds)('%s among the drop-ins says nothing about who registered what', async (kind) => {
    putOdd(kind, '/run/binfmt.d/a.conf')
    registerByHand(entryFor('aarch64', foreign, { flags: 'POC' }))
    const { background, forecast } = await explain(inRoot('bin/foreign'), null, testMachine())
    const step = forecast.steps.find((one) => one.kind === 'entry')
    expect(step?.kind === 'entry' && background.originOf(step.winner)).toMatchObject({ kind: 'unknown' })
  })

  it.each(kinds)('%s among the journals is a damaged one, and the others are read', (kind) => {
    putOdd(kind, join(journalFolder, 'cli-1.json'))
    const { journals, damaged } = readJournals()
    expect(journals).toEqual([])
    if (kind === 'a link to nothing') return expect(damaged).toEqual([])
    expect(damaged).toEqual([expect.objectContaining({ file: join(journalFolder, 'cli-1.json') })])
    if (!/itself/.test(kind)) expect(damaged[0]).toMatchObject({ code: 'journal-damaged' })
  })

  it.each(kinds)('%s in the place of docker’s configuration is a note', async (kind) => {
    const folder = temporaryFolder()
    putOdd(kind, join(folder, 'config.json'))
    const { credential, notes } = await credentialFor('localhost:5000', 'x', {
      HOME: '/nowhere',
      DOCKER_CONFIG: folder,
    })
    expect(credential).toBeNull()
    expect(notes).toEqual(kind === 'a link to nothing' ? [] : [expect.stringMatching(/config\.json (is|has|cannot)/)])
  })

  it.each(kinds)('%s in the place of systemd’s mark of a container says nothing', (kind) => {
    putOdd(kind, '/run/systemd/container')
    expect(readConfinement()).toMatchObject({ userNamespace: true })
  })

  it.each(kinds)('%s is no program for any platform', (kind) => {
    const path = join(temporaryFolder(), 'program')
    putOdd(kind, path)
    if (lstatSync(path).isFile()) chmodSync(path, 0o755)
    if (/itself|nothing/.test(kind)) return
    expect(targetOfProgram(path)).toBeUndefined()
  })
})

describe('the GitHub cache', () => {
  const before = { ...process.env }
  afterAll(() => {
    process.env = before
  })

  it.each(kinds)('%s is not saved', async (kind) => {
    process.env.ACTIONS_RUNTIME_TOKEN = 'token'
    process.env.ACTIONS_RESULTS_URL = 'http://127.0.0.1:1/'
    const path = join(temporaryFolder(), 'qemu-aarch64')
    putOdd(kind, path)
    const said: string[] = []
    const log = { ...silentLog, info: (text: string) => void said.push(text) }
    await saveToGitHubCache([{ path, sha256: emulator.sha256, binary: 'qemu-aarch64' }], log)
    expect(said).toEqual([
      expect.stringMatching(/could not be saved in the GitHub cache: .*qemu-aarch64 (is|has|cannot)/),
    ])
  })
})

it('a folder that is called like what a killed process leaves is in nobody’s way', async () => {
  await withMirror(async (sources) => {
    const path = cachePath(sources.cacheFolder, emulator)
    // there is no process of this number
    mkdirSync(`${path}.${pidNamespace()}-4194999.00000000.part`, { recursive: true })
    await acquire(emulator, sources)
    expect(isRight(path)).toBe(true)
    expect(await acquire(emulator, sources)).toMatchObject({ locator: 'tool-cache' })
  })
})
