// What is done about entries that are there already, and where an emulator comes from that is not of the catalog.

import { describe, expect, it } from 'vitest'
import { type Catalog, emulatorFor } from '../../../src/core/model/catalog.js'
import type { LocatedEmulator } from '../../../src/core/model/emulator.js'
import type { ListedEntry } from '../../../src/core/model/entry.js'
import { targetNamed } from '../../../src/core/model/targets.js'
import {
  differencesOnHost,
  type ExistingEntries,
  isAccepted,
  keptByPolicy,
  keptForImage,
  keptOwn,
} from '../../../src/core/plan/existing-entry.js'
import { type Facts, type Plan, planFor, withoutShares } from '../../../src/core/plan/plan.js'
import { candidatePaths, type LocalExecutable } from '../../../src/core/plan/resolved-source.js'
import type { ProbeRun } from '../../../src/core/probe/probe-run.js'
import { planJson, planText } from '../../../src/core/report/plan-text.js'
import type { RequestInputs } from '../../../src/core/request/inputs.js'
import { parseRequest } from '../../../src/core/request/request.js'
import data from '../../../src/data/emulators.json' with { type: 'json' }
import probes from '../../../src/data/probes.json' with { type: 'json' }
import { noInputs } from '../../support/runner/inputs.js'

const catalog = data as unknown as Catalog
const provable = new Set(Object.keys(probes.probes))
const aarch64 = targetNamed('aarch64')
const wanted = emulatorFor(catalog, catalog.default, 'amd64', aarch64)!
const old = emulatorFor(catalog, '7.2.22', 'amd64', aarch64)!

const request = (change: Partial<RequestInputs>) =>
  parseRequest({ ...noInputs, platforms: 'arm64', ...change }, catalog, 'amd64', provable)

function entry(change: Partial<ListedEntry> = {}): ListedEntry {
  const { magic, mask } = aarch64
  return { name: 'qemu-aarch64', enabled: true, interpreter: '/q', flags: 'POCF', offset: 0, magic, mask, ...change }
}

function ran(change: Partial<LocatedEmulator> = {}): ProbeRun {
  const { sha256, qemuVersion, build } = wanted
  const fingerprint = { path: '/q', sha256, qemuVersion, build, ...change }
  return { kind: 'answered', argv: [], native: false, fingerprint, answerRight: true, ending: '' }
}

const refused: ProbeRun = { kind: 'refused', stage: 'exec', errno: 'ENOEXEC' }

function facts(run: ProbeRun, table: ListedEntry[] = [], files: LocalExecutable[] = []): Facts {
  const head = Buffer.from(probes.probes.aarch64.base64, 'base64')
  return {
    host: 'amd64',
    hidden: false,
    table,
    owned: [],
    me: { face: 'cli', pid: 1, start: '1' },
    before: new Map([['aarch64', { run, head }]]),
    enabled: true,
    files: new Map([['aarch64', files]]),
  }
}

const planned = (change: Partial<RequestInputs>, found: Facts) => planFor(request(change), found, catalog).targets[0]
const theirs = { sha256: old.sha256, qemuVersion: '7.2.22', build: old.build }

