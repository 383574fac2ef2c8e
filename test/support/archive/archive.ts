// A small package archive on loopback: a real xz stream of several blocks inside a file, served like real servers do, or badly.
import { execFileSync } from 'node:child_process'
import { createHash, randomBytes } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { placedBlocks, xzIndex } from '../../../scripts/catalog/xz-index.js'
import type { CatalogEmulator } from '../../../src/core/model/catalog.js'
import { temporaryFolder } from '../kernel/table.js'

const hash = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex')

/** A package with one emulator. */
export interface Archive {
  /** The package file's bytes: 1000 others, an xz stream, 50 others. */
  readonly file: Buffer
  /** A fake emulator of 700 kB in the middle of the stream, with its row of the catalog. */
  readonly emulator: CatalogEmulator
  readonly content: Buffer
}

/** Makes a package of 2 MB in blocks of 256 KiB, with the host's xz. */
export function makeArchive(): Archive {
  const data = Buffer.concat([
    randomBytes(1_000_000),
    Buffer.alloc(300_000, 'text that packs well '),
    randomBytes(700_000),
  ])
  const folder = temporaryFolder()
  writeFileSync(join(folder, 'data'), data)
  const stream = execFileSync('xz', ['-T2', '--block-size=262144', '-c', join(folder, 'data')], { maxBuffer: 1 << 26 })
  const file = Buffer.concat([randomBytes(1000), stream, randomBytes(50)])
  const { check, blocks } = xzIndex(stream, stream.length)
  const content = data.subarray(700_000, 1_400_000)
  const sha256 = hash(content)
  const from = {
    ...{
      version: '11.1.3',
      build: 'Debian 1:11.1.3+ds-1',
      host: 'amd64',
      suite: 'x',
      archive: 'debian',
      package: 'qemu-user',
      path: 'pool/q+1.deb',
      snapshot: '20260101T000000Z',
    },
    ...{
      size: file.length,
      sha256: hash(file),
      check,
      blocks: placedBlocks(blocks, 1000),
      emulators: [['qemu-aarch64', 700_000, 700_000, sha256] as const],
    },
  }
  const emulator: CatalogEmulator = {
    binary: 'qemu-aarch64',
    sha256,
    size: 700_000,
    qemuVersion: '11.1.3',
    build: 'Debian 1:11.1.3+ds-1',
    host: 'amd64',
    offset: 700_000,
    package: from,
  }
  return { file, emulator, content }
}

/** How a server answers a request for `file`. */
export type Behaviour = (request: IncomingMessage, response: ServerResponse, file: Buffer) => void

/** The bytes of a request's range; all bytes when it has none. */
export function rangeOf(request: IncomingMessage, file: Buffer): { start: number; bytes: Buffer } {
  const found = /^bytes=(\d+)-(\d+)$/.exec(request.headers.range ?? '')
  const start = Number(found?.[1] ?? 0)
  return { start, bytes: file.subarray(start, found === null ? file.length : Number(found[2]) + 1) }
}

/** Sends the requested range. */
export const withRanges: Behaviour = (request, response, file) => {
  const { start, bytes } = rangeOf(request, file)
  const headers = {
    'content-range': `bytes ${start}-${start + bytes.length - 1}/${file.length}`,
    'content-length': bytes.length,
  }
  response.writeHead(206, headers).end(bytes)
}

/** Ignores the requested range and sends the whole file. */
export const withoutRanges: Behaviour = (_, response, file) => {
  response.writeHead(200, { 'content-length': file.length })
  response.end(file)
}

/** `behaviour` for requests that include the byte at offset `at`, `other` for all others. */
export function where(at: number, behaviour: Behaviour, other = withRanges): Behaviour {
  return (request, response, whole) => {
    const { start, bytes } = rangeOf(request, whole)
    const isThere = start <= at && at < start + bytes.length
    return (isThere ? behaviour : other)(request, response, whole)
  }
}

/**
 * Serves a file on loopback: one behaviour per request, the last one for all further ones. `seen` lists the requests. It has no release assets, as no
 * archive of Debian's has: `assetsAsked` lists what was asked for in vain.
 */
export async function serve(file: Buffer, ...behaviours: Behaviour[]) {
  const seen: { url: string; headers: IncomingMessage['headers'] }[] = []
  const assetsAsked: string[] = []
  const server = createServer((request, response) => {
    if (request.url?.endsWith('.br')) {
      assetsAsked.push(request.url)
      response.writeHead(404).end()
      return
    }
    seen.push({ url: request.url ?? '', headers: request.headers })
    const behaviour = behaviours[Math.min(seen.length, behaviours.length) - 1]
    behaviour?.(request, response, file)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    base: `http://127.0.0.1:${port}/debian`,
    port,
    seen,
    assetsAsked,
    [Symbol.asyncDispose]: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

/** Summary of the ranges that were requested of one file. */
export interface RequestedRanges {
  /** Total size of all ranges. */
  readonly bytes: number
  /** Whether no byte was requested twice. */
  readonly once: boolean
  /** Offset of each range, in ascending order. */
  readonly starts: readonly number[]
}

/** Summarizes the requests that a server has `seen`. Throws when one has no range. */
export function requestedRanges(seen: readonly { readonly headers: IncomingMessage['headers'] }[]): RequestedRanges {
  const ranges = seen.map(({ headers }) => {
    const [, start, last] = /^bytes=(\d+)-(\d+)$/.exec(headers.range ?? '') ?? []
    if (start === undefined || last === undefined) throw new Error(`no range was asked for, but ${headers.range}`)
    return { start: Number(start), end: Number(last) + 1 }
  })
  const inOrder = ranges.toSorted((one, other) => one.start - other.start)
  return {
    bytes: ranges.reduce((total, { start, end }) => total + end - start, 0),
    once: inOrder.every(({ start }, at) => at === 0 || start >= (inOrder[at - 1]?.end ?? 0)),
    starts: inOrder.map(({ start }) => start),
  }
}
