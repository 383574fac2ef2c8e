// What is known of an image after it was read once, so that the next call needs no network: for each executable its hash, or why there is
// none. It lies in the cache beside the executables, and is taken for anybody's text until it is parsed.
import type { Host } from '../model/catalog.js'
import { isDigest } from '../model/image-reference.js'
import { json, record } from '../text/json.js'

/** Why an image gives no executable: it has no file of that name, or one that cannot serve. */
export interface Missing {
  readonly kind: 'missing' | 'unusable'
  readonly reason: string
}

/** An executable that an image has, or why it has none. */
export type KnownBinary =
  | {
      readonly kind: 'found'
      readonly sha256: string
      readonly size: number
      /** Whether its layer was read to the end and had the right digest; else its hash was in the list of those accepted. */
      readonly checked: boolean
    }
  | Missing

export type KnownBinaries = ReadonlyMap<string, KnownBinary>

const format = 1

/** The record as the text of its file. `digest` is what the image's reference stands for. */
export function imageRecordText(digest: string, host: Host, binaries: KnownBinaries): string {
  return `${JSON.stringify({ format, digest, host, binaries: Object.fromEntries(binaries) })}\n`
}

/** Reads a record's text; empty for anything that was not written for just this digest and host. */
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
