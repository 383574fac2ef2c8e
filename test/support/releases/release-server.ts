// A server of releases on loopback, as GitHub's: an asset's address redirects to an object store, which is another origin, with an address that expires.
// It can also be silent, slow, busy, lie, or send what is no asset. For any place that has assets: a release, a mirror, a forge of another kind.
import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { createServer as createSecureServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { brotliCompressSync, constants } from 'node:zlib'
import { packed } from '../../../scripts/release/packed.js'
import type { CatalogEmulator } from '../../../src/core/model/catalog.js'
import { assetName, releaseTag } from '../../../src/core/sources/release.js'
import { emulatorPath } from '../programs/emulators.js'

/** Assets by their path in a place: `TAG/ASSET`. */
export type Assets = ReadonlyMap<string, Buffer>

/** The path of an emulator's asset in a place: `TAG/ASSET`, as in a folder, not encoded. */
export function assetPath(emulator: CatalogEmulator): string {
  return `${releaseTag(emulator.build)}/${assetName(emulator)}`
}

const packedOnce = new Map<string, Buffer>()

/** The asset of a real emulator of the warm cache, packed in a hurry. */
export async function assetOf(emulator: CatalogEmulator): Promise<Buffer> {
  const known = packedOnce.get(emulator.sha256)
  if (known !== undefined) return known
  const path = await emulatorPath(emulator.binary.replace('qemu-', ''), emulator.qemuVersion)
  const asset = packed(readFileSync(path), 1)
  packedOnce.set(emulator.sha256, asset)
  return asset
}

/** The assets of real emulators. */
export async function assetsOf(...emulators: readonly CatalogEmulator[]): Promise<Assets> {
  const assets = new Map<string, Buffer>()
  for (const emulator of emulators) assets.set(assetPath(emulator), await assetOf(emulator))
  return assets
}

/** How an origin answers a request for an asset; undefined: it has none of that path. */
export type Answer = (response: ServerResponse, asset: Buffer | undefined, request: IncomingMessage) => unknown

/** Sends the asset, or 404. */
export const good: Answer = (response, asset) => {
  if (asset === undefined) response.writeHead(404).end('Not Found')
  else response.writeHead(200, { 'content-length': asset.length }).end(asset)
}

/** Accepts the connection, reads the request, and says nothing. */
export const silent: Answer = () => undefined

/** Sends so many bytes, and then nothing. */
export const silentAfter =
  (bytes: number): Answer =>
  (response, asset = Buffer.alloc(0)) => {
    response.writeHead(200, { 'content-length': asset.length }).write(asset.subarray(0, bytes))
  }

/** Sends so many bytes a second, in tenths. */
export const trickling =
  (bytesPerSecond: number): Answer =>
  async (response, asset = Buffer.alloc(0)) => {
    response.writeHead(200, { 'content-length': asset.length })
    const step = Math.max(1, Math.round(bytesPerSecond / 10))
    for (let at = 0; at < asset.length && !response.destroyed; at += step) {
      response.write(asset.subarray(at, at + step))
      await sleep(100)
    }
    response.end()
  }

/** Answers late, and then well. */
export const late =
  (ms: number, answer = good): Answer =>
  async (response, asset, request) => {
    await sleep(ms)
    if (!response.destroyed) answer(response, asset, request)
  }

/** Answers with a status, such as 429 with Retry-After. */
export const status =
  (code: number, headers: Readonly<Record<string, string>> = {}): Answer =>
  (response) =>
    void response.writeHead(code, headers).end(`<html>${code}</html>`)

/** Sends other bytes than the asset's, as a whole and valid body. */
export const instead =
  (other: (asset: Buffer) => Buffer): Answer =>
  (response, asset, request) =>
    good(response, asset === undefined ? undefined : other(asset), request)

/** A brotli stream of as many other bytes as `size` says. */
export const lying = (size: number): Answer => instead(() => packed(Buffer.alloc(size, 'a lie '), 1))

/** What was copied only in part, and is whole for HTTP. */
export const cutShort = (bytes: number): Answer => instead((asset) => asset.subarray(0, bytes))

/** The asset, and something behind it. */
export const longerTail = (tail = Buffer.from('and more')): Answer => instead((asset) => Buffer.concat([asset, tail]))

/** A few bytes that unpack to `megabytes` of zeros. */
export const bomb = (megabytes = 512): Answer =>
  instead(() => brotliCompressSync(Buffer.alloc(megabytes << 20), { params: { [constants.BROTLI_PARAM_QUALITY]: 1 } }))

/** Breaks the connection after so many bytes. */
export const breaking =
  (bytes: number): Answer =>
  (response, asset = Buffer.alloc(0)) => {
    response.writeHead(200, { 'content-length': asset.length })
    response.write(asset.subarray(0, bytes), () => response.destroy())
  }

/** A request for an asset. */
export interface Asked {
  /** `TAG/ASSET`. */
  readonly path: string
  /** `front` redirects; `store` has the bytes, as `front` has where nothing is redirected. */
  readonly origin: 'front' | 'store'
  readonly url: string
  /** Whether the client left before the answer was complete; undefined while it goes on. */
  left?: boolean
}

/** A certificate of its own, for `localhost`. */
export interface Certificate {
  readonly key: Buffer
  readonly cert: Buffer
  /** Its file, for NODE_EXTRA_CA_CERTS. */
  readonly file: string
}

/** Makes a certificate by openssl, in a folder. */
export function makeCertificate(folder: string): Certificate {
  const [key, file] = [join(folder, 'key'), join(folder, 'cert')]
  const subject = ['-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost', '-days', '2']
  execFileSync('openssl', ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-keyout', key, '-out', file, ...subject], {
    stdio: 'ignore',
  })
  return { key: readFileSync(key), cert: readFileSync(file), file }
}

