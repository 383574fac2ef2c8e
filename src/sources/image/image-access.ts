// How an image is accessed: mirrors, credentials, cache, and the limits for whatever a registry sends.
import { type Pauses, usualPauses } from '../../core/sources/retry.js'
import type { Log } from '../../system/log.js'
import { defaultSilenceMs } from '../http.js'

/** What the caller asks for besides the image itself. */
export interface ImageAccess {
  /** Addresses of registry mirrors, tried in this order before the image's own registry. */
  readonly registryMirrors: readonly string[]
  /** For the image's own registry; null: use this machine's docker configuration. */
  readonly credentials: { readonly username: string; readonly password: string } | null
  /** Use nothing but the cache. */
  readonly offline: boolean
  readonly cacheFolder: string
  /** The SHA-256s that an executable may have; empty: any. */
  readonly accepted: ReadonlySet<string>
  readonly env: Readonly<Record<string, string | undefined>>
  readonly log: Log
  readonly limits?: Partial<ImageLimits>
}

/** Bounds on an untrusted image and its registry. Tests make them small. */
export interface ImageLimits extends Pauses {
  /** Bytes of an image's layers when unpacked. */
  readonly imageBytes: number
  /** Bytes of one executable. */
  readonly executableBytes: number
  /** Bytes of one manifest, index or config. */
  readonly manifestBytes: number
  /** Characters in the paths of all layers above the last one that is searched; those are kept in memory. */
  readonly pathCharacters: number
  /** How long an answer may take to begin, and how long no byte of it may arrive, in milliseconds. */
  readonly silenceMs: number
}

/** The limits outside of tests. */
export const usualLimits: ImageLimits = {
  imageBytes: 2 ** 30,
  executableBytes: 2 ** 28,
  manifestBytes: 2 ** 22,
  pathCharacters: 2 ** 25,
  silenceMs: defaultSilenceMs,
  ...usualPauses,
}
