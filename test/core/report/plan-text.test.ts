import { describe, expect, it } from 'vitest'
import { parseImageReference } from '../../../src/core/model/image-reference.js'
import { platformOf } from '../../../src/core/model/targets.js'
import type { Registration, TargetPlan } from '../../../src/core/plan/plan.js'
import { planJson, planText } from '../../../src/core/report/plan-text.js'

const platform = platformOf('arm64')
const emulator = {
  binary: 'qemu-aarch64',
  sha256: 'aa',
  size: 1,
  host: 'amd64',
  qemuVersion: '11.1.3',
  build: 'b',
} as const
const image = parseImageReference('a/b:t')
const register = (source: Registration['source'], change: Partial<Registration> = {}): Registration => ({
  kind: 'register',
  platform,
  source,
  name: 'qemu-aarch64',
  shadows: ['old'],
  flags: ['POCF', 'OCF'],
  rules: 'upstream',
  reason: 'why',
  ...change,
})
const file = {
  kind: 'file',
  emulator: { path: '/q', sha256: 'aa', qemuVersion: null, build: null },
  locator: 'file',
} as const
const kept: TargetPlan = {
  kind: 'keep',
  platform,
  entry: { name: 'old', enabled: true, interpreter: '/q', flags: 'F', offset: 0, magic: '', mask: '' },
  fingerprint: { path: '/q', sha256: 'cc', qemuVersion: '7.2.22', build: null },
  share: null,
  notes: [],
  reason: 'why',
}
const finding = { kind: 'not-set-up', code: 'x', reason: 'r', hint: 'h' } as const

describe('a planned target', () => {
  it.each<[string, TargetPlan, RegExp, object]>([
    ['native', { kind: 'native', platform, reason: 'why' }, /^linux\/arm64 {2}native: why$/, { plan: 'native' }],
    [
      'impossible',
      { kind: 'impossible', platform, finding, reason: 'why' },
      / {2}impossible: why$/,
      { plan: 'impossible' },
    ],
    [
      'that is kept',
      kept,
      / {2}keep old: why\n {2}QEMU 7\.2\.22, sha256 cc$/,
      { plan: 'keep', entry: 'old', flags: 'F', qemuVersion: '7.2.22', build: null, sha256: 'cc' },
    ],
    [
      'that is kept out of sight',
      { ...kept, entry: null },
      / {2}keep what is there: why\n/,
      { plan: 'keep', entry: null, flags: null, qemuVersion: '7.2.22', build: null, sha256: 'cc' },
    ],
    [
      'of the catalog',
      register({ kind: 'catalog', emulator: emulator as never }, { rules: 'wide' }),
      / {2}register qemu-aarch64 with flags POCF and a wide rule: why\n {2}QEMU 11\.1\.3 \(b\), sha256 aa$/,
      { supply: 'catalog', rules: 'wide', shadows: ['old'], qemuVersion: '11.1.3', build: 'b', sha256: 'aa' },
    ],
    [
      'of a file',
      register(file),
      / {2}register qemu-aarch64 with flags POCF: why\n {2}an emulator of unknown version, \/q, sha256 aa$/,
      { supply: 'file', rules: 'upstream', flags: 'POCF', qemuVersion: null, sha256: 'aa' },
    ],
    [
      'of an image',
      register({ kind: 'image', image, binary: 'qemu-aarch64' }),
      /\n {2}qemu-aarch64 out of the image docker\.io\/a\/b:t$/,
      { supply: 'image', image: 'docker.io/a/b:t' },
    ],
    [
      'of a container',
      register({ kind: 'container', image, engine: 'podman', reset: false }),
      / {2}let a container of docker\.io\/a\/b:t register: why\n {2}whatever emulator the image has, run by podman$/,
      { supply: 'container', image: 'docker.io/a/b:t' },
    ],
  ])('%s', (_, planned, text, json) => {
    expect(planText({ targets: [planned] })).toMatch(text)
    expect(planJson({ targets: [planned] })).toMatchObject({
      targets: [{ target: 'aarch64', platform: 'linux/arm64', reason: 'why', ...json }],
    })
  })

  it('stays in its lines, whatever others call their entries', () => {
    const text = planText({ targets: [{ ...kept, reason: 'a\nb\x1b[2J' }] })
    expect(text.split('\n')).toEqual([expect.stringContaining('a\\nb\\u001b[2J'), expect.stringMatching(/^ {2}QEMU/)])
  })
})

it('a plan is good when nothing in it is impossible', () => {
  const impossible: TargetPlan = { kind: 'impossible', platform, finding, reason: 'why' }
  const ok = (...targets: TargetPlan[]) => (planJson({ targets }) as { ok: boolean }).ok
  expect([ok(), ok(kept), ok(kept, impossible)]).toEqual([true, true, false])
  expect(planText({ targets: [] })).toBe('')
})
