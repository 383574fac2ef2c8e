import { describe, expect, it } from 'vitest'
import { staticRefusal } from '../../../src/core/model/elf.js'
import { elf, executable } from '../../support/registry/oci-layout.js'

const faultOf = (bytes: Buffer, host: 'amd64' | 'arm64' = 'amd64') =>
  staticRefusal((offset, size) => bytes.subarray(offset, offset + size), host)

const changed = (change: (bytes: Buffer) => void) => {
  const bytes = elf()
  change(bytes)
  return bytes
}

describe('an executable', () => {
  it.each([
    ['static', executable('amd64', 'x'), 'amd64'],
    ['for arm64', executable('arm64', 'x'), 'arm64'],
    ['static-pie', elf({ type: 3, segments: [2] }), 'amd64'],
  ] as const)('that is %s has no fault', (_, bytes, host) => expect(faultOf(bytes, host)).toBeUndefined())

  it.each<[string, Buffer, RegExp]>([
    ['empty', Buffer.alloc(0), /^is not an ELF64/],
    ['a script', Buffer.from('#!/bin/sh\n'.repeat(50)), /^is not an ELF64/],
    ['of 32 bits', changed((bytes) => bytes.writeUInt8(1, 4)), /^is not an ELF64/],
    ['big-endian', changed((bytes) => bytes.writeUInt8(2, 5)), /^is not an ELF64/],
    ['a header alone', elf().subarray(0, 60), /^is not an ELF64/],
    ['for another host', executable('arm64', 'x'), /not an executable for amd64: its machine is arm64/],
    ['for a machine nobody knows', elf({ machine: 4711 }), /its machine is number 4711/],
    ['an object file', elf({ type: 1 }), /its ELF type is 1/],
    ['a core dump', elf({ type: 4 }), /its ELF type is 4/],
    ['dynamic', elf({ type: 3, segments: [3] }), /names an interpreter/],
    ['in need of libraries', elf({ segments: [2], needed: true }), /needs shared libraries/],
    ['without program headers', changed((bytes) => bytes.writeUInt16LE(0, 0x38)), /no program headers/],
    ['with 65535 program headers', changed((bytes) => bytes.writeUInt16LE(0xffff, 0x38)), /no program headers/],
    ['with program headers of 1 byte', changed((bytes) => bytes.writeUInt16LE(1, 0x36)), /no program headers/],
    ['with program headers behind its end', changed((bytes) => bytes.writeBigUInt64LE(2990n, 0x20)), /cut short/],
    ['with program headers nowhere', changed((bytes) => bytes.fill(0xff, 0x20, 0x28)), /no program headers/],
    ['with nothing to load', changed((bytes) => bytes.writeUInt32LE(4, 64)), /nothing to load/],
    ['cut short', elf().subarray(0, 2999), /a segment lies behind its end/],
    ['with a segment of 2^64 bytes', changed((bytes) => bytes.fill(0xff, 64 + 32, 64 + 40)), /behind its end/],
  ])('that is %s says so', (_, bytes, fault) => expect(faultOf(bytes)).toMatch(fault))

  it('with a dynamic segment of any size and place is judged, in bounded memory', () => {
    for (const [offset, size] of [
      [512n, 2n ** 40n],
      [2n ** 63n, 64n],
      [2990n, 64n],
    ] as const) {
      const bytes = elf({ segments: [2] })
      bytes.writeBigUInt64LE(offset, 64 + 56 + 8)
      bytes.writeBigUInt64LE(size, 64 + 56 + 32)
      const sizes: number[] = []
      const read = (at: number, count: number) => {
        sizes.push(count)
        return bytes.subarray(at, at + count)
      }
      expect(staticRefusal(read, 'amd64')).toMatch(/dynamic segment/)
      expect(Math.max(...sizes)).toBeLessThan(1 << 20)
    }
  })
})