describe('if-registered: keep', () => {
  const keep = { ifRegistered: 'keep' }

  it('keeps a working entry of the version asked for, whoever made it', () => {
    expect(planned(keep, facts(ran(), [entry()]))).toMatchObject({ kind: 'keep', share: null, notes: [] })
  })

  it('says so when the build is another than the catalog’s', () => {
    expect(planned(keep, facts(ran({ sha256: 'f'.repeat(64), build: 'mine' }), [entry()]))).toMatchObject({
      kind: 'keep',
      notes: [{ kind: 'other-build', expected: wanted.build, got: 'mine' }],
    })
  })

  it.each([
    ['of another version: both are named', {}, ran(theirs), entry(), /11\.1\.3 is asked for, and QEMU 7\.2\.22 runs/],
    ['of an unknown version', {}, ran({ qemuVersion: null }), entry(), /of an unknown version/],
    [
      'with a rule that passes AppImages over',
      { rules: 'wide' },
      ran(),
      entry(),
      /rules is wide, and qemu-aarch64 looks at bytes 8 to 15/,
    ],
    ['without F', {}, ran(), entry({ flags: 'OC' }), /without F/],
    ['without C, which is asked for', {}, ran(), entry({ flags: 'PF' }), /flags PF, and credentials is true/],
    ['with C, which is not wanted', { credentials: 'false' }, ran(), entry(), /credentials is false/],
  ])('is red for a working entry %s', (_, change, run, listed, reason) => {
    expect(planned({ ...keep, ...change }, facts(run, [listed]))).toMatchObject({
      kind: 'impossible',
      finding: { kind: 'kept-differs', differences: [expect.stringMatching(reason)] },
    })
  })

  it('of several entries looks at the newest, wherever the path of what runs leads', () => {
    const second = entry({ name: 'b', interpreter: '/other' })
    expect(planned(keep, facts(ran(), [entry(), second]))).toMatchObject({ entry: { name: 'qemu-aarch64' } })
    expect(planned(keep, facts(ran({ path: '/q (deleted)' }), [second, entry()]))).toMatchObject({
      entry: { name: 'b' },
    })
    // its file may have been renamed to where an older entry's interpreter was
    expect(planned(keep, facts(ran(), [second, entry()]))).toMatchObject({ kind: 'keep', entry: { name: 'b' } })
  })

  it('is red where programs run under no entry that can be seen', () => {
    expect(planned(keep, facts(ran(), [entry({ enabled: false })]))).toMatchObject({
      finding: { kind: 'kept-differs', differences: [expect.stringContaining('no entry that can be seen here')] },
    })
  })

  it('registers where nothing runs the programs, even beside an entry that is broken', () => {
    expect(planned(keep, facts(refused, [entry()]))).toMatchObject({ kind: 'register', shadows: ['qemu-aarch64'] })
    expect(planned(keep, facts(refused))).toMatchObject({ kind: 'register', name: 'qemu-aarch64' })
  })

  it('of an executable of one’s own compares its bytes', () => {
    const file = { path: '/mine', sha256: 'a'.repeat(64), qemuVersion: null, build: null, refusal: undefined }
    const change = { ...keep, path: '/mine' }
    expect(planned(change, facts(ran({ sha256: 'a'.repeat(64), qemuVersion: null }), [entry()], [file]))).toMatchObject(
      { kind: 'keep' },
    )
    expect(planned(change, facts(ran(), [entry()], [file]))).toMatchObject({ finding: { kind: 'kept-differs' } })
  })

  it('of an image needs something to compare with', () => {
    expect(() => request({ ...keep, image: 'a/b' })).toThrow(expect.objectContaining({ code: 'invalid-input' }))
    expect(planned({ ...keep, image: 'a/b', qemuVersion: '7.2' }, facts(ran(theirs), [entry()]))).toMatchObject({
      kind: 'keep',
    })
    expect(planned({ ...keep, image: 'a/b', sha256: 'a'.repeat(64) }, facts(ran(), [entry()]))).toMatchObject({
      finding: { kind: 'kept-differs' },
    })
  })
})

describe('if-registered: fail', () => {
  it.each([
    ['works', ran(), { sha256: wanted.sha256 }],
    ['is broken', refused, null],
  ])('is red when an entry %s, and names it', (_, run, runs) => {
    expect(planned({ ifRegistered: 'fail' }, facts(run, [entry()]))).toMatchObject({
      kind: 'impossible',
      finding: { kind: 'already-registered', names: ['qemu-aarch64'], runs },
    })
  })

  it('registers on a table without one', () => {
    const off = entry({ enabled: false })
    expect(planned({ ifRegistered: 'fail' }, facts(refused, [off]))).toMatchObject({ kind: 'register' })
  })
})

