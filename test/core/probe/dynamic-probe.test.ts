import { describe, expect, it } from 'vitest'
import { matches } from '../../../src/core/model/entry.js'
import { ruleOf } from '../../../src/core/model/rule.js'
import { targets } from '../../../src/core/model/targets.js'
import { dynamicProbe } from '../../../src/core/probe/dynamic-probe.js'
import probes from '../../../src/data/probes.json' with { type: 'json' }

const names = targets.map(({ name }) => name).filter((name) => name in probes.probes)
const staticProbe = (name: string) =>
  new Uint8Array(Buffer.from(probes.probes[name as keyof typeof probes.probes].base64, 'base64'))

/** The program headers, read anew: [type, offset, address, size, flags]. */
function segmentsOf(bytes: Uint8Array): number[][] {
  const view = new DataView(bytes.buffer)
  const [wide, little] = [bytes[4] === 2, bytes[5] === 1]
  const native = (at: number) => (wide ? Number(view.getBigUint64(at, little)) : view.getUint32(at, little))
  const start = native(wide ? 32 : 28)
  const [bytesEach, count] = [42, 44].map((at) => view.getUint16(at + (wide ? 12 : 0), little)) as [number, number]
  return Array.from({ length: count }, (_, row) => {
    const at = start + row * bytesEach
    const rest = wide ? [at + 8, at + 16, at + 32] : [at + 4, at + 8, at + 16]
    return [view.getUint32(at, little), ...rest.map(native), view.getUint32(at + (wide ? 4 : 24), little)]
  })
}

describe('a dynamic probe', () => {
  it.each(names)(
    'of %s names its loader and its library, holds the code of the static one, and matches its rule',
    (name) => {
      const code = staticProbe(name)
      const before = code.slice()
      const bytes = dynamicProbe(code, { loader: '/lib/ld-x.so.1', library: 'libc.so.6' })
      expect(code).toEqual(before)
      const segments = segmentsOf(bytes)
      expect(segments.map(([type]) => type)).toEqual([6, 3, 1, 2, 0x6474e551])
      const [, interpreter = [], load = [], dynamic = []] = segments
      const text = (offset = 0, size = 0) => Buffer.from(bytes.subarray(offset, offset + size)).toString('latin1')
      expect(text(interpreter[1], interpreter[3])).toBe('/lib/ld-x.so.1\0')
      expect(load.slice(1)).toEqual([0, 0x400000, bytes.length, 7])
      // every address is its offset and the base
      for (const [, offset = 0, address, , flags] of segments.slice(0, 4))
        expect([address, flags]).toEqual([0x400000 + offset, 7])
      expect((dynamic[1] ?? 0) + (dynamic[3] ?? 0)).toBeLessThanOrEqual(bytes.length)
      expect(text(0, bytes.length)).toContain('\0libc.so.6\0')
      const end = bytes[4] === 2 ? 64 : 52
      const header = bytes[4] === 2 ? 56 : 32
      expect(bytes.subarray(end + header, code.length)).toEqual(code.subarray(end + header))
      const target = targets.find((one) => one.name === name)!
      // upstream's rule for it matches nothing
      expect(matches(ruleOf(target, name === 'microblaze' ? 'wide' : 'upstream'), bytes)).toBe(true)
    },
  )
})
