import { describe, expect, it } from 'vitest'
import type { EmulatorFinding } from '../../../src/core/outcome/emulator-findings.js'
import { explanation } from '../../../src/core/outcome/finding.js'

const of = (finding: EmulatorFinding, target: string) => explanation(finding, target)

describe('a root that does not serve', () => {
  const finding = {
    kind: 'sysroot-fails',
    root: '/r',
    loader: '/lib/ld.so.1',
    ending: 'exit status 127',
    output: '',
  } as const
  it.each([
    ['', /QEMU_LD_PREFIX=\/r, ended with exit status 127$/],
    ['\n', /ended with exit status 127$/],
    ['libc.so.6: not found\n', /ended with exit status 127 and said: libc\.so\.6: not found$/],
    ['\x1b[2Jx', /and said: \\u001b\[2Jx$/],
  ])('with the output %j', (output, reason) => {
    expect(of({ ...finding, output }, 'arm').reason).toMatch(reason)
  })

  it('is named so that nothing in its name is obeyed', () => {
    expect(of({ ...finding, root: '/a\nb' }, 'arm').reason).toContain('QEMU_LD_PREFIX=/a\\nb,')
  })
})

describe('a CPU', () => {
  it.each([
    ['5.2.0', '12 to 19 times'],
    ['9.2.4', '12 to 19 times'],
    ['10.0.13', '1.6 to 1.7 times'],
    ['10.2', '1.6 to 1.7 times'],
  ])('by default of QEMU %s takes %s the time', (qemuVersion, times) => {
    const { title, reason, remedy } = of({ kind: 'slow-cpu', qemuVersion, model: 'cortex-a72' }, 'aarch64')
    expect(title).toContain(`QEMU ${qemuVersion} is slow on aarch64`)
    expect(reason).toContain(`take ${times} the time`)
    expect([reason, remedy]).toEqual([
      expect.stringContaining('cpu: cortex-a72'),
      expect.stringContaining('cortex-a72'),
    ])
  })

  it('that nothing needs is told', () => {
    expect(of({ kind: 'cpu-unused', cpu: 'max\n' }, 'arm')).toMatchObject({
      title: 'no CPU is emulated',
      reason: expect.stringMatching(/^cpu is max\\n, /),
    })
  })
})

it('a known problem is told with its number, and what helps', () => {
  const finding = { kind: 'known-problem', id: 'R8', problem: 'memory is not cleared', remedy: 'use 11.1' } as const
  expect(of(finding, 'arm')).toEqual({
    title: 'this QEMU has a known problem (R8)',
    reason: 'memory is not cleared; use 11.1',
    remedy: 'use 11.1',
  })
})
