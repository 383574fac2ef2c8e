import { describe, expect, it } from 'vitest'
import { type Catalog, emulatorFor } from '../../../src/core/model/catalog.js'
import type { ListedEntry } from '../../../src/core/model/entry.js'
import { ruleOf } from '../../../src/core/model/rule.js'
import { targetNamed } from '../../../src/core/model/targets.js'
import { type Facts, flagsFor, freeName, planFor } from '../../../src/core/plan/plan.js'
import type { ProbeRun } from '../../../src/core/probe/probe-run.js'
import { planJson, planText } from '../../../src/core/report/plan-text.js'
import { parseRequest } from '../../../src/core/request/request.js'
import data from '../../../src/data/emulators.json' with { type: 'json' }
import probes from '../../../src/data/probes.json' with { type: 'json' }
import { noInputs } from '../../support/runner/inputs.js'

const catalog = data as unknown as Catalog
const provable = new Set(Object.keys(probes.probes))
const aarch64 = targetNamed('aarch64')
const wanted = emulatorFor(catalog, catalog.default, 'amd64', aarch64)!
const words = { ...noInputs, platforms: 'arm64' }
const request = parseRequest(words, catalog, 'amd64', provable)
const me = { face: 'cli', pid: 1, start: '1' } as const
const nobody: ProbeRun = { kind: 'refused', stage: 'exec', errno: 'ENOEXEC' }

function ran(sha256: string, options: { native?: boolean; path?: string } = {}): ProbeRun {
  const { native = false, path = '/cache/qemu-aarch64' } = options
  return {
    kind: 'answered',
    argv: [],
    native,
    fingerprint: { path, sha256, qemuVersion: null, build: null },
    answerRight: true,
    ending: '',
  }
}

function entry(name: string, change: Partial<ListedEntry> = {}): ListedEntry {
  return {
    name,
    enabled: true,
    interpreter: '/cache/qemu-aarch64',
    flags: 'POCF',
    offset: 0,
    magic: aarch64.magic,
    mask: aarch64.mask,
    ...change,
  }
}

function facts(run: ProbeRun, table: ListedEntry[] = [], own: ListedEntry[] = []): Facts {
  return {
    host: 'amd64',
    hidden: false,
    table,
    owned: own.map((one) => ({ entry: one, emulator: null, journal: 'cli-1', owner: me })),
    me,
    enabled: true,
    files: new Map(),
    before: new Map([['aarch64', { run, head: Buffer.from(probes.probes.aarch64.base64, 'base64') }]]),
  }
}

const planned = (found: Facts) => planFor(request, found, catalog).targets[0]

