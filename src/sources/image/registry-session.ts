// Requests to one registry or mirror, with the authorization that it asks for. Sources: the OCI distribution specification, and the
// distribution project's token specifications, https://distribution.github.io/distribution/spec/auth/token/ and .../auth/oauth/
import type { Credential } from '../../core/image/docker-config.js'
import { type RegistryEndpoint, refusalOf } from '../../core/image/registry-address.js'
import { type Challenge, parseChallenges } from '../../core/image/www-authenticate.js'
import type { SetupErrorCode } from '../../core/model/errors.js'
import { printable } from '../../core/model/targets.js'
import { json } from '../../core/text/json.js'
import { FetchError, type HttpRequest, type HttpResponse, sendRequest, statusError, wholeBody } from '../http.js'
import type { CredentialLookup } from './registry-credentials.js'

/** Why one endpoint did not deliver, in words for the list of places tried. `code`: the error code if no other endpoint delivers. */
export class EndpointError extends Error {
  readonly code: Extract<SetupErrorCode, `image-${string}`>
  /** Whether a retry may help, and how long the endpoint asks to wait before it, in milliseconds. */
  readonly retriable: boolean
  readonly afterMs: number | undefined
  /** Whether a rate limit was exceeded. */
  readonly limited: boolean

  constructor(
    code: EndpointError['code'],
    message: string,
    more: Partial<Pick<EndpointError, 'retriable' | 'afterMs' | 'limited'>> = {},
  ) {
    super(message)
    this.code = code
    this.retriable = more.retriable ?? false
    this.afterMs = more.afterMs
    this.limited = more.limited ?? false
  }
}

/** What a failed request means for the image. */
export function endpointError(error: FetchError): EndpointError {
  const { failure, message, retriable, afterMs } = error
  switch (failure.kind) {
    case 'network':
      return new EndpointError('image-unreachable', message, { retriable })
    case 'redirect':
      return new EndpointError('image-unreachable', message)
    case 'content':
      return new EndpointError('image-damaged', message, { retriable })
    case 'excess':
      return new EndpointError('image-refused', message)
    case 'status':
      return new EndpointError(codeOfStatus(failure.status), message, {
        retriable,
        afterMs,
        limited: failure.status === 429,
      })
  }
}

function codeOfStatus(status: number): EndpointError['code'] {
  if (status === 401 || status === 403) return 'image-denied'
  return status === 404 ? 'image-not-found' : 'image-unreachable'
}

const longestToken = 1 << 20

/** Sends requests to one endpoint, and logs in when it asks for that. */
export class Session {
  readonly endpoint: RegistryEndpoint
  readonly #silenceMs: number
  readonly #credential: () => Promise<CredentialLookup>
  #authorization: string | undefined
  /** Whether the credential itself was sent to the endpoint or its token service. */
  #isSent = false

  /** `credential` is called when the endpoint asks for a login, and at most once. */
  constructor(endpoint: RegistryEndpoint, silenceMs: number, credential: () => Promise<CredentialLookup>) {
    this.endpoint = endpoint
    this.#silenceMs = silenceMs
    let lookup: Promise<CredentialLookup> | undefined
    this.#credential = () => (lookup ??= credential())
  }

  /** Requests `path` (`manifests/latest`) in the endpoint's repository. Returns a response of any status but 401; throws EndpointError. */
  async ask(path: string, request: Pick<HttpRequest, 'method' | 'headers'> = {}): Promise<HttpResponse['message']> {
    for (let authorized = false; ; authorized = true) {
      const { message, url } = await this.#answer(`${this.endpoint.base}/${path}`, request, this.#authorization)
      if (message.statusCode !== 401) return message
      message.destroy()
      // another host that we were redirected to must not receive credentials
      const own = url.origin === new URL(this.endpoint.base).origin
      if (authorized || !own) throw own ? await this.#denied('answered 401') : elsewhereDenied()
      this.#authorization = await this.#authorizationFor(parseChallenges(message.headers['www-authenticate'] ?? ''))
    }
  }

