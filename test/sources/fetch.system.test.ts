import { execFileSync } from 'node:child_process'
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { dirname } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { rangeRequestsFor } from '../../src/core/sources/range-request.js'
import { executablesFrom } from '../../src/sources/deb.js'
import { bytesFrom, FetchError } from '../../src/sources/http.js'
import { cachePath, place } from '../../src/sources/store.js'
import { CorruptError, decoded } from '../../src/sources/xz-decoder.js'
import { toolOnPath } from '../../src/system/program.js'
import {
  type Archive,
  type Behaviour,
  makeArchive,
  rangeOf,
  serve,
  withoutRanges,
  withRanges,
} from '../support/archive/archive.js'
import { cleanAfterEach, temporaryFolder } from '../support/kernel/table.js'

cleanAfterEach()

const { file, emulator, content }: Archive = makeArchive()

const status =
  (code: number): Behaviour =>
  (_, response) =>
    void response.writeHead(code).end('<html>no</html>')

/** Fetches the emulator into `path`; `counts` gets the bytes that came. */
async function fetchTo(path: string, base: string, counts: number[] = []): Promise<void> {
  const [request] = rangeRequestsFor([emulator])
  if (request === undefined) throw new Error('no range request')
  const onBytes = (accounted: readonly { bytes: number }[]) => counts.push(...accounted.map(({ bytes }) => bytes))
  for await (const { bytes } of executablesFrom(`${base}/x`, request, onBytes)) await place(path, emulator, bytes)
}

/** What came of one fetch: the emulator's path, and how many bytes the network gave. */
async function fetchFrom(base: string) {
  const counts: number[] = []
  const path = cachePath(temporaryFolder(), emulator)
  await fetchTo(path, base, counts)
  return { path, bytes: counts.reduce((sum, count) => sum + count, 0) }
}

