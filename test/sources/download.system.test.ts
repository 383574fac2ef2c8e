import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import type { ServerResponse } from 'node:http'
import { dirname } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { rangeRequestsFor } from '../../src/core/sources/range-request.js'
import type { DownloadOrder } from '../../src/sources/attempt.js'
import { type DownloadResult, downloadAll } from '../../src/sources/download.js'
import { cachePath } from '../../src/sources/store.js'
import { toolOnPath } from '../../src/system/program.js'
import { type Behaviour, rangeOf, requestedRanges, serve, where, withRanges } from '../support/archive/archive.js'
import { makePackage } from '../support/archive/ten-emulators.js'
import { cleanAfterEach, temporaryFolder } from '../support/kernel/table.js'
import { silentLog } from '../support/programs/emulators.js'

cleanAfterEach()

// in MiB; what follows the last of each request ends with its block, so that nothing is left when the last byte is there
const { file, members, borders } = makePackage([
  [0, 0.5],
  [0.5, 1],
  [1.5, 0.5],
  [4, 1],
  [6.25, 0.5],
  [6.75, 0.25],
  [9, 2],
  [11, 0.5],
  [11.5, 0.5],
  [14.5, 0.5],
])
const emulators = members.map(({ emulator }) => emulator)
const pauses = { firstPauseMs: 5, longestPauseMs: 1000 }

/** Orders for these members, from these bases. */
function ordersFrom(bases: readonly string[], which = [...emulators.keys()]): DownloadOrder[] {
  const folder = temporaryFolder()
  const places = bases.map((base) => ({ kind: 'apt' as const, base }))
  return which.map((at) => {
    const emulator = emulators[at] as (typeof emulators)[number]
    return { emulator, path: cachePath(folder, emulator), places }
  })
}

/** Names of those that are in their place, each with its right bytes. */
function placed(orders: readonly DownloadOrder[]): string[] {
  return orders.flatMap(({ emulator, path }) => {
    if (!existsSync(path)) return []
    const content = members[emulators.indexOf(emulator)]?.content
    if (content === undefined || !readFileSync(path).equals(content)) throw new Error(`${path} has wrong bytes`)
    return [emulator.binary]
  })
}

const failureOf = (result: DownloadResult | undefined) =>
  result !== undefined && 'failure' in result ? result.failure : undefined
const sum = (results: readonly DownloadResult[]) => results.reduce((total, { bytesFetched }) => total + bytesFetched, 0)
const names = (which: readonly number[]) => which.map((at) => `qemu-m${at}`)
const all = names([...emulators.keys()])
const allBut = (...which: number[]) => all.filter((name) => !names(which).includes(name))

const middleOf = (block: number) => Math.floor(((borders[block] ?? 0) + (borders[block + 1] ?? 0)) / 2)

function damagedAt(at: number): Behaviour {
  return (request, response, whole) => {
    const copy = Buffer.from(whole)
    copy.writeUInt8(copy.readUInt8(at) ^ 1, at)
    withRanges(request, response, copy)
  }
}

/** Answers with what comes up to a little after block 11 begins, and with the rest when `first` is in its place, or after long waiting. */
function inTwo({ path }: DownloadOrder, then: (response: ServerResponse, rest: Buffer) => void): Behaviour {
  return async (request, response, whole) => {
    const { start, bytes } = rangeOf(request, whole)
    const range = `bytes ${start}-${start + bytes.length - 1}/${whole.length}`
    const border = (borders[11] ?? 0) - start + 200_000
    response.writeHead(206, { 'content-range': range, 'content-length': bytes.length })
    response.write(bytes.subarray(0, border))
    for (let waits = 0; waits < 250 && !existsSync(path); waits++) await sleep(20)
    then(response, bytes.subarray(border))
  }
}

/** The same orders, from one base. */
const servedBy = (base: string, orders: readonly DownloadOrder[]) =>
  orders.map((one) => ({ ...one, places: [{ kind: 'apt' as const, base }] }))

