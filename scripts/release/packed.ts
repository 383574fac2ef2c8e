// How an emulator is packed for a release. Brotli is in every Node that we support, so nothing has to be installed or bundled to unpack it.

import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { type BrotliOptions, brotliCompress, brotliCompressSync, brotliDecompressSync, constants } from 'node:zlib'
import { keep, packedCache } from '../cache.js'
import { sha256Of } from './pinned-file.js'

/** The quality of releases, brotli's best. It takes half a minute of a processor for an emulator. */
export const bestQuality = 11

function packing(executable: Uint8Array, quality: number): BrotliOptions {
  const { BROTLI_PARAM_QUALITY, BROTLI_PARAM_LGWIN, BROTLI_PARAM_SIZE_HINT } = constants
  // a window of 4 MB: a larger one makes these files larger
  const params = {
    [BROTLI_PARAM_QUALITY]: quality,
    [BROTLI_PARAM_LGWIN]: 22,
    [BROTLI_PARAM_SIZE_HINT]: executable.length,
  }
  return { params }
}

/** An executable, packed; the same bytes each time under one version of brotli. Tests use a lower quality. */
export function packed(executable: Uint8Array, quality = bestQuality): Buffer {
  return brotliCompressSync(executable, packing(executable, quality))
}

/** How an emulator is packed, and where that is kept for the next time. */
export interface PackOptions {
  readonly quality?: number
  readonly cache?: string
}

/**
 * An executable, packed beside whatever else goes on, or out of the cache. `sha256` is the executable's; what is packed was unpacked again and has it.
 * The cache tells versions of brotli apart, as they may pack differently.
 */
export async function packedEmulator(
  executable: Uint8Array,
  sha256: string,
  options: PackOptions = {},
): Promise<Buffer> {
  const { quality = bestQuality, cache = packedCache } = options
  const name = `${sha256}-brotli-${process.versions.brotli}-${quality}.br`
  const kept = existsSync(join(cache, name)) ? readFileSync(join(cache, name)) : undefined
  if (kept !== undefined && unpacksTo(kept, executable.length, sha256)) return kept
  const bytes = await promisify(brotliCompress)(executable, packing(executable, quality))
  if (!unpacksTo(bytes, executable.length, sha256)) throw new Error(`what brotli packed does not unpack to ${sha256}`)
  keep(cache, name, bytes)
  return bytes
}

function unpacksTo(bytes: Uint8Array, size: number, sha256: string): boolean {
  try {
    return sha256Of(brotliDecompressSync(bytes, { maxOutputLength: size })) === sha256
  } catch {
    return false
  }
}
