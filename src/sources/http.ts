// One request over HTTP, and the bytes of a remote file from a given offset on: ranges where the server has them, else the whole body with its
// start passed over. Proxies as everybody's tools take them: https_proxy, http_proxy, no_proxy. Loaded only when something must be fetched.
import { type ClientRequest, type IncomingMessage, request as requestHttp } from 'node:http'
import { request as requestHttps } from 'node:https'
import { HttpProxyAgent } from 'http-proxy-agent'
import { HttpsProxyAgent } from 'https-proxy-agent'
import { getProxyForUrl } from 'proxy-from-env'
import { printable } from '../core/model/targets.js'
import { withoutLogin } from '../core/request/input-values.js'
import { type Failed, retriableStatuses, retryAfterMs } from '../core/sources/retry.js'
import { idleMs, paced, seconds } from './minimum-rate.js'

/** What went wrong: the network, the server's status, where it redirects to, bytes that cannot be right, or more of them than are read. */
export type FetchFailure =
  | { readonly kind: 'network' }
  | { readonly kind: 'status'; readonly status: number }
  | { readonly kind: 'redirect' }
  | { readonly kind: 'content' }
  | { readonly kind: 'excess' }

/** Why a place did not deliver, in words for the list of places tried; `again` tells whether a second try may help. */
export class FetchError extends Error implements Failed {
  readonly again: boolean
  readonly failure: FetchFailure
  readonly afterMs: number | undefined

  constructor(message: string, again: boolean, failure: FetchFailure, afterMs?: number) {
    super(message)
    this.again = again
    this.failure = failure
    this.afterMs = afterMs
  }
}

const maxRedirects = 5

const redirects = new Set([301, 302, 303, 307, 308])

export interface Ask {
  readonly method?: 'GET' | 'HEAD' | 'POST'
  readonly headers?: Readonly<Record<string, string>>
  /** The Authorization header: for the first address's origin alone, not for where that redirects to. */
  readonly authorization?: string | undefined
  readonly body?: string
  /** So long may the answer take to begin, and so long may nothing of it come. */
  readonly silenceMs?: number
  /** Why an address must not be redirected to; undefined when it may. */
  readonly refusalOf?: (to: URL, from: URL) => string | undefined
}

/** An answer whose body is still to be read, and the address that gave it. The caller reads it to its end, or destroys it. */
export interface Answer {
  readonly message: IncomingMessage
  readonly url: URL
}

/** Asks an address and follows where it redirects to (a POST is not redirected). Throws FetchError; any status is an answer. */
export async function answerFrom(first: string, ask: Ask = {}): Promise<Answer> {
  const start = new URL(first)
  let url = start
  for (let hop = 0; hop <= maxRedirects; hop++) {
    const message = await answerOf(url, url.origin === start.origin ? ask : { ...ask, authorization: undefined })
    if (!redirects.has(message.statusCode ?? 0) || ask.method === 'POST') return { message, url }
    message.destroy()
    url = redirectedTo(url, message.headers.location, ask)
  }
  throw new FetchError(`redirected more than ${maxRedirects} times`, false, { kind: 'redirect' })
}

/** How a body is watched: the time limit for its silence, and who is told offset and size of the bytes that came over the network. */
export interface Watch {
  readonly silenceMs?: number
  readonly came?: (offset: number, size: number) => void
}

/**
 * Opens `url` and yields the file's bytes from `start` on, at most up to `end` (exclusive), in chunks; `fileSize` is the size that the file
 * must have. Throws FetchError; when no byte comes for `silenceMs`, too. Leaving the loop closes the connection.
 */
export async function* bytesFrom(
  url: string,
  start: number,
  end: number,
  fileSize: number,
  watch: Watch = {},
): AsyncGenerator<Uint8Array> {
  const { silenceMs = idleMs } = watch
  const { message } = await answerFrom(url, { headers: { range: `bytes=${start}-${end - 1}` }, silenceMs })
  yield* bytesOf(message, start, end, fileSize, watch)
}

/**
 * The bytes of an answer to a request for the range from `start` to `end`, as `bytesFrom` gives them. `came` is told offset in the file and size
 * of everything that comes, also of what is passed over.
 */
export async function* bytesOf(
  message: IncomingMessage,
  start: number,
  end: number,
  fileSize: number,
  { silenceMs, came }: Watch = {},
): AsyncGenerator<Uint8Array> {
  try {
    const skip = bytesToPassOver(message, start, fileSize)
    const told = (passed: number, size: number) => came?.(start - skip + passed, size)
    yield* bodyBetween(message, skip, end - start, { ...(silenceMs === undefined ? {} : { silenceMs }), came: told })
  } finally {
    message.destroy()
  }
}

/** The whole body of an answer, as long as it has at most `most` bytes. Throws FetchError. */
export async function bodyOf(message: IncomingMessage, most: number, silenceMs = idleMs): Promise<Buffer> {
  const chunks: Buffer[] = []
  let size = 0
  try {
    for await (const chunk of paced(message, silenceMs)) {
      size += chunk.length
      if (size > most) throw new FetchError(`answered more than ${most} bytes`, false, { kind: 'excess' })
      chunks.push(chunk)
    }
  } catch (error) {
    if (error instanceof FetchError) throw error
    throw new FetchError(`broke off after ${size} bytes: ${networkWords(error)}`, true, { kind: 'network' })
  } finally {
    message.destroy()
  }
  return Buffer.concat(chunks)
}