describe('fetching an emulator', () => {
  it('takes only the blocks that hold it', async () => {
    await using server = await serve(file, withRanges)
    const { path, bytes } = await fetchFrom(server.base)
    expect(readFileSync(path).equals(content)).toBe(true)
    expect(statSync(path).mode & 0o777).toBe(0o755)
    expect(bytes).toBeLessThan(file.length / 2)
    expect(server.seen).toHaveLength(1)
  })

  it('from a server without ranges passes over the start and leaves at the end', async () => {
    await using server = await serve(file, withoutRanges)
    const { path, bytes } = await fetchFrom(server.base)
    expect(readFileSync(path).equals(content)).toBe(true)
    // what is passed over came, too
    expect(bytes).toBeGreaterThan(file.length / 2)
    expect(bytes).toBeLessThan(file.length)
  })

  it('works without the host’s xz', async () => {
    await using server = await serve(file, withRanges)
    const before = process.env.PATH
    process.env.PATH = '/nowhere'
    try {
      expect(toolOnPath('xz')).toBeUndefined()
      // two at once: one decoder must not keep the other waiting for ever
      const both = await Promise.all([fetchFrom(server.base), fetchFrom(server.base)])
      for (const { path } of both) expect(readFileSync(path).equals(content)).toBe(true)
    } finally {
      process.env.PATH = before
    }
  })

  it('follows a redirect', async () => {
    await using server = await serve(
      file,
      (_, response) => void response.writeHead(302, { location: '/elsewhere' }).end(),
      withRanges,
    )
    expect(readFileSync((await fetchFrom(server.base)).path).equals(content)).toBe(true)
    expect(server.seen.map(({ url }) => url)).toEqual(['/debian/x', '/elsewhere'])
  })

  const flipped: Behaviour = (request, response, whole) => {
    const copy = Buffer.from(whole)
    const { start } = rangeOf(request, copy)
    copy[start + 150_000] = (copy[start + 150_000] ?? 0) ^ 1
    withRanges(request, response, copy)
  }
  const otherRange: Behaviour = (_, response, whole) => {
    response.writeHead(206, { 'content-range': `bytes 0-9/${whole.length}` }).end(whole.subarray(0, 10))
  }
  const otherSize: Behaviour = (request, response, whole) => {
    const { start, bytes } = rangeOf(request, whole)
    response.writeHead(206, { 'content-range': `bytes ${start}-${start + bytes.length - 1}/99` }).end(bytes)
  }
  const short: Behaviour = (request, response, whole) => {
    const { start, bytes } = rangeOf(request, whole)
    const range = `bytes ${start}-${start + bytes.length - 1}/${whole.length}`
    response.writeHead(206, { 'content-range': range, 'transfer-encoding': 'chunked' }).end(bytes.subarray(0, 200_000))
  }
  const broken: Behaviour = (request, response, whole) => {
    const { start, bytes } = rangeOf(request, whole)
    response.writeHead(206, {
      'content-range': `bytes ${start}-${start + bytes.length - 1}/${whole.length}`,
      'content-length': bytes.length,
    })
    response.write(bytes.subarray(0, 100_000), () => response.destroy())
  }
  it.each<[string, Behaviour, RegExp]>([
    ['a flipped byte', flipped, /xz ended with exit status 1|SHA-256/],
    ['404', status(404), /answered 404/],
    ['503', status(503), /answered 503/],
    ['a page of HTML', (_, response) => void response.writeHead(200).end('<html>log in</html>'), /ended after 0 of/],
    ['a range nobody asked for', otherRange, /answered 206 with the range "bytes 0-9/],
    ['a file of another size', otherSize, /has a file of 99 bytes, expected/],
    ['a short body', short, /ended after 200000 of/],
    ['a broken connection', broken, /broke off after \d+ of/],
  ])('refuses %s, and leaves nothing', async (_, behaviour, message) => {
    await using server = await serve(file, behaviour)
    const path = cachePath(temporaryFolder(), emulator)
    await expect(fetchTo(path, server.base)).rejects.toThrow(message)
    expect(readdirSync(dirname(path))).toEqual([])
  })

  it('gives up a server that says nothing, or falls silent', async () => {
    const all = async (base: string) => {
      for await (const chunk of bytesFrom(base, 0, 1000, file.length, { silenceMs: 200 }))
        expect(chunk.length).toBeGreaterThan(0)
    }
    await using silent = await serve(file, () => undefined)
    await expect(all(silent.base)).rejects.toThrow(/no (?:byte|answer) for 0.2 s/)
    const half: Behaviour = (_, response, whole) => {
      response.writeHead(206, { 'content-range': `bytes 0-999/${whole.length}` }).write(whole.subarray(0, 500))
    }
    await using fading = await serve(file, half)
    await expect(all(fading.base)).rejects.toThrow(/broke off after 500 of 1000 bytes: no byte for 0.2 s/)
  })

  it('does not follow redirects for ever, nor out of the web', async () => {
    await using round = await serve(file, (_, response) => void response.writeHead(302, { location: '/again' }).end())
    await expect(bytesFrom(round.base, 0, 9, file.length).next()).rejects.toThrow('redirected more than 5 times')
    await using out = await serve(
      file,
      (_, response) => void response.writeHead(302, { location: 'file:///etc/passwd' }).end(),
    )
    await expect(bytesFrom(out.base, 0, 9, file.length).next()).rejects.toThrow('no web address')
  })

  it('tells a refused connection as one that may be tried again', async () => {
    const server = await serve(file, withRanges)
    await server[Symbol.asyncDispose]()
    await expect(bytesFrom(server.base, 0, 10, file.length).next()).rejects.toMatchObject({
      retriable: true,
      message: expect.stringContaining('ECONNREFUSED'),
    })
  })
})

describe('a proxy', () => {
  const before = { ...process.env }
  beforeAll(() => {
    delete process.env.no_proxy
    delete process.env.NO_PROXY
  })
  afterAll(() => {
    process.env = before
  })

  it('of http_proxy is used, and not for hosts in no_proxy', async () => {
    await using server = await serve(file, withRanges)
    process.env.http_proxy = `http://127.0.0.1:${server.port}`
    const through: Uint8Array[] = []
    for await (const chunk of bytesFrom('http://archive.invalid/debian/x', 0, 10, file.length)) through.push(chunk)
    expect(Buffer.concat(through)).toEqual(file.subarray(0, 10))
    expect(server.seen[0]?.url).toBe('http://archive.invalid/debian/x')
    process.env.no_proxy = 'archive.invalid'
    await expect(bytesFrom('http://archive.invalid/debian/x', 0, 10, file.length).next()).rejects.toThrow(
      /archive.invalid/,
    )
  })
})

describe('decoding', () => {
  async function* fails(): AsyncGenerator<Uint8Array> {
    yield file.subarray(1000, 200_000)
    throw new Error('the source broke')
  }
  async function* garbage(): AsyncGenerator<Uint8Array> {
    yield Buffer.alloc(100_000, 7)
  }

  it.each([
    ['by the host', toolOnPath('xz')],
    ['by WebAssembly', undefined],
  ])('%s passes on what the source throws, and names what is no xz', async (_, xz) => {
    const all = async (source: AsyncIterable<Uint8Array>) => {
      for await (const chunk of decoded(source, xz)) expect(chunk.length).toBeGreaterThan(0)
    }
    await expect(all(fails())).rejects.toThrow('the source broke')
    await expect(all(garbage())).rejects.toThrow(/xz ended with exit status 1|.+/)
  })

  it('by WebAssembly leaves the event loop to timers and signals, however much a few bytes unpack to', async () => {
    const zeros = execFileSync('sh', ['-c', 'head -c 50000000 /dev/zero | xz'], { maxBuffer: 1 << 20 })
    async function* once(): AsyncGenerator<Uint8Array> {
      yield zeros
    }
    let ticks = 0
    let bytes = 0
    const timer = setInterval(() => ticks++, 5)
    for await (const chunk of decoded(once(), undefined)) bytes += chunk.length
    clearInterval(timer)
    expect([zeros.length < 10_000, bytes]).toEqual([true, 50_000_000])
    expect(ticks).toBeGreaterThan(10)
  })

  it('gives no dictionary of a gigabyte to a few bytes that ask for it', async () => {
    const asks = execFileSync('sh', ['-c', 'printf x | xz --lzma2=dict=1GiB'])
    async function* once(): AsyncGenerator<Uint8Array> {
      yield asks
    }
    for (const xz of [toolOnPath('xz'), undefined])
      await expect(decoded(once(), xz).next()).rejects.toThrow(CorruptError)
  })

  it('by the host names bytes that are no xz, whatever the source is about when xz gives up', async () => {
    /** Goes on giving after xz has ended; what is thrown into it looks like a failure of its own, as one of a connection. */
    async function* goesOn(pauseMs: number): AsyncGenerator<Uint8Array> {
      try {
        for (let times = 0; times < 200; times++) {
          yield Buffer.alloc(65_536, 7)
          if (pauseMs > 0) await sleep(pauseMs)
        }
      } catch (error) {
        throw new FetchError(`broke off: ${error}`, true, { kind: 'network' })
      }
    }
    for (let run = 0; run < 40; run++) {
      const chunks = decoded(goesOn(run % 3), toolOnPath('xz'))
      await expect(chunks.next()).rejects.toThrow(CorruptError)
    }
  })
})