describe('qemu-version: host', () => {
  const host = { qemuVersion: 'host' }
  const file = (path: string, change: Partial<LocalExecutable> = {}): LocalExecutable => ({
    path,
    sha256: 'a'.repeat(64),
    qemuVersion: null,
    build: null,
    refusal: undefined,
    ...change,
  })

  it('keeps an entry that works, of any version', () => {
    expect(planned(host, facts(ran(theirs), [entry()]))).toMatchObject({
      kind: 'keep',
      fingerprint: { qemuVersion: '7.2.22' },
    })
  })

  it.each([
    ['has no F', entry({ flags: 'OC' })],
    ['has no C', entry({ flags: 'F' })],
  ])('takes an installed executable when the entry %s', (_, listed) => {
    expect(planned(host, facts(ran(theirs), [listed], [file('/usr/bin/q')]))).toMatchObject({
      kind: 'register',
      source: { kind: 'file', emulator: { path: '/usr/bin/q' }, locator: 'host' },
      shadows: ['qemu-aarch64'],
    })
  })

  it('takes the first that is static, and names the reason of each when none is', () => {
    const dynamic = file('/usr/bin/d', { refusal: 'is dynamic' })
    expect(planned(host, facts(refused, [], [dynamic, file('/usr/bin/s')]))).toMatchObject({
      source: { emulator: { path: '/usr/bin/s' } },
    })
    expect(planned(host, facts(refused, [], [dynamic]))).toMatchObject({
      kind: 'impossible',
      finding: { code: 'emulator-unusable', reason: expect.stringContaining('/usr/bin/d is dynamic') },
    })
    expect(planned(host, facts(refused))).toMatchObject({ finding: { code: 'emulator-missing' } })
  })

  it.each<[string, Partial<RequestInputs>, ListedEntry, RegExp]>([
    ['has no C', {}, entry({ flags: 'F' }), /qemu-aarch64 has the flags F, and credentials is true$/],
    ['has another hash', { sha256: 'b'.repeat(64) }, entry(), /SHA-256 b+ is asked for, and \w+ runs$/],
  ])('with nothing installed says why the entry that works is not kept when it %s', (_, change, listed, lack) => {
    const alone = { ...host, ...change }
    const words = { reason: expect.stringMatching(lack), hint: expect.stringMatching(/what the entry has/) }
    expect(planned(alone, facts(ran(theirs), [listed]))).toMatchObject({
      finding: { code: 'emulator-missing', ...words },
    })
    const dynamic = file('/usr/bin/d', { refusal: 'is dynamic' })
    expect(planned(alone, facts(ran(theirs), [listed], [dynamic]))).toMatchObject({
      finding: { code: 'emulator-unusable', reason: expect.stringMatching(lack) },
    })
  })

  it('does not send to the compiler for another hash', () => {
    const change = { path: '/x', sha256: 'b'.repeat(64) }
    expect(planned(change, facts(refused, [], [file('/x')]))).toMatchObject({
      finding: { code: 'emulator-unusable', hint: expect.stringContaining('give its own sha256') },
    })
  })

  it('looks for the static name first, on PATH, then where packages put it', () => {
    expect(candidatePaths(aarch64, { kind: 'host' }, '/a:rel:/usr/bin', false)).toEqual([
      '/a/qemu-aarch64-static',
      '/usr/bin/qemu-aarch64-static',
      '/usr/libexec/qemu-aarch64-static',
      '/a/qemu-aarch64',
      '/usr/bin/qemu-aarch64',
      '/usr/libexec/qemu-aarch64',
    ])
  })

  it('refuses another SHA-256 than the one given', () => {
    expect(planned({ ...host, sha256: 'b'.repeat(64) }, facts(refused, [], [file('/usr/bin/q')]))).toMatchObject({
      finding: { code: 'emulator-unusable', reason: expect.stringContaining('expected bbb') },
    })
  })
})

describe('path', () => {
  it('is a file, or a folder with files of usual names', () => {
    const path = { kind: 'path', path: '/build/' } as const
    expect(candidatePaths(aarch64, path, '', true)).toEqual(['/build/qemu-aarch64-static', '/build/qemu-aarch64'])
    expect(candidatePaths(aarch64, path, '', false)).toEqual(['/build/'])
  })

  it('that names one file serves one platform only', () => {
    const file = { path: '/q', sha256: 'a'.repeat(64), qemuVersion: null, build: null, refusal: undefined }
    const found = { ...facts(refused), files: new Map(['aarch64', 'riscv64'].map((name) => [name, [file]])) }
    const plan = planFor(request({ platforms: 'arm64,riscv64', path: '/q' }), found, catalog)
    expect(plan.targets.map((target) => target.kind === 'impossible' && target.finding)).toMatchObject([
      { code: 'invalid-input' },
      { code: 'invalid-input' },
    ])
  })
})

