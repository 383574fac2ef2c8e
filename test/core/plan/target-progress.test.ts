import { describe, expect, it } from 'vitest'
import { platformOf } from '../../../src/core/model/targets.js'
import type { Finding } from '../../../src/core/outcome/finding.js'
import type { Keep } from '../../../src/core/plan/existing-entry.js'
import type { Plan, Registration } from '../../../src/core/plan/plan.js'
import {
  type AcquiredTarget,
  failedWith,
  hasEntry,
  keptAs,
  type PlannedTarget,
  progressOf,
  registeredAs,
} from '../../../src/core/plan/target-progress.js'

const platform = platformOf('arm64')
const entry = { name: 'q', enabled: true, interpreter: '/q', flags: 'F', offset: 0, magic: '7f', mask: 'ff' }
const finding: Finding = { kind: 'chroot-fails', errno: 'ENOENT' }
const identity = { sha256: 'aa', qemuVersion: '11.1.3', build: 'b' }
const there = { ...identity, path: '/q' }
const keep: Keep = { kind: 'keep', entry, fingerprint: there, share: null, notes: [], reason: 'why' }
const registration: Registration = {
  kind: 'register',
  platform,
  source: { kind: 'file', emulator: there, locator: 'host' },
  name: 'q',
  shadows: [],
  flags: ['F'],
  rules: 'upstream',
  reason: 'why',
}
const planned: PlannedTarget = { kind: 'planned', platform, started: 5, registration }
const emulator = { ...there, locator: 'deb', bytesFetched: 7 } as const
const acquired: AcquiredTarget = { kind: 'acquired', platform, started: 5, registration, emulator }

describe('a target on its way', () => {
  it('starts where its plan says', () => {
    const plan: Plan = {
      targets: [
        { kind: 'native', platform, reason: 'why' },
        { ...keep, platform },
        registration,
        { kind: 'impossible', platform, finding, reason: 'why' },
      ],
    }
    expect(progressOf(plan, 5)).toEqual([
      { kind: 'native', platform, started: 5 },
      {
        kind: 'registered',
        platform,
        started: 5,
        plan: { ...keep, platform },
        entry,
        emulator: there,
        locator: null,
        bytesFetched: 0,
      },
      planned,
      {
        kind: 'failed',
        platform,
        started: 5,
        finding,
        emulator: null,
        entry: null,
        locator: null,
        bytesFetched: 0,
      },
    ])
  })

  it('that fails before it has its emulator has the one that it would have got, where that is known', () => {
    const unfetched = { kind: 'failed', finding, entry: null, locator: null, bytesFetched: 0, started: 5 }
    expect(failedWith(finding, planned)).toEqual({ ...unfetched, platform, emulator: there })
    const image = { kind: 'container', image: {} as never, engine: null, reset: false } as const
    const unknown = { ...planned, registration: { ...registration, source: image } }
    expect(failedWith(finding, unknown)).toEqual({ ...unfetched, platform, emulator: null })
  })

  it('keeps what was fetched for it when it fails, is registered, or turns out to be there already', () => {
    const fetched = { locator: 'deb', bytesFetched: 7, started: 5 }
    expect(failedWith(finding, acquired)).toMatchObject({ ...fetched, kind: 'failed', emulator, entry: null })
    expect(registeredAs(entry, acquired)).toMatchObject({ ...fetched, kind: 'registered', plan: registration, entry })
    expect(keptAs(keep, acquired)).toMatchObject({ ...fetched, kind: 'registered', plan: keep, emulator: there })
    expect(keptAs({ ...keep, entry: null }, planned)).toMatchObject({ entry: null, locator: null, bytesFetched: 0 })
  })

  it('runs by an entry once it is registered, also one that a container made in vain', () => {
    const failed = failedWith(finding, acquired)
    const all = [planned, acquired, failed, { ...failed, entry }, registeredAs(entry, acquired)]
    expect(all.map(hasEntry)).toEqual([false, false, false, true, true])
  })
})
