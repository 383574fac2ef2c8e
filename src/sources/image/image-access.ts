// How an image's registry may be reached, and what may come of it.
import type { Log } from '../../system/log.js'
import type { ImageLimits } from './limits.js'

/** The caller's side of a request for an image's executables. */
export interface ImageAccess {
  /** Addresses of registry mirrors, tried in this order before the image's own registry. */
  readonly registryMirrors: readonly string[]
  /** For the image's own registry; null: what this machine's docker configuration has. */
  readonly credentials: { readonly username: string; readonly password: string } | null
  /** Whether nothing but the cache may be used. */
  readonly offline: boolean
  readonly cacheFolder: string
  /** SHA-256s that an executable may have; empty: any. */
  readonly accepted: ReadonlySet<string>
  readonly env: Readonly<Record<string, string | undefined>>
  readonly log: Log
  readonly limits?: Partial<ImageLimits>
}
