// GitHub's REST API, as far as releases and pull requests need it. Source of truth: https://docs.github.com/en/rest
// A request is made again as its answer asks for (pacing.ts), and what creates something is paced. The token goes to the API and to the host of
// uploads that belongs to it, and into no message.
import { setTimeout as sleep } from 'node:timers/promises'
import type { RemoteAsset } from './asset-plan.js'
import { githubLimits, type Limit, pauseMs, retryMs } from './pacing.js'
import { Refusal } from './step.js'

export interface Release {
  readonly id: number
  readonly tag_name: string
  readonly draft: boolean
  readonly prerelease: boolean
  /** Of a server that knows immutable releases. */
  readonly immutable?: boolean
  readonly upload_url: string
  readonly html_url: string
}

export interface NewRelease {
  readonly tag: string
  /** Where the tag is made on publishing, when it is not there. */
  readonly commit: string
  readonly title: string
  readonly notes: string
  readonly prerelease: boolean
}

/** An asset, and when it was made. */
export interface Asset extends RemoteAsset {
  readonly url: string
  readonly created_at: string
}

interface Answer {
  readonly status: number
  readonly body: string
  readonly next: string | undefined
}

interface Call {
  readonly method?: string
  readonly json?: unknown
  readonly bytes?: Uint8Array
  readonly accept?: string
}

/** A status that nobody asked again for. */
export class HttpError extends Refusal {
  constructor(
    what: string,
    readonly status: number,
    body: string,
  ) {
    super(`${what}: HTTP ${status}, ${messageIn(body)}`)
  }
}

function messageIn(body: string): string {
  try {
    const { message, errors } = JSON.parse(body) as { message?: string; errors?: unknown }
    return `${message ?? ''}${errors === undefined ? '' : ` ${JSON.stringify(errors)}`}`
  } catch {
    return shown(body)
  }
}

function shown(body: string): string {
  return JSON.stringify(body.slice(0, 200))
}

/** What an answer says. Throws Refusal where something between us and GitHub answered, such as the page of a proxy. */
function jsonIn<T>(body: string): T {
  try {
    return JSON.parse(body) as T
  } catch {
    throw new Refusal(`expected JSON from GitHub, got ${shown(body)}`)
  }
}

