// Fetches an image's manifests and blobs from the first endpoint that delivers them: mirrors, then its own registry. Only digests are trusted.
// Source: the OCI distribution specification, https://github.com/opencontainers/distribution-spec/blob/main/spec.md
import { createHash } from 'node:crypto'
import { type Descriptor, manifestTypes } from '../../core/image/image-manifest.js'
import { endpointsOf } from '../../core/image/registry-address.js'
import { SetupError } from '../../core/model/errors.js'
import { type ImageReference, isDigest, referenceText } from '../../core/model/image-reference.js'
import { printable } from '../../core/model/targets.js'
import { failureText } from '../../core/sources/retry.js'
import { json } from '../../core/text/json.js'
import type { Log } from '../../system/log.js'
import { FetchError, rangeBody, statusError, waitBeforeRetry, wholeBody } from '../http.js'
import type { ImageAccess, ImageLimits } from './image-access.js'
import { type CredentialLookup, credentialFor } from './registry-credentials.js'
import { EndpointError, endpointError, Session } from './registry-session.js'

/** How to access the registry of an image, with all limits set. */
export interface RegistryAccess extends Pick<ImageAccess, 'registryMirrors' | 'credentials' | 'env' | 'log'> {
  readonly limits: ImageLimits
}

/** What a tag resolves to; the manifest itself when it had to be fetched for that. */
export interface Resolved {
  readonly digest: string
  readonly manifest?: Buffer
}

/** The endpoints of one image, of which mirrors that failed are dropped. */
export class Registry {
  readonly #image: string
  readonly #sessions: Session[]
  readonly #limits: ImageLimits
  readonly #log: Log
  /** Mirrors that failed, and why. */
  readonly #failedMirrors: string[] = []

  /** Throws `invalid-input` for a mirror that is not a valid address. */
  constructor(reference: ImageReference, access: RegistryAccess) {
    this.#image = referenceText(reference)
    this.#limits = access.limits
    this.#log = access.log
    this.#sessions = endpointsOf(reference, access.registryMirrors).map((endpoint) => {
      const given: CredentialLookup | null =
        endpoint.own && access.credentials !== null ? givenCredential(access.credentials) : null
      const credential = async () => given ?? (await credentialFor(endpoint.registry, endpoint.repository, access.env))
      return new Session(endpoint, access.limits.silenceMs, credential)
    })
  }

  /** The digest of a tag at the first endpoint that has it. Throws SetupError `image-...`. */
  resolve(tag: string): Promise<Resolved> {
    return this.#first(`the tag "${tag}"`, (session) =>
      this.#retried(async () => {
        const message = await session.ask(`manifests/${tag}`, { method: 'HEAD', headers: accept })
        message.destroy()
        const digest = message.headers['docker-content-digest']
        if (message.statusCode === 200 && typeof digest === 'string' && isDigest(digest)) return { digest }
        // not every registry supports HEAD or sends the digest
        const manifest = await this.#manifestAt(session, tag)
        if (json(manifest.toString('utf8')) === undefined) throw noManifest(manifest)
        return { digest: digestOf(manifest), manifest }
      }),
    )
  }

  /** The manifest with a digest, verified; `size` in bytes if it is known. Throws SetupError `image-...`. */
  manifest(digest: string, size?: number): Promise<Buffer> {
    return this.#first(`the manifest ${digest}`, (session) =>
      this.#retried(async () => checked(await this.#manifestAt(session, digest), digest, size)),
    )
  }

  /** An image's config: a small blob, verified. Throws SetupError `image-...`. */
  config({ digest, size }: Descriptor): Promise<Buffer> {
    return this.#first(`the config ${digest}`, (session) =>
      this.#retried(async () => {
        const message = await session.ask(`blobs/${digest}`)
        return checked(await this.#body(message), digest, size)
      }),
    )
  }

  /**
   * Passes a blob's bytes to `use`, which must verify their digest and throw EndpointError when it is wrong; then the next endpoint is tried.
   * Broken connections are resumed where they broke. Throws SetupError `image-...`, and what `use` throws.
   */
  blob<T>({ digest, size }: Descriptor, use: (bytes: AsyncGenerator<Uint8Array>) => Promise<T>): Promise<T> {
    return this.#first(`the layer ${digest}`, (session) => use(this.#blobBytes(session, digest, size)))
  }

  async *#blobBytes(session: Session, digest: string, size: number): AsyncGenerator<Uint8Array> {
    let given = 0
    if (size === 0) return
    for (let tries = 1; ; tries++) {
      try {
        const headers = given === 0 ? {} : { range: `bytes=${given}-${size - 1}` }
        const message = await session.ask(`blobs/${digest}`, { headers })
        for await (const chunk of rangeBody(message, given, size, size, { silenceMs: this.#limits.silenceMs })) {
          given += chunk.length
          yield chunk
        }
        return
      } catch (error) {
        await this.#waitOrThrow(error, tries)
      }
    }
  }

  async #manifestAt(session: Session, reference: string): Promise<Buffer> {
    return this.#body(await session.ask(`manifests/${reference}`, { headers: accept }))
  }

  async #body(message: Awaited<ReturnType<Session['ask']>>): Promise<Buffer> {
    if (message.statusCode !== 200) {
      message.destroy()
      throw statusError(message)
    }
    return wholeBody(message, this.#limits.manifestBytes, this.#limits.silenceMs)
  }

  /** Repeats an action that fails with an EndpointError, as often as retry.ts allows. */
  async #retried<T>(action: () => Promise<T>): Promise<T> {
    for (let tries = 1; ; tries++) {
      try {
        return await action()
      } catch (error) {
        await this.#waitOrThrow(error, tries)
      }
    }
  }

  /** Waits before the next try; throws when there is to be none. */
  async #waitOrThrow(thrown: unknown, tries: number): Promise<void> {
    const error = thrown instanceof FetchError ? endpointError(thrown) : thrown
    if (!(error instanceof EndpointError)) throw error
    const say = (line: string) => this.#log.detail(`${this.#image}: ${line}`)
    if (!(await waitBeforeRetry(error, tries, this.#limits, say)))
      throw new EndpointError(error.code, failureText(error, tries), error)
  }

  /** The result of the first endpoint that succeeds. A mirror that fails is not used again. */
  async #first<T>(what: string, attempt: (session: Session) => Promise<T>): Promise<T> {
    for (;;) {
      const [session] = this.#sessions
      if (session === undefined) throw new Error('an image without an endpoint')
      try {
        return await attempt(session)
      } catch (error) {
        if (!(error instanceof EndpointError)) throw error
        const answer = `${session.endpoint.base}: ${error.message}`
        if (session.endpoint.own) throw this.#failed(what, answer, error)
        this.#log.detail(`${what}: ${answer}`)
        this.#failedMirrors.push(answer)
        this.#sessions.shift()
      }
    }
  }

  #failed(what: string, answer: string, error: EndpointError): SetupError {
    const isOnlyEndpoint = this.#failedMirrors.length === 0
    return new SetupError(
      error.code,
      `${this.#image}: ${what} could not be fetched:${isOnlyEndpoint ? ` ${answer}` : ''}`,
      {
        hint: error.limited ? limitHint : hints[error.code],
        tried: isOnlyEndpoint ? [] : [...this.#failedMirrors, answer],
        cause: error,
      },
    )
  }
}

