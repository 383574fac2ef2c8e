// How an emulator is packed for a release. Brotli is in every Node that we support, so nothing has to be installed or bundled to unpack it.
import { brotliCompressSync, constants } from 'node:zlib'

/** An executable, packed; the same bytes each time under one version of Node. The best `quality`, 11, takes half a minute; tests use a lower one. */
export function packed(executable: Uint8Array, quality = 11): Buffer {
  const { BROTLI_PARAM_QUALITY, BROTLI_PARAM_LGWIN, BROTLI_PARAM_SIZE_HINT } = constants
  // a window of 4 MB: a larger one makes these files larger
  const params = {
    [BROTLI_PARAM_QUALITY]: quality,
    [BROTLI_PARAM_LGWIN]: 22,
    [BROTLI_PARAM_SIZE_HINT]: executable.length,
  }
  return brotliCompressSync(executable, { params })
}
