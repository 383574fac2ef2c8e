// How tests take executables out of an image: our own function, with short pauses and a cache of their own.

import type { Host } from '../../../src/core/model/catalog.js'
import { parseImageReference } from '../../../src/core/model/image-reference.js'
import { emulatorsFromImage } from '../../../src/sources/image/image.js'
import type { ImageAccess } from '../../../src/sources/image/image-access.js'
import { temporaryFolder } from '../kernel/table.js'
import { silentLog } from '../programs/emulators.js'

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

/** Takes `binaries` for `host` out of the image that `reference` names. */
export function take(
  reference: string,
  binaries: readonly string[] = ['qemu-aarch64'],
  change: AccessChange = {},
  host: Host = 'amd64',
) {
  return emulatorsFromImage(parseImageReference(reference), binaries, host, imageAccess(change))
}
