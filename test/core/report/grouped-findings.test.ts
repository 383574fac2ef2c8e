import { describe, expect, it } from 'vitest'
import { plainLinks } from '../../../src/core/model/links.js'
import { platformOf } from '../../../src/core/model/targets.js'
import type { Finding } from '../../../src/core/outcome/finding.js'
import type { Outcome, TargetOutcome } from '../../../src/core/outcome/outcome.js'
import {
  alikeTargets,
  groupedFindings,
  titleOf,
  withoutRepetitions,
} from '../../../src/core/report/grouped-findings.js'

const target = (name: string, ...findings: Finding[]): TargetOutcome => ({
  platform: platformOf(name),
  state: 'failed',
  emulator: null,
  entry: null,
  locator: null,
  bytesFetched: 0,
  seconds: 0,
  proof: null,
  findings,
})
const outcome = (...targets: TargetOutcome[]): Outcome => ({ host: 'x86_64', image: null, environment: {}, targets })
const wrong = (where: 'direct' | 'chroot' | 'docker', got = 'bb'): Finding => ({
  ...{ kind: 'wrong-emulator', where, expected: 'aa', got, path: '/q', version: null },
})
const silent: Finding = { kind: 'probe-silent', where: 'direct', timeoutMs: 1000 }

describe('findings of one target', () => {
  it('are told once where the same other emulator ran in several ways on the machine', () => {
    expect(withoutRepetitions([wrong('direct'), wrong('chroot'), silent, silent])).toEqual([
      wrong('direct'),
      silent,
      silent,
    ])
    for (const other of [wrong('chroot', 'cc'), wrong('docker')])
      expect(withoutRepetitions([wrong('direct'), other])).toHaveLength(2)
  })
})

describe('findings of several targets', () => {
  it('that read alike but for the name of the target are one, with all platforms in their order', () => {
    const [first, second, ...others] = groupedFindings(
      outcome(target('riscv64', silent), target('arm64', wrong('direct')), target('s390x', silent)),
      plainLinks,
    )
    expect(others).toEqual([])
    expect(first).toMatchObject({ title: 'the riscv64 probe hangs (and 1 more)', finding: silent })
    expect(first?.platforms.map(({ target: { name } }) => name)).toEqual(['riscv64', 's390x'])
    expect(second).toMatchObject({ title: 'another emulator runs aarch64 programs' })
  })

  it('put failed targets together that fail alike, and no others', () => {
    const proven = (name: string): TargetOutcome => ({ ...target(name), state: 'emulated' })
    const groups = alikeTargets(
      outcome(
        target('hppa', silent),
        proven('arm64'),
        target('alpha', wrong('direct')),
        proven('arm'),
        target('sh4', silent),
      ),
    )
    expect(groups.map((group) => group.map(({ platform }) => platform.target.name))).toEqual([
      ['hppa', 'sh4'],
      ['aarch64'],
      ['alpha'],
      ['arm'],
    ])
  })

  it('say in their title that there are more only where it names one', () => {
    const platforms = ['arm64', 'arm', 's390x'].map((name) => platformOf(name))
    expect(titleOf('qemu-aarch64 is gone', platforms)).toBe('qemu-aarch64 is gone (and 2 more)')
    expect(titleOf('qemu-aarch64_be is gone', platforms)).toBe('qemu-aarch64_be is gone')
    expect(titleOf('the aarch64 probe', platforms.slice(0, 1))).toBe('the aarch64 probe')
  })
})
