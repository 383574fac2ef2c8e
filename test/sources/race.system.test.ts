// Places that are slow, silent, or lie, beside good ones: who is asked, who wins, and that nothing is left of the others. The times are the real ones, so each
// slow place costs three seconds.
import { dirname } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import type { CatalogEmulator } from '../../src/core/model/catalog.js'
import type { NetworkPlace } from '../../src/core/sources/network-place.js'
import { rangeRequestsFor, requestsAtOnce } from '../../src/core/sources/range-request.js'
import type { Pauses } from '../../src/core/sources/retry.js'
import { downloadAll } from '../../src/sources/download.js'
import { cachePath } from '../../src/sources/store.js'
import { sha256OfFile } from '../../src/system/regular-file.js'
import { namesIn } from '../../src/system/temporary-folder.js'
import { type Behaviour, serve, withRanges } from '../support/archive/archive.js'
import { cleanAfterEach, temporaryFolder } from '../support/kernel/table.js'
import { emulator, silentLog } from '../support/programs/emulators.js'
import { wholePackage } from '../support/programs/package.js'
import {
  type Answer,
  assetsOf,
  good,
  late,
  lying,
  serveReleases,
  silent,
  silentAfter,
  status,
  trickling,
} from '../support/releases/release-server.js'

cleanAfterEach()

const arm64 = emulator('aarch64')
const assets = await assetsOf(arm64)
const size = [...assets.values()][0]?.length ?? 0
const file = await wholePackage(arm64)
const shortPauses = { firstPauseMs: 5, longestPauseMs: 10_000 }
/** Much more than it takes, and much less than the time limits of one place. */
const atMostMs = 25_000

/** Downloads emulators into an empty cache: right ones, and nothing beside them. */
async function take(
  places: readonly NetworkPlace[],
  wanted: readonly CatalogEmulator[] = [arm64],
  pauses: Pauses = shortPauses,
) {
  const folder = temporaryFolder()
  const told: string[] = []
  const log = { ...silentLog, info: (line: string) => void told.push(line) }
  const orders = wanted.map((one) => ({ emulator: one, path: cachePath(folder, one), places }))
  const started = performance.now()
  const results = await downloadAll(orders, { log, pauses })
  const ms = performance.now() - started
  expect(ms).toBeLessThan(atMostMs)
  for (const { path, emulator: one } of orders) {
    expect(namesIn(dirname(path))).toEqual([one.binary])
    expect(sha256OfFile(path)).toBe(one.sha256)
  }
  const locators = results.map((result) => ('locator' in result ? result.locator : result.failure.message))
  return { locators, bytes: results.reduce((sum, { bytesFetched }) => sum + bytesFetched, 0), told, ms }
}

type Server = Awaited<ReturnType<typeof serveReleases>>

/** Servers that answer like this, as places of these kinds; closed at the end. */
async function placesOf(...rows: readonly [kind: NetworkPlace['kind'], answer: Answer][]) {
  const servers: Server[] = []
  for (const [, answer] of rows) servers.push(await serveReleases(assets, { answers: [answer], direct: true }))
  return {
    servers,
    places: rows.map(([kind], at): NetworkPlace => ({ kind, base: servers[at]?.base ?? '' })),
    [Symbol.asyncDispose]: async () => {
      for (const server of servers) await server[Symbol.asyncDispose]()
    },
  }
}

/** Whether each server saw its client leave before its answer was whole; undefined for one that was not asked. */
async function leftOf(servers: readonly Server[]): Promise<(boolean | undefined)[]> {
  // the server hears of a closed connection a little later
  await sleep(100)
  return servers.map(({ seen }) => (seen.length === 0 ? undefined : seen.every(({ left }) => left === true)))
}

const trickle = trickling(20_000)
const answers = { silent, stuck: silentAfter(50_000), trickling: trickle, lying: lying(1000) } as const

