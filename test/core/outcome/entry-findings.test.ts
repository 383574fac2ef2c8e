import { describe, expect, it } from 'vitest'
import { explanation, type Finding } from '../../../src/core/outcome/finding.js'

const of = (finding: Finding) => explanation(finding, 'arm')
const fingerprint = { path: '/q', sha256: 'aa', qemuVersion: '7.2.22', build: null }

describe('an entry from before', () => {
  it.each<[Finding, RegExp]>([
    [
      { kind: 'already-registered', names: ['a', 'b'], runs: fingerprint },
      /^a, b runs its programs with QEMU 7\.2\.22 \(\/q\), and/,
    ],
    [
      { kind: 'already-registered', names: ['a'], runs: { ...fingerprint, qemuVersion: null } },
      /^a runs its programs with QEMU of an unknown version/,
    ],
    [{ kind: 'already-registered', names: ['a'], runs: null }, /^a matches its programs, though they do not run/],
    [{ kind: 'already-registered', names: [], runs: null }, /^an entry that cannot be seen from here matches/],
    [{ kind: 'kept-differs', entry: 'a', differences: ['x', 'y'] }, /^a is to be kept .* but x; y$/],
    [{ kind: 'kept-differs', entry: '', differences: ['x'] }, /^an entry that cannot be seen from here is to be kept/],
    [
      { kind: 'other-build', entry: 'a', expected: 'E', got: 'G' },
      /^a was kept: the catalog's build is E, this one is G$/,
    ],
    [
      {
        kind: 'overtaken',
        entry: 'a',
        by: [
          { name: 'x', interpreter: '/x' },
          { name: 'y', interpreter: '/y' },
        ],
      },
      /^a was proven, and then somebody registered x \(interpreter \/x\), y \(interpreter \/y\),/,
    ],
  ])('%j', (finding, reason) => {
    expect(of(finding)).toEqual({
      title: expect.stringContaining('arm') as string,
      reason: expect.stringMatching(reason) as string,
      remedy: expect.stringMatching(/./) as string,
    })
  })

  it('that other builds of the version run is the title’s matter', () => {
    expect(of({ kind: 'other-build', entry: 'a', expected: 'E', got: 'G' }).title).toMatch(/^another build .* arm/)
  })
})

describe('another job', () => {
  const finding = {
    kind: 'other-job',
    entry: 'qemu-arm',
    theirs: { owner: 'job x', has: '7.2.22', flags: 'POCF' },
    ours: { owner: 'job y', wants: '11.1.3', flags: 'PF' },
  } as const
  it('is named with both versions and flags', () => {
    expect(of(finding).reason).toMatch(
      /^job x has QEMU 7\.2\.22 with the flags POCF as qemu-arm; job y asks for QEMU 11\.1\.3 with PF,/,
    )
  })

  it('may have a QEMU of unknown version', () => {
    const unknown = { ...finding, theirs: { ...finding.theirs, has: null }, ours: { ...finding.ours, wants: null } }
    expect(of(unknown).reason).toMatch(/^job x has another QEMU with .* job y asks for another QEMU with/)
  })
})

describe('a container', () => {
  const nothing = {
    kind: 'container-made-nothing',
    image: 'x/y',
    names: [],
    differences: [],
    said: [],
    inImage: 'has',
    reset: false,
  } as const
  it.each<[string, Partial<Extract<Finding, { kind: 'container-made-nothing' }>>, RegExp, RegExp]>([
    ['nothing more to say', {}, /made no entry for arm$/, /^leave method out/],
    ['an entry from before', { names: ['a', 'b'] }, /; a, b was there before it and stays$/, /^set reset: true/],
    [
      'why that does not count',
      { names: ['a'], differences: ['x', 'y'] },
      /; a was there before it and stays, but does not count: x; y$/,
      /^set reset: true/,
    ],
    ['a difference alone', { differences: ['x'] }, /made no entry for arm; x$/, /^leave method out/],
    ['an entry that reset left', { names: ['a'], reset: true }, /stays$/, /^leave method out/],
    ['no emulator in the image', { names: ['a'], inImage: 'lacks' }, /stays$/, /^choose an image that has/],
    ['words of its own', { said: ['one', 'two'] }, /\. About it the container said: one \/ two$/, /./],
  ])('that made nothing, with %s', (_, change, reason, remedy) => {
    expect(of({ ...nothing, ...change })).toEqual({
      title: 'the container registered nothing for arm',
      reason: expect.stringMatching(reason) as string,
      remedy: expect.stringMatching(remedy) as string,
    })
  })

  it('that hides one entry behind another', () => {
    const own = { name: 'qemu-mips', interpreter: '/m' }
    const by = { name: 'qemu-mipsn32', interpreter: '/n' }
    expect(of({ kind: 'hidden-in-image', image: 'x/y', own, by })).toMatchObject({
      reason: expect.stringMatching(/made qemu-mips \(\/m\) for arm, and after it qemu-mipsn32 \(\/n\),/),
      remedy: expect.stringMatching(/qemu-mips of the same image/),
    })
  })

  it('that registers with other flags', () => {
    expect(of({ kind: 'wrong-flags', entry: 'a', flags: 'F', credentials: true }).reason).toBe(
      'credentials is true, and the container made a with the flags F',
    )
  })
})