describe('a plan', () => {
  it('registers under the usual name where nothing runs the target', () => {
    expect(planned(facts(nobody))).toMatchObject({
      kind: 'register',
      name: 'qemu-aarch64',
      shadows: [],
      flags: ['POCF', 'OCF'],
      source: { kind: 'catalog', emulator: { sha256: wanted.sha256 } },
    })
  })

  it('leaves a native target alone', () => {
    expect(planned(facts(ran('x', { native: true })))).toMatchObject({ kind: 'native' })
  })

  it('shadows a foreign entry and takes another name, even when the emulator is the same', () => {
    const found = facts(ran(wanted.sha256), [entry('qemu-aarch64')])
    expect(planned(found)).toMatchObject({ kind: 'register', name: 'setup-qemu-aarch64', shadows: ['qemu-aarch64'] })
  })

  it('names as shadowed what matches and is enabled, whatever its name', () => {
    const table = [
      entry('somebody'),
      entry('off', { enabled: false }),
      entry('other', { magic: targetNamed('s390x').magic }),
    ]
    expect(planned(facts(nobody, table))).toMatchObject({ name: 'qemu-aarch64', shadows: ['somebody'] })
  })

  it('keeps what an earlier setup registered', () => {
    const own = [entry('qemu-aarch64')]
    expect(planned(facts(ran(wanted.sha256), own, own))).toMatchObject({
      kind: 'keep',
      entry: { name: 'qemu-aarch64' },
    })
  })

  it.each([
    ['the emulator is another', facts(ran('0'.repeat(64)), [entry('qemu-aarch64')], [entry('qemu-aarch64')])],
    [
      'the flags are others',
      facts(ran(wanted.sha256), [entry('qemu-aarch64', { flags: 'PF' })], [entry('qemu-aarch64', { flags: 'PF' })]),
    ],
    [
      'a newer entry of others matches',
      facts(ran(wanted.sha256), [entry('b'), entry('qemu-aarch64')], [entry('qemu-aarch64')]),
    ],
    [
      'its file is gone',
      facts(
        ran(wanted.sha256, { path: '/cache/qemu-aarch64 (deleted)' }),
        [entry('qemu-aarch64')],
        [entry('qemu-aarch64')],
      ),
    ],
    ['it does not run', facts(nobody, [entry('qemu-aarch64')], [entry('qemu-aarch64')])],
  ])('registers anew when %s', (_, found) => {
    expect(planned(found)).toMatchObject({ kind: 'register', name: 'setup-qemu-aarch64' })
  })

  it('says which versions have a target that this one lacks', () => {
    const old = parseRequest({ ...words, platforms: 'loong64', qemuVersion: '5.2' }, catalog, 'amd64', provable)
    const plan = planFor(old, { ...facts(nobody), before: new Map() }, catalog)
    expect(plan.targets[0]).toMatchObject({
      kind: 'impossible',
      finding: { code: 'not-in-catalog', hint: expect.stringContaining('11.1.3') },
    })
    expect(planText(plan)).toContain('impossible: the catalog has no qemu-loongarch64 of QEMU 5.2.0 for amd64 hosts')
    expect(planJson(plan)).toMatchObject({ ok: false })
  })

  it('can be read and parsed', () => {
    const plan = planFor(request, facts(nobody, [entry('qemu-aarch64')]), catalog)
    expect(planText(plan)).toContain(
      'linux/arm64  register setup-qemu-aarch64 with flags POCF: takes precedence over qemu-aarch64',
    )
    expect(planJson(plan)).toMatchObject({
      ok: true,
      targets: [
        {
          target: 'aarch64',
          plan: 'register',
          entry: 'setup-qemu-aarch64',
          shadows: ['qemu-aarch64'],
          sha256: wanted.sha256,
        },
      ],
    })
  })
})

describe('a plan with wide rules', () => {
  const wide = parseRequest({ ...words, rules: 'wide' }, catalog, 'amd64', provable)
  const wideRule = ruleOf(aarch64, 'wide')
  const plannedWide = (found: Facts) => planFor(wide, found, catalog).targets[0]

  it('registers with them, and says so', () => {
    const plan = planFor(wide, facts(nobody), catalog)
    expect(plan.targets[0]).toMatchObject({ kind: 'register', rules: 'wide' })
    expect(planText(plan)).toContain('register qemu-aarch64 with flags POCF and a wide rule: nothing runs it yet')
    expect(planJson(plan)).toMatchObject({ targets: [{ rules: 'wide' }] })
  })

  it('keeps an own entry that has them, and none that has not', () => {
    const [narrow, open] = [[entry('qemu-aarch64')], [entry('qemu-aarch64', wideRule)]]
    expect(plannedWide(facts(ran(wanted.sha256), narrow, narrow))).toMatchObject({ kind: 'register' })
    expect(plannedWide(facts(ran(wanted.sha256), open, open))).toMatchObject({ kind: 'keep' })
    expect(planned(facts(ran(wanted.sha256), open, open))).toMatchObject({ kind: 'keep' })
  })

  it('shadows what matches AppImages alone, too', () => {
    const table = [entry('appimages', { magic: '414902', mask: 'ffffff', offset: 8 })]
    expect(plannedWide(facts(nobody, table))).toMatchObject({ shadows: ['appimages'] })
    expect(planned(facts(nobody, table))).toMatchObject({ shadows: [] })
  })
})

describe('flags', () => {
  it('are POCF, or PF without credentials, and without P as a second choice', () => {
    expect(flagsFor(true)).toEqual(['POCF', 'OCF'])
    expect(flagsFor(false)).toEqual(['PF', 'F'])
  })
})

describe('a free name', () => {
  it('is the first that the table does not hold', () => {
    expect(freeName('arm', [])).toBe('qemu-arm')
    expect(freeName('arm', [{ name: 'qemu-arm' }, { name: 'setup-qemu-arm' }, { name: 'setup-qemu-arm-3' }])).toBe(
      'setup-qemu-arm-2',
    )
  })
})
