// A local server that behaves as GitHub does where releases are concerned: the REST API, the host of uploads, the web host with its download addresses,
// git among them, and the object store that these redirect to, each on a port of its own.
// Source of truth: https://docs.github.com/en/rest/releases, /en/rest/git/refs, /en/rest/pulls, and the pages on rate limits and immutable releases.
import { spawn } from 'node:child_process'
import { createHmac, randomBytes } from 'node:crypto'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { ApiError, digestOf, Store, type StoredAsset, type StoredPull, type StoredRelease } from './store.js'

/** An answer that one request gets in place of the usual one. */
export interface Fault {
  readonly method: string
  /** Looked for in the request's path and query. */
  readonly path: RegExp
  readonly status: number
  readonly headers?: Readonly<Record<string, string>>
  readonly message?: string
  /** How many requests get it; 1 by default. */
  times?: number
  /** Of an upload: an asset stays behind in state `starter`. */
  readonly leavesStarter?: boolean
  /** The request is carried out all the same: the answer alone is lost. */
  readonly isDone?: boolean
  /** The connection is cut instead of an answer. */
  readonly cuts?: boolean
}

export interface GitHubOptions {
  /** `owner/name`. */
  readonly repository: string
  /** The git repository whose tags are the repository's. */
  readonly bare: string
  /** A token with all rights; `grant` knows others. */
  readonly token: string
  readonly immutable?: boolean
  /** Requests that create something in a minute, or in `createdWindowMs`; more get 403 with `retry-after`. */
  readonly createdPerMinute?: number
  readonly createdWindowMs?: number
  readonly retryAfterSeconds?: number
  /** How long an address of the object store is good for. */
  readonly addressSeconds?: number
}

/** What a token may do, by the names that a workflow's `permissions` have. */
export interface Rights {
  readonly contents?: 'read' | 'write'
  readonly 'pull-requests'?: 'read' | 'write'
}

interface Request {
  readonly method: string
  readonly url: URL
  readonly headers: IncomingMessage['headers']
  readonly body: Buffer
  /** Undefined without a token. */
  readonly rights: Rights | undefined
}

interface Answer {
  readonly status: number
  readonly headers?: Readonly<Record<string, string>>
  readonly json?: unknown
  readonly bytes?: Buffer
}

type Handler = (request: Request) => Answer | Promise<Answer>

const isText = (value: unknown): value is string => typeof value === 'string'

export class GitHubApi {
  readonly store: Store
  readonly faults: Fault[] = []
  /** `METHOD /path?query` of each request, in order, of all hosts. */
  readonly requests: string[] = []
  readonly #servers: Server[] = []
  readonly #created: number[] = []
  readonly #rights = new Map<string, Rights>()
  readonly #key = randomBytes(16)
  api = ''
  uploads = ''
  server = ''
  objects = ''

  private constructor(private readonly options: GitHubOptions) {
    this.store = new Store(options.bare, options.immutable ?? true)
    this.grant(options.token, { contents: 'write', 'pull-requests': 'write' })
  }

  static async start(options: GitHubOptions): Promise<GitHubApi> {
    const github = new GitHubApi(options)
    github.api = await github.#listen((request) => github.#api(request))
    github.uploads = await github.#listen((request) => github.#upload(request))
    github.server = await github.#listen((request) => github.#web(request))
    github.objects = await github.#listen((request) => github.#object(request))
    return github
  }

  grant(token: string, rights: Rights): void {
    this.#rights.set(token, rights)
  }

