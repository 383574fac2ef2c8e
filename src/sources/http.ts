// HTTP requests: redirects, proxies (https_proxy, http_proxy, no_proxy), time limits, retries, and ranges of a remote file, also from a server
// that ignores ranges. Loaded only when something must be fetched.
import { type ClientRequest, type IncomingMessage, request as requestHttp } from 'node:http'
import { request as requestHttps } from 'node:https'
import { HttpProxyAgent } from 'http-proxy-agent'
import { HttpsProxyAgent } from 'https-proxy-agent'
import { getProxyForUrl } from 'proxy-from-env'
import { printable } from '../core/model/targets.js'
import { shownAddress } from '../core/request/input-values.js'
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

  get status(): number | undefined {
    return this.failure.kind === 'status' ? this.failure.status : undefined
  }

  constructor(message: string, retriable: boolean, failure: FetchFailure, afterMs?: number) {
    super(message)
    this.retriable = retriable
    this.failure = failure
    this.afterMs = afterMs
  }
}

const maxRedirects = 5

const redirects = new Set([301, 302, 303, 307, 308])

/** A request without its address; GET unless `method` says otherwise. */
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
  /** Ends the request and closes its connection, also while the body is read; then the reason is thrown. */
  readonly signal?: AbortSignal
  /** Called when waiting for the server begins; what it gives is called when that ends, and may be called again. */
  readonly waiting?: () => () => void
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
    const answered = request.waiting?.()
    const message = await sendOnce(
      url,
      url.origin === start.origin ? request : { ...request, authorization: undefined },
    ).finally(answered)
    if (!redirects.has(message.statusCode ?? 0) || request.method === 'POST') return { message, url }
    message.destroy()
    url = redirectedTo(url, message.headers.location, request)
  }
  throw new FetchError(`redirected more than ${maxRedirects} times`, false, { kind: 'redirect' })
}

/** The time limit for a body's silence, what ends it, and listeners: for waiting, and for offset and size of the bytes that arrive. */
export interface BodyOptions extends Pick<HttpRequest, 'silenceMs' | 'signal' | 'waiting'> {
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
  const headers = { range: `bytes=${start}-${end - 1}` }
  const { message } = await sendRequest(url, { headers, ...limitsOf(options) })
  yield* rangeBody(message, start, end, fileSize, options)
}

/** Also a listener for the file's size in bytes, as far as the server tells it, once it is known that there is such a file. */
export interface FileOptions extends BodyOptions {
  readonly onFound?: (size: number | undefined) => void
}

/**
 * Requests `url` and yields the whole file in chunks as they arrive. Throws FetchError, also when it has more than `most` bytes. Leaving the loop closes
 * the connection.
 */
export async function* fileFrom(url: string, most: number, options: FileOptions = {}): AsyncGenerator<Uint8Array> {
  const { message } = await sendRequest(url, limitsOf(options))
  try {
    if (message.statusCode !== 200) throw statusError(message)
    const length = message.headers['content-length']
    if (Number(length) > most) throw excessError(most)
    options.onFound?.(length === undefined ? undefined : Number(length))
    yield* chunksOf(message, most, options)
  } finally {
    message.destroy()
  }
}

/** What of a body's options is its request's, too. */
function limitsOf({ silenceMs, signal, waiting }: BodyOptions): HttpRequest {
  return {
    ...(silenceMs === undefined ? {} : { silenceMs }),
    ...(signal === undefined ? {} : { signal }),
    ...(waiting === undefined ? {} : { waiting }),
  }
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
  { silenceMs = defaultSilenceMs, onBytes, signal, waiting }: BodyOptions = {},
): AsyncGenerator<Uint8Array> {
  const size = end - start
  let received = 0
  let given = 0
  try {
    const skip = bytesToSkip(message, start, fileSize)
    for await (const chunk of atMinimumRate(message, silenceMs, waiting)) {
      onBytes?.(start - skip + received, chunk.length)
      const wanted = chunk.subarray(Math.max(0, skip - received)).subarray(0, size - given)
      received += chunk.length
      given += wanted.length
      if (wanted.length > 0) yield wanted
      if (given === size) return
    }
    throw new FetchError(`ended after ${given} of ${size} bytes`, true, { kind: 'content' })
  } catch (error) {
    signal?.throwIfAborted()
    if (error instanceof FetchError) throw error
    throw new FetchError(`broke off after ${given} of ${size} bytes: ${errorText(error)}`, true, { kind: 'network' })
  } finally {
    message.destroy()
  }
}

/** The whole body of a response; throws FetchError when it has more than `most` bytes, or breaks off. */
export async function wholeBody(message: IncomingMessage, most: number, silenceMs = defaultSilenceMs): Promise<Buffer> {
  const chunks: Buffer[] = []
  try {
    for await (const chunk of chunksOf(message, most, { silenceMs })) chunks.push(chunk)
  } finally {
    message.destroy()
  }
  return Buffer.concat(chunks)
}

