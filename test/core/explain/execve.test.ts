// The kernel's steps followed in a root that is a table of files. What the real kernel does with the same is compared in the system project.
import { describe, expect, it } from 'vitest'
import { forecastOf } from '../../../src/core/explain/execve.js'
import type { Lookup, Surroundings } from '../../../src/core/explain/forecast.js'
import type { ListedEntry } from '../../../src/core/model/entry.js'
import { targetNamed } from '../../../src/core/model/targets.js'
import probes from '../../../src/data/probes.json' with { type: 'json' }

const { magic, mask } = targetNamed('aarch64')
const foreign = Buffer.from(probes.probes.aarch64.base64, 'base64')
const entry = (change: Partial<ListedEntry> = {}): ListedEntry => ({
  name: 'qemu-aarch64',
  enabled: true,
  interpreter: '/q',
  flags: 'OC',
  offset: 0,
  magic,
  mask,
  ...change,
})

function file(bytes: Uint8Array | string, executable = true): Lookup {
  const content = typeof bytes === 'string' ? Buffer.from(bytes) : bytes
  return { kind: 'file', path: '', executable, read: (offset, size) => content.subarray(offset, offset + size) }
}

const emulator = file(Buffer.from(probes.probes.x86_64.base64, 'base64'))

/** The verdict for /f in a root with these files; what is not among them is missing. */
function verdict(files: Readonly<Record<string, Lookup>>, table: readonly ListedEntry[] = [], cwd = '/') {
  const facts: Surroundings['facts'] = {
    table,
    enabled: true,
    mounted: true,
    runs: [],
    files: new Map(),
    journals: [],
    stale: new Set(),
    lost: [],
  }
  const lookup = (path: string): Lookup => files[path] ?? { kind: 'missing', path, errno: 'ENOENT' }
  const identify = (path: string) => ({ path, sha256: 'aa', qemuVersion: null, build: null, where: 'opened' as const })
  return forecastOf('/f', { lookup, root: '/r', facts, cwd, prefix: null, identify })
}

describe('a file that cannot be executed', () => {
  it.each<[string, Lookup, string, object]>([
    [
      'missing',
      { kind: 'missing', path: '/f', errno: 'ENOENT', at: '/d' },
      'ENOENT',
      { kind: 'file-missing', at: '/d' },
    ],
    ['behind a loop of links', { kind: 'missing', path: '/f', errno: 'ELOOP' }, 'ELOOP', { kind: 'file-missing' }],
    ['a folder', { kind: 'folder', path: '/f' }, 'EACCES', { kind: 'file-folder' }],
    ['out of reach', { kind: 'unreadable', path: '/f', errno: 'EACCES' }, 'EACCES', { kind: 'file-unreadable' }],
    ['without x', file('x', false), 'EACCES', { kind: 'file-not-executable' }],
    ['empty', file(''), 'ENOEXEC', { kind: 'no-program', what: 'empty' }],
    ['text', file('echo hello\n'), 'ENOEXEC', { kind: 'no-program', what: 'text' }],
    ['data', file('a\0b'), 'ENOEXEC', { kind: 'no-program', what: 'data' }],
    ['for another machine', file(foreign), 'ENOEXEC', { kind: 'no-entry' }],
  ])('%s', (_, found, errno, why) => {
    expect(verdict({ '/f': found }).verdict).toMatchObject({ kind: 'fails', errno, why })
  })

  it('of which nobody can tell what it is', () => {
    expect(verdict({ '/f': { kind: 'sealed', path: '/f' } }).verdict).toMatchObject({
      kind: 'unknown',
      why: { kind: 'file-sealed', path: '/f' },
    })
  })
})

