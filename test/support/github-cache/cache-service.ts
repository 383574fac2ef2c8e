// A GitHub cache on loopback, as @actions/cache sees it: version 2 of the cache service (Twirp's JSON over HTTP), and the part of Azure's blob
// store that serves archives below 128 MiB (Put Blob, Get Blob with ranges, Get Blob Properties).
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { buffer } from 'node:stream/consumers'

export const runtimeToken = 'runtime-token-of-this-job'
/** The secret in every signed address. */
export const signature = 'c2lnbmF0dXJlLW9mLWFuLWFkZHJlc3M'

export type CacheMood = 'normal' | 'errors' | 'silent' | 'rude'

interface Entry {
  readonly key: string
  /** Undefined for a planted entry, which matches every version. */
  readonly version?: string
  bytes?: Buffer
  finalized: boolean
}

export interface CacheService {
  readonly entries: Entry[]
  /** The service methods that were called, and the requests to the blob store. */
  readonly seen: string[]
  mood: CacheMood
  /** Puts an archive under a key for every version, like someone who can write to the cache. */
  plant(key: string, archive: Uint8Array): void
  /** The variables that the runner passes to an action. */
  readonly env: Readonly<Record<string, string>>
  [Symbol.asyncDispose](): Promise<void>
}

/**
 * Starts a service. `azure`: its download addresses are in Azure's domain, so that the library uses Azure's own client; the service is then also
 * the proxy for that domain, so nothing leaves this machine.
 */
export async function cacheService({ azure = false } = {}): Promise<CacheService> {
  const entries: Entry[] = []
  const seen: string[] = []
  const state = { mood: 'normal' as CacheMood }
  const server = createServer((request, response) => {
    const path = request.url?.replace(/^http:\/\/[^/]+/, '').split('?')[0] ?? ''
    seen.push(path.startsWith('/twirp/') ? (path.split('/').at(-1) ?? '') : `${request.method} ${path}`)
    if (state.mood === 'silent') return
    if (state.mood === 'errors') return void json(response, 500, { code: 'internal', msg: 'no cache today' })
    void answer(request, response, path).catch((error) => response.writeHead(500).end(String(error)))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`

  async function answer(request: IncomingMessage, response: ServerResponse, path: string): Promise<void> {
    const body = await buffer(request)
    if (path.startsWith('/store/')) return blob(request, response, path, body)
    if (request.headers.authorization !== `Bearer ${runtimeToken}`) return json(response, 401, { msg: 'who is it?' })
    if (state.mood === 'rude') return json(response, 403, { msg: `no ${runtimeToken}\n::error::${signature}` })
    const { key, version } = JSON.parse(body.toString()) as { key: string; version: string }
    const at = entries.findIndex((entry) => entry.key === key && (entry.version ?? version) === version)
    const blobPath = (number: number) => `/store/caches/${number}?sv=1&sig=${signature}`
    if (path.endsWith('/CreateCacheEntry')) {
      if (at >= 0) return json(response, 409, { code: 'already_exists', msg: 'cache entry already exists' })
      entries.push({ key, version, finalized: false })
      return json(response, 200, { ok: true, signed_upload_url: base + blobPath(entries.length - 1) })
    }
    const entry = entries[at]
    if (path.endsWith('/FinalizeCacheEntryUpload')) {
      if (entry?.bytes === undefined) return json(response, 404, { code: 'not_found', msg: 'no upload' })
      entry.finalized = true
      return json(response, 200, { ok: true, entry_id: String(at) })
    }
    if (!entry?.finalized) return json(response, 200, { ok: false })
    const store = azure ? 'http://store.blob.core.windows.net' : base
    return json(response, 200, { ok: true, matched_key: key, signed_download_url: store + blobPath(at) })
  }

  function blob(request: IncomingMessage, response: ServerResponse, path: string, body: Buffer): void {
    const entry = entries[Number(path.split('/').at(-1))]
    const signed = new URL(request.url ?? '', base).searchParams.get('sig') === signature
    if (entry === undefined || !signed) return void response.writeHead(403).end()
    const common = { etag: '"1"', 'last-modified': new Date(0).toUTCString(), 'x-ms-version': '2026-01-01' }
    if (request.method === 'PUT') {
      entry.bytes = body
      return void response.writeHead(201, common).end()
    }
    const whole = entry.bytes ?? Buffer.alloc(0)
    const range = /^bytes=(\d+)-(\d+)$/.exec(String(request.headers['x-ms-range'] ?? request.headers.range ?? ''))
    const part = range === null ? whole : whole.subarray(Number(range[1]), Number(range[2]) + 1)
    const where = range === null ? {} : { 'content-range': `bytes ${range[1]}-${range[2]}/${whole.length}` }
    response.writeHead(range === null ? 200 : 206, { ...common, ...where, 'content-length': part.length })
    response.end(request.method === 'HEAD' ? undefined : part)
  }

  return {
    entries,
    seen,
    get mood() {
      return state.mood
    },
    set mood(mood) {
      state.mood = mood
    },
    plant: (key, archive) => void entries.push({ key, bytes: Buffer.from(archive), finalized: true }),
    env: {
      ACTIONS_CACHE_SERVICE_V2: 'true',
      ACTIONS_RESULTS_URL: `${base}/`,
      ACTIONS_RUNTIME_TOKEN: runtimeToken,
      ...(azure ? { http_proxy: base, no_proxy: '127.0.0.1' } : {}),
    },
    [Symbol.asyncDispose]: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

function json(response: ServerResponse, status: number, value: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(value))
}
