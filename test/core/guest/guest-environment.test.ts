import { describe, expect, it } from 'vitest'
import {
  environmentOf,
  exportLines,
  reachWords,
  slowCpu,
  sysrootTarget,
} from '../../../src/core/guest/guest-environment.js'
import { platformOf } from '../../../src/core/model/targets.js'
import { type TargetOutcome, withEnvironment } from '../../../src/core/outcome/outcome.js'
import type { TargetPlan } from '../../../src/core/plan/plan.js'
import { sysrootOf } from '../../../src/core/request/input-values.js'

const native = (name: string): TargetPlan => ({ kind: 'native', platform: platformOf(name), reason: '' })
const emulated = (name: string) => ({ kind: 'register', platform: platformOf(name) }) as TargetPlan

describe('a root', () => {
  it.each([
    ['/srv/root/', '/srv/root'],
    ['/', '/'],
    ["/it's a root", "/it's a root"],
    ['', null],
  ])('%j is %j', (path, root) => {
    expect(sysrootOf(path)).toBe(root)
  })

  it.each(['root', '/a\nb', '/a\0', '/\x7f', `/${'a'.repeat(1001)}`])('%j is none', (path) => {
    expect(() => sysrootOf(path)).toThrow(expect.objectContaining({ code: 'invalid-input' }))
  })

  it('is for one emulated target; native ones beside it do not count', () => {
    expect(sysrootTarget([native('386'), emulated('arm64')], '/r').name).toBe('aarch64')
    expect(() => sysrootTarget([emulated('arm64'), emulated('riscv64')], '/r')).toThrow(
      expect.objectContaining({ code: 'invalid-input', message: expect.stringContaining('aarch64, riscv64') }),
    )
    expect(() => sysrootTarget([native('amd64')], '/r')).toThrow(expect.objectContaining({ code: 'sysroot-unusable' }))
  })
})

describe('the variables', () => {
  const both = environmentOf({ sysroot: "/it's", cpu: 'max,sve=off' })

  it('are what was asked for, and nothing else', () => {
    expect(both).toEqual({ QEMU_LD_PREFIX: "/it's", QEMU_CPU: 'max,sve=off' })
    expect(environmentOf({ sysroot: null, cpu: null })).toEqual({})
  })

  it('are lines that a shell reads as they are', () => {
    expect(exportLines(both)).toEqual([`export QEMU_LD_PREFIX='/it'\\''s'`, 'export QEMU_CPU=max,sve=off'])
    expect(exportLines({ QEMU_LD_PREFIX: '/a $(id)' })).toEqual(["export QEMU_LD_PREFIX='/a $(id)'"])
  })

  it('say how far they reach', () => {
    expect(reachWords({})).toEqual([])
    expect(reachWords(both).join('\n')).toMatch(
      /sudo --preserve-env=QEMU_LD_PREFIX,QEMU_CPU[\s\S]*docker run -e QEMU_CPU[\s\S]*for writing/,
    )
    expect(reachWords({ QEMU_LD_PREFIX: '/r' }).join('\n')).not.toContain('QEMU_CPU')
  })

  it('are left to later programs only where all is proven and something is emulated', () => {
    const target = (state: TargetOutcome['state']) => ({ state, findings: [] }) as unknown as TargetOutcome
    const of = (...states: TargetOutcome['state'][]) =>
      withEnvironment({ host: '', image: null, targets: states.map(target) }, both)
    expect(of('emulated', 'native').environment).toEqual(both)
    expect(of('kept').environment).toEqual(both)
    expect(of('emulated', 'failed').environment).toEqual({})
    expect(of('native')).toMatchObject({ environment: {}, targets: [{ findings: [{ kind: 'cpu-unused' }] }] })
    expect(of('failed')).toMatchObject({ environment: {}, targets: [{ findings: [] }] })
  })
})

describe('the note about slow versions', () => {
  it.each([
    ['aarch64', '5.2.0', true],
    ['aarch64', '7.2.22', true],
    ['aarch64', '10.0.13', true],
    ['aarch64', '10.1.0', true],
    ['aarch64', '10.2.3', false],
    ['aarch64', '11.1.3', false],
    ['aarch64', null, false],
    ['aarch64', 'strange', false],
    ['riscv64', '7.2.22', false],
  ])('%s under %s: %s', (target, version, slow) => {
    expect(slowCpu(target, version) !== undefined).toBe(slow)
  })
})
