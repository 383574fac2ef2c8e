import { describe, expect, it } from 'vitest'
import type { Lookup, Step, Surroundings } from '../../../src/core/explain/forecast.js'
import { loaderErrno, loaderRefusal, pathFrom } from '../../../src/core/explain/program-loader.js'
import type { ElfProgram } from '../../../src/core/model/program.js'
import probes from '../../../src/data/probes.json' with { type: 'json' }

const bytesOf = (base64: string) => new Uint8Array(Buffer.from(base64, 'base64'))
const arm64 = bytesOf(probes.probes.aarch64.base64)
const s390x = bytesOf(probes.probes.s390x.base64)
const file = (bytes: Uint8Array, executable = true): Lookup => ({
  kind: 'file',
  path: '',
  executable,
  read: (offset, size) => bytes.subarray(offset, offset + size),
})

/** What aarch64 lacks of a program with the loader /ld, and the steps that were taken. */
function lackOf(
  files: Readonly<Record<string, Lookup>>,
  change: { loader?: string | null; emulated?: boolean; prefix?: string } = {},
) {
  const { loader = '/ld', emulated = true, prefix = null } = change
  const program = { bits: 64, machine: 183, loader, target: emulated ? 'aarch64' : null } as ElfProgram
  const lookup = (path: string): Lookup => files[path] ?? { kind: 'missing', path, errno: 'ENOENT' }
  const steps: Step[] = []
  return { why: loaderRefusal('/f', program, { lookup, cwd: '/home', prefix } as Surroundings, steps), steps }
}

describe('a path', () => {
  it.each([
    ['/', '/bin/x', '/bin/x'],
    ['/', 'x', '/x'],
    ['/home', 'x', '/home/x'],
    ['/home/', '../x', '/home/../x'],
    ['/home', '', ''],
  ])('in %s: "%s" is "%s"', (cwd, path, whole) => {
    expect(pathFrom(cwd, path)).toBe(whole)
  })
})

describe('the loader of a program', () => {
  it('is not needed by a static one', () => {
    expect(lackOf({}, { loader: null })).toEqual({ why: undefined, steps: [] })
  })

  it('is found in the root, from the current folder when it is relative', () => {
    const steps = [{ kind: 'loader', path: '/ld', prefix: null }]
    expect(lackOf({ '/ld': file(arm64) })).toEqual({ why: undefined, steps })
    expect(lackOf({ '/home/ld': file(arm64) }, { loader: 'ld' }).why).toBeUndefined()
    expect(lackOf({ '/ld': file(arm64) }, { loader: 'ld' }).why).toMatchObject({ kind: 'loader-missing' })
  })

  it('is looked for in the prefix first, and then in the root', () => {
    const both = { '/p/ld': file(arm64), '/ld': file(s390x) }
    expect(lackOf(both, { prefix: '/p' })).toEqual({
      why: undefined,
      steps: [{ kind: 'loader', path: '/ld', prefix: '/p' }],
    })
    expect(lackOf({ '/ld': file(arm64) }, { prefix: '/p' })).toEqual({
      why: undefined,
      steps: [{ kind: 'loader', path: '/ld', prefix: null }],
    })
    expect(lackOf({}, { prefix: '/p' }).why).toMatchObject({ kind: 'loader-missing', prefix: '/p' })
  })

  it.each<[string, Lookup, object]>([
    ['of another architecture', file(s390x), { kind: 'loader-foreign', got: 's390x', emulated: 'aarch64' }],
    ['that is no program', file(new TextEncoder().encode('text')), { kind: 'loader-foreign', got: 'no program' }],
    ['that is a folder', { kind: 'folder', path: '/ld' }, { kind: 'loader-missing' }],
    ['that cannot be reached', { kind: 'unreadable', path: '/ld', errno: 'EACCES' }, { kind: 'loader-missing' }],
  ])('%s does not serve an emulator', (_, found, why) => {
    expect(lackOf({ '/ld': found }).why).toMatchObject(why)
  })

  it('is only read by an emulator, and executed by the kernel', () => {
    expect(lackOf({ '/ld': file(arm64, false) }).why).toBeUndefined()
    expect(lackOf({ '/ld': file(arm64, false) }, { emulated: false }).why).toMatchObject({
      kind: 'loader-unusable',
      errno: 'EACCES',
      fault: 'may not be executed',
    })
  })

  it.each<[string, Lookup, string]>([
    ['a folder', { kind: 'folder', path: '/ld' }, 'EACCES'],
    ['behind a loop', { kind: 'missing', path: '/ld', errno: 'ELOOP' }, 'ELOOP'],
    ['out of reach', { kind: 'unreadable', path: '/ld', errno: 'EACCES' }, 'EACCES'],
    ['missing', { kind: 'missing', path: '/ld', errno: 'ENOENT' }, 'ENOENT'],
    ['cut short', file(arm64.subarray(0, 63)), 'EIO'],
    ['damaged', file(Uint8Array.from(arm64, (byte, at) => (at === 0x38 ? 0 : byte))), 'ELIBBAD'],
    ['of another architecture', file(s390x), 'ELIBBAD'],
  ])('%s: the kernel refuses the program', (_, found, errno) => {
    const { why } = lackOf({ '/ld': found }, { emulated: false })
    expect(why && loaderErrno(why)).toBe(errno)
  })

  it('that may be executed and not read is taken on trust', () => {
    expect(lackOf({ '/ld': { kind: 'sealed', path: '/ld' } }, { emulated: false }).why).toBeUndefined()
  })
})
