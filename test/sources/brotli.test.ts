// What packed bytes are unpacked to, and how much of a bad one is.
import { randomBytes } from 'node:crypto'
import { brotliCompressSync, constants } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { unpacked } from '../../src/sources/brotli.js'
import { DamagedSource } from '../../src/sources/store.js'

const fast = { params: { [constants.BROTLI_PARAM_QUALITY]: 1 } }
const content = Buffer.concat([randomBytes(700_000), Buffer.alloc(900_000, 'text that packs well ')])
const packed = brotliCompressSync(content, fast)

/** The bytes in pieces; `taken` counts those that were asked for. */
function inPieces(bytes: Uint8Array, size = 10_000) {
  const source = { taken: 0, ended: false, bytes: pieces() }
  async function* pieces(): AsyncGenerator<Uint8Array> {
    try {
      for (let at = 0; at < bytes.length; at += size) {
        source.taken += size
        yield bytes.subarray(at, at + size)
      }
    } finally {
      source.ended = true
    }
  }
  return source
}

async function all(source: AsyncIterable<Uint8Array>, size = content.length) {
  const chunks: Uint8Array[] = []
  try {
    for await (const chunk of unpacked(source, size)) chunks.push(chunk)
  } catch (error) {
    return { bytes: Buffer.concat(chunks), error }
  }
  return { bytes: Buffer.concat(chunks), error: undefined }
}

const damage = (message: string | RegExp) =>
  expect.objectContaining({ constructor: DamagedSource, message: expect.stringMatching(message) })

describe('packed bytes', () => {
  it.each([1000, 65_536, 1 << 30])('come out as they were, in pieces of %i', async (size) => {
    const { bytes, error } = await all(inPieces(packed, size).bytes)
    expect([error, bytes.equals(content)]).toEqual([undefined, true])
  })

  it('of nothing are nothing', async () => {
    expect(await all(inPieces(brotliCompressSync(Buffer.alloc(0))).bytes, 0)).toEqual({
      bytes: Buffer.alloc(0),
      error: undefined,
    })
  })

  it.each([
    ['cut short', packed.subarray(0, 500_000), /^is cut short$/],
    ['that lack their last byte', packed.subarray(0, -1), /^is cut short$/],
    ['that are none at all', Buffer.alloc(0), /^is cut short$/],
    ['that are something else', Buffer.from('<html>log in</html>'), /^is not valid brotli data \(/],
    ['with a short tail', Buffer.concat([packed, Buffer.from('x')]), /^goes on after the end/],
    ['with a long tail', Buffer.concat([packed, Buffer.alloc(300_000, 1)]), /^goes on after the end/],
    ['with another of the kind behind them', Buffer.concat([packed, packed]), /^goes on after the end/],
  ])('%s are refused', async (_, bytes, message) => {
    for (const size of [1000, packed.length, 1 << 30]) {
      const source = inPieces(bytes, size)
      expect((await all(source.bytes)).error).toEqual(damage(message))
      expect(source.ended).toBe(true)
    }
  })

  it('that unpack to more than they may are refused when that shows', async () => {
    const bomb = brotliCompressSync(Buffer.concat([content, Buffer.alloc(1 << 28)]), fast)
    const { bytes, error } = await all(inPieces(Buffer.concat([bomb, Buffer.alloc(1 << 20)]), 100).bytes)
    expect(error).toEqual(damage(`^unpacks to more than ${content.length} bytes$`))
    expect(bytes.length).toBeLessThanOrEqual(content.length)
    const one = await all(inPieces(packed).bytes, content.length - 1)
    expect(one.error).toEqual(damage(/^unpacks to more than/))
  })

  it('cost no memory, however much they unpack to', async () => {
    const bomb = brotliCompressSync(Buffer.alloc(1 << 29), fast)
    const before = process.memoryUsage().rss
    const { error } = await all(inPieces(bomb, 1 << 30).bytes, 1 << 20)
    expect(error).toEqual(damage(/^unpacks to more than/))
    expect(process.memoryUsage().rss - before).toBeLessThan(100 << 20)
  })
})

describe('a source', () => {
  it('that fails is what is told, and not that the bytes end', async () => {
    async function* broken(): AsyncGenerator<Uint8Array> {
      yield packed.subarray(0, 300_000)
      throw new Error('the source broke')
    }
    const { error } = await all(broken())
    expect(error).toEqual(new Error('the source broke'))
  })

  it('is left when the reader leaves', async () => {
    const source = inPieces(packed, 1000)
    for await (const chunk of unpacked(source.bytes, content.length)) {
      expect(chunk.length).toBeGreaterThan(0)
      break
    }
    await new Promise((resolve) => setTimeout(resolve, 50))
    expect(source.ended).toBe(true)
  })
})
