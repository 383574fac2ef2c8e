import { describe, expect, it } from 'vitest'
import { isPie, libcOf } from '../../../src/core/problems/emulator-build.js'

/** The first bytes of an ELF file with this e_type. */
function head(type: number, { big = false, length = 18 } = {}): Uint8Array {
  const bytes = new Uint8Array(Math.max(length, 18))
  bytes.set([0x7f, 0x45, 0x4c, 0x46, 2, big ? 2 : 1])
  new DataView(bytes.buffer).setUint16(16, type, !big)
  return bytes.subarray(0, length)
}

describe('whether an emulator is position-independent', () => {
  it.each<[string, Uint8Array, boolean | null]>([
    ['ET_EXEC', head(2), false],
    ['ET_DYN', head(3), true],
    ['ET_EXEC, big-endian', head(2, { big: true }), false],
    ['ET_DYN, big-endian', head(3, { big: true }), true],
    ['a relocatable file', head(1), null],
    ['a core dump', head(4), null],
    ['one whose lower byte is that of ET_DYN', head(0x103), null],
    ['one whose higher byte is', head(0x300), null],
    ['a longer piece of the file', head(3, { length: 64 }), true],
    ['a header that is cut short', head(3, { length: 17 }), null],
    ['an empty file', new Uint8Array(), null],
    ['a script', new TextEncoder().encode('#!/bin/sh\nexec qemu'), null],
  ])('%s', (_, bytes, pie) => {
    expect(isPie(bytes)).toBe(pie)
  })
})

it('whoever has no mark of glibc is taken for musl’s', () => {
  expect([libcOf(true), libcOf(false)]).toEqual(['glibc', 'musl'])
})
