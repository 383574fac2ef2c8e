// HTTP requests: redirects, proxies (https_proxy, http_proxy, no_proxy), time limits, retries, and ranges of a remote file, also from a server
// that ignores ranges. Loaded only when something must be fetched.
import { type ClientRequest, type IncomingMessage, request as requestHttp } from 'node:http'
import { request as requestHttps } from 'node:https'
import { HttpProxyAgent } from 'http-proxy-agent'
import { HttpsProxyAgent } from 'https-proxy-agent'
import { getProxyForUrl } from 'proxy-from-env'
import { printable } from '../core/model/targets.js'
import { withoutLogin } from '../core/request/input-values.js'
import {
  nextPauseMs,
  type Pauses,
  type RequestFailure,
  retriableStatuses,
  retryAfterMs,
} from '../core/sources/retry.js'

/** How long, in milliseconds, an answer may take to begin, and how long no byte of it may arrive. */
export const defaultSilenceMs = 30_000

/** The minimum rate in bytes a second, over the time of a silence: a slower server would hold up a job for hours. */
const minimumRate = 4096

/** What went wrong: the network, the status, a redirect, bytes that cannot be right, or a body over the limit. */
export type FetchFailure =
  | { readonly kind: 'network' }
  | { readonly kind: 'status'; readonly status: number }
  | { readonly kind: 'redirect' }
  | { readonly kind: 'content' }
  | { readonly kind: 'excess' }

/** Why an address did not deliver, in words for the list of places tried. */
export class FetchError extends Error implements RequestFailure {
  readonly retriable: boolean
  readonly failure: FetchFailure
  readonly afterMs: number | undefined

  constructor(message: string, retriable: boolean, failure: FetchFailure, afterMs?: number) {
    super(message)
    this.retriable = retriable
    this.failure = failure
    this.afterMs = afterMs
  }
}

const maxRedirects = 5

const redirects = new Set([301, 302, 303, 307, 308])

export interface HttpRequest {
  readonly method?: 'GET' | 'HEAD' | 'POST'
  readonly headers?: Readonly<Record<string, string>>
  /** The Authorization header; only the origin of the first address receives it, never another one that it redirects to. */
  readonly authorization?: string | undefined
  readonly body?: string
  /** How long the answer may take to begin, and how long no byte of it may arrive. */
  readonly silenceMs?: number
  /** Why a redirect from one address to another is refused; undefined when it is allowed. */
  readonly refusalOf?: (to: URL, from: URL) => string | undefined
}

/** A response whose body is still to be read, and the address that sent it. The caller reads the body to its end or destroys the message. */
export interface HttpResponse {
  readonly message: IncomingMessage
  readonly url: URL
}

/** Sends a request and follows redirects (not of a POST). Returns a response of any other status; throws FetchError when there is none. */
export async function sendRequest(first: string, request: HttpRequest = {}): Promise<HttpResponse> {
  const start = new URL(first)
  let url = start
  for (let hop = 0; hop <= maxRedirects; hop++) {
    const message = await sendOnce(
      url,
      url.origin === start.origin ? request : { ...request, authorization: undefined },
    )
    if (!redirects.has(message.statusCode ?? 0) || request.method === 'POST') return { message, url }
    message.destroy()
    url = redirectedTo(url, message.headers.location, request)
  }
  throw new FetchError(`redirected more than ${maxRedirects} times`, false, { kind: 'redirect' })
}

/** The time limit for a body's silence, and a listener for offset and size of the bytes that arrive. */
export interface BodyOptions {
  readonly silenceMs?: number
  readonly onBytes?: (offset: number, size: number) => void
}

/**
 * Requests `url` and yields the file's bytes from `start` up to `end` (exclusive) in chunks. `fileSize`: the size in bytes that the file must
 * have. Throws FetchError, also when no byte arrives for `silenceMs`. Leaving the loop closes the connection.
 */
export async function* bytesFrom(
  url: string,
  start: number,
  end: number,
  fileSize: number,
  options: BodyOptions = {},
): AsyncGenerator<Uint8Array> {
  const { silenceMs = defaultSilenceMs } = options
  const { message } = await sendRequest(url, { headers: { range: `bytes=${start}-${end - 1}` }, silenceMs })
  yield* rangeBody(message, start, end, fileSize, options)
}

/**
 * The bytes of a response to a request for the range from `start` to `end`, as `bytesFrom` yields them. `onBytes` is told offset in the file and
 * size of everything that arrives, including what is skipped because the server ignored the range.
 */
export async function* rangeBody(
  message: IncomingMessage,
  start: number,
  end: number,
  fileSize: number,
  { silenceMs = defaultSilenceMs, onBytes }: BodyOptions = {},
): AsyncGenerator<Uint8Array> {
  const size = end - start
  let received = 0
  let given = 0
  try {
    const skip = bytesToSkip(message, start, fileSize)
    for await (const chunk of atMinimumRate(message, silenceMs)) {
      onBytes?.(start - skip + received, chunk.length)
      const wanted = chunk.subarray(Math.max(0, skip - received)).subarray(0, size - given)
      received += chunk.length
      given += wanted.length
      if (wanted.length > 0) yield wanted
      if (given === size) return
    }
    throw new FetchError(`ended after ${given} of ${size} bytes`, true, { kind: 'content' })
  } catch (error) {
    if (error instanceof FetchError) throw error
    throw new FetchError(`broke off after ${given} of ${size} bytes: ${networkWords(error)}`, true, { kind: 'network' })
  } finally {
    message.destroy()
  }
}

