// The static QEMU executables of a container image, straight from its registry, without an engine. What was read once is kept in the tool
// cache by content, with a record of what the image holds, so that a later call fetches nothing.

import type { KnownBinaries, Lack } from '../../core/image/image-record.js'
import type { Host } from '../../core/model/catalog.js'
import type { AcquiredEmulator } from '../../core/model/emulator.js'
import { SetupError } from '../../core/model/errors.js'
import { type ImageReference, pinnedText, referenceText } from '../../core/model/image-reference.js'
import type { ImageAccess } from './image-access.js'
import { ImageCache } from './image-cache.js'
import type { Fetched, FetchOrder } from './image-fetch.js'
import type { Registry, Resolved } from './registry.js'

/** An executable of an image, in the cache. */
export interface ImageExecutable extends Pick<AcquiredEmulator, 'path' | 'sha256' | 'bytesFetched'> {
  /** `qemu-aarch64`. */
  readonly binary: string
  /** In bytes. */
  readonly size: number
  readonly locator: 'tool-cache' | 'image'
}

/** Why an image gives no executable; `other-hash`: the one that it has is none of those accepted. */
export type ImageLack = Lack | { readonly kind: 'other-hash'; readonly reason: string }

export interface ImageFetch {
  /** The reference with its digest. */
  readonly image: string
  /** What the reference stands for: of the index where there is one. */
  readonly digest: string
  readonly found: ReadonlyMap<string, ImageExecutable>
  /** Why a binary is not among them. */
  readonly missing: ReadonlyMap<string, ImageLack>
}

/**
 * The executables `binaries` (`qemu-aarch64`) of an image for `host`, each checked: its layer's digest matched, or its own SHA-256 is one of
 * those accepted. One that the image does not have is told in `missing`. Throws `invalid-input`, `image-...`, `offline`, `cache-unwritable`.
 */
export async function emulatorsFromImage(
  reference: ImageReference,
  binaries: readonly string[],
  host: Host,
  access: ImageAccess,
): Promise<ImageFetch> {
  const wanted = [...new Set(binaries)]
  const network = access.offline ? undefined : new Network(reference, access)
  const resolved = await resolve(reference, network)
  const image = pinnedText(reference, resolved.digest)
  const cache = new ImageCache(access.cacheFolder, resolved.digest, host)
  const before = cache.known(wanted, access.accepted)
  const absent = wanted.filter((binary) => !before.has(binary))
  if (absent.length > 0 && network === undefined) throw notCached(image, absent)
  const now =
    absent.length > 0 && network !== undefined
      ? await network.fetchInto(cache, { image, host, binaries: absent, resolved })
      : { known: new Map(), bytes: 0 }
  const words = told(new Map([...before, ...now.known]), cache, access.accepted, { binaries: absent, bytes: now.bytes })
  return { image, digest: resolved.digest, ...words }
}

/** The image's registry, whose code is loaded when it is asked for the first time. */
class Network {
  readonly #reference: ImageReference
  readonly #access: ImageAccess
  #registry: Registry | undefined

  constructor(reference: ImageReference, access: ImageAccess) {
    this.#reference = reference
    this.#access = access
  }

  async resolve(tag: string): Promise<Resolved> {
    return (await this.#opened()).resolve(tag)
  }

  async fetchInto(cache: ImageCache, order: Omit<FetchOrder, 'registry'>): Promise<Fetched> {
    const { fetchInto } = await import('./image-fetch.js')
    return fetchInto(cache, { ...order, registry: await this.#opened() }, this.#access)
  }

  async #opened(): Promise<Registry> {
    const { registryOf } = await import('./image-fetch.js')
    this.#registry ??= registryOf(this.#reference, this.#access)
    return this.#registry
  }
}

async function resolve(reference: ImageReference, network: Network | undefined): Promise<Resolved> {
  if (reference.digest !== null) return { digest: reference.digest }
  if (network !== undefined) return network.resolve(reference.tag ?? 'latest')
  throw new SetupError('offline', `what ${referenceText(reference)} stands for cannot be asked without the network`, {
    hint: 'name the image by its digest: NAME@sha256:..., as an earlier run printed it',
  })
}

function notCached(image: string, absent: readonly string[]): SetupError {
  return new SetupError('offline', `${absent.join(', ')} of ${image} is not in the cache, and nothing may be fetched`, {
    hint: 'run once with the network to fill the cache folder, or bring that folder along',
  })
}

/** What is known, in the words of the caller; `fetched` names the binaries that came over the network just now, and in how many bytes. */
function told(
  known: KnownBinaries,
  cache: ImageCache,
  accepted: ReadonlySet<string>,
  fetched: { binaries: readonly string[]; bytes: number },
): Pick<ImageFetch, 'found' | 'missing'> {
  const found = new Map<string, ImageExecutable>()
  const missing = new Map<string, ImageLack>()
  const fresh = fetched.binaries.filter((binary) => known.get(binary)?.kind === 'found')
  for (const [binary, what] of known) {
    if (what.kind !== 'found') missing.set(binary, what)
    else if (accepted.size > 0 && !accepted.has(what.sha256)) {
      const reason = `its ${binary} has the SHA-256 ${what.sha256}, expected ${[...accepted].join(' or ')}`
      missing.set(binary, { kind: 'other-hash', reason })
    } else {
      const place = fresh.indexOf(binary)
      const bytesFetched = place < 0 ? 0 : share(fetched.bytes, fresh.length, place)
      const { sha256, size } = what
      const locator = place < 0 ? 'tool-cache' : 'image'
      found.set(binary, { binary, path: cache.pathOf(binary, sha256), sha256, size, locator, bytesFetched })
    }
  }
  return { found, missing }
}

/** The part number `place` of `parts` nearly equal whole ones. */
function share(bytes: number, parts: number, place: number): number {
  return Math.floor(bytes / parts) + (place < bytes % parts ? 1 : 0)
}