describe('a plan for other sources', () => {
  it('can be read and parsed', () => {
    const image = planFor(request({ image: 'a/b' }), facts(refused), catalog)
    expect([planText(image), planJson(image)]).toEqual([
      expect.stringContaining('qemu-aarch64 out of the image docker.io/a/b'),
      {
        ok: true,
        targets: [expect.objectContaining({ supply: 'image', image: expect.stringContaining('docker.io/a/b') })],
      },
    ])
    const container = planFor(
      request({ image: 'a/b', method: 'container', containerEngine: 'podman' }),
      facts(refused),
      catalog,
    )
    expect(planText(container)).toMatch(/let a container of docker\.io\/a\/b\S* register.*\n.*run by podman/)
    const over = (reset: string) =>
      planFor(request({ image: 'a/b', method: 'container', reset }), facts(ran(theirs), [entry()]), catalog)
    expect([planText(over('')), planText(over('true'))]).toEqual([
      expect.stringMatching(/qemu-aarch64 is there: the image decides/),
      expect.stringMatching(/qemu-aarch64 is removed before, if it is named qemu-\*/),
    ])
    const kept = planFor(request({ qemuVersion: 'host' }), facts(ran(theirs), [entry()]), catalog)
    expect([planText(kept), planJson(kept)]).toEqual([
      expect.stringMatching(/keep qemu-aarch64: .*\n.*7\.2\.22/),
      { ok: true, targets: [expect.objectContaining({ plan: 'keep', sha256: old.sha256 })] },
    ])
  })
})

describe('a request', () => {
  it.each<[string, Partial<RequestInputs>, RegExp]>([
    ['image and path', { image: 'a', path: '/b' }, /image and path/],
    ['a method that is none', { method: 'docker' }, /method is "docker"/],
    ['container without an image', { method: 'container' }, /no image/],
    [
      'a login for an engine',
      { method: 'container', image: 'a', registryUsername: 'm', registryPassword: 'p' },
      /no effect/,
    ],
    [
      'a mirror for an engine',
      { method: 'container', image: 'a', registryMirror: 'https://x' },
      /registry-mirror .* no effect/,
    ],
    [
      'a mirror that is no address, without its login',
      { mirror: 'http://me:pw@[x' },
      /mirror "http:\/\/\[x" is neither an http/,
    ],
    ['an engine without container', { containerEngine: 'podman' }, /method is direct/],
    [
      'an engine that is none',
      { method: 'container', image: 'a', containerEngine: 'podmn' },
      /container-engine is "podmn"/,
    ],
    ['host of an image', { image: 'a', qemuVersion: 'host' }, /qemu-version is "host"/],
    ['latest of a path', { path: '/a', qemuVersion: 'latest' }, /qemu-version is "latest"/],
    ['a hash for the catalog', { sha256: 'a'.repeat(64) }, /sha256 is given/],
    ['a hash that is none', { path: '/a', sha256: 'abc' }, /"abc" is no SHA-256/],
    ['a policy that is none', { ifRegistered: 'replace' }, /if-registered is "replace"/],
    ['a user without a password', { registryUsername: 'me' }, /registry-password is empty/],
    ['a registry mirror that is no address', { registryMirror: 'mirror' }, /registry-mirror "mirror"/],
    ['a boolean that is none', { offline: 'yes' }, /offline is "yes"/],
  ])('is refused with %s', (_, change, message) => {
    expect(() => request(change)).toThrow(
      expect.objectContaining({ code: 'invalid-input', message: expect.stringMatching(message) }),
    )
  })

  it('never shows the registry’s password in a message', () => {
    expect(() => request({ registryPassword: 'geheim' })).toThrow(
      expect.not.objectContaining({ message: expect.stringContaining('geheim') }),
    )
  })

  it('takes a version as a condition where the emulator comes from elsewhere, and none by default', () => {
    expect(request({ image: 'a/b', qemuVersion: 'v10.2' })).toMatchObject({
      source: { kind: 'image' },
      version: '10.2',
    })
    expect(request({ image: 'a/b', qemuVersion: 'default' }).version).toBeNull()
    expect(request({ qemuVersion: '10' })).toMatchObject({
      source: { kind: 'catalog', qemuVersion: '10.0.13' },
      version: null,
    })
  })

  it('takes hashes in any usual form', () => {
    const hash = 'A'.repeat(64)
    expect(request({ path: '/a', sha256: `${hash}, sha256:${hash}` }).sha256s).toEqual(
      [hash, hash].map((word) => word.toLowerCase()),
    )
  })
})