  async close(): Promise<void> {
    for (const server of this.#servers) {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    }
  }

  /** What the runner's environment says of this server. */
  environment(): Record<string, string> {
    return { GITHUB_API_URL: this.api, GITHUB_SERVER_URL: this.server, GITHUB_REPOSITORY: this.options.repository }
  }

  async #listen(handler: Handler): Promise<string> {
    const server = createServer((request, response) => void this.#answer(handler, request, response))
    this.#servers.push(server)
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  }

  async #answer(handler: Handler, incoming: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(incoming.url ?? '/', `http://${incoming.headers.host}`)
    const method = incoming.method ?? 'GET'
    const chunks: Buffer[] = []
    try {
      for await (const chunk of incoming) chunks.push(chunk as Buffer)
    } catch {
      // the other side went away; an upload leaves its asset behind
    }
    const whole = incoming.complete
    this.requests.push(`${method} ${url.pathname}${url.search}`)
    const given = tokenIn(incoming.headers.authorization)
    const rights = given === undefined ? undefined : this.#rights.get(given)
    const request = { method, url, headers: incoming.headers, body: Buffer.concat(chunks), rights }
    const fault = this.#fault(request)
    let answer: Answer
    try {
      if (given !== undefined && rights === undefined && handler !== this.#object)
        throw new ApiError(401, 'Bad credentials')
      if (!whole || fault?.leavesStarter === true) this.#leaveStarter(request)
      answer = !whole
        ? { status: 499 }
        : fault !== undefined && fault.isDone !== true
          ? faultAnswer(fault)
          : await handler(request)
      if (fault?.isDone === true) answer = faultAnswer(fault)
    } catch (error) {
      if (!(error instanceof ApiError)) throw error
      answer = {
        status: error.status,
        json: { message: error.message, ...(error.errors ? { errors: error.errors } : {}) },
      }
    }
    if (fault?.cuts === true || !whole) return void incoming.socket.destroy()
    const bytes = answer.bytes ?? (answer.json === undefined ? undefined : Buffer.from(JSON.stringify(answer.json)))
    const type = answer.json === undefined ? {} : { 'content-type': 'application/json; charset=utf-8' }
    response.writeHead(answer.status, { ...type, ...answer.headers })
    response.end(method === 'HEAD' ? undefined : bytes)
  }

  #fault({ method, url }: Request): Fault | undefined {
    const at = this.faults.findIndex((one) => one.method === method && one.path.test(`${url.pathname}${url.search}`))
    const fault = this.faults[at]
    if (fault === undefined) return undefined
    fault.times = (fault.times ?? 1) - 1
    if (fault.times <= 0) this.faults.splice(at, 1)
    return fault
  }

