// Fetches executables from an image's layers into the cache. Loaded only when a registry may have to be asked.

import {
  checkPlatform,
  chooseManifest,
  configPlatform,
  type Descriptor,
  type Manifest,
  parseManifest,
  refused,
} from '../../core/image/image-manifest.js'
import type { KnownBinaries, KnownBinary } from '../../core/image/image-record.js'
import type { Host } from '../../core/model/catalog.js'
import type { ImageReference } from '../../core/model/image-reference.js'
import type { Transfer } from '../../system/log.js'
import type { ImageAccess } from './image-access.js'
import { type ImageLimits, usualLimits } from './image-access.js'
import type { ImageCache } from './image-cache.js'
import { LayerSearch, Search } from './image-search.js'
import { readLayer } from './layers.js'
import { Registry, type Resolved } from './registry.js'

/** How deep indexes that name indexes are followed; no real image needs more. */
const deepestIndex = 3

/** What to fetch from an image, and the registry to ask. */
export interface FetchOrder {
  readonly image: string
  readonly host: Host
  readonly binaries: readonly string[]
  readonly registry: Registry
  readonly resolved: Resolved
}

/** What is now known about the binaries, and the bytes of layers that were fetched. */
export interface Fetched {
  readonly known: KnownBinaries
  readonly bytes: number
}

function limitsOf(access: ImageAccess): ImageLimits {
  return { ...usualLimits, ...access.limits }
}

/** The registry of an image, with the mirrors, credentials and limits of `access`. Throws `invalid-input` for a bad mirror address. */
export function registryOf(reference: ImageReference, access: ImageAccess): Registry {
  return new Registry(reference, { ...access, limits: limitsOf(access) })
}

/**
 * Puts the executables of an image into `cache`, and into its record what was found out about each binary. Throws `image-...` and
 * `cache-unwritable`; then no partial files are left.
 */
export async function fetchInto(cache: ImageCache, order: FetchOrder, access: ImageAccess): Promise<Fetched> {
  const { image, host, binaries } = order
  const limits = limitsOf(access)
  const search = new Search({ image, binaries, host, folder: cache.folder, accepted: access.accepted, limits })
  const transfer = countedTransfer(access, binaries)
  try {
    const layers = await layersOf(order)
    await searchLayers(search, layers, order.registry, transfer)
    const known = new Map<string, KnownBinary>()
    for (const binary of search.wanted) known.set(binary, search.missing(binary))
    for (const [binary, { part, sha256, size, checked }] of search.found) {
      await cache.keep(binary, sha256, part)
      known.set(binary, { kind: 'found', sha256, size, checked })
    }
    cache.add(known)
    return { known, bytes: transfer.bytes() }
  } finally {
    search.discard()
    transfer.end()
  }
}

function countedTransfer(access: ImageAccess, binaries: readonly string[]): Transfer & { bytes: () => number } {
  const transfer = access.log.transfer(...binaries)
  let bytes = 0
  return {
    ...transfer,
    add: (count) => {
      bytes += count
      transfer.add(count)
    },
    bytes: () => bytes,
  }
}

/** The layers of the image for the host, top layer first. */
async function layersOf({ image, host, registry, resolved }: FetchOrder): Promise<Descriptor[]> {
  let bytes = resolved.manifest ?? (await registry.manifest(resolved.digest))
  let isPlatformKnown = false
  for (let depth = 0; depth <= deepestIndex; depth++) {
    const manifest: Manifest = parseManifest(bytes.toString('utf8'), image)
    if (manifest.kind === 'image') {
      if (!isPlatformKnown)
        checkPlatform(configPlatform((await registry.config(manifest.config)).toString('utf8'), image), host, image)
      return manifest.layers.toReversed()
    }
    const choice = chooseManifest(manifest, host, image)
    isPlatformKnown = choice.known
    bytes = await registry.manifest(choice.manifest.digest, choice.manifest.size)
  }
  throw refused(image, `its index names an index, and so on for more than ${deepestIndex} times`)
}

async function searchLayers(
  search: Search,
  layers: readonly Descriptor[],
  registry: Registry,
  transfer: Pick<Transfer, 'expect' | 'add'>,
): Promise<void> {
  const { image, limits } = search.order
  for (const [index, layer] of layers.entries()) {
    if (search.wanted.length === 0) return
    // compressed bytes are hardly ever more than the archive itself
    if (layer.size > limits.imageBytes)
      throw refused(image, `its layer ${layer.digest} has ${layer.size} bytes, at most ${limits.imageBytes} are read`)
    transfer.expect(layer.size)
    await registry.blob(layer, async (bytes) => {
      const found = new LayerSearch(search, index === layers.length - 1)
      try {
        search.add(found, await readLayer(bytes, found, { image, layer, onBytes: transfer.add }))
      } catch (error) {
        found.discard()
        throw error
      }
    })
  }
}
