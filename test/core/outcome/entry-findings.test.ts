import { describe, expect, it } from 'vitest'
import type { EntryFinding } from '../../../src/core/outcome/entry-findings.js'
import { explanation } from '../../../src/core/outcome/finding.js'

const of = (finding: EntryFinding) => explanation(finding, 'arm')
const fingerprint = { path: '/q', sha256: 'aa', qemuVersion: '7.2.22', build: null }

describe('an entry from before', () => {
  it.each<[EntryFinding, RegExp]>([
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
