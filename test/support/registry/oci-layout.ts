// Images made by hand for tests: layers with each compression, manifests and indexes as blobs in memory, and as an OCI layout on disk that skopeo
// can copy into a real registry. Also small files that pass for static executables.
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import type { LayerCompression } from '../../../src/core/image/layer-compression.js'
import type { Host } from '../../../src/core/model/catalog.js'
import { type Member, tarOf } from './tar.js'

export const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex')
export const digestOf = (bytes: Uint8Array) => `sha256:${sha256(bytes)}`

/** A file that passes for a static ELF64 executable for `host`: header, one loadable segment, and `filler` to make two of them differ. */
export function executable(host: Host, filler: string, size = 3000): Buffer {
  return elf({ machine: { amd64: 62, arm64: 183 }[host], filler, size })
}

/** Like `executable`, with program headers of these types after the loadable one; `needed`: the dynamic section asks for a library. */
export function elf(
  order: {
    machine?: number
    type?: number
    segments?: readonly number[]
    needed?: boolean
    filler?: string
    size?: number
  } = {},
): Buffer {
  const { machine = 62, type = 2, segments = [], needed = false, filler = 'x', size = 3000 } = order
  const bytes = Buffer.alloc(size, filler)
  bytes.fill(0, 0, 1024)
  Buffer.from('7f454c46020101', 'hex').copy(bytes)
  bytes.writeUInt16LE(type, 0x10)
  bytes.writeUInt16LE(machine, 0x12)
  bytes.writeBigUInt64LE(64n, 0x20)
  bytes.writeUInt16LE(56, 0x36)
  bytes.writeUInt16LE(1 + segments.length, 0x38)
  for (const [place, kind] of [1, ...segments].entries()) {
    bytes.writeUInt32LE(kind, 64 + place * 56)
    bytes.writeBigUInt64LE(kind === 2 ? 512n : 0n, 64 + place * 56 + 8)
    bytes.writeBigUInt64LE(kind === 2 ? 64n : BigInt(size), 64 + place * 56 + 32)
  }
  if (needed) bytes.writeBigUInt64LE(1n, 512)
  return bytes
}

/** A tar archive, compressed as a layer's bytes. */
export function packed(tar: Uint8Array, compression: LayerCompression): Buffer {
  if (compression === 'gzip') return gzipSync(tar)
  if (compression === 'plain') return Buffer.from(tar)
  const run = spawnSync('zstd', ['-q', '-c'], { input: tar, maxBuffer: 1 << 28 })
  if (run.status !== 0) throw new Error(`zstd failed: ${run.error ?? run.stderr}`)
  return run.stdout
}

/** A layer as a blob. */
export interface LayerBytes {
  readonly mediaType: string
  readonly bytes: Buffer
  /** Digest of the tar archive, for the config. */
  readonly diffId: string
}

const suffixes = { plain: '', gzip: '+gzip', zstd: '+zstd' }

/** Makes a layer of these members. */
export function layer(members: readonly (Member | Buffer)[], compression: LayerCompression = 'gzip'): LayerBytes {
  const tar = tarOf(...members)
  const mediaType = `application/vnd.oci.image.layer.v1.tar${suffixes[compression]}`
  return { mediaType, bytes: packed(tar, compression), diffId: digestOf(tar) }
}

/** A manifest or index with everything that it refers to. */
export interface Content {
  readonly digest: string
  readonly mediaType: string
  /** Manifests and indexes by digest. */
  readonly manifests: ReadonlyMap<string, { readonly mediaType: string; readonly bytes: Buffer }>
  readonly blobs: ReadonlyMap<string, Buffer>
}

interface Platform {
  readonly os?: string
  readonly architecture?: string
  readonly variant?: string
}

const descriptor = (mediaType: string, bytes: Buffer) => ({ mediaType, digest: digestOf(bytes), size: bytes.length })

/** An image of layers, the lowest first; `run`: what an engine runs (`Entrypoint`, `Env`). */
export function imageOf(
  layers: readonly LayerBytes[],
  platform: Platform = { os: 'linux', architecture: 'amd64' },
  run: object = {},
): Content {
  const rootfs = { type: 'layers', diff_ids: layers.map(({ diffId }) => diffId) }
  const config = Buffer.from(JSON.stringify({ ...platform, rootfs, config: run }))
  const mediaType = 'application/vnd.oci.image.manifest.v1+json'
  const manifest = jsonBytes({
    schemaVersion: 2,
    mediaType,
    config: descriptor('application/vnd.oci.image.config.v1+json', config),
    layers: layers.map((one) => descriptor(one.mediaType, one.bytes)),
  })
  const blobs = [config, ...layers.map(({ bytes }) => bytes)].map((bytes) => [digestOf(bytes), bytes] as const)
  return content(mediaType, manifest, [], blobs)
}

/** An index of images with their platforms; null: an entry without one. */
export function indexOf(...images: readonly (readonly [Platform | null, Content])[]): Content {
  const mediaType = 'application/vnd.oci.image.index.v1+json'
  const index = jsonBytes({
    schemaVersion: 2,
    mediaType,
    manifests: images.map(([platform, image]) => {
      const bytes = image.manifests.get(image.digest)?.bytes ?? Buffer.alloc(0)
      return { ...descriptor(image.mediaType, bytes), ...(platform === null ? {} : { platform }) }
    }),
  })
  const all = images.map(([, image]) => image)
  return content(
    mediaType,
    index,
    all.flatMap(({ manifests }) => [...manifests]),
    all.flatMap(({ blobs }) => [...blobs]),
  )
}

function content(
  mediaType: string,
  bytes: Buffer,
  manifests: readonly (readonly [string, { mediaType: string; bytes: Buffer }])[],
  blobs: readonly (readonly [string, Buffer])[],
): Content {
  const digest = digestOf(bytes)
  return {
    digest,
    mediaType,
    manifests: new Map([...manifests, [digest, { mediaType, bytes }]]),
    blobs: new Map(blobs),
  }
}

/** A value as JSON. */
export function jsonBytes(value: unknown): Buffer {
  return Buffer.from(JSON.stringify(value))
}

/** Writes an image as an OCI layout, for `skopeo copy --all oci:FOLDER:TAG`. */
export function writeLayout(folder: string, image: Content, tag: string): void {
  const blobs = join(folder, 'blobs', 'sha256')
  mkdirSync(blobs, { recursive: true })
  writeFileSync(join(folder, 'oci-layout'), '{"imageLayoutVersion":"1.0.0"}')
  const manifests = [...image.manifests].map(([digest, { bytes }]) => [digest, bytes] as const)
  for (const [digest, bytes] of [...manifests, ...image.blobs]) writeFileSync(join(blobs, digest.slice(7)), bytes)
  const top = image.manifests.get(image.digest)?.bytes ?? Buffer.alloc(0)
  const annotations = { 'org.opencontainers.image.ref.name': tag }
  const index = { schemaVersion: 2, manifests: [{ ...descriptor(image.mediaType, top), annotations }] }
  writeFileSync(join(folder, 'index.json'), JSON.stringify(index))
}