  async #answer(url: string, request: HttpRequest, authorization?: string): Promise<HttpResponse> {
    try {
      return await sendRequest(url, { ...request, authorization, silenceMs: this.#silenceMs, refusalOf })
    } catch (error) {
      throw error instanceof FetchError ? endpointError(error) : error
    }
  }

  async #authorizationFor(challenges: readonly Challenge[]): Promise<string> {
    const { credential } = await this.#credential()
    for (const challenge of challenges) {
      if (challenge.kind === 'bearer') return `Bearer ${await this.#token(challenge, credential)}`
      if (credential?.kind === 'password') {
        this.#isSent = true
        return basic(credential)
      }
    }
    throw await this.#denied('answered 401')
  }

  async #token(challenge: Extract<Challenge, { kind: 'bearer' }>, credential: Credential | null): Promise<string> {
    const realm = this.#realm(challenge.realm)
    const scope = challenge.scope ?? `repository:${this.endpoint.repository}:pull`
    const words = new URLSearchParams({ ...(challenge.service === null ? {} : { service: challenge.service }), scope })
    this.#isSent = credential !== null
    const { message } = await this.#tokenAnswer(realm, words, credential)
    if (message.statusCode !== 200) {
      message.destroy()
      const error = endpointError(statusError(message))
      if (error.code === 'image-denied') throw await this.#denied(`its token service ${error.message}`)
      throw new EndpointError('image-unreachable', `its token service ${error.message}`, error)
    }
    const answer = json((await this.#body(message)).toString('utf8'))
    const token = answer?.token ?? answer?.access_token
    if (typeof token === 'string' && /^[\x21-\x7e]+$/.test(token)) return token
    throw new EndpointError(
      'image-unreachable',
      `its token service ${realm.origin} answered something that is no token`,
    )
  }

  #tokenAnswer(realm: URL, words: URLSearchParams, credential: Credential | null): Promise<HttpResponse> {
    if (credential?.kind !== 'identity') {
      for (const [name, value] of words) realm.searchParams.append(name, value)
      return this.#answer(realm.href, {}, credential === null ? undefined : basic(credential))
    }
    const form = new URLSearchParams(words)
    form.set('grant_type', 'refresh_token')
    form.set('client_id', 'setup-qemu')
    form.set('refresh_token', credential.token)
    const headers = { 'content-type': 'application/x-www-form-urlencoded' }
    return this.#answer(realm.href, { method: 'POST', headers, body: form.toString() })
  }

  #realm(realm: string): URL {
    const url = URL.canParse(realm) ? new URL(realm) : undefined
    const isWeb = url?.protocol === 'https:' || url?.protocol === 'http:'
    const refusal = isWeb ? refusalOf(url, new URL(this.endpoint.base)) : 'which is no web address'
    if (isWeb && refusal === undefined) return url
    throw new EndpointError('image-refused', `names the token service "${printable(realm)}", ${refusal}`)
  }

  async #body(message: HttpResponse['message']): Promise<Buffer> {
    try {
      return await wholeBody(message, longestToken, this.#silenceMs)
    } catch (error) {
      throw error instanceof FetchError ? endpointError(error) : error
    }
  }

  /** A refusal by the endpoint itself, with what happened to the credentials for it. */
  async #denied(answer: string): Promise<EndpointError> {
    const { credential, notes } = await this.#credential()
    const used =
      credential === null
        ? 'there are no credentials for it'
        : this.#isSent
          ? 'the credentials for it were used'
          : 'the credentials for it were not sent: it asks for none of their kind'
    return new EndpointError('image-denied', [`${answer} (${used})`, ...notes].join('; '))
  }
}

/** A refusal by a host that the endpoint redirected to. */
function elsewhereDenied(): EndpointError {
  return new EndpointError('image-denied', 'redirected to a place that answered 401 (no credentials are sent there)')
}

function basic({ username, password }: Extract<Credential, { kind: 'password' }>): string {
  return `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`
}