const accept = { accept: manifestTypes.join(', ') }

const hints: Readonly<Record<EndpointError['code'], string>> = {
  'image-not-found':
    "check the registry, the name and the tag; `docker manifest inspect` or the registry's page shows what there is",
  'image-denied':
    'give registry-username and registry-password, or log in with `docker login`; a registry may answer so, too, when the image does not exist',
  'image-damaged':
    'try again; if it stays, the registry or a proxy gives other bytes than the image has: use another place',
  'image-refused': 'name another image or registry; this one does not answer as a registry should',
  'image-other-platform': 'name an image for this host',
  'image-unreachable':
    'check the network, set https_proxy, or name a mirror that this machine can reach with registry-mirror',
}

const limitHint =
  'log in (docker login, or registry-username and registry-password), as anonymous users share one limit per address; or name a registry-mirror'

function givenCredential({ username, password }: { username: string; password: string }): CredentialLookup {
  return { credential: { kind: 'password', username, password }, notes: [] }
}

function digestOf(bytes: Uint8Array): string {
  return `sha256:${createHash('sha256').update(bytes).digest('hex')}`
}

function noManifest(bytes: Buffer): EndpointError {
  const start = printable(bytes.toString('utf8', 0, 100))
  return new EndpointError('image-damaged', `answered "${start}" where a manifest in JSON was expected`)
}

function checked(bytes: Buffer, digest: string, size?: number): Buffer {
  const got = digestOf(bytes)
  const start = printable(bytes.toString('utf8', 0, 100))
  if (got !== digest)
    throw new EndpointError(
      'image-damaged',
      `delivered bytes with the digest ${got}, expected ${digest}; they begin "${start}"`,
    )
  if (size !== undefined && bytes.length !== size)
    throw new EndpointError('image-damaged', `delivered ${bytes.length} bytes for ${digest}, expected ${size}`)
  return bytes
}
