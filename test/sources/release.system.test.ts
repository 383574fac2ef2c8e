// Real emulators from servers on loopback that have them as release assets, well and badly: what is asked of whom, what is refused, and what is left.
import { existsSync, readFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { CatalogEmulator } from '../../src/core/model/catalog.js'
import type { NetworkPlace } from '../../src/core/sources/network-place.js'
import type { DownloadOrder } from '../../src/sources/attempt.js'
import { type DownloadResult, downloadAll } from '../../src/sources/download.js'
import { cachePath } from '../../src/sources/store.js'
import { sha256OfFile } from '../../src/system/regular-file.js'
import { namesIn } from '../../src/system/temporary-folder.js'
import { serve, withRanges } from '../support/archive/archive.js'
import { cleanAfterEach, temporaryFolder } from '../support/kernel/table.js'
import { emulator, emulatorPath, silentLog } from '../support/programs/emulators.js'
import { wholePackage } from '../support/programs/package.js'
import {
  type Answer,
  type Assets,
  assetOf,
  assetPath,
  assetsOf,
  bomb,
  breaking,
  cutShort,
  good,
  instead,
  longerTail,
  lying,
  serveReleases,
  status,
} from '../support/releases/release-server.js'

cleanAfterEach()

const arm64 = emulator('aarch64')
const asset = await assetOf(arm64)
const assets = await assetsOf(arm64)
const { package: from } = arm64
const three = ['aarch64', 'arm', 'riscv64'].map((name) => emulator(name))
const all = await assetsOf(...three)
const file = await wholePackage(arm64)
const pauses = { firstPauseMs: 5, longestPauseMs: 1500 }

const release = ({ base }: { readonly base: string }): NetworkPlace => ({ kind: 'release', base })
const mirror = ({ base }: { readonly base: string }): NetworkPlace => ({ kind: 'mirror', base })
const apt = ({ base }: { readonly base: string }): NetworkPlace => ({ kind: 'apt', base })

function order(wanted: CatalogEmulator, places: readonly NetworkPlace[], folder = temporaryFolder()): DownloadOrder {
  return { emulator: wanted, path: cachePath(folder, wanted), places }
}

const failureOf = (result: DownloadResult | undefined) =>
  result !== undefined && 'failure' in result ? result.failure : undefined

/** Downloads one emulator. What is on disk is right, or nothing. */
async function take(places: readonly NetworkPlace[], wanted = arm64) {
  const one = order(wanted, places)
  const [result] = await downloadAll([one], { log: silentLog, pauses })
  expect(namesIn(dirname(one.path))).toEqual(existsSync(one.path) ? [wanted.binary] : [])
  if (existsSync(one.path)) expect(sha256OfFile(one.path)).toBe(wanted.sha256)
  return { result, failure: failureOf(result) }
}

describe('a release', () => {
  it('has the emulator in one small file, to which it redirects', async () => {
    await using server = await serveReleases(assets)
    const { result } = await take([release(server)])
    expect(result).toEqual({ locator: 'release', bytesFetched: asset.length })
    expect(server.seen.map(({ origin, path }) => `${origin} ${path}`)).toEqual([
      `front ${assetPath(arm64)}`,
      `store ${assetPath(arm64)}`,
    ])
    expect(server.seen[0]?.url).toBe(`${new URL(server.base).pathname}/${assetPath(arm64).replaceAll('+', '%2B')}`)
  })

  it('that is not there yet is asked once, and then the next one', async () => {
    await using none = await serveReleases(new Map())
    await using server = await serveReleases(assets)
    const { result } = await take([release(none), release(server)])
    expect(result).toEqual({ locator: 'release', bytesFetched: asset.length })
    expect(none.seen).toHaveLength(1)
  })

  it('is not asked for what releases have no file of', async () => {
    await using server = await serveReleases(assets)
    const { failure } = await take([release(server)], emulator('alpha'))
    expect(failure?.code).toBe('download-failed')
    expect(server.seen).toEqual([])
  })

  it('that is busy is asked again, after the time that it says', async () => {
    await using server = await serveReleases(assets, {
      answers: [status(429, { 'retry-after': '1' }), status(503), good],
    })
    const started = performance.now()
    const { result } = await take([release(server)])
    expect(result).toMatchObject({ locator: 'release' })
    expect(performance.now() - started).toBeGreaterThan(990)
    // each time from the first address: the other one expires
    expect(server.seen.map(({ origin }) => origin)).toEqual(['front', 'store', 'front', 'store', 'front', 'store'])
  })

  it('that breaks off is asked again, and all that came is counted', async () => {
    await using server = await serveReleases(assets, { answers: [breaking(100_000), good], direct: true })
    const { result } = await take([release(server)])
    expect(result).toEqual({ locator: 'release', bytesFetched: asset.length + 100_000 })
  })

  it('never shows the address to which it redirects, nor a login', async () => {
    const lines: string[] = []
    const log = {
      ...silentLog,
      detail: (line: string) => void lines.push(line),
      info: (line: string) => void lines.push(line),
    }
    await using server = await serveReleases(assets, { answers: [status(403), status(503)] })
    const places = [release(server), mirror({ base: server.base.replace('//', '//me:geheim@') })]
    const [result] = await downloadAll([order(arm64, places)], { log, pauses })
    const told = [...lines, failureOf(result)?.message].join('\n')
    expect(told).toContain('answered 403')
    expect(told).toContain('answered 503')
    expect(told).not.toMatch(/secret|geheim|objects/)
  })
})

const other = emulator('aarch64', '10.0.13')
const hash = `the SHA-256 [0-9a-f]{64}, expected`
const refusals: [string, Answer, RegExp, number?][] = [
  ['with other bytes', lying(arm64.size), new RegExp(`delivered bytes with ${hash} ${arm64.sha256}$`)],
  [
    'with too few bytes',
    lying(100),
    new RegExp(`delivered 100 bytes with ${hash} ${arm64.size} with ${arm64.sha256}$`),
  ],
  [
    'that is cut short',
    cutShort(1_000_000),
    new RegExp(`is cut short: delivered \\d+ bytes with ${hash} ${arm64.size} with`),
  ],
  ['with a longer tail', longerTail(), /goes on after the end of its data$/],
  ['with an endless tail', longerTail(Buffer.alloc(30_000_000)), /answered more than 17\d+ bytes$/],
  ['with a bomb in it', bomb(), new RegExp(`unpacks to more than ${arm64.size} bytes: delivered`)],
  ['that is a page', instead(() => Buffer.from('<html>log in</html>')), /is not valid brotli data/],
  ['that is empty', cutShort(0), /is cut short: delivered 0 bytes/],
]

describe('an asset', () => {
  it.each(refusals)('%s is refused, and the next place is asked', async (_, answer, words) => {
    await using bad = await serveReleases(assets, { answers: [answer], direct: true })
    await using server = await serveReleases(assets)
    const { result } = await take([release(bad), release(server)])
    expect(result).toMatchObject({ locator: 'release' })
    expect([bad.seen.length, server.delivered.length]).toEqual([1, 1])
    const { failure } = await take([release(bad)])
    expect(failure).toMatchObject({ code: 'download-failed', message: expect.stringMatching(words) })
    expect(failure?.message).toContain(`\n  ${bad.base}/qemu-11.1.3`)
  })

  it('with other bytes is told of, also when the next place has the right ones', async () => {
    const lines: string[] = []
    const log = { ...silentLog, info: (line: string) => void lines.push(line) }
    await using bad = await serveReleases(assets, { answers: [lying(arm64.size)], direct: true })
    await using server = await serveReleases(assets)
    const [result] = await downloadAll([order(arm64, [release(bad), release(server)])], { log, pauses })
    expect(result).toMatchObject({ locator: 'release' })
    expect(lines).toEqual([
      expect.stringMatching(`^qemu-aarch64: ${bad.base}/.*delivered bytes with ${hash} ${arm64.sha256}`),
    ])
  })

  it('of another build under the tag is refused with both hashes', async () => {
    const swapped = new Map([[assetPath(arm64), await assetOf(other)]])
    await using server = await serveReleases(swapped)
    const { failure } = await take([release(server)])
    expect(failure?.message).toContain(`with the SHA-256 ${other.sha256}, expected ${arm64.size} with ${arm64.sha256}`)
  })
})

describe('a mirror', () => {
  /** Several emulators at once; the names of their locators. */
  async function takeThree(places: readonly NetworkPlace[]): Promise<string[]> {
    const folder = temporaryFolder()
    const results = await downloadAll(
      three.map((one) => order(one, places, folder)),
      { log: silentLog, pauses },
    )
    return results.map((result) => ('locator' in result ? result.locator : result.failure.message))
  }

  it('with assets is asked for nothing else', async () => {
    await using server = await serveReleases(all, { direct: true })
    expect(await takeThree([mirror(server)])).toEqual(['mirror', 'mirror', 'mirror'])
    expect(server.seen.map(({ path }) => path).sort()).toEqual([...all.keys()].sort())
  })

  it('that is a Debian archive is asked for one asset in vain, however many emulators are fetched', async () => {
    await using archive = await serve(file, withRanges)
    expect(await takeThree([mirror(archive)])).toEqual(['deb', 'deb', 'deb'])
    expect(archive.assetsAsked).toHaveLength(1)
    expect(await takeThree([mirror(archive)])).toEqual(['deb', 'deb', 'deb'])
    expect(archive.assetsAsked).toHaveLength(1)
    expect(new Set(archive.seen.map(({ url }) => url))).toEqual(
      new Set([`/debian/${from.path.replaceAll('+', '%2B')}`]),
    )
  })

  it.each([
    ['204', status(204)],
    ['400', status(400)],
    ['403', status(403)],
    ['405', status(405)],
    ['with a redirect to nowhere', status(302, { location: '/login' })],
    ['with a redirect to what is no web address', status(302, { location: 'file:///srv' })],
  ])('that answers %s where it has no file may be a Debian archive', async (_, none) => {
    const answer: Answer = (response, content, request) =>
      request.url?.endsWith('.deb') ? withRanges(request, response, file) : none(response, content, request)
    await using archive = await serveReleases(new Map(), { answers: [answer] })
    expect((await take([mirror(archive)])).result).toMatchObject({ locator: 'deb' })
  })

  it('behind a login gets it again where it redirects to itself, and nobody else gets it', async () => {
    const answers: Answer[] = [
      (response, _, request) =>
        response.writeHead(302, { location: `http://${request.headers.host}/there/${assetPath(arm64)}` }).end(),
      (response, content, request) => {
        const [scheme, login = ''] = request.headers.authorization?.split(' ') ?? []
        const isKnown = scheme === 'Basic' && Buffer.from(login, 'base64').toString() === 'me:sec@ret'
        ;(isKnown ? good : status(401))(response, content, request)
      },
    ]
    await using server = await serveReleases(assets, { answers, direct: true })
    const base = server.base.replace('//', '//me:sec%40ret@')
    expect((await take([mirror({ base })])).result).toMatchObject({ locator: 'mirror' })
    const logins: (string | undefined)[] = []
    const stranger: Answer = (response, content, request) => {
      logins.push(request.headers.authorization)
      good(response, content, request)
    }
    await using other = await serveReleases(assets, { answers: [stranger], direct: true })
    const away = status(302, { location: `${other.base}/${assetPath(arm64)}` })
    await using redirecting = await serveReleases(assets, { answers: [away], direct: true })
    await take([mirror({ base: redirecting.base.replace('//', '//me:geheim@') })])
    expect(logins).toEqual([undefined])
  })

  it('that has only some of the assets gives these', async () => {
    const some: Assets = new Map([...all].slice(1))
    await using partial = await serveReleases(some, { direct: true })
    await using archive = await serve(file, withRanges)
    expect(await takeThree([mirror(partial), apt(archive)])).toEqual(['deb', 'mirror', 'mirror'])
  })

  it('that has neither is told with both answers', async () => {
    await using nothing = await serveReleases(new Map())
    const { failure } = await take([mirror(nothing)])
    expect(failure?.message.split('\n')).toEqual([
      expect.stringContaining('could not be downloaded (2 places tried)'),
      expect.stringMatching(/\/pool\/.*\.deb: answered 404 Not Found$/),
      expect.stringMatching(/\/qemu-11[^/]*\/qemu-aarch64-.*\.br: answered 404 Not Found$/),
    ])
    expect(failure?.hint).toMatch(/set mirror .* folder .*, or set https_proxy/)
  })

  it('that cannot be reached is not asked for each file', async () => {
    await using gone = await serveReleases(all)
    await gone[Symbol.asyncDispose]()
    const { failure } = await take([mirror(gone)])
    expect(failure?.message.split('\n')).toEqual([
      expect.stringContaining('(1 place tried)'),
      expect.stringMatching(/ECONNREFUSED .* \(tried 3 times\)$/),
    ])
  })
})

it('packed and unpacked it is the file that the package has', async () => {
  const path = await emulatorPath('aarch64')
  expect(readFileSync(path).length).toBe(arm64.size)
})
