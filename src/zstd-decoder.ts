// The program that unpacks zstd from standard input to standard output where zlib of Node cannot (before 22.15). A program of its own, because
// the library computes without a pause, and what a stranger's layer makes it take must hold up no timer and no signal: this one can be ended
// (src/sources/image/layer-decoder.ts). It looks at no checksum: a layer's digest is checked by others.
import { readSync, writeSync } from 'node:fs'
import { damagedStatus } from './core/image/layer-compression.js'
import { largestWindow, ZstdFrames } from './core/image/zstd-frames.js'

// a CommonJS package: bundlers give its names, node may give them under `default`
async function fzstd(): Promise<typeof import('fzstd')> {
  const loaded = await import('fzstd')
  return 'Decompress' in loaded ? loaded : (loaded as { default: typeof loaded }).default
}

/** Asks for the memory of former windows back: by itself Node would let gigabytes of them stand. */
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
      // standard output is closed: nobody wants more
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
      // the library holds what it does not yet understand
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