/** The whole body of a response; throws FetchError when it has more than `most` bytes, or breaks off. */
export async function wholeBody(message: IncomingMessage, most: number, silenceMs = defaultSilenceMs): Promise<Buffer> {
  const chunks: Buffer[] = []
  let size = 0
  try {
    for await (const chunk of atMinimumRate(message, silenceMs)) {
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

/** A response whose status is not a success, as an error; `Retry-After` is read here. */
export function statusError({ statusCode = 0, statusMessage = '', headers }: IncomingMessage): FetchError {
  const words = `answered ${statusCode} ${printable(statusMessage)}`.trim()
  const afterMs = retryAfterMs(headers['retry-after'], Date.now())
  return new FetchError(words, retriableStatuses.has(statusCode), { kind: 'status', status: statusCode }, afterMs)
}

function redirectedTo(from: URL, location: string | undefined, { refusalOf }: HttpRequest): URL {
  const to = location !== undefined && URL.canParse(location, from.href) ? new URL(location, from) : undefined
  const isWeb = to?.protocol === 'https:' || to?.protocol === 'http:'
  const refusal = isWeb ? refusalOf?.(to, from) : 'which is no web address'
  if (isWeb && refusal === undefined) return to
  // a login and a query may hold secrets
  const shown = printable(withoutLogin((location ?? '').replace(/\?.*/s, '')))
  throw new FetchError(`redirected to "${shown}", ${refusal}`, false, { kind: 'redirect' })
}

function sendOnce(
  url: URL,
  { method = 'GET', headers, authorization, body, silenceMs = defaultSilenceMs }: HttpRequest,
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
    // node's own time limit starts when the socket is connected, through a proxy's tunnel too, and slowly sent headers restart it
    const late = setTimeout(() => {
      failed(new Error(`no answer for ${seconds(silenceMs)} s`))
      request.destroy()
      // a request that still waits for a tunnel has no socket to destroy
      ended.abort()
    }, silenceMs)
    request.on('error', failed)
    for (const event of ['response', 'error'] as const) request.once(event, () => clearTimeout(late))
    request.setTimeout(silenceMs, () => waitingFor.destroy(new Error(`no byte for ${seconds(silenceMs)} s`)))
    request.end(body)
  })
}

type ProxyAgent = HttpProxyAgent<string> | HttpsProxyAgent<string>

/** A plain proxy for http, a tunnel for https, both ended by `signal`; undefined when the environment names no proxy for this address. */
function proxyAgent(url: URL, signal: AbortSignal): ProxyAgent | undefined {
  const proxy = getProxyForUrl(url.href)
  if (proxy === '') return undefined
  try {
    return url.protocol === 'https:' ? new HttpsProxyAgent(proxy, { signal }) : new HttpProxyAgent(proxy, { signal })
  } catch {
    throw new FetchError(`the environment's proxy for ${url.origin} is no address`, false, { kind: 'network' })
  }
}

/** Names the proxy, whose error it may be, without its user and password. */
function proxyWords(agent: ProxyAgent | undefined): string {
  return agent === undefined ? '' : ` (by the proxy ${agent.proxy.origin})`
}

/** How many bytes of the body precede `start`; throws FetchError when the response is not about this range of a file of this size. */
function bytesToSkip(message: IncomingMessage, start: number, fileSize: number): number {
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

/**
 * The chunks of a body as they arrive. Throws an Error when the server trickles: a socket's time limit in node only sees complete silence. Time
 * that the reader takes between chunks does not count. The idea is that of curl's --speed-limit and --speed-time.
 */
async function* atMinimumRate(message: IncomingMessage, silenceMs: number): AsyncGenerator<Buffer> {
  let waitedMs = 0
  let size = 0
  let asked = performance.now()
  for await (const chunk of message as AsyncIterable<Buffer>) {
    waitedMs += performance.now() - asked
    size += chunk.length
    if (waitedMs >= silenceMs) {
      if (size < (minimumRate * waitedMs) / 1000) throw new Error(`only ${size} bytes in ${seconds(waitedMs)} s`)
      waitedMs = 0
      size = 0
    }
    yield chunk
    asked = performance.now()
  }
}

/** Milliseconds as seconds, rounded to tenths. */
function seconds(ms: number): number {
  return Math.round(ms / 100) / 10
}

function networkWords(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  const inner = 'errors' in error && Array.isArray(error.errors) ? (error.errors[0] as unknown) : undefined
  if (inner instanceof Error) return networkWords(inner)
  return 'code' in error && !error.message.includes(String(error.code))
    ? `${String(error.code)} ${error.message}`
    : error.message
}

/** Waits before the next try, after `tries` of them, and says so; returns false at once when there is to be none (retry.ts). */
export async function waitBeforeRetry(
  failure: RequestFailure,
  tries: number,
  pauses: Pauses,
  say: (line: string) => void,
): Promise<boolean> {
  const pause = nextPauseMs(failure, tries, pauses)
  if (pause === undefined) return false
  say(`${failure.message}; trying again in ${pause / 1000} s`)
  await new Promise((resolve) => setTimeout(resolve, pause))
  return true
}
