// Both ways of unpacking zstd, and gzip: the program for Node 20, and zlib of Node 24 in a process of its own where this one is older.
import { spawn, spawnSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import type { LayerCompression } from '../../../src/core/image/layer-compression.js'
import { layerDecoder, zstdOfNode } from '../../../src/sources/image/layer-decoder.js'
import { CorruptError } from '../../../src/sources/xz-decoder.js'
import { cleanAfterEach, temporaryFolder } from '../../support/kernel/table.js'
import { packed, sha256 } from '../../support/registry/oci-layout.js'

cleanAfterEach()

const one = Buffer.concat([randomBytes(300_000), Buffer.alloc(700_000, 'again and again ')])
const two = Buffer.from('the second part')
const skippable = Buffer.from('502a4d180400000061626364', 'hex')

const ways: [string, LayerCompression, typeof zstdOfNode][] = [
  ['gzip by zlib', 'gzip', null],
  ['zstd by the program', 'zstd', null],
]
if (zstdOfNode !== null) ways.push(['zstd by zlib', 'zstd', zstdOfNode])

type Zstd = typeof zstdOfNode

async function decodeAs(
  form: LayerCompression,
  zstd: Zstd,
  bytes: Buffer,
  step: number,
  sink: (part: Uint8Array) => void,
) {
  const decoder = layerDecoder(form, sink, zstd)
  try {
    for (let at = 0; at < bytes.length; at += step) await decoder.write(bytes.subarray(at, at + step))
    await decoder.end()
  } finally {
    decoder.close()
  }
}

async function allOf(form: LayerCompression, zstd: Zstd, bytes: Buffer, step: number): Promise<Buffer> {
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

/** A frame with the largest window that is permitted, whose blocks each repeat one byte. */
function frame(blocks: number, bytesEach: number): Buffer {
  const header = (isLast: boolean) => (bytesEach << 3) | 2 | (isLast ? 1 : 0)
  const block = (at: number) => {
    const bits = header(at === blocks - 1)
    return Buffer.from([bits & 255, (bits >> 8) & 255, bits >> 16, 0x41])
  }
  return Buffer.concat([Buffer.from('28b52ffd0088', 'hex'), ...Array.from({ length: blocks }, (_, at) => block(at))])
}

describe('zstd by the program', () => {
  it('gives no window of a gigabyte to a few bytes that ask for it', async () => {
    // a block of 128 KiB that repeats one byte, again and again
    const block = Buffer.from([0x02, 0x00, 0x10, 0x41])
    const bomb = Buffer.concat([Buffer.from('28b52ffd00a0', 'hex'), ...Array.from({ length: 50 }, () => block)])
    const answer = decodeAs('zstd', null, bomb, 1 << 16, () => undefined)
    await expect(answer).rejects.toThrow(
      new CorruptError('a frame asks for a window of 1073741824 bytes, at most 134217728 are given'),
    )
  })

  it('takes no gigabytes for many frames that each ask for what is permitted', async () => {
    const program = join(import.meta.dirname, '..', '..', '..', 'build', 'src', 'zstd-decoder.js')
    const child = spawn(process.execPath, ['--expose-gc', program], { stdio: ['pipe', 'ignore', 'inherit'] })
    const ended = once(child, 'close')
    child.stdin.end(Buffer.concat(Array.from({ length: 12 }, () => frame(1, 1))))
    let peak = 0
    const look = setInterval(() => {
      const status = existsSync(`/proc/${child.pid}`) ? readFileSync(`/proc/${child.pid}/status`, 'utf8') : ''
      peak = Math.max(peak, Number(/VmHWM:\s+(\d+) kB/.exec(status)?.[1] ?? 0) / 1024)
    }, 20)
    expect(await ended).toEqual([0, null])
    clearInterval(look)
    // a node, and two windows of 128 MiB; twelve were 1,500
    expect(peak).toBeGreaterThan(150)
    expect(peak).toBeLessThan(500)
  }, 60_000)

  it('leaves the event loop to timers and signals while it computes', async () => {
    let ticks = 0
    let bytes = 0
    const timer = setInterval(() => ticks++, 5)
    await decodeAs('zstd', null, frame(20, 131_072), 1 << 16, (part) => (bytes += part.length))
    clearInterval(timer)
    expect(bytes).toBe(20 * 131_072)
    expect(ticks).toBeGreaterThan(10)
  })

  it('ends what computes for too long, and leaves no process', async () => {
    const decoder = layerDecoder('zstd', () => undefined, null, 500)
    await decoder.write(frame(900, 131_072))
    await expect(decoder.end()).rejects.toThrow(
      new CorruptError('its decoder was ended (SIGKILL): it may compute for 0.5 s'),
    )
    expect(existsSync(`/proc/${process.pid}/task/${process.pid}/children`)).toBe(true)
    const children = readFileSync(`/proc/${process.pid}/task/${process.pid}/children`, 'utf8').split(' ')
    const commands = children.filter(Boolean).map((pid) => readFileSync(`/proc/${pid}/cmdline`, 'utf8'))
    expect(commands.filter((line) => line.includes('zstd-decoder'))).toEqual([])
  })

  it('is ended when the layer is left', async () => {
    const decoder = layerDecoder('zstd', () => undefined, null)
    await decoder.write(frame(900, 131_072))
    decoder.close()
    await expect(decoder.end()).rejects.toThrow(CorruptError)
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
    const decoder = join(import.meta.dirname, '..', '..', '..', 'build', 'src', 'sources', 'image', 'layer-decoder.js')
    const script = `
      import { createHash } from 'node:crypto'
      import { readFileSync } from 'node:fs'
      const { layerDecoder, zstdOfNode } = await import(process.argv[1])
      const bytes = readFileSync(process.argv[2])
      for (const step of [997, 65536, bytes.length]) {
        const hash = createHash('sha256')
        const decoder = layerDecoder('zstd', (part) => hash.update(part))
        for (let at = 0; at < bytes.length; at += step) await decoder.write(bytes.subarray(at, at + step))
        await decoder.end()
        decoder.close()
        console.log(typeof zstdOfNode, hash.digest('hex'))
      }`
    const node24 = join(
      import.meta.dirname,
      '..',
      '..',
      '..',
      'node_modules',
      `node-linux-${process.arch}`,
      'bin',
      'node',
    )
    const run = spawnSync(node24, ['--input-type=module', '-e', script, decoder, join(folder, 'layer')])
    const line = `function ${sha256(Buffer.concat([one, two, one]))}\n`
    expect(run.stderr.toString()).toBe('')
    expect(run.stdout.toString()).toBe(line.repeat(3))
  })
})
