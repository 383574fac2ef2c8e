// How tests get executables from an image: with the product's function, short pauses and a separate cache.

import type { Host } from '../../../src/core/model/catalog.js'
import { parseImageReference } from '../../../src/core/model/image-reference.js'
import { emulatorsFromImage } from '../../../src/sources/image/image.js'
import type { ImageAccess } from '../../../src/sources/image/image-access.js'
import { temporaryFolder } from '../kernel/table.js'
import { silentLog } from '../programs/emulators.js'

/** What a test sets differently. */
export type AccessChange = Partial<Omit<ImageAccess, 'limits'>> & { readonly limits?: ImageAccess['limits'] }

/** No mirrors, no credentials, an empty environment, a fresh cache, pauses of milliseconds. */
export function imageAccess({ limits, ...change }: AccessChange = {}): ImageAccess {
  return {
    registryMirrors: [],
    credentials: null,
    offline: false,
    cacheFolder: change.cacheFolder ?? temporaryFolder(),
    accepted: new Set(),
    env: { HOME: '/nowhere' },
    log: silentLog,
    ...change,
    limits: { firstPauseMs: 5, longestPauseMs: 2000, silenceMs: 3000, ...limits },
  }
}

/** Gets `binaries` for `host` from the image that `reference` names. */
export function take(
  reference: string,
  binaries: readonly string[] = ['qemu-aarch64'],
  change: AccessChange = {},
  host: Host = 'amd64',
) {
  return emulatorsFromImage(parseImageReference(reference), binaries, host, imageAccess(change))
}
