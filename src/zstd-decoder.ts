// Decompresses zstd from standard input to standard output, for versions of Node whose zlib cannot (before 22.15). It is a separate program because
// the library is synchronous: an untrusted layer could block timers and signals, and a process can be killed (src/sources/image/layer-decoder.ts).
// Checksums are not verified here: the caller checks the digest of the layer.
import { readSync, writeSync } from 'node:fs'
import { damagedStatus } from './core/image/layer-compression.js'
import { largestWindow, ZstdFrames } from './core/image/zstd-frames.js'

// a CommonJS package: bundlers export its names, node may export them under `default`
async function fzstd(): Promise<typeof import('fzstd')> {
  const loaded = await import('fzstd')
  return 'Decompress' in loaded ? loaded : (loaded as { default: typeof loaded }).default
}

/** Frees the memory of former windows, which Node would otherwise let grow to gigabytes. */
const collect = (globalThis as { gc?: () => void }).gc

class Damage extends Error {}

function write(bytes: Uint8Array): void {
  for (let at = 0; at < bytes.length; ) at += writeSync(1, bytes, at)
}

async function unpack(): Promise<void> {
  const { Decompress } = await fzstd()
  const decoder = new Decompress(write)
  const push = (bytes: Uint8Array, last: boolean) => {
    try {
      decoder.push(bytes, last)
    } catch (error) {
      // standard output is closed: the reader is gone
      if (error instanceof Error && 'errno' in error) throw error
      throw new Damage(error instanceof Error ? error.message : String(error))
    }
  }
  const frames = new ZstdFrames()
  const buffer = new Uint8Array(1 << 16)
  let windows = 0
  for (let size = readSync(0, buffer); size > 0; size = readSync(0, buffer)) {
    for (let at = 0; at < size; ) {
      const { bytes, excess } = frames.take(buffer.subarray(at, size))
      if (excess !== undefined) throw new Damage(excess)
      // the library buffers incomplete frames
      push(buffer.slice(at, at + bytes), false)
      at += bytes
      windows += frames.window
      if (windows >= largestWindow) {
        collect?.()
        windows = 0
      }
    }
  }
  push(new Uint8Array(0), true)
}

try {
  await unpack()
} catch (error) {
  if (!(error instanceof Damage)) throw error
  process.exitCode = damagedStatus
  process.stderr.write(error.message)
}
