// The record of an image that was searched before, so that the next call needs no network: for each executable its hash, or why it is missing.
// It is kept in the cache next to the executables, and not trusted until it is parsed.
import type { Host } from '../model/catalog.js'
import { isDigest } from '../model/image-reference.js'
import { json, record } from '../text/json.js'

/** Why an image provides no executable: it has no file of that name, or one that cannot be used. */
export interface Missing {
  readonly kind: 'missing' | 'unusable'
  readonly reason: string
}

/** An executable of an image, or why it provides none. */
export type KnownBinary =
  | {
      readonly kind: 'found'
      readonly sha256: string
      readonly size: number
      /** Whether the digest of its layer was checked; if not, its own SHA-256 was one of those accepted. */
      readonly checked: boolean
    }
  | Missing

/** What is known about an image's executables, by name (`qemu-aarch64`). */
export type KnownBinaries = ReadonlyMap<string, KnownBinary>

const format = 1

/** The text of a record. `digest`: what the image's reference resolves to. */
export function imageRecordText(digest: string, host: Host, binaries: KnownBinaries): string {
  return `${JSON.stringify({ format, digest, host, binaries: Object.fromEntries(binaries) })}\n`
}

/** Parses the text of a record; empty for anything that was not written for this digest and host. */
export function parseImageRecord(text: string, digest: string, host: Host): KnownBinaries {
  const value = json(text)
  const binaries = record(value?.binaries)
  const fits = value?.format === format && value.digest === digest && value.host === host && isDigest(digest)
  if (!fits || binaries === undefined) return new Map()
  const known = Object.entries(binaries).map(([binary, entry]) => [binary, knownBinary(entry)] as const)
  return new Map(known.flatMap(([binary, entry]) => (entry === undefined ? [] : [[binary, entry] as const])))
}

function knownBinary(value: unknown): KnownBinary | undefined {
  const { kind, sha256, size, checked, reason } = record(value) ?? {}
  if ((kind === 'missing' || kind === 'unusable') && typeof reason === 'string') return { kind, reason }
  const isHash = typeof sha256 === 'string' && /^[0-9a-f]{64}$/.test(sha256)
  if (kind !== 'found' || !isHash || typeof size !== 'number' || !Number.isSafeInteger(size) || size < 0)
    return undefined
  return typeof checked === 'boolean' ? { kind, sha256, size, checked } : undefined
}
