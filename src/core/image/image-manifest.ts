// Parses image indexes and manifests. Sources: the OCI image specification (image-index, manifest), and docker's "Image Manifest Version 2,
// Schema 2", which has the same shape with other media types.
import type { Host } from '../model/catalog.js'
import { SetupError } from '../model/errors.js'
import { isDigest } from '../model/image-reference.js'
import { printable } from '../model/targets.js'
import { json, record } from '../text/json.js'

/** Refers to a blob or manifest: media type, digest (`sha256:...`) and size in bytes. */
export interface Descriptor {
  readonly mediaType: string
  readonly digest: string
  readonly size: number
}

/** The parts of `linux/arm64/v8`; empty where the image does not say. */
export interface ImagePlatform {
  readonly os: string
  readonly architecture: string
  readonly variant: string
}

/** An index of images, or the manifest of a single image; layers from the lowest to the top one. */
export type Manifest =
  | {
      readonly kind: 'index'
      readonly manifests: readonly (Descriptor & { readonly platform: ImagePlatform | null })[]
    }
  | { readonly kind: 'image'; readonly config: Descriptor; readonly layers: readonly Descriptor[] }

/** The media types for the Accept header. */
export const manifestTypes = [
  'application/vnd.oci.image.index.v1+json',
  'application/vnd.docker.distribution.manifest.list.v2+json',
  'application/vnd.oci.image.manifest.v1+json',
  'application/vnd.docker.distribution.manifest.v2+json',
]

const damagedHint =
  'try again, or name another tag or digest of the image; a proxy that answers with a page of its own is a usual reason'

/** An `image-damaged` error: `what` is wrong with `image`. */
export function damaged(image: string, what: string, cause?: unknown): SetupError {
  return new SetupError('image-damaged', `${image}: ${what}`, { hint: damagedHint, cause })
}

/** An `image-refused` error: `what` in `image` is not accepted. */
export function refused(image: string, what: string): SetupError {
  return new SetupError('image-refused', `${image}: ${what}`, {
    hint: 'name another image; this one is not what an image of QEMU emulators looks like',
  })
}

/**
 * Parses the text of a manifest, index or manifest list; `image` names it in errors. Throws `image-damaged` for anything else, and
 * `image-refused` for schema 1 and for a manifest that claims to be both an index and an image.
 */
export function parseManifest(text: string, image: string): Manifest {
  const value = json(text)
  if (value === undefined)
    throw damaged(image, `the registry answered "${printable(text)}" where a manifest in JSON was expected`)
  if (value.schemaVersion === 1)
    throw refused(image, 'its manifest is of schema 1, which has no digests that can be relied on; push the image anew')
  const { manifests, layers } = value
  if (Array.isArray(manifests) && (layers !== undefined || value.config !== undefined))
    throw refused(image, 'its manifest claims to be an index and an image at once')
  if (Array.isArray(manifests)) {
    const entries = manifests.map((entry: unknown) => ({ ...descriptor(entry, image), platform: platformIn(entry) }))
    return { kind: 'index', manifests: entries }
  }
  if (!Array.isArray(layers)) throw damaged(image, 'its manifest has neither "manifests" nor "layers"')
  return {
    kind: 'image',
    config: descriptor(value.config, image),
    layers: layers.map((layer: unknown) => descriptor(layer, image)),
  }
}

function descriptor(value: unknown, image: string): Descriptor {
  const { mediaType, digest, size } = record(value) ?? {}
  if (typeof digest !== 'string' || !isDigest(digest))
    throw damaged(
      image,
      `its manifest has the digest "${typeof digest === 'string' ? printable(digest) : typeof digest}", expected sha256:...`,
    )
  if (typeof size !== 'number' || !Number.isSafeInteger(size) || size < 0)
    throw damaged(image, `its manifest gives ${digest} no size in bytes`)
  return { mediaType: typeof mediaType === 'string' ? mediaType : '', digest, size }
}

function platformIn(entry: unknown): ImagePlatform | null {
  const platform = record(record(entry)?.platform)
  return platform === undefined ? null : platformOfRecord(platform)
}

function platformOfRecord({ os, architecture, variant }: Readonly<Record<string, unknown>>): ImagePlatform {
  const text = (value: unknown) => (typeof value === 'string' ? value : '')
  return { os: text(os), architecture: text(architecture), variant: text(variant) }
}

/** The platform in the text of an image's config blob. Throws `image-damaged` when it is not a JSON object. */
export function configPlatform(text: string, image: string): ImagePlatform {
  const value = json(text)
  if (value === undefined) throw damaged(image, 'its config is no JSON object')
  return platformOfRecord(value)
}

/** Variants by preference: what runs on every machine of the architecture first. */
const variants: Readonly<Record<Host, readonly string[]>> = { amd64: ['', 'v1'], arm64: ['', 'v8'] }

/** The manifest chosen from an index; `known`: the index names its platform. If not, the image's config must be checked. */
export interface ManifestChoice {
  readonly manifest: Descriptor
  readonly known: boolean
}

/**
 * Chooses the manifest of an index for a Linux `host`; attestations (platform unknown/unknown) are ignored. Throws `image-other-platform` with
 * the platforms of the index.
 */
export function chooseManifest(index: Extract<Manifest, { kind: 'index' }>, host: Host, image: string): ManifestChoice {
  const fitting = index.manifests.filter(({ platform }) => platform !== null && fits(platform, host))
  const best = fitting.sort((one, other) => rankOf(one.platform, host) - rankOf(other.platform, host))[0]
  if (best !== undefined) return { manifest: best, known: true }
  const unknown = index.manifests.find(({ platform }) => platform === null)
  if (unknown !== undefined) return { manifest: unknown, known: false }
  const others = index.manifests.flatMap(({ platform }) => (platform === null ? [] : [platform]))
  throw otherPlatform(
    others.filter(({ os }) => os !== 'unknown'),
    host,
    image,
  )
}

function rankOf(platform: ImagePlatform | null, host: Host): number {
  const place = variants[host].indexOf(platform?.variant ?? '')
  return place < 0 ? variants[host].length : place
}

function fits({ os, architecture }: ImagePlatform, host: Host): boolean {
  return os === 'linux' && architecture === host
}

/** Throws `image-other-platform` unless the platform of an image is that of a Linux `host`. */
export function checkPlatform(platform: ImagePlatform, host: Host, image: string): void {
  if (!fits(platform, host)) throw otherPlatform([platform], host, image)
}

function otherPlatform(platforms: readonly ImagePlatform[], host: Host, image: string): SetupError {
  const shown = platforms.slice(0, 20).map(platformText)
  const list = platforms.length === 0 ? 'no platform' : `${shown.join(', ')}${platforms.length > 20 ? ', ...' : ''}`
  return new SetupError('image-other-platform', `${image} is not for linux/${host}; it has ${list}`, {
    hint: `name an image whose emulators run on linux/${host}`,
  })
}

function platformText({ os, architecture, variant }: ImagePlatform): string {
  const parts = [os || 'unknown', architecture || 'unknown', variant].filter((part) => part !== '')
  return printable(parts.join('/'))
}