describe('a good place', () => {
  it.each<[string, (keyof typeof answers)[]]>([
    ['a silent one', ['silent']],
    ['a trickling one', ['trickling']],
    ['one that gets stuck', ['stuck']],
    ['a lying one', ['lying']],
    ['a silent and a trickling one', ['silent', 'trickling']],
    ['a trickling and a silent one', ['trickling', 'silent']],
    ['a silent and a lying one', ['silent', 'lying']],
    ['a lying and a trickling one', ['lying', 'trickling']],
    ['a silent, a trickling and a lying one', ['silent', 'trickling', 'lying']],
    ['a trickling, a lying and a silent one', ['trickling', 'lying', 'silent']],
  ])('behind %s delivers, and of the others nothing is left', async (_, before) => {
    const rows = [...before.map((name) => answers[name]), good, good]
    await using all = await placesOf(...rows.map((answer): [NetworkPlace['kind'], Answer] => ['release', answer]))
    const { locators, bytes } = await take(all.places)
    expect(locators).toEqual(['release'])
    expect(await leftOf(all.servers)).toEqual([...before.map((name) => name !== 'lying'), false, undefined])
    expect(all.servers.map(({ seen }) => seen.length)).toEqual([...before.map(() => 1), 1, 0])
    expect(bytes).toBeGreaterThanOrEqual(size + (before.some((name) => name === 'trickling') ? 20_000 : 0))
  })

  it('is asked alone where it is fast, and the one behind it is not', async () => {
    await using all = await placesOf(['release', late(1500)], ['release', good])
    expect(await take(all.places)).toMatchObject({ locators: ['release'], bytes: size, told: [] })
    expect(all.servers.map(({ seen }) => seen.length)).toEqual([1, 0])
  })

  it('can be apt’s archive behind a silent release, and a release behind a stuck archive', async () => {
    const stuck: Behaviour = (request, response, whole) => {
      const [, start = '0'] = /^bytes=(\d+)-/.exec(request.headers.range ?? '') ?? []
      const from = Number(start)
      response.writeHead(206, { 'content-range': `bytes ${from}-${whole.length - 1}/${whole.length}` })
      response.write(whole.subarray(from, from + 400_000))
    }
    await using releases = await placesOf(['release', silent], ['release', good])
    await using archive = await serve(file, withRanges)
    await using bad = await serve(file, stuck)
    const [none, has] = releases.places as [NetworkPlace, NetworkPlace]
    expect(await take([none, { kind: 'apt', base: archive.base }])).toMatchObject({ locators: ['deb'] })
    const { locators, bytes } = await take([{ kind: 'apt', base: bad.base }, has])
    expect([locators, bytes]).toEqual([['release'], size + 400_000])
  })
})

describe('who is told, and counted', () => {
  it('is every place that was overtaken, with what came from it', async () => {
    await using all = await placesOf(['release', answers.stuck], ['release', good])
    const { bytes, told } = await take(all.places)
    expect(bytes).toBe(size + 50_000)
    const [one, two] = all.places.map(({ base }) => base)
    expect(told).toEqual([
      expect.stringMatching(new RegExp(`^qemu-aarch64: ${one} is slow \\(50 kB in \\d s\\); ${two} is asked, too$`)),
      expect.stringMatching(new RegExp(`^qemu-aarch64: ${one} was overtaken by ${two}, after 50 kB in \\d s$`)),
    ])
  })
})