const keeping = { ifRegistered: 'keep' }

describe('programs that run by a table that is not mounted here', () => {
  const hidden = (run: ProbeRun): Facts => ({ ...facts(run), hidden: true })
  const notes = [{ kind: 'entry-unseen' }]

  it('are kept where that is asked for, without an entry and with a note', () => {
    expect(planned(keeping, hidden(ran()))).toMatchObject({ kind: 'keep', entry: null, share: null, notes })
    expect(planned({ qemuVersion: 'host' }, hidden(ran(theirs)))).toMatchObject({ kind: 'keep', entry: null, notes })
  })

  it('are compared with what is asked for', () => {
    expect(planned(keeping, hidden(ran(theirs)))).toMatchObject({
      kind: 'impossible',
      finding: {
        kind: 'kept-differs',
        differences: [expect.stringMatching(/11\.1\.3 is asked for, and QEMU 7\.2\.22/)],
      },
    })
    expect(planned(keeping, hidden(ran({ sha256: 'f'.repeat(64), build: 'mine' })))).toMatchObject({
      notes: [...notes, { kind: 'other-build', got: 'mine' }],
    })
    expect(planned({ qemuVersion: 'host', sha256: 'a'.repeat(64) }, hidden(ran()))).toMatchObject({
      kind: 'impossible',
    })
  })

  it('are already registered for if-registered: fail, and shadowed by default', () => {
    expect(planned({ ifRegistered: 'fail' }, hidden(ran()))).toMatchObject({ finding: { kind: 'already-registered' } })
    expect(planned({}, hidden(ran()))).toMatchObject({ kind: 'register' })
  })

  it('are nobody’s business when they run natively or not at all', () => {
    expect(planned(keeping, hidden({ ...ran(), native: true } as ProbeRun))).toMatchObject({ kind: 'native' })
    expect(planned(keeping, hidden(refused))).toMatchObject({ kind: 'register' })
  })
})

describe('without root', () => {
  it('claims to entries of others are given up, and nothing else', () => {
    const plan = planFor(request(keeping), { ...facts(ran(), [entry()]) }, catalog)
    const shared = {
      targets: plan.targets.map((one) => ({ ...one, share: { journal: 'a', emulator: theirs } })),
    } as unknown as Plan
    expect(withoutShares(shared)).toEqual(plan)
  })
})

