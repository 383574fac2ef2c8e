import { describe, expect, it } from 'vitest'
import { platformOf } from '../../../src/core/model/targets.js'
import {
  firstEmulated,
  isEmulated,
  isProven,
  type Outcome,
  runningPlatforms,
  stateOf,
  type TargetOutcome,
} from '../../../src/core/outcome/outcome.js'

const target = (name: string, state: TargetOutcome['state']): TargetOutcome => ({
  platform: platformOf(name),
  state,
  emulator: null,
  entry: null,
  locator: null,
  bytesFetched: 0,
  seconds: 0,
  proof: null,
  findings: [],
})
const [proven, native, failed] = [target('arm64', 'emulated'), target('amd64', 'native'), target('riscv64', 'failed')]
const outcome = (...targets: TargetOutcome[]): Outcome => ({ host: 'x86_64', image: null, environment: {}, targets })

describe('an outcome', () => {
  it('is green only when there is something and nothing failed', () => {
    expect([isProven(outcome(proven, native)), isProven(outcome(proven, failed)), isProven(outcome())]).toEqual([
      true,
      false,
      false,
    ])
  })

  it('names what runs in OCI form, the failed left out', () => {
    const arm = target('linux/arm/v6', 'emulated')
    expect(runningPlatforms(outcome(proven, native, failed, arm))).toEqual([
      'linux/arm64',
      'linux/amd64',
      'linux/arm/v6',
      'linux/arm/v7',
    ])
    expect(runningPlatforms(outcome(target('sparc64', 'emulated')))).toEqual([])
  })

  it('has the first emulated target for the single outputs', () => {
    expect(firstEmulated(outcome(native, failed, proven))).toBe(proven)
    expect(firstEmulated(outcome(native))).toBeUndefined()
  })
})

it('the state of a target follows from its findings: a failure outweighs everything, a note nothing', () => {
  const [note, failure] = [{ kind: 'entry-unseen' }, { kind: 'no-handler', where: 'direct', errno: 'ENOEXEC' }] as const
  expect([stateOf([], false), stateOf([note], true), stateOf([note, failure], true)]).toEqual([
    'emulated',
    'kept',
    'failed',
  ])
  const states = ['emulated', 'kept', 'native', 'failed'] as const
  expect(states.filter((state) => isEmulated({ state }))).toEqual(['emulated', 'kept'])
})