const missing: Behaviour = (_, response) => void response.writeHead(404).end()

describe('ten emulators of one package', () => {
  it('take few requests, no byte twice and none in between; their bytes add up to what was received', async () => {
    await using server = await serve(file, withRanges)
    const orders = ordersFrom([server.base])
    const results = await downloadAll(orders, { log: silentLog, pauses })
    expect(placed(orders)).toEqual(all)
    const { bytes, once, starts } = requestedRanges(server.seen)
    expect(once).toBe(true)
    expect(starts).toEqual([0, 4, 6, 9, 14].map((block) => borders[block]))
    expect(server.seen).toHaveLength(rangeRequestsFor(emulators).length)
    // the check of a last block may still be on its way when its last byte is there
    expect(bytes - sum(results)).toBeLessThan(64)
    expect(bytes - sum(results)).toBeGreaterThanOrEqual(0)
    expect(results.map(({ bytesFetched }) => Math.round(bytesFetched / 2 ** 20))).toEqual([
      1, 1, 0, 1, 1, 0, 2, 1, 0, 1,
    ])
  })

  it('come without the host’s xz, too', async () => {
    await using server = await serve(file, withRanges)
    const orders = ordersFrom([server.base])
    const before = process.env.PATH
    process.env.PATH = '/nowhere'
    try {
      expect(toolOnPath('xz')).toBeUndefined()
      await downloadAll(orders, { log: silentLog, pauses })
    } finally {
      process.env.PATH = before
    }
    expect(placed(orders)).toEqual(all)
  })

  it('are fetched with at most four requests at once', async () => {
    let open = 0
    let most = 0
    const slowly: Behaviour = async (request, response, whole) => {
      most = Math.max(most, ++open)
      response.once('close', () => open--)
      // the first ones wait for a fourth, however slow the machine is, and then a little for a fifth
      for (let waits = 0; waits < 500 && most < 4; waits++) await sleep(20)
      await sleep(100)
      withRanges(request, response, whole)
    }
    await using server = await serve(file, slowly)
    await downloadAll(ordersFrom([server.base]), { log: silentLog, pauses })
    expect(most).toBe(4)
  })

  it('are each stored as soon as they are complete', async () => {
    const orders = ordersFrom(['http://127.0.0.1:9'], [6, 8])
    const [first, last] = orders as [DownloadOrder, DownloadOrder]
    const seenEarly: boolean[] = []
    const behaviour = inTwo(first, (response, rest) => {
      seenEarly.push(existsSync(first.path), existsSync(last.path))
      response.end(rest)
    })
    await using server = await serve(file, behaviour)
    await downloadAll(servedBy(server.base, orders), { log: silentLog, pauses })
    expect([seenEarly, placed(orders)]).toEqual([[true, false], names([6, 8])])
  })
})

