import { describe, expect, it } from 'vitest'
import { machineText, programOf } from '../../../src/core/model/program.js'

const readerOf = (bytes: Uint8Array) => (offset: number, size: number) => bytes.subarray(offset, offset + size)
const text = (words: string) => readerOf(new TextEncoder().encode(words))

/** An ELF header, with one program header behind it that names a loader. */
function elf(change: { bits?: 32 | 64; big?: boolean; machine?: number; loader?: string; rows?: number } = {}) {
  const { bits = 64, big = false, machine = 183, loader, rows = 1 } = change
  const [header, row] = bits === 64 ? [64, 56] : [52, 32]
  const bytes = new Uint8Array(header + row + (loader?.length ?? 0) + 1)
  const view = new DataView(bytes.buffer)
  bytes.set([0x7f, 0x45, 0x4c, 0x46, bits === 64 ? 2 : 1, big ? 2 : 1, 1])
  const word = (at: number, value: number) =>
    bits === 64 ? view.setBigUint64(at, BigInt(value), !big) : view.setUint32(at, value, !big)
  view.setUint16(16, 2, !big)
  view.setUint16(18, machine, !big)
  view.setUint32(20, 1, !big)
  word(bits === 64 ? 0x20 : 0x1c, header)
  view.setUint16(bits === 64 ? 0x36 : 0x2a, row, !big)
  view.setUint16(bits === 64 ? 0x38 : 0x2c, rows, !big)
  view.setUint32(header, loader === undefined ? 1 : 3, !big)
  word(header + (bits === 64 ? 8 : 4), header + row)
  word(header + (bits === 64 ? 32 : 16), (loader?.length ?? 0) + 1)
  bytes.set(new TextEncoder().encode(loader ?? ''), header + row)
  return bytes
}

describe('what a file is to execve', () => {
  it.each([
    [{}, 'aarch64', null],
    [{ loader: '/lib/ld-linux-aarch64.so.1' }, 'aarch64', '/lib/ld-linux-aarch64.so.1'],
    [{ bits: 32 as const, machine: 40, loader: '/lib/ld.so' }, 'arm', '/lib/ld.so'],
    [{ bits: 32 as const, big: true, machine: 20, loader: '/lib/ld.so.1' }, 'ppc', '/lib/ld.so.1'],
    [{ big: true, machine: 22, loader: '/lib/ld64.so.1' }, 's390x', '/lib/ld64.so.1'],
  ])('an ELF program: %o', (change, target, loader) => {
    expect(programOf(readerOf(elf(change)))).toMatchObject({ kind: 'elf', target, loader, matchesRule: true })
  })

  it('one that the rule misses still has its target', () => {
    const appImage = elf()
    appImage.set([0x41, 0x49, 2], 8)
    expect(programOf(readerOf(appImage))).toMatchObject({ target: 'aarch64', matchesRule: false })
    const microblaze = elf({ bits: 32, big: true, machine: 189 })
    expect(programOf(readerOf(microblaze))).toMatchObject({ target: 'microblaze', matchesRule: false })
  })

  it('one of a machine that QEMU does not know has its number', () => {
    const program = programOf(readerOf(elf({ machine: 999 })))
    expect(program.kind === 'elf' && machineText(program)).toBe('machine number 999 (64 bits, little-endian)')
  })

  it('damaged headers are told and not followed', () => {
    const far = elf()
    new DataView(far.buffer).setBigUint64(0x20, 1n << 62n, true)
    const long = elf({ loader: '/x' })
    new DataView(long.buffer).setBigUint64(64 + 32, 1n << 40n, true)
    for (const bytes of [elf({ rows: 0 }), elf({ rows: 60000 }), elf({ rows: 9 }), far, long, elf().subarray(0, 60)])
      expect(programOf(readerOf(bytes))).toMatchObject({ kind: 'elf', loader: null, fault: expect.any(String) })
    for (const bytes of [elf().subarray(0, 40), elf().subarray(0, 20)])
      expect(programOf(readerOf(bytes))).toMatchObject({ target: 'aarch64', fault: expect.stringMatching(/cut short/) })
  })

  it('what is to be loaded must be there, but for the rest of its last page', () => {
    const loading = (length: bigint) => {
      const bytes = elf()
      new DataView(bytes.buffer).setBigUint64(64 + 32, length, true)
      return programOf(readerOf(bytes))
    }
    expect(loading(1000n)).not.toHaveProperty('lack')
    expect(loading(5000n)).toMatchObject({ kind: 'elf', lack: expect.stringMatching(/cut short/) })
    expect(loading(5000n)).not.toHaveProperty('fault')
  })

  it.each([
    ['#!\n', /names no interpreter/],
    [`#!/${'x'.repeat(300)}\n`, /longer than the 255 bytes/],
    [`#!/${'x'.repeat(253)}\n`, /longer than the 255 bytes/],
    [`#!${' '.repeat(300)}/bin/sh\n`, /longer than the 255 bytes/],
  ])('a #! line that the kernel does not take: %j', (words, fault) => {
    expect(programOf(text(words))).toEqual({ kind: 'odd-script', fault: expect.stringMatching(fault) })
  })

  it.each([
    ['#!/bin/sh\n', '/bin/sh', null],
    ['#! \t/bin/sh  -e -u \nx', '/bin/sh', '-e -u'],
    ['#!/usr/bin/env python3', '/usr/bin/env', 'python3'],
    ['#!/bin/sh\r\n', '/bin/sh\r', null],
    ['#!/opt/süß/sh\n', '/opt/süß/sh', null],
    ['#!\0', '', null],
    [`#!/bin/sh ${'x'.repeat(300)}\n`, '/bin/sh', 'x'.repeat(245)],
  ])('a script: %j', (words, interpreter, argument) => {
    expect(programOf(text(words))).toEqual({ kind: 'script', interpreter, argument })
  })

  it.each([
    ['', 'empty'],
    ['echo\n', 'text'],
    ['a\0b', 'data'],
  ])('%j', (words, kind) => {
    expect(programOf(text(words))).toEqual({ kind })
  })
})