/** An answer with a status that is no success, as an error. */
export function statusError({ statusCode = 0, statusMessage = '', headers }: IncomingMessage): FetchError {
  const words = `answered ${statusCode} ${printable(statusMessage)}`.trim()
  const afterMs = retryAfterMs(headers['retry-after'], Date.now())
  return new FetchError(words, retriableStatuses.has(statusCode), { kind: 'status', status: statusCode }, afterMs)
}

function redirectedTo(from: URL, location: string | undefined, ask: Ask): URL {
  const to = location !== undefined && URL.canParse(location, from.href) ? new URL(location, from) : undefined
  const isWeb = to?.protocol === 'https:' || to?.protocol === 'http:'
  const refusal = isWeb ? ask.refusalOf?.(to, from) : 'which is no web address'
  if (isWeb && refusal === undefined) return to
  // a login, and what follows a question mark, may be secrets
  const shown = printable(withoutLogin((location ?? '').replace(/\?.*/s, '')))
  throw new FetchError(`redirected to "${shown}", ${refusal}`, false, { kind: 'redirect' })
}

function answerOf(
  url: URL,
  { method = 'GET', headers, authorization, body, silenceMs = idleMs }: Ask,
): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const ended = new AbortController()
    const agent = proxyAgent(url, ended.signal)
    const secret = authorization === undefined ? {} : { authorization }
    const all = { 'accept-encoding': 'identity', 'user-agent': 'setup-qemu', ...headers, ...secret }
    const options = { method, headers: all, ...(agent === undefined ? {} : { agent }) }
    let waitingFor: ClientRequest | IncomingMessage
    const answered = (message: IncomingMessage) => {
      waitingFor = message
      resolve(message)
    }
    const open = url.protocol === 'https:' ? requestHttps : requestHttp
    const request = open(url, options, answered)
    waitingFor = request
    const failed = (error: unknown) =>
      reject(new FetchError(networkWords(error) + proxyWords(agent), true, { kind: 'network' }))
    // node counts a socket's silence only once it is connected, through a proxy's tunnel too; and a head may trickle
    const late = setTimeout(() => {
      failed(new Error(`no answer for ${seconds(silenceMs)} s`))
      request.destroy()
      // a request that waits for a tunnel has no socket yet
      ended.abort()
    }, silenceMs)
    request.on('error', failed)
    for (const event of ['response', 'error'] as const) request.once(event, () => clearTimeout(late))
    request.setTimeout(silenceMs, () => waitingFor.destroy(new Error(`no byte for ${seconds(silenceMs)} s`)))
    request.end(body)
  })
}

type ProxyAgent = HttpProxyAgent<string> | HttpsProxyAgent<string>

/** A plain request for http, a tunnel for https, both ended by `signal`; undefined when the environment names no proxy for this address. */
function proxyAgent(url: URL, signal: AbortSignal): ProxyAgent | undefined {
  const proxy = getProxyForUrl(url.href)
  if (proxy === '') return undefined
  try {
    return url.protocol === 'https:' ? new HttpsProxyAgent(proxy, { signal }) : new HttpProxyAgent(proxy, { signal })
  } catch {
    throw new FetchError(`the environment's proxy for ${url.origin} is no address`, false, { kind: 'network' })
  }
}

/** Which proxy was asked, for an error that may be its own; its user and password are not told. */
function proxyWords(agent: ProxyAgent | undefined): string {
  return agent === undefined ? '' : ` (by the proxy ${agent.proxy.origin})`
}

function bytesToPassOver(message: IncomingMessage, start: number, fileSize: number): number {
  const status = message.statusCode ?? 0
  if (status === 206) {
    const said = message.headers['content-range'] ?? ''
    const range = /^bytes (\d+)-(\d+)\/(\d+|\*)$/.exec(said)
    if (range === null || Number(range[1]) !== start)
      throw new FetchError(`answered 206 with the range "${printable(said)}"`, false, { kind: 'content' })
    if (range[3] !== '*' && Number(range[3]) !== fileSize) throw sizeError(range[3] ?? '', fileSize)
    return 0
  }
  if (status !== 200) throw statusError(message)
  const length = message.headers['content-length']
  if (length !== undefined && Number(length) !== fileSize) throw sizeError(length, fileSize)
  return start
}

function sizeError(size: string, fileSize: number): FetchError {
  return new FetchError(`has a file of ${size} bytes, expected ${fileSize}`, false, { kind: 'content' })
}

async function* bodyBetween(
  message: IncomingMessage,
  skip: number,
  size: number,
  { silenceMs = idleMs, came }: Watch,
): AsyncGenerator<Uint8Array> {
  let passed = 0
  let given = 0
  try {
    for await (const chunk of paced(message, silenceMs)) {
      came?.(passed, chunk.length)
      const wanted = chunk.subarray(Math.max(0, skip - passed)).subarray(0, size - given)
      passed += chunk.length
      given += wanted.length
      if (wanted.length > 0) yield wanted
      if (given === size) return
    }
  } catch (error) {
    throw new FetchError(`broke off after ${given} of ${size} bytes: ${networkWords(error)}`, true, { kind: 'network' })
  }
  throw new FetchError(`ended after ${given} of ${size} bytes`, true, { kind: 'content' })
}

function networkWords(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  const inner = 'errors' in error && Array.isArray(error.errors) ? (error.errors[0] as unknown) : undefined
  if (inner instanceof Error) return networkWords(inner)
  return 'code' in error && !error.message.includes(String(error.code))
    ? `${String(error.code)} ${error.message}`
    : error.message
}
