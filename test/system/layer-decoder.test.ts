// Both ways of unpacking zstd, and gzip: the library for Node 20, and zlib of Node 24 in a process of its own where this one is older.
import { spawnSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import type { LayerForm } from '../../src/core/layer-form.js'
import { layerDecoder, zstdOfNode } from '../../src/emulator/layer-decoder.js'
import { CorruptError } from '../../src/emulator/unxz.js'
import { packed, sha256 } from '../support/oci-layout.js'
import { cleanAfterEach, temporaryFolder } from '../support/table.js'

cleanAfterEach()

const one = Buffer.concat([randomBytes(300_000), Buffer.alloc(700_000, 'again and again ')])
const two = Buffer.from('the second part')
const skippable = Buffer.from('502a4d180400000061626364', 'hex')

const ways: [string, LayerForm, typeof zstdOfNode][] = [
  ['gzip by zlib', 'gzip', null],
  ['zstd by the library', 'zstd', null],
]
if (zstdOfNode !== null) ways.push(['zstd by zlib', 'zstd', zstdOfNode])

type Zstd = typeof zstdOfNode

async function decodeAs(form: LayerForm, zstd: Zstd, bytes: Buffer, step: number, sink: (part: Uint8Array) => void) {
  const decoder = await layerDecoder(form, sink, zstd)
  try {
    for (let at = 0; at < bytes.length; at += step) await decoder.write(bytes.subarray(at, at + step))
    await decoder.end()
  } finally {
    decoder.close()
  }
}

async function allOf(form: LayerForm, zstd: Zstd, bytes: Buffer, step: number): Promise<Buffer> {
  const parts: Buffer[] = []
  await decodeAs(form, zstd, bytes, step, (part) => void parts.push(Buffer.from(part)))
  return Buffer.concat(parts)
}

describe.each(ways)('%s', (_, form, zstd) => {
  const pack = (bytes: Buffer) => (form === 'gzip' ? gzipSync(bytes) : packed(bytes, 'zstd'))

  const decode = (bytes: Buffer, step: number, sink: (part: Uint8Array) => void) =>
    decodeAs(form, zstd, bytes, step, sink)
  const all = (bytes: Buffer, step: number) => allOf(form, zstd, bytes, step)
  const between = form === 'zstd' ? [skippable] : []
  const several = Buffer.concat([pack(one), ...between, pack(two), ...between, pack(one)])

  it.each([997, 65_536, 1 << 24])('unpacks one part and several, in pieces of %s bytes', async (step) => {
    expect((await all(pack(one), step)).equals(one)).toBe(true)
    expect((await all(several, step)).equals(Buffer.concat([one, two, one]))).toBe(true)
  })

  it('names what is damaged, cut short, or not of its form', async () => {
    // the library looks at no checksum, which the layer's digest makes up for; so it is the headers that are damaged
    const damaged = Buffer.from(pack(one)).fill(0xff, 4, 60)
    await expect(all(damaged, 65_536)).rejects.toThrow(CorruptError)
    await expect(all(Buffer.alloc(1000, 7), 65_536)).rejects.toThrow(CorruptError)
    if (form === 'gzip') await expect(all(pack(one).subarray(0, 100_000), 65_536)).rejects.toThrow(CorruptError)
  })

  it('passes on what the sink throws, as it is, and gives it nothing more', async () => {
    const thrown = new Error('enough')
    let calls = 0
    const sink = () => {
      calls++
      throw thrown
    }
    await expect(decode(pack(one), 65_536, sink)).rejects.toBe(thrown)
    expect(calls).toBe(1)
  })
})

describe('zstd by the library', () => {
  it('gives no window of a gigabyte to a few bytes that ask for it', async () => {
    // a block of 128 KiB that repeats one byte, again and again
    const block = Buffer.from([0x02, 0x00, 0x10, 0x41])
    const bomb = Buffer.concat([Buffer.from('28b52ffd00a0', 'hex'), ...Array.from({ length: 50 }, () => block)])
    const answer = decodeAs('zstd', null, bomb, 1 << 16, () => undefined)
    await expect(answer).rejects.toThrow(
      new CorruptError('a frame asks for a window of 1073741824 bytes, at most 134217728 are given'),
    )
  })
})

describe('what follows the end of gzip', () => {
  it.each([997, 65_536, 1 << 24])('may be zeros, and nothing else, in pieces of %s bytes', async (step) => {
    const followed = (fill: number) =>
      allOf('gzip', null, Buffer.concat([gzipSync(one), Buffer.alloc(5000, fill)]), step)
    expect((await followed(0)).equals(one)).toBe(true)
    await expect(followed(1)).rejects.toThrow(CorruptError)
  })
})

describe('zlib of Node 24', () => {
  it('unpacks several frames of zstd with skippable ones between, in pieces of any size', () => {
    const folder = temporaryFolder()
    const whole = Buffer.concat([packed(one, 'zstd'), skippable, packed(two, 'zstd'), skippable, packed(one, 'zstd')])
    writeFileSync(join(folder, 'layer'), whole)
    const decoder = join(import.meta.dirname, '..', '..', 'build', 'src', 'emulator', 'layer-decoder.js')
    const script = `
      import { createHash } from 'node:crypto'
      import { readFileSync } from 'node:fs'
      const { layerDecoder, zstdOfNode } = await import(process.argv[1])
      const bytes = readFileSync(process.argv[2])
      for (const step of [997, 65536, bytes.length]) {
        const hash = createHash('sha256')
        const decoder = await layerDecoder('zstd', (part) => hash.update(part))
        for (let at = 0; at < bytes.length; at += step) await decoder.write(bytes.subarray(at, at + step))
        await decoder.end()
        decoder.close()
        console.log(typeof zstdOfNode, hash.digest('hex'))
      }`
    const node24 = join(import.meta.dirname, '..', '..', 'node_modules', `node-linux-${process.arch}`, 'bin', 'node')
    const run = spawnSync(node24, ['--input-type=module', '-e', script, decoder, join(folder, 'layer')])
    const line = `function ${sha256(Buffer.concat([one, two, one]))}\n`
    expect(run.stderr.toString()).toBe('')
    expect(run.stdout.toString()).toBe(line.repeat(3))
  })
})
