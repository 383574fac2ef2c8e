// A real .xz stream of several blocks, made by the host's xz, and the ways in which tests cut and damage it.
import { spawnSync } from 'node:child_process'
import { expect } from 'vitest'

export const blockBytes = 64 * 1024

/** Bytes that look random to a compressor only in part, the same in each run. */
function sample(length: number): Uint8Array {
  let state = 0x2545f491
  return Uint8Array.from({ length }, (_, place) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return place % 3 === 0 ? state >>> 24 : place >> 10
  })
}

export function xz(
  input: Uint8Array,
  ...options: string[]
): { status: number | null; output: Uint8Array; errors: string } {
  const run = spawnSync('xz', options, { input, maxBuffer: 1 << 28, env: { ...process.env, LC_ALL: 'C' } })
  if (run.error) throw run.error
  return { status: run.status, output: Uint8Array.from(run.stdout), errors: run.stderr.toString() }
}

export function compressed(data: Uint8Array, ...options: string[]): Uint8Array {
  const { status, output, errors } = xz(data, '-c', `--block-size=${blockBytes}`, '-T2', ...options)
  expect({ status, errors }).toEqual({ status: 0, errors: '' })
  return output
}

export function join(...parts: Uint8Array[]): Uint8Array {
  return Uint8Array.from(Buffer.concat(parts))
}

/** A copy in which one byte, counted from the end when negative, is another. */
export function flipped(bytes: Uint8Array, place: number): Uint8Array {
  const copy = Uint8Array.from(bytes)
  const at = place < 0 ? bytes.length + place : place
  copy[at] = (copy[at] ?? 0) ^ 0x40
  return copy
}

export const data = sample(5 * blockBytes + 1234)
export const whole = compressed(data)