describe('a failed download does not affect the others', () => {
  it('where its bytes are damaged: only those that need them are fetched from the next mirror', async () => {
    // of the request for 0, 1 and 2 block 0 is damaged where 0 lies
    const at = (borders[0] ?? 0) + 200_000
    await using bad = await serve(file, where(at, damagedAt(at)))
    await using good = await serve(file, withRanges)
    const orders = ordersFrom([bad.base, good.base])
    const results = await downloadAll(orders, { log: silentLog, pauses })
    expect([placed(orders), results.filter((result) => 'failure' in result)]).toEqual([all, []])
    // block 0 holds a part of 1, too
    expect(good.seen.map(({ headers }) => headers.range)).toEqual([`bytes=${borders[0]}-${(borders[2] ?? 0) - 1}`])
  })

  it('where its bytes are damaged everywhere, or there is no such file: each has its own answers', async () => {
    const damaged = middleOf(9)
    const refused = middleOf(4)
    const behaviour = where(refused, missing)
    const both: Behaviour = (request, response, whole) => {
      const { start, bytes } = rangeOf(request, whole)
      const isDamaged = start <= damaged && damaged < start + bytes.length
      return (isDamaged ? damagedAt(damaged) : behaviour)(request, response, whole)
    }
    await using server = await serve(file, both)
    const orders = ordersFrom([server.base])
    const results = await downloadAll(orders, { log: silentLog, pauses })
    expect(placed(orders)).toEqual(allBut(3, 6))
    expect(
      results.flatMap((result, place) => {
        const failure = failureOf(result)
        return failure ? [[place, failure.code, failure.message]] : []
      }),
    ).toEqual([
      [3, 'download-failed', expect.stringContaining('/pool/q.deb: answered 404')],
      [6, 'download-failed', expect.stringMatching(/q\.deb: (gave damaged bytes|delivered bytes with the SHA-256)/)],
    ])
    for (const at of [3, 6]) expect(readdirSync(dirname((orders[at] as DownloadOrder).path))).toEqual([])
  })

  it('where the connection breaks: what was whole is not asked for again', async () => {
    const orders = ordersFrom(['http://127.0.0.1:9'], [6, 7, 8])
    const broken = inTwo(orders[0] as DownloadOrder, (response) => response.destroy())
    await using server = await serve(file, broken, withRanges)
    const results = await downloadAll(servedBy(server.base, orders), { log: silentLog, pauses })
    expect(placed(orders)).toEqual(names([6, 7, 8]))
    expect(server.seen.map(({ headers }) => headers.range)).toEqual([
      `bytes=${borders[9]}-${(borders[12] ?? 0) - 1}`,
      `bytes=${borders[11]}-${(borders[12] ?? 0) - 1}`,
    ])
    expect(sum(results)).toBeGreaterThan(requestedRanges(server.seen).bytes - 2 ** 20)
  })

  it('where its place cannot be written to', async () => {
    await using server = await serve(file, withRanges)
    const orders = ordersFrom([server.base])
    const { path } = orders[1] as DownloadOrder
    mkdirSync(dirname(dirname(path)), { recursive: true })
    writeFileSync(dirname(path), 'a file where the folder should be')
    const results = await downloadAll(orders, { log: silentLog, pauses })
    expect(failureOf(results[1])?.code).toBe('cache-unwritable')
    expect(placed(orders)).toEqual(allBut(1))
    expect(server.seen).toHaveLength(5)
  })

  it('a login in a mirror’s address is used, but never shown', async () => {
    const authorizations: (string | undefined)[] = []
    await using server = await serve(file, (request, response) => {
      authorizations.push(request.headers.authorization)
      response.writeHead(503).end()
    })
    const lines: string[] = []
    const log = { ...silentLog, detail: (line: string) => void lines.push(line) }
    const orders = ordersFrom([server.base.replace('//', '//me:secret@')], [3])
    const [result] = await downloadAll(orders, { log, pauses })
    expect(authorizations[0]).toBe(`Basic ${btoa('me:secret')}`)
    expect(failureOf(result)?.message).toContain(`${server.base}/`)
    expect([...lines, failureOf(result)?.message].join('\n')).not.toContain('secret')
    expect(lines.length).toBeGreaterThan(2)
  })

  it('waits as long as a busy server asks, up to a limit', async () => {
    const busy =
      (after: string): Behaviour =>
      (_, response) =>
        void response.writeHead(503, { 'retry-after': after }).end()
    await using short = await serve(file, busy('1'), withRanges)
    const started = performance.now()
    const orders = ordersFrom([short.base], [3])
    await downloadAll(orders, { log: silentLog, pauses })
    expect(placed(orders)).toEqual(names([3]))
    expect(performance.now() - started).toBeGreaterThan(990)
    await using long = await serve(file, busy('3600'))
    const [result] = await downloadAll(ordersFrom([long.base], [3]), { log: silentLog, pauses })
    expect(failureOf(result)?.message).toContain('answered 503 Service Unavailable, and asks to wait 3600 s')
    expect(long.seen).toHaveLength(1)
  })
})