/** Whether uploads to `address` belong to the API at `api`: the same host, or one beside it, as uploads.github.com is beside api.github.com. */
export function isBeside(address: URL, api: URL): boolean {
  const site = ({ hostname }: URL) =>
    /^[\d.]+$|^\[/.test(hostname) ? hostname : hostname.split('.').slice(-2).join('.')
  return address.protocol === api.protocol && site(address) === site(api)
}

export class GitHub {
  readonly #created: number[] = []

  /** `api` as GITHUB_API_URL has it, `repository` as GITHUB_REPOSITORY. */
  constructor(
    readonly api: string,
    readonly repository: string,
    private readonly token: string,
    private readonly limits: readonly Limit[] = githubLimits,
  ) {}

  /** All releases; drafts among them where the token may write. */
  releases(): Promise<Release[]> {
    return this.#list<Release>('/releases')
  }

  assets(release: Release): Promise<Asset[]> {
    return this.#list<Asset>(`/releases/${release.id}/assets`)
  }

  /** When assets were made counts for the pace of the next ones, whoever made them. */
  recall(assets: readonly Asset[]): void {
    this.#created.push(...assets.map(({ created_at }) => Date.parse(created_at)).filter(Number.isFinite))
  }

  async createDraft({ tag, commit, title, notes, prerelease }: NewRelease): Promise<Release> {
    const json = { tag_name: tag, target_commitish: commit, name: title, body: notes, draft: true, prerelease }
    return jsonIn((await this.#create(this.#path('/releases'), { json })).body)
  }

  async updateRelease(release: Release, json: Readonly<Record<string, unknown>>): Promise<Release> {
    const { body } = await this.#call(this.#path(`/releases/${release.id}`), { method: 'PATCH', json })
    return jsonIn(body)
  }

  async deleteAsset({ id }: RemoteAsset): Promise<void> {
    await this.#call(this.#path(`/releases/assets/${id}`), { method: 'DELETE' })
  }

  /** Throws HttpError; a half-made asset may then be there. */
  async upload(release: Release, name: string, bytes: Uint8Array): Promise<Asset> {
    const address = new URL(release.upload_url.replace(/\{.*\}$/, ''))
    if (!isBeside(address, new URL(this.api)))
      throw new Refusal(`${release.upload_url} does not belong to ${this.api}: nothing is sent there`)
    address.searchParams.set('name', name)
    return jsonIn((await this.#create(address.href, { bytes })).body)
  }

  /** The bytes of an asset. */
  async download(asset: Asset): Promise<string> {
    return (await this.#call(asset.url, { accept: 'application/octet-stream' })).body
  }

  async openPullRequest(branch: string): Promise<{ number: number; html_url: string } | undefined> {
    const owner = this.repository.split('/')[0] ?? ''
    const query = `/pulls?state=open&head=${encodeURIComponent(`${owner}:${branch}`)}`
    const found = jsonIn<{ number: number; html_url: string }[]>((await this.#call(this.#path(query))).body)
    return found[0]
  }

  /** Opens a pull request, or gives the one of the branch that is open new words. */
  async proposePullRequest(json: { head: string; base: string; title: string; body: string }): Promise<string> {
    const open = await this.openPullRequest(json.head)
    const answer =
      open === undefined
        ? await this.#create(this.#path('/pulls'), { json })
        : await this.#call(this.#path(`/pulls/${open.number}`), {
            method: 'PATCH',
            json: { title: json.title, body: json.body },
          })
    return jsonIn<{ html_url: string }>(answer.body).html_url
  }

  /** What comes back may become part of a message, and a proxy may send back what it was sent. */
  #withoutToken(text: string): string {
    return text.replaceAll(this.token, '***')
  }

  #path(path: string): string {
    return `${this.api}/repos/${this.repository}${path}`
  }

  async #list<T>(path: string): Promise<T[]> {
    const all: T[] = []
    let next: string | undefined = this.#path(`${path}?per_page=100`)
    while (next !== undefined) {
      const answer: Answer = await this.#call(next)
      const page = jsonIn<T[]>(answer.body)
      if (!Array.isArray(page)) throw new Refusal(`GET ${path}: expected a list, got ${shown(answer.body)}`)
      all.push(...page)
      next = answer.next
    }
    return all
  }

  async #create(address: string, call: Call): Promise<Answer> {
    const pause = pauseMs(Date.now(), this.#created, this.limits)
    if (pause > 0) {
      console.log(`waiting ${Math.ceil(pause / 1000)} s: GitHub limits how many things may be created`)
      await sleep(pause)
    }
    this.#created.push(Date.now())
    // of something that is created a second try after 5xx could make a second one: whoever called decides
    return this.#call(address, { method: 'POST', ...call })
  }

  async #call(address: string, call: Call = {}): Promise<Answer> {
    const { method = 'GET' } = call
    const what = `${method} ${new URL(address).pathname}`
    for (let tries = 1; ; tries++) {
      const { status, headers, body } = await this.#once(what, address, call, tries)
      if (status >= 200 && status < 300) {
        const next = /<([^>]+)>;\s*rel="next"/.exec(headers.link ?? '')?.[1]
        return {
          status,
          body,
          next: next !== undefined && isBeside(new URL(next), new URL(this.api)) ? next : undefined,
        }
      }
      const isRepeatable = method !== 'POST' || status < 500
      const pause = isRepeatable ? retryMs({ status, headers, body, tries }, Date.now()) : undefined
      if (pause === undefined) throw new HttpError(what, status, body)
      console.log(`${what}: HTTP ${status}; again in ${Math.ceil(pause / 1000)} s`)
      await sleep(pause)
    }
  }

  /** One request; a connection that breaks counts as an answer of 599. */
  async #once(what: string, address: string, { method = 'GET', json, bytes, accept }: Call, tries: number) {
    const content: Record<string, string> =
      json !== undefined
        ? { 'content-type': 'application/json' }
        : bytes !== undefined
          ? { 'content-type': 'application/octet-stream' }
          : {}
    try {
      const answer = await fetch(address, {
        method,
        headers: {
          accept: accept ?? 'application/vnd.github+json',
          'x-github-api-version': '2022-11-28',
          'user-agent': 'setup-qemu',
          authorization: `Bearer ${this.token}`,
          ...content,
        },
        ...(json !== undefined ? { body: JSON.stringify(json) } : {}),
        ...(bytes !== undefined ? { body: bytes as Uint8Array<ArrayBuffer> } : {}),
        signal: AbortSignal.timeout(600_000),
      })
      return {
        status: answer.status,
        headers: Object.fromEntries(answer.headers),
        body: this.#withoutToken(await answer.text()),
      }
    } catch (error) {
      const cause = error instanceof Error && error.cause instanceof Error ? error.cause.message : String(error)
      console.log(`${what}: ${cause} (try ${tries})`)
      return { status: 599, headers: {} as Record<string, string>, body: cause }
    }
  }
}

/** The repository that the workflow runs in, with the token that the step was given. */
export function githubOfStep(): GitHub {
  const { GITHUB_API_URL: api = '', GITHUB_REPOSITORY: repository = '', GITHUB_TOKEN: token = '' } = process.env
  if (!/^https?:\/\//.test(api) || !/^[^/]+\/[^/]+$/.test(repository))
    throw new Refusal('GITHUB_API_URL and GITHUB_REPOSITORY must say which repository this is')
  if (token === '') throw new Refusal('the step was given no GITHUB_TOKEN')
  return new GitHub(api.replace(/\/+$/, ''), repository, token)
}