describe('a script', () => {
  const missing = (interpreter: string, cwd: string | null) => ({
    kind: 'fails',
    errno: 'ENOENT',
    why: { kind: 'script-interpreter-missing', path: '/f', interpreter, cwd },
  })
  it('needs its interpreter, which is looked up in the current folder when it is relative', () => {
    expect(verdict({ '/f': file('#!/bin/sh\n') }).verdict).toMatchObject(missing('/bin/sh', null))
    expect(verdict({ '/f': file('#!sh\n') }, [], '/home/').verdict).toMatchObject(missing('sh', '/home/'))
    expect(verdict({ '/f': file('#!sh\n'), '/home/sh': file('text') }, [], '/home').verdict).toMatchObject({
      errno: 'ENOEXEC',
      why: { kind: 'no-program', path: '/home/sh' },
    })
  })

  it('whose line ends with a carriage return looks for a name that ends with it', () => {
    expect(verdict({ '/f': file('#!/bin/sh\r\n'), '/bin/sh': emulator }).verdict).toMatchObject(
      missing('/bin/sh\r', null),
    )
  })

  it('without an interpreter is no program', () => {
    expect(verdict({ '/f': file('#!\n') }).verdict).toMatchObject({ errno: 'ENOEXEC', why: { kind: 'script-odd' } })
  })

  const chain = (length: number, last: Lookup) => {
    const scripts = Array.from({ length }, (_, at) => [at === 0 ? '/f' : `/s${at}`, file(`#!/s${at + 1}\n`)] as const)
    return { ...Object.fromEntries(scripts), [`/s${length}`]: last, '/q': emulator }
  }
  it.each([
    [5, 'no-program', 'ENOEXEC'],
    [6, 'scripts-too-deep', 'ELOOP'],
  ])('that leads through %i scripts to text', (length, kind, errno) => {
    expect(verdict(chain(length, file('text'))).verdict).toMatchObject({ errno, why: { kind } })
  })

  it('that leads to itself ends', () => {
    expect(verdict({ '/f': file('#!/f\n') }).verdict).toMatchObject({
      errno: 'ELOOP',
      why: { kind: 'scripts-too-deep' },
    })
  })

  it('may lead through four to a program for an emulator, which is a format, too', () => {
    expect(verdict(chain(4, file(foreign)), [entry()]).verdict).toMatchObject({ kind: 'emulated' })
    expect(verdict(chain(5, file(foreign)), [entry()]).verdict).toMatchObject({ kind: 'fails', errno: 'ELOOP' })
  })
})

describe('a program for an emulator', () => {
  const program = { '/f': file(foreign) }
  it('runs under the first entry that matches it, and the others are told', () => {
    const table = [entry({ name: 'off', enabled: false }), entry({ name: 'newer' }), entry({ name: 'older' })]
    const { steps, verdict: outcome } = verdict({ ...program, '/q': emulator }, table)
    expect(outcome).toMatchObject({
      kind: 'emulated',
      entry: { name: 'newer' },
      emulator: { path: '/q', where: 'opened' },
    })
    expect(steps).toMatchObject([
      { kind: 'file', path: '/f', program: { target: 'aarch64' } },
      { kind: 'entry', winner: { name: 'newer' }, shadowed: [{ name: 'older' }] },
    ])
  })

  it.each<[string, Lookup | undefined, string, object]>([
    ['missing', undefined, 'ENOENT', { kind: 'emulator-missing', root: '/r' }],
    ['a folder', { kind: 'folder', path: '/q' }, 'EACCES', { kind: 'emulator-unrunnable', fault: 'is a folder' }],
    ['not executable', file(foreign, false), 'EACCES', { kind: 'emulator-unrunnable', fault: 'is not executable' }],
    ['unreadable', { kind: 'unreadable', path: '/q', errno: 'EIO' }, 'EACCES', { fault: 'cannot be read (EIO)' }],
    ['no program', file('text'), 'ENOEXEC', { kind: 'emulator-unrunnable', fault: 'is no program' }],
  ])('needs the interpreter in its root: %s', (_, found, errno, why) => {
    expect(verdict(found === undefined ? program : { ...program, '/q': found }, [entry()]).verdict).toMatchObject({
      kind: 'fails',
      errno,
      why,
    })
  })

  it('needs none where the kernel holds it open, as F says', () => {
    expect(verdict(program, [entry({ flags: 'POCF' })]).verdict).toMatchObject({ kind: 'emulated', emulator: null })
  })

  it('is told when its entry is disabled or its rule misses', () => {
    expect(verdict(program, [entry({ enabled: false })]).verdict).toMatchObject({
      errno: 'ENOEXEC',
      why: { kind: 'entry-disabled', entry: 'qemu-aarch64' },
    })
    const appImage = Buffer.from(foreign)
    appImage.set([0x41, 0x49, 2], 8)
    expect(verdict({ '/f': file(appImage) }, [entry()]).verdict).toMatchObject({
      errno: 'ENOEXEC',
      why: { kind: 'rule-misses', path: '/f' },
    })
  })
})