export interface ReleaseServerOptions {
  /** How requests for an asset are answered: the first by the first, all further ones by the last. */
  readonly answers?: readonly Answer[]
  /** The bytes come from where they are asked for, and not from an object store. */
  readonly direct?: true
  /** Both origins speak https. */
  readonly certificate?: Certificate
}

let repositories = 0

/** Serves assets below any path: the last two words of an address are tag and asset. */
export async function serveReleases(
  assets: Assets,
  { answers = [good], direct, certificate }: ReleaseServerOptions = {},
) {
  const seen: Asked[] = []
  let answered = 0
  const asked = (origin: Asked['origin'], { url = '' }: IncomingMessage, response: ServerResponse): Asked => {
    const { pathname } = new URL(url, 'http://localhost')
    const path = pathname.split('/').slice(-2).map(decodeURIComponent).join('/')
    const one: Asked = { path, origin, url }
    seen.push(one)
    response.on('close', () => {
      one.left = !response.writableFinished
    })
    return one
  }
  const deliver = (path: string, request: IncomingMessage, response: ServerResponse) => {
    const answer = answers[Math.min(answered++, answers.length - 1)]
    answer?.(response, assets.get(path), request)
  }
  const store = await listening(certificate, (request, response) => {
    const { path, url } = asked('store', request, response)
    // as GitHub's: without the signature nobody gets anything
    if (!url.includes('?signature=')) response.writeHead(403).end()
    else deliver(path, request, response)
  })
  const front = await listening(certificate, (request, response) => {
    const { path } = asked('front', request, response)
    if (direct || !assets.has(path)) deliver(path, request, response)
    else {
      const location = `${store.origin}/objects/${path.split('/').map(encodeURIComponent).join('/')}?signature=secret&expires=300`
      response.writeHead(302, { location, 'content-length': 0 }).end()
    }
  })
  return {
    /** `http://127.0.0.1:1234`: the server, as GITHUB_SERVER_URL names it. */
    server: front.origin,
    /** The place that has the assets, of a repository of its own: the process remembers what it learned of places, and ports are used again. */
    base: `${front.origin}/some/tool-${++repositories}/releases/download`,
    seen,
    /** What was asked of the origin that has the bytes, by path. */
    get delivered(): Asked[] {
      return seen.filter(({ origin }) => direct === true || origin === 'store')
    },
    [Symbol.asyncDispose]: async () => {
      await Promise.all([front.close(), store.close()])
    },
  }
}

async function listening(
  certificate: Certificate | undefined,
  answer: (request: IncomingMessage, response: ServerResponse) => void,
) {
  const server = certificate === undefined ? createServer(answer) : createSecureServer(certificate, answer)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    origin: certificate === undefined ? `http://127.0.0.1:${port}` : `https://localhost:${port}`,
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}
