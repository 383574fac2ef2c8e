// Images made by hand for tests: tar members, layers in each form, manifests and indexes as blobs in memory, and as an OCI layout on the disk
// that skopeo can copy into a real registry. Also executables that are small and of the right form.
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import type { LayerCompression } from '../../../src/core/image/layer-compression.js'
import type { Host } from '../../../src/core/model/catalog.js'

export const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex')
export const digestOf = (bytes: Uint8Array) => `sha256:${sha256(bytes)}`

/** A member of a tar archive; `type` is the letter of its header (0: file). */
export interface Member {
  readonly path: string
  readonly type?: string
  readonly content?: Uint8Array | string
  readonly link?: string
  /** What the header says instead of the content's own size. */
  readonly size?: number
}

/** One header of the ustar form, with its checksum; long paths are the caller's matter. */
export function tarHeaderBytes({ path, type = '0', content = '', link = '', size }: Member): Buffer {
  const header = Buffer.alloc(512)
  const bytes = Buffer.from(content)
  header.write(path, 0, 100)
  header.write('0000755\0', 100)
  for (const at of [108, 116]) header.write('0000000\0', at)
  header.write(`${(size ?? bytes.length).toString(8).padStart(11, '0')}\0`, 124)
  header.write('00000000000\0', 136)
  header.write(type, 156)
  header.write(link, 157, 100)
  header.write('ustar\x0000', 257)
  return sealed(header)
}

/** A header with its checksum made right. */
export function sealed(header: Buffer): Buffer {
  header.write('        ', 148)
  const sum = header.reduce((total, byte) => total + byte, 0)
  header.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148)
  return header
}

/** Header, content and padding of one member. */
export function memberBytes(member: Member): Buffer {
  const content = Buffer.from(member.content ?? '')
  return Buffer.concat([tarHeaderBytes(member), content, Buffer.alloc((512 - (content.length % 512)) % 512)])
}

/** A pax header in front of a member, with these records. */
export function paxBytes(records: Readonly<Record<string, string>>): Buffer {
  const lines = Object.entries(records).map(([key, value]) => {
    const body = Buffer.byteLength(` ${key}=${value}\n`)
    let length = body + 1
    while (`${length}`.length + body !== length) length = `${length}`.length + body
    return `${length} ${key}=${value}\n`
  })
  return memberBytes({ path: 'PaxHeaders/x', type: 'x', content: lines.join('') })
}

export function tarOf(...members: readonly (Member | Buffer)[]): Buffer {
  const parts = members.map((member) => (Buffer.isBuffer(member) ? member : memberBytes(member)))
  return Buffer.concat([...parts, Buffer.alloc(1024)])
}

/** A static ELF64 executable for `host` in form only: header, one segment to load, and `filler`, by which two of them differ. */
export function executable(host: Host, filler: string, size = 3000): Buffer {
  return elf({ machine: { amd64: 62, arm64: 183 }[host], filler, size })
}

/** Like `executable`, with program headers of these types behind the one that loads; a `needed` makes the dynamic one ask for a library. */
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

/** A tar archive as a layer's bytes. */
export function packed(tar: Uint8Array, form: LayerCompression): Buffer {
  if (form === 'gzip') return gzipSync(tar)
  if (form === 'plain') return Buffer.from(tar)
  const run = spawnSync('zstd', ['-q', '-c'], { input: tar, maxBuffer: 1 << 28 })
  if (run.status !== 0) throw new Error(`zstd failed: ${run.error ?? run.stderr}`)
  return run.stdout
}

export interface LayerBytes {
  readonly mediaType: string
  readonly bytes: Buffer
  /** Of the tar archive, which the config names. */
  readonly diffId: string
}

const suffixes = { plain: '', gzip: '+gzip', zstd: '+zstd' }

export function layer(members: readonly (Member | Buffer)[], form: LayerCompression = 'gzip'): LayerBytes {
  const tar = tarOf(...members)
  const mediaType = `application/vnd.oci.image.layer.v1.tar${suffixes[form]}`
  return { mediaType, bytes: packed(tar, form), diffId: digestOf(tar) }
}

/** A manifest or index with everything that it names. */
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

/** An image of layers, the lowest first; `run` says what an engine runs: `Entrypoint`, `Env`. */
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

/** An index of images, each with its platform; null: an entry that says none. */
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