/** The chunks of a body as they arrive; throws FetchError when it has more than `most` bytes, or breaks off. */
async function* chunksOf(
  message: IncomingMessage,
  most: number,
  { silenceMs = defaultSilenceMs, onBytes, signal, waiting }: BodyOptions,
): AsyncGenerator<Buffer> {
  let size = 0
  try {
    for await (const chunk of atMinimumRate(message, silenceMs, waiting)) {
      onBytes?.(size, chunk.length)
      size += chunk.length
      if (size > most) throw excessError(most)
      yield chunk
    }
  } catch (error) {
    signal?.throwIfAborted()
    if (error instanceof FetchError) throw error
    throw new FetchError(`broke off after ${size} bytes: ${errorText(error)}`, true, { kind: 'network' })
  }
}

function excessError(most: number): FetchError {
  return new FetchError(`answered more than ${most} bytes`, false, { kind: 'excess' })
}

/** A response whose status is not a success, as an error; `Retry-After` is read here. */
export function statusError({ statusCode = 0, statusMessage = '', headers }: IncomingMessage): FetchError {
  const text = `answered ${statusCode} ${printable(statusMessage)}`.trim()
  const afterMs = retryAfterMs(headers['retry-after'], Date.now())
  return new FetchError(text, retriableStatuses.has(statusCode), { kind: 'status', status: statusCode }, afterMs)
}

function redirectedTo(from: URL, location: string | undefined, { refusalOf }: HttpRequest): URL {
  const to = location !== undefined && URL.canParse(location, from.href) ? new URL(location, from) : undefined
  const isWeb = to?.protocol === 'https:' || to?.protocol === 'http:'
  const refusal = isWeb ? refusalOf?.(to, from) : 'which is no web address'
  if (isWeb && refusal === undefined) return withLogin(to, from)
  // a login and a query may hold secrets
  const shown = printable(shownAddress(location ?? ''))
  throw new FetchError(`redirected to "${shown}", ${refusal}`, false, { kind: 'redirect' })
}

/** A redirect within an origin names no login, and the mirror behind it asks for it all the same. */
function withLogin(to: URL, { origin, username, password }: URL): URL {
  if (to.origin === origin && to.username === '' && to.password === '') Object.assign(to, { username, password })
  return to
}

function sendOnce(
  url: URL,
  { method = 'GET', headers, authorization, body, silenceMs = defaultSilenceMs, signal }: HttpRequest,
): Promise<IncomingMessage> {
  signal?.throwIfAborted()
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
      reject(new FetchError(errorText(error) + proxyText(agent), true, { kind: 'network' }))
    // node's own time limit starts when the socket is connected, through a proxy's tunnel too, and slowly sent headers restart it
    const late = setTimeout(() => {
      failed(new Error(`no answer for ${seconds(silenceMs)} s`))
      request.destroy()
      // a request that still waits for a tunnel has no socket to destroy
      ended.abort()
    }, silenceMs)
    request.on('error', failed)
    for (const event of ['response', 'error'] as const) request.once(event, () => clearTimeout(late))
    const abort = () => {
      clearTimeout(late)
      reject(signal?.reason)
      waitingFor.destroy(signal?.reason)
      ended.abort()
    }
    signal?.addEventListener('abort', abort)
    request.once('close', () => signal?.removeEventListener('abort', abort))
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
function proxyText(agent: ProxyAgent | undefined): string {
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
async function* atMinimumRate(
  message: IncomingMessage,
  silenceMs: number,
  waiting: () => () => void = () => () => undefined,
): AsyncGenerator<Buffer> {
  let waitedMs = 0
  let size = 0
  let asked = performance.now()
  let came = waiting()
  try {
    for await (const chunk of message as AsyncIterable<Buffer>) {
      came()
      waitedMs += performance.now() - asked
      size += chunk.length
      if (waitedMs >= silenceMs) {
        if (size < (minimumRate * waitedMs) / 1000) throw new Error(`only ${size} bytes in ${seconds(waitedMs)} s`)
        waitedMs = 0
        size = 0
      }
      yield chunk
      asked = performance.now()
      came = waiting()
    }
  } finally {
    came()
  }
}

/** Milliseconds as seconds, rounded to tenths. */
function seconds(ms: number): number {
  return Math.round(ms / 100) / 10
}

function errorText(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  const inner = 'errors' in error && Array.isArray(error.errors) ? (error.errors[0] as unknown) : undefined
  if (inner instanceof Error) return errorText(inner)
  return 'code' in error && !error.message.includes(String(error.code))
    ? `${String(error.code)} ${error.message}`
    : error.message
}

/**
 * Waits before the next try, after `tries` of them, and says so; returns false at once when there is to be none (retry.ts). Throws the reason when `signal`
 * ends the wait.
 */
export async function waitBeforeRetry(
  failure: RequestFailure,
  tries: number,
  pauses: Pauses,
  say: (line: string) => void,
  signal?: AbortSignal,
): Promise<boolean> {
  const pause = nextPauseMs(failure, tries, pauses)
  if (pause === undefined) return false
  say(`${failure.message}; trying again in ${pause / 1000} s`)
  let timer: NodeJS.Timeout | undefined
  await new Promise<void>((resolve) => {
    timer = setTimeout(resolve, pause)
    signal?.addEventListener('abort', () => resolve(), { once: true })
  })
  clearTimeout(timer)
  signal?.throwIfAborted()
  return true
}
