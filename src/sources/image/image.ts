// Gets the static QEMU executables of a container image straight from its registry, without an engine. They are kept in the tool cache by
// content, with a record of what the image contains, so that a later call fetches nothing.

import type { KnownBinaries, Missing } from '../../core/image/image-record.js'
import type { Host } from '../../core/model/catalog.js'
import type { AcquiredEmulator } from '../../core/model/emulator.js'
import { SetupError } from '../../core/model/errors.js'
import { type ImageReference, pinnedText, referenceText } from '../../core/model/image-reference.js'
import type { ImageAccess } from './image-access.js'
import { ImageCache } from './image-cache.js'
import type { Fetched, FetchOrder } from './image-fetch.js'
import type { Registry, Resolved } from './registry.js'

/** An executable of an image, now in the cache. */
export interface ImageExecutable extends Pick<AcquiredEmulator, 'path' | 'sha256' | 'bytesFetched'> {
  /** `qemu-aarch64`. */
  readonly binary: string
  /** In bytes. */
  readonly size: number
  readonly locator: 'tool-cache' | 'image'
}

/** Why an image provides no executable; `other-hash`: it has one, but its SHA-256 is not accepted. */
export type MissingExecutable = Missing | { readonly kind: 'other-hash'; readonly reason: string }

export interface ImageFetch {
  /** The reference with its digest. */
  readonly image: string
  /** What the reference resolves to: the digest of the index if there is one. */
  readonly digest: string
  readonly found: ReadonlyMap<string, ImageExecutable>
  /** Why each of the other binaries was not found. */
  readonly missing: ReadonlyMap<string, MissingExecutable>
}

/**
 * Gets the executables `binaries` (`qemu-aarch64`) of an image for `host`. Each is verified: either the digest of its layer matches, or its own
 * SHA-256 is accepted. Those that the image does not have are in `missing`. Throws `invalid-input`, `image-...`, `offline` and
 * `cache-unwritable`.
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
  const fetched = { binaries: absent, bytes: now.bytes }
  const sorted = foundAndMissing(new Map([...before, ...now.known]), cache, access.accepted, fetched)
  return { image, digest: resolved.digest, ...sorted }
}

/** The image's registry; its code is loaded at the first request, because an image in the cache does not need it. */
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

/** Sorts what is known for the caller. `fetched`: the binaries that were just downloaded, and in how many bytes. */
function foundAndMissing(
  known: KnownBinaries,
  cache: ImageCache,
  accepted: ReadonlySet<string>,
  fetched: { binaries: readonly string[]; bytes: number },
): Pick<ImageFetch, 'found' | 'missing'> {
  const found = new Map<string, ImageExecutable>()
  const missing = new Map<string, MissingExecutable>()
  const fresh = fetched.binaries.filter((binary) => known.get(binary)?.kind === 'found')
  for (const [binary, entry] of known) {
    if (entry.kind !== 'found') missing.set(binary, entry)
    else if (accepted.size > 0 && !accepted.has(entry.sha256)) {
      const reason = `its ${binary} has the SHA-256 ${entry.sha256}, expected ${[...accepted].join(' or ')}`
      missing.set(binary, { kind: 'other-hash', reason })
    } else {
      const index = fresh.indexOf(binary)
      const bytesFetched = index < 0 ? 0 : share(fetched.bytes, fresh.length, index)
      const { sha256, size } = entry
      const locator = index < 0 ? 'tool-cache' : 'image'
      found.set(binary, { binary, path: cache.pathOf(binary, sha256), sha256, size, locator, bytesFetched })
    }
  }
  return { found, missing }
}

/** Part `index` of `bytes` divided into whole `parts` that differ by at most one and add up to `bytes`. */
function share(bytes: number, parts: number, index: number): number {
  return Math.floor(bytes / parts) + (index < bytes % parts ? 1 : 0)
}