  #leaveStarter({ method, url }: Request): void {
    const id = /\/releases\/(\d+)\/assets$/.exec(url.pathname)?.[1]
    if (method !== 'POST' || id === undefined) return
    this.store.startUpload(this.store.release(Number(id)), url.searchParams.get('name') ?? '', '')
  }

  /** The path below the repository; throws where it is another's. */
  #below({ url }: Request, prefix: string): string {
    const path = decodeURI(url.pathname)
    const start = `${prefix}/${this.options.repository}`
    if (!path.startsWith(`${start}/`) && path !== start) throw new ApiError(404, 'Not Found')
    return path.slice(start.length)
  }

  #requireWrite({ rights }: Request, right: keyof Rights): void {
    if (rights === undefined) throw new ApiError(401, 'Requires authentication')
    if (rights[right] !== 'write') throw new ApiError(403, 'Resource not accessible by integration')
  }

  /** GitHub's limit of requests that create content; what is refused does not count. */
  #limit(): void {
    const { createdPerMinute = 80, createdWindowMs = 60_000, retryAfterSeconds = 60 } = this.options
    const now = Date.now()
    if (this.#created.filter((time) => now - time < createdWindowMs).length >= createdPerMinute) {
      const seconds = String(retryAfterSeconds)
      throw Object.assign(new ApiError(403, 'You have exceeded a secondary rate limit. Please wait.'), { seconds })
    }
    this.#created.push(now)
  }

  #api(request: Request): Answer {
    try {
      return this.#route(request)
    } catch (error) {
      const seconds = error instanceof ApiError ? (error as { seconds?: string }).seconds : undefined
      if (!(error instanceof ApiError) || seconds === undefined) throw error
      return { status: error.status, headers: { 'retry-after': seconds }, json: { message: error.message } }
    }
  }

  #route(request: Request): Answer {
    const path = this.#below(request, '/repos')
    const { method } = request
    const known = /^\/(releases|git|pulls)(\/.*)?$/.exec(path)
    if (known === null) throw new ApiError(404, 'Not Found')
    if (method !== 'GET') this.#requireWrite(request, known[1] === 'pulls' ? 'pull-requests' : 'contents')
    const rest = known[2] ?? ''
    if (known[1] === 'releases') return this.#releases(request, rest)
    if (known[1] === 'pulls') return this.#pulls(request, rest)
    return this.#refs(request, rest)
  }

  #releases(request: Request, rest: string): Answer {
    const { method, url, rights } = request
    const visible = this.store.releases.filter(({ draft }) => !draft || rights?.contents === 'write')
    if (rest === '' && method === 'GET')
      return page(
        url,
        visible.map((one) => this.#release(one)),
      )
    if (rest === '' && method === 'POST') {
      this.#limit()
      return { status: 201, json: this.#release(this.store.create(this.#fields(request))) }
    }
    if (rest === '/latest') return { status: 200, json: this.#release(this.store.latestRelease()) }
    const tag = /^\/tags\/(.+)$/.exec(rest)?.[1]
    if (tag !== undefined) return { status: 200, json: this.#release(this.store.published(decodeURIComponent(tag))) }
    const assetId = /^\/assets\/(\d+)$/.exec(rest)?.[1]
    if (assetId !== undefined) return this.#asset(request, Number(assetId))
    const [, id, assets] = /^\/(\d+)(\/assets)?$/.exec(rest) ?? []
    const release = this.store.release(Number(id))
    if (!visible.includes(release)) throw new ApiError(404, 'Not Found')
    if (assets !== undefined)
      return page(
        url,
        release.assets.map((one) => this.#assetJson(release, one)),
      )
    if (method === 'DELETE') {
      this.store.remove(release)
      return { status: 204 }
    }
    if (method === 'PATCH') {
      const { make_latest: latest } = JSON.parse(request.body.toString()) as { make_latest?: string }
      this.store.update(release, this.#fields(request))
      if (latest === 'true' || (latest === undefined && !release.prerelease)) this.store.latest = release.id
    }
    return { status: 200, json: this.#release(release) }
  }

  #fields({ body }: Request): Partial<StoredRelease> {
    const json = parsed(body)
    return {
      ...(isText(json.tag_name) ? { tag: json.tag_name } : {}),
      ...(isText(json.target_commitish) ? { target: json.target_commitish } : {}),
      ...(isText(json.name) ? { name: json.name } : {}),
      ...(isText(json.body) ? { body: json.body } : {}),
      ...(typeof json.draft === 'boolean' ? { draft: json.draft } : {}),
      ...(typeof json.prerelease === 'boolean' ? { prerelease: json.prerelease } : {}),
    }
  }

  #asset(request: Request, id: number): Answer {
    const { release, asset } = this.store.asset(id)
    if (release.draft && request.rights?.contents !== 'write') throw new ApiError(404, 'Not Found')
    if (request.method === 'DELETE') {
      this.store.removeAsset(id)
      return { status: 204 }
    }
    if (request.method === 'PATCH') {
      const { name, label } = parsed(request.body)
      if (release.immutable) throw new ApiError(422, 'Cannot change assets of an immutable release.')
      if (isText(name)) asset.name = name
      if (isText(label)) asset.label = label
    }
    if (request.headers.accept === 'application/octet-stream')
      return { status: 302, headers: { location: this.#signed(asset) } }
    return { status: 200, json: this.#assetJson(release, asset) }
  }

  #refs(request: Request, rest: string): Answer {
    const { method } = request
    const json = ({ ref, sha }: { ref: string; sha: string }) => ({ ref, object: { type: 'commit', sha } })
    const matching = /^\/matching-refs\/(.+)$/.exec(rest)?.[1]
    if (matching !== undefined) return page(request.url, this.store.refs(matching).map(json))
    if (rest === '/refs' && method === 'POST') {
      this.#limit()
      const { ref, sha } = parsed(request.body) as { ref: string; sha: string }
      if (!/^refs\/.+\/.+/.test(ref))
        throw new ApiError(422, "Reference name must start with 'refs/' and have two slashes")
      this.store.setRef(ref.replace(/^refs\//, ''), sha, { create: true, force: false })
      return { status: 201, json: json({ ref, sha }) }
    }
    const [, name] = /^\/refs?\/(.+)$/.exec(rest) ?? []
    if (name === undefined) throw new ApiError(404, 'Not Found')
    if (method === 'DELETE') {
      this.store.deleteRef(name)
      return { status: 204 }
    }
    if (method === 'PATCH') {
      const { sha, force } = parsed(request.body) as { sha: string; force?: boolean }
      this.store.setRef(name, sha, { create: false, force: force ?? false })
    }
    const sha = this.store.ref(name)
    if (sha === undefined) throw new ApiError(404, 'Not Found')
    return { status: 200, json: json({ ref: `refs/${name}`, sha }) }
  }

  #pulls(request: Request, rest: string): Answer {
    const { method, url } = request
    const json = (pull: StoredPull) => ({
      ...pull,
      head: { ref: pull.head },
      base: { ref: pull.base },
      html_url: `${this.server}/${this.options.repository}/pull/${pull.number}`,
    })
    if (rest === '' && method === 'GET') {
      const owner = this.options.repository.split('/')[0]
      const head = url.searchParams.get('head')
      const state = url.searchParams.get('state') ?? 'open'
      const fits = (pull: StoredPull) =>
        (state === 'all' || pull.state === state) && (head === null || head === `${owner}:${pull.head}`)
      return page(url, this.store.pulls.filter(fits).map(json))
    }
    if (rest === '' && method === 'POST') {
      this.#limit()
      return { status: 201, json: json(this.store.pull(parsed(request.body) as never)) }
    }
    const pull = this.store.pulls.find(({ number }) => `/${number}` === rest)
    if (pull === undefined) throw new ApiError(404, 'Not Found')
    if (method === 'PATCH') Object.assign(pull, parsed(request.body))
    return { status: 200, json: json(pull) }
  }

  #upload(request: Request): Answer {
    const id = /^\/releases\/(\d+)\/assets$/.exec(this.#below(request, '/repos'))?.[1]
    if (id === undefined || request.method !== 'POST') throw new ApiError(404, 'Not Found')
    this.#requireWrite(request, 'contents')
    const type = request.headers['content-type']
    if (type === undefined) throw new ApiError(400, 'Content-Type is missing')
    try {
      this.#limit()
    } catch (error) {
      const { seconds = '' } = error as { seconds?: string }
      return { status: 403, headers: { 'retry-after': seconds }, json: { message: (error as Error).message } }
    }
    const release = this.store.release(Number(id))
    const asset = this.store.startUpload(release, request.url.searchParams.get('name') ?? '', type)
    asset.bytes = request.body
    asset.state = 'uploaded'
    return { status: 201, json: this.#assetJson(release, asset) }
  }

  /** git, and the download address that people and `setup` use; nobody sees drafts there. */
  #web(request: Request): Answer | Promise<Answer> {
    if (/^\/[^/]+\/[^/]+\/(info\/refs|git-upload-pack|git-receive-pack)$/.test(request.url.pathname))
      return this.#git(request)
    const path = this.#below(request, '')
    const [, tag = '', name = ''] = /^\/releases\/download\/([^/]+)\/([^/]+)$/.exec(path) ?? []
    const release = this.store.releases.find((one) => one.tag === decodeURIComponent(tag) && !one.draft)
    const asset = release?.assets.find((one) => one.name === decodeURIComponent(name) && one.state === 'uploaded')
    if (asset === undefined) return { status: 404, bytes: Buffer.from('Not Found') }
    asset.downloads++
    return { status: 302, headers: { location: this.#signed(asset) } }
  }

  /** git's smart protocol, by git's own program: anybody may fetch, and who pushes needs the right. */
  async #git(request: Request): Promise<Answer> {
    const { method, url, headers, body } = request
    const isPush = url.pathname.endsWith('receive-pack') || url.searchParams.get('service') === 'git-receive-pack'
    if (isPush && request.rights === undefined)
      return { status: 401, headers: { 'www-authenticate': 'Basic realm="GitHub"' } }
    if (isPush) this.#requireWrite(request, 'contents')
    const path = this.#below({ ...request, url: new URL(url.href.replace('.git/', '/')) }, '')
    const env = {
      ...{ PATH: process.env.PATH ?? '', GIT_PROJECT_ROOT: this.options.bare, GIT_HTTP_EXPORT_ALL: '1' },
      ...{ PATH_INFO: path, REQUEST_METHOD: method, QUERY_STRING: url.search.slice(1), REMOTE_USER: isPush ? 'x' : '' },
      ...{ CONTENT_TYPE: headers['content-type'] ?? '', HTTP_CONTENT_ENCODING: headers['content-encoding'] ?? '' },
      ...{ GIT_PROTOCOL: String(headers['git-protocol'] ?? ''), GIT_CONFIG_NOSYSTEM: '1', HOME: '/nonexistent' },
    }
    const child = spawn('git', ['http-backend'], { env, stdio: ['pipe', 'pipe', 'ignore'] })
    child.stdin.on('error', () => undefined).end(body)
    const chunks: Buffer[] = []
    for await (const chunk of child.stdout) chunks.push(chunk as Buffer)
    const all = Buffer.concat(chunks)
    const end = all.indexOf('\r\n\r\n')
    const fields = all
      .subarray(0, end)
      .toString('latin1')
      .split('\r\n')
      .map((line) => line.split(': '))
    const answered = Object.fromEntries(fields.map(([name = '', value = '']) => [name.toLowerCase(), value]))
    const { status = '200', ...others } = answered
    return { status: Number.parseInt(status, 10), headers: others, bytes: all.subarray(end + 4) }
  }

  #signed({ id }: StoredAsset): string {
    const expires = Date.now() + 1000 * (this.options.addressSeconds ?? 300)
    return `${this.objects}/objects/${id}?expires=${expires}&signature=${this.#signature(id, expires)}`
  }

  #signature(id: number, expires: number): string {
    return createHmac('sha256', this.#key).update(`${id} ${expires}`).digest('hex')
  }

  #object({ url, headers }: Request): Answer {
    const id = Number(/^\/objects\/(\d+)$/.exec(url.pathname)?.[1] ?? Number.NaN)
    const expires = Number(url.searchParams.get('expires'))
    if (url.searchParams.get('signature') !== this.#signature(id, expires) || expires < Date.now())
      return { status: 403, bytes: Buffer.from('the address has expired') }
    // as the real store does, which takes one way of proving a right and not two
    if (headers.authorization !== undefined) return { status: 400, bytes: Buffer.from('InvalidAuthenticationInfo') }
    const { bytes } = this.store.asset(id).asset
    const [, from, to] = /^bytes=(\d+)-(\d*)$/.exec(headers.range ?? '') ?? []
    if (from === undefined)
      return { status: 200, headers: { 'accept-ranges': 'bytes', 'content-length': String(bytes.length) }, bytes }
    const end = Math.min(to === undefined || to === '' ? bytes.length - 1 : Number(to), bytes.length - 1)
    if (Number(from) > end) return { status: 416, headers: { 'content-range': `bytes */${bytes.length}` } }
    const part = bytes.subarray(Number(from), end + 1)
    return { status: 206, headers: { 'content-range': `bytes ${from}-${end}/${bytes.length}` }, bytes: part }
  }

  #release(release: StoredRelease): object {
    const { id, tag, target, name, body, draft, prerelease, immutable, createdAt, publishedAt, assets } = release
    const path = `/repos/${this.options.repository}/releases/${id}`
    return {
      ...{ id, tag_name: tag, target_commitish: target, name, body, draft, prerelease, immutable },
      url: `${this.api}${path}`,
      assets_url: `${this.api}${path}/assets`,
      upload_url: `${this.uploads}${path}/assets{?name,label}`,
      html_url: `${this.server}/${this.options.repository}/releases/tag/${draft ? `untagged-${id}` : encodeURIComponent(tag)}`,
      created_at: new Date(createdAt).toISOString(),
      published_at: publishedAt === null ? null : new Date(publishedAt).toISOString(),
      assets: assets.map((one) => this.#assetJson(release, one)),
    }
  }

  #assetJson({ tag, draft, id: release }: StoredRelease, asset: StoredAsset): object {
    const { id, name, label, state, contentType, bytes, createdAt, downloads } = asset
    const folder = draft ? `untagged-${release}` : encodeURIComponent(tag)
    return {
      ...{ id, name, label, state, content_type: contentType, size: bytes.length, digest: digestOf(asset) },
      download_count: downloads,
      created_at: new Date(createdAt).toISOString(),
      url: `${this.api}/repos/${this.options.repository}/releases/assets/${id}`,
      browser_download_url: `${this.server}/${this.options.repository}/releases/download/${folder}/${encodeURIComponent(name)}`,
    }
  }
}

/** The token of an Authorization header: the API's forms, and the one that git is given, with the token as password. */
function tokenIn(header: string | undefined): string | undefined {
  if (header === undefined) return undefined
  const [, basic] = /^basic (\S+)$/i.exec(header) ?? []
  if (basic !== undefined)
    return Buffer.from(basic, 'base64')
      .toString()
      .replace(/^[^:]*:/, '')
  return header.replace(/^(bearer|token) /i, '')
}

function faultAnswer({ status, headers, message }: Fault): Answer {
  return {
    status,
    ...(headers === undefined ? {} : { headers }),
    json: { message: message ?? `made to fail with ${status}` },
  }
}

function parsed(body: Buffer): Record<string, unknown> {
  try {
    return JSON.parse(body.toString()) as Record<string, unknown>
  } catch {
    throw new ApiError(400, 'Problems parsing JSON')
  }
}

/** One page of a list: 30 by default, 100 at most, and links to the others. */
function page(url: URL, all: readonly unknown[]): Answer {
  const size = Math.min(100, Math.max(1, Number(url.searchParams.get('per_page') ?? 30)))
  const number = Math.max(1, Number(url.searchParams.get('page') ?? 1))
  const last = Math.max(1, Math.ceil(all.length / size))
  const link = (to: number, rel: string) => {
    const other = new URL(url)
    other.searchParams.set('page', String(to))
    return `<${other.href}>; rel="${rel}"`
  }
  const links = number < last ? [link(number + 1, 'next'), link(last, 'last')] : []
  const headers: Record<string, string> = links.length > 0 ? { link: links.join(', ') } : {}
  return { status: 200, headers, json: all.slice((number - 1) * size, number * size) }
}