describe('what stands there already', () => {
  const { fingerprint } = ran() as Extract<ProbeRun, { kind: 'answered' }>
  const existing = (change: Partial<ExistingEntries> = {}): ExistingEntries => ({
    entries: [entry()],
    run: ran() as ExistingEntries['run'],
    inForce: entry(),
    coverageGap: undefined,
    unseen: false,
    ...change,
  })
  const gone = { ...ran({ path: '/q (deleted)' }) } as ExistingEntries['run']
  const [cli, job, other] = [
    { face: 'cli', pid: 1, start: '1' },
    { face: 'action', pid: 2, start: '2' },
    { face: 'action', pid: 3, start: '3', label: 'job x' },
  ] as const
  const ownedBy = (owner: typeof cli | typeof job | typeof other, one = entry()) => [
    { entry: one, emulator: null, journal: `${owner.face}-${owner.pid}`, owner },
  ]
  const flags = ['POCF', 'OCF']

  it('is shared when a journal holds exactly that emulator, but between calls of the command line', () => {
    const own = (me: typeof cli | typeof job, owner: typeof cli | typeof job | typeof other) =>
      keptOwn(existing(), { owned: ownedBy(owner), me }, flags, wanted.sha256)
    const emulator = { sha256: wanted.sha256, qemuVersion: wanted.qemuVersion }
    const earlier = expect.stringMatching(/^an earlier setup registered exactly/)
    expect(own(job, other)).toMatchObject({
      share: { journal: 'action-3', emulator },
      reason: 'job x (process 3) registered exactly this emulator as qemu-aarch64',
    })
    expect(own(job, job)).toMatchObject({ share: { journal: 'action-2', emulator }, reason: earlier })
    expect(own(cli, job)).toMatchObject({ share: { journal: 'action-2', emulator } })
    expect(own(job, cli)).toMatchObject({ share: { journal: 'cli-1', emulator } })
    expect(own(cli, cli)).toMatchObject({ share: null, reason: earlier })
  })

  it.each<
    [string, Partial<ExistingEntries>, Partial<{ owned: ReturnType<typeof ownedBy>; flags: string[]; sha256: string }>]
  >([
    ['nothing runs', { run: undefined }, {}],
    ['no entry is in sight', { inForce: undefined }, {}],
    ['its rule is too narrow', { coverageGap: 'narrow' }, {}],
    ['its file was removed', { run: gone }, {}],
    ['its flags are others', {}, { flags: ['PF'] }],
    ['its emulator is another', {}, { sha256: 'b'.repeat(64) }],
    ['nobody holds it', {}, { owned: [] }],
    ['another one of its name is held', {}, { owned: ownedBy(job, entry({ interpreter: '/other' })) }],
  ])('is not ours when %s', (_, change, { owned = ownedBy(job), flags: asked = flags, sha256 = wanted.sha256 }) => {
    expect(keptOwn(existing(change), { owned, me: job }, asked, sha256)).toBeUndefined()
  })

  it.each<[string, Partial<ExistingEntries>, object | undefined]>([
    ['an entry', {}, { finding: { kind: 'already-registered', names: ['qemu-aarch64'], runs: fingerprint } }],
    ['one that runs nothing', { run: undefined }, { finding: { kind: 'already-registered', runs: null } }],
    ['one out of sight', { entries: [], unseen: true }, { finding: { kind: 'already-registered', names: [] } }],
    ['none', { entries: [], run: undefined }, undefined],
  ])('is in the way of if-registered: fail, when it is %s', (_, change, result) => {
    const policy = keptByPolicy(existing(change), request({ ifRegistered: 'fail' }), wanted.sha256, wanted)
    if (result === undefined) expect(policy).toBeUndefined()
    else expect(policy).toMatchObject({ kind: 'impossible', ...result })
  })

  it('lacks something for qemu-version: host only where that is asked for and something runs', () => {
    const host = request({ qemuVersion: 'host', credentials: 'false' })
    expect(differencesOnHost(existing(), host)).toEqual(['qemu-aarch64 has the flags POCF, and credentials is false'])
    expect([differencesOnHost(existing({ run: undefined }), host), differencesOnHost(existing(), request({}))]).toEqual(
      [[], []],
    )
  })

  it('serves for an image that left it in force when it has the emulator of the image', () => {
    const image = request({ image: 'a/b', method: 'container' })
    const of = (emulator: Parameters<typeof keptForImage>[3], owned: ReturnType<typeof ownedBy> = [], asked = image) =>
      keptForImage(existing(), { owned, me: job }, asked, emulator)
    const same = { kind: 'has', path: '/usr/bin/qemu-aarch64', sha256: wanted.sha256 } as const
    expect(of(same)).toMatchObject({ kind: 'keep', share: null })
    expect(of(same, ownedBy(other))).toMatchObject({ kind: 'keep', share: { journal: 'action-3' } })
    expect(of({ ...same, sha256: 'b'.repeat(64) })).toEqual([
      expect.stringMatching(/the image has another .* SHA-256 b+\)$/),
    ])
    expect(of({ kind: 'lacks', reason: 'x' })).toEqual([expect.stringMatching(/the image has no emulator for it$/)])
    expect(of({ kind: 'unread', reason: 'why' })).toEqual([expect.stringMatching(/is not known: why$/)])
    // a hash that was given decides in place of the image
    const given = request({ image: 'a/b', method: 'container', sha256: wanted.sha256 })
    expect(of({ kind: 'lacks', reason: 'x' }, [], given)).toMatchObject({ kind: 'keep' })
    expect(keptForImage(existing({ run: undefined }), { owned: [], me: job }, image, same)).toEqual([
      'qemu-aarch64 does not run its programs',
    ])
  })

  it('is accepted by its hash where one is given', () => {
    expect([[], ['aa'], ['bb', 'aa'], ['bb']].map((sha256s) => isAccepted({ sha256: 'aa' }, { sha256s }))).toEqual([
      true,
      true,
      true,
      false,
    ])
  })
})