describe('what is not hedged', () => {
  it('is a place that says when to come again', async () => {
    await using busy = await serveReleases(assets, {
      answers: [late(2000, status(429, { 'retry-after': '5' })), late(2000)],
      direct: true,
    })
    await using all = await placesOf(['release', good])
    const { bytes, ms } = await take([{ kind: 'release', base: busy.base }, ...all.places])
    expect([bytes, busy.seen.length, all.servers[0]?.seen]).toEqual([size, 2, []])
    expect(ms).toBeGreaterThan(4990)
  })

  it('is such a place by those who wait for its first answer to another one', async () => {
    const wanted = ['aarch64', 'ppc64le', 's390x'].map((name) => emulator(name))
    expect(rangeRequestsFor(wanted).length).toBe(3)
    const all = await assetsOf(...wanted)
    const answers = [status(429, { 'retry-after': '4' }), late(1000), good]
    await using mirror = await serveReleases(all, { answers, direct: true })
    await using release = await serveReleases(all)
    const places: NetworkPlace[] = [
      { kind: 'mirror', base: mirror.base },
      { kind: 'release', base: release.base },
    ]
    expect(await take(places, wanted)).toMatchObject({ locators: ['mirror', 'mirror', 'mirror'], told: [] })
    expect([mirror.seen.length, release.seen]).toEqual([4, []])
  })

  it('is a place that fails, until it has failed three times', async () => {
    const slowly = { firstPauseMs: 1200, longestPauseMs: 10_000 }
    await using failing = await serveReleases(assets, { answers: [status(503)], direct: true })
    await using all = await placesOf(['release', good])
    const { told } = await take([{ kind: 'release', base: failing.base }, ...all.places], [arm64], slowly)
    expect([failing.seen.length, told]).toEqual([3, []])
  })

  it('is any place by the snapshot archive', async () => {
    await using all = await placesOf(['release', late(5000)], ['snapshot', good])
    expect(await take(all.places)).toMatchObject({ locators: ['release'], bytes: size, told: [] })
    expect(all.servers[1]?.seen).toEqual([])
  })
})

describe('a slow mirror', () => {
  it('goes on beside what is asked instead, and can win', async () => {
    await using all = await placesOf(['mirror', late(7500)], ['release', trickle], ['release', trickle])
    const { locators } = await take(all.places)
    expect(locators).toEqual(['mirror'])
    // the second release came for the first one
    expect(await leftOf(all.servers)).toEqual([false, true, true])
  })

  it('that another mirror and a release overtake is asked last from then on', async () => {
    await using all = await placesOf(['mirror', silent], ['mirror', trickle], ['release', good])
    expect(await take(all.places)).toMatchObject({ locators: ['release'] })
    expect(await leftOf(all.servers)).toEqual([true, true, false])
    expect(await take(all.places)).toMatchObject({ locators: ['release'], bytes: size, told: [] })
    expect(all.servers.map(({ seen }) => seen.length)).toEqual([1, 1, 2])
  })
})

it('many emulators behind a silent mirror come from the release, and only those that began ask the mirror', async () => {
  const names = ['arm', 'aarch64', 'ppc64le', 'riscv64', 's390x', 'mips64el', 'mips64', 'loongarch64', 'i386']
  const wanted = names.map((name) => emulator(name))
  const groups = rangeRequestsFor(wanted).length
  expect(groups).toBeGreaterThan(requestsAtOnce)
  const all = await assetsOf(...wanted)
  await using mirror = await serveReleases(all, { answers: [silent], direct: true })
  await using release = await serveReleases(all)
  const places: NetworkPlace[] = [
    { kind: 'mirror', base: mirror.base },
    { kind: 'release', base: release.base },
  ]
  const { locators, bytes } = await take(places, wanted)
  expect(locators).toEqual(wanted.map(() => 'release'))
  expect(bytes).toBe([...all.values()].reduce((sum, { length }) => sum + length, 0))
  expect(release.delivered).toHaveLength(wanted.length)
  expect(mirror.seen.length).toBeLessThan(wanted.length)
})

it('what one race finds out of a slow place, those that run beside it know', async () => {
  const wanted = ['aarch64', 'ppc64le', 's390x'].map((name) => emulator(name))
  expect(rangeRequestsFor(wanted).length).toBe(3)
  const all = await assetsOf(...wanted)
  await using first = await serveReleases(all, { answers: [silent], direct: true })
  await using second = await serveReleases(all, { answers: [trickle], direct: true })
  await using third = await serveReleases(all)
  const places = [first, second, third].map(({ base }): NetworkPlace => ({ kind: 'release', base }))
  const { locators } = await take(places, wanted)
  expect(locators).toEqual(wanted.map(() => 'release'))
  expect([first, second, third].map(({ seen }) => seen.filter(({ path }) => all.has(path)).length)).toEqual([3, 1, 6])
})
