// A small package of ten pretended emulators, laid out as real ones are: some share a block, some stand alone, some lie far from the next.
import { execFileSync } from 'node:child_process'
import { createHash, randomBytes } from 'node:crypto'
import { rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { placedBlocks, xzIndex } from '../../../scripts/catalog/xz-index.js'
import type { CatalogEmulator, Package } from '../../../src/core/model/catalog.js'
import { padded } from '../../../src/core/sources/xz-blocks.js'

export const mebibyte = 1 << 20

export interface Member {
  readonly emulator: CatalogEmulator
  readonly content: Buffer
}

export interface Fleet {
  readonly file: Buffer
  readonly members: readonly Member[]
  /** Offsets in the file of the first byte of each block, and of the byte after the last. */
  readonly borders: readonly number[]
}

const hash = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex')

/** A package of these stretches, in blocks of a MiB: offset and size of each in MiB. Its bytes do not pack, so a block takes its own size. */
export function makeFleet(stretches: readonly (readonly [offset: number, size: number])[]): Fleet {
  const ends = stretches.map(([offset, size]) => (offset + size) * mebibyte)
  const data = randomBytes(Math.ceil(Math.max(...ends) / mebibyte) * mebibyte)
  const path = join(tmpdir(), `setup-qemu-fleet-${process.pid}`)
  writeFileSync(path, data)
  const stream = execFileSync('xz', ['-0', '-T2', `--block-size=${mebibyte}`, '-c', path], { maxBuffer: 1 << 27 })
  rmSync(path)
  const { check, blocks } = xzIndex(stream, stream.length)
  const placed = placedBlocks(blocks, 1000)
  const borders = [...placed.map(([at]) => at), ...placed.slice(-1).map(([at, unpadded]) => at + padded(unpadded))]
  const contents = stretches.map(([offset, size]) => data.subarray(offset * mebibyte, (offset + size) * mebibyte))
  const rows = stretches.map(
    ([offset, size], at) => [`qemu-m${at}`, offset * mebibyte, size * mebibyte, hash(contents[at] as Buffer)] as const,
  )
  const file = Buffer.concat([randomBytes(1000), stream, randomBytes(50)])
  const from: Package = {
    ...{ version: '11.1.3', build: 'test', host: 'amd64', suite: 'x', archive: 'debian', package: 'qemu-user' },
    ...{ path: 'pool/q.deb', snapshot: '20260101T000000Z', size: file.length, sha256: hash(file), check },
    blocks: placed,
    emulators: rows,
  }
  const members = rows.map(([binary, offset, size, sha256], at) => ({
    content: contents[at] as Buffer,
    emulator: {
      ...{ binary, sha256, size, offset, package: from },
      ...{ qemuVersion: '11.1.3', build: 'test', host: 'amd64' as const },
    },
  }))
  return { file, members, borders }
}
