import { describe, expect, it } from 'vitest'
import { type Catalog, emulatorFor } from '../../../src/core/model/catalog.js'
import { plainLinks } from '../../../src/core/model/links.js'
import { platformOf } from '../../../src/core/model/targets.js'
import type { Finding } from '../../../src/core/outcome/finding.js'
import {
  firstEmulated,
  isProven,
  type Outcome,
  runningPlatforms,
  type TargetOutcome,
} from '../../../src/core/outcome/outcome.js'
import { failureAnnotations, warningAnnotations } from '../../../src/core/report/outcome-annotations.js'
import { outcomeJson } from '../../../src/core/report/outcome-json.js'
import { emulatorWords, outcomeText } from '../../../src/core/report/outcome-text.js'
import { summaryMarkdown } from '../../../src/core/report/summary.js'
import data from '../../../src/data/emulators.json' with { type: 'json' }

const catalog = data as unknown as Catalog
const emulator = emulatorFor(catalog, catalog.default, 'amd64', platformOf('arm64').target)!

const proven: TargetOutcome = {
  platform: platformOf('arm64'),
  state: 'emulated',
  emulator,
  entry: { name: 'qemu-aarch64', interpreter: '/cache/qemu-aarch64', flags: 'POCF', offset: 0, magic: '', mask: '' },
  locator: 'deb',
  bytesFetched: 2_948_212,
  seconds: 1.25,
  proof: { direct: true, chroot: true, argv0: true, fingerprint: emulator.sha256 },
  findings: [],
}
const native: TargetOutcome = {
  ...proven,
  platform: platformOf('amd64'),
  state: 'native',
  emulator: null,
  entry: null,
  locator: null,
  bytesFetched: 0,
  proof: null,
}
const wrong: Finding = {
  kind: 'wrong-emulator',
  where: 'direct',
  expected: 'aa',
  got: 'bb',
  path: '/usr/bin/q|emu',
  version: '7.2.0',
}
const failed: TargetOutcome = { ...proven, platform: platformOf('riscv64'), state: 'failed', findings: [wrong] }
const outcome = (...targets: TargetOutcome[]): Outcome => ({ host: 'x86_64', image: null, environment: {}, targets })

describe('an outcome', () => {
  it('as JSON keeps its contract', () => {
    expect(outcomeJson(outcome(proven), plainLinks)).toEqual({
      ok: true,
      host: 'x86_64',
      image: null,
      environment: {},
      targets: [
        {
          target: 'aarch64',
          platform: 'linux/arm64',
          state: 'emulated',
          entry: 'qemu-aarch64',
          interpreter: '/cache/qemu-aarch64',
          flags: 'POCF',
          qemuVersion: emulator.qemuVersion,
          build: emulator.build,
          sha256: emulator.sha256,
          locator: 'deb',
          bytesFetched: 2_948_212,
          seconds: 1.25,
          proof: { direct: true, chroot: true, argv0: true, fingerprint: emulator.sha256 },
          findings: [],
        },
      ],
    })
  })

  it('as JSON explains its findings', () => {
    expect(outcomeJson(outcome(failed), plainLinks)).toMatchObject({
      ok: false,
      targets: [
        {
          findings: [{ code: 'wrong-emulator', title: expect.any(String), remedy: expect.any(String), details: wrong }],
        },
      ],
    })
  })

  it('as text ends with the interpreter', () => {
    const text = outcomeText(outcome(native, proven), plainLinks)
    expect(text.split('\n').at(-1)).toBe('/cache/qemu-aarch64')
    expect(text).toContain(`linux/arm64  QEMU ${emulator.qemuVersion} (${emulator.build})`)
    expect(text).toContain('2.9 MB fetched')
    expect(text).toContain('linux/amd64  native')
  })

  it('as text says of one or more shadowed entries what becomes of them', () => {
    const noteOf = (...names: string[]) =>
      outcomeText(outcome({ ...proven, findings: [{ kind: 'shadows', names }] }), plainLinks)
    expect(noteOf('a')).toContain('over a, which stays as it is and applies again once ours is removed')
    expect(noteOf('a', 'b')).toContain('over a, b, which stay as they are and apply again once ours is removed')
  })

  it('as text of a failure says what, why and what to do, and names no interpreter last', () => {
    const text = outcomeText(outcome(proven, failed), plainLinks)
    expect(text).toContain('linux/riscv64  NOT PROVEN')
    expect(text).toContain('expected the executable with SHA-256 aa, got bb (/usr/bin/q|emu, QEMU 7.2.0)')
    expect(text).toContain('docs/troubleshooting.md#wrong-emulator')
    expect(text.split('\n').at(-1)).toBe('1 of 2 not proven')
  })

  it('as text tells failures that read alike once, with the names of all', () => {
    const failing = (name: string, reason: string): TargetOutcome => ({
      ...failed,
      platform: platformOf(name),
      findings: [{ kind: 'not-set-up', code: 'fetch-failed', reason, hint: 'look at the network' }],
    })
    const targets = [failing('hppa', 'no answer'), failing('alpha', 'no space'), failing('sh4', 'no answer')]
    const text = outcomeText(outcome(...targets), plainLinks)
    expect(text.split('\n').filter((line) => /NOT PROVEN|failed:/.test(line))).toEqual([
      'hppa, sh4  NOT PROVEN',
      '  failed: hppa is not set up (and 1 more): no answer',
      'alpha  NOT PROVEN',
      '  failed: alpha is not set up: no space',
    ])
    expect(text.split('\n').at(-1)).toBe('3 of 3 not proven')
  })

  it('of a failure tells once that the same other emulator ran in both ways', () => {
    const twice: TargetOutcome = { ...failed, findings: [wrong, { ...wrong, where: 'chroot' }] }
    expect(outcomeText(outcome(twice), plainLinks).match(/expected the executable/g)).toHaveLength(1)
    expect(failureAnnotations(outcome(twice), plainLinks)).toHaveLength(1)
    expect(outcomeJson(outcome(twice), plainLinks)).toMatchObject({ targets: [{ findings: [{}, {}] }] })
    const differ: Finding[] = [
      { ...wrong, where: 'chroot', got: 'cc' },
      { ...wrong, where: 'docker' },
      { ...wrong, where: 'podman' },
    ]
    for (const other of differ)
      expect(failureAnnotations(outcome({ ...failed, findings: [wrong, other] }), plainLinks)).toHaveLength(2)
  })

  it('names an emulator as far as it is known, in one line whatever it says of itself', () => {
    expect(emulatorWords({ qemuVersion: '10.2.3', build: null })).toBe('QEMU 10.2.3')
    expect(emulatorWords({ qemuVersion: '10', build: 'a\u001b[2Jb' })).toBe('QEMU 10 (a\\u001b[2Jb)')
    expect([emulatorWords(null), emulatorWords({ qemuVersion: null, build: null })]).toEqual([
      'an emulator of unknown version',
      'an emulator of unknown version',
    ])
  })

  it('of an image names it with its digest, as a line to paste', () => {
    const image = { asked: 'docker.io/a/b:1', pinned: 'docker.io/a/b:1@sha256:00' }
    const unknown = {
      ...proven,
      emulator: { sha256: 'aa', qemuVersion: '10.2.3', build: null },
      locator: 'image' as const,
    }
    const found = { ...outcome(unknown), image }
    expect(outcomeText(found, plainLinks)).toContain('linux/arm64  QEMU 10.2.3\n')
    expect(outcomeText(found, plainLinks)).toContain('\n  image: docker.io/a/b:1@sha256:00\n')
    expect(summaryMarkdown(found, plainLinks)).toContain('\nimage: docker.io/a/b:1@sha256:00\n')
    expect(outcomeJson(found, plainLinks)).toMatchObject({ image })
    expect(
      summaryMarkdown({ ...found, image: { asked: image.pinned, pinned: image.pinned } }, plainLinks),
    ).not.toContain('To pin it')
  })

  it('says of a kept entry that it was kept', () => {
    const kept = { ...proven, state: 'kept' as const, locator: null }
    expect(outcomeText(outcome(kept), plainLinks)).toContain('kept, as it was there already')
    expect(summaryMarkdown(outcome(kept), plainLinks)).toContain('kept; ran directly')
    expect([isProven(outcome(kept)), firstEmulated(outcome(kept)), runningPlatforms(outcome(kept))]).toEqual([
      true,
      kept,
      ['linux/arm64'],
    ])
  })

  it('tells in which containers it ran', () => {
    const proof = { ...proven.proof!, containers: { docker: true, podman: false } }
    const inside = outcome({ ...proven, proof })
    expect(outcomeText(inside, plainLinks)).toContain(
      'ran directly, in an empty chroot, in a docker container, argv[0] kept',
    )
    expect(summaryMarkdown(inside, plainLinks)).toContain('in a docker container')
    expect(outcomeJson(inside, plainLinks)).toMatchObject({
      targets: [{ proof: { containers: { docker: true, podman: false } } }],
    })
  })

  it('does not say that nothing was fetched where the bytes came with those of another platform', () => {
    const shared = outcome(proven, { ...proven, bytesFetched: 0 })
    expect(outcomeText(shared, plainLinks)).toContain('  source  fetched with another platform, 1.3 s')
    expect(summaryMarkdown(shared, plainLinks)).toContain('| with another | 1.3 |')
    const cached = outcome({ ...proven, locator: 'tool-cache', bytesFetched: 0 })
    expect([outcomeText(cached, plainLinks), summaryMarkdown(cached, plainLinks)].join()).not.toContain('another')
  })

  it.each<[Pick<TargetOutcome, 'locator' | 'bytesFetched'>, string]>([
    [{ locator: 'bundled', bytesFetched: 0 }, 'came with setup-qemu'],
    [{ locator: 'mirror', bytesFetched: 0 }, 'copied from the mirror'],
    [{ locator: 'mirror', bytesFetched: 2_900_000 }, '2.9 MB fetched from the mirror'],
    [{ locator: 'release', bytesFetched: 2_900_000 }, '2.9 MB fetched from the release'],
    [{ locator: 'image', bytesFetched: 2_900_000 }, '2.9 MB fetched from the image'],
  ])('says where it came from: %j', (from, words) => {
    expect(outcomeText(outcome({ ...proven, ...from }), plainLinks)).toContain(`  source  ${words}, 1.3 s`)
  })

  it('as errors tells what is the same for several platforms once', () => {
    const away: Finding = {
      ...{ kind: 'engine-elsewhere', engine: 'docker', at: null },
      difference: { what: 'release', theirs: '6.6', ours: '6.8' },
    }
    const elsewhere = { ...failed, findings: [away] }
    const notices = failureAnnotations(
      outcome(elsewhere, failed, native, { ...elsewhere, platform: platformOf('arm') }),
      plainLinks,
    )
    expect(notices.map(({ text }) => text)).toEqual([
      expect.stringMatching(/^riscv64, arm: docker runs its containers under another kernel/),
      expect.stringMatching(/^run directly: expected .*\nTo do: .*\nSee: docs\/troubleshooting\.md#wrong-emulator$/),
    ])
  })

  it('as errors tells once what is alike but for the name of the target: an archive that cannot be reached', () => {
    const away = (platform: string, name: string): TargetOutcome => {
      const reason = `qemu-${name} of QEMU 11.1.3 could not be downloaded (3 places tried)`
      const finding: Finding = { kind: 'not-set-up', code: 'download-failed', reason, hint: 'name an archive' }
      return { ...failed, platform: platformOf(platform), findings: [finding] }
    }
    const notices = failureAnnotations(
      outcome(away('arm/v7', 'arm'), away('arm64', 'aarch64'), away('s390x', 'sparc')),
      plainLinks,
    )
    expect(notices).toEqual([
      {
        title: 'arm is not set up (and 1 more)',
        text: expect.stringMatching(
          /^arm, aarch64: qemu-arm of QEMU 11\.1\.3 could not be downloaded .*\nTo do: name an archive/,
        ),
      },
      { title: 's390x is not set up', text: expect.stringContaining('qemu-sparc of') },
    ])
  })

  it('as warnings tells where its entries apply, and each known problem once, in one line', () => {
    const problem: Finding = { kind: 'known-problem', id: 'R8', problem: 'memory is not cleared', remedy: 'use 11.1.3' }
    const slow: Finding = { kind: 'slow-cpu', qemuVersion: emulator.qemuVersion, model: 'cortex-a72' }
    const old: TargetOutcome = { ...proven, findings: [slow, problem, { kind: 'own-table' }] }
    const also = { ...old, platform: platformOf('arm'), findings: old.findings.slice(1) }
    const under = `under QEMU ${emulator.qemuVersion}: `
    expect(warningAnnotations(outcome(old, native, also), plainLinks)).toEqual([
      expect.stringMatching(
        /^entries for aarch64, arm: this container [^\n]*\. To do: [^\n]*\. See: docs\/troubleshooting\.md#own-table$/,
      ),
      expect.stringMatching(
        /^aarch64 under QEMU .* cortex-a72 .*\. To do: .*\. See: docs\/troubleshooting\.md#slow-cpu$/,
      ),
      `aarch64, arm ${under}memory is not cleared. To do: use 11.1.3. See: docs/troubleshooting.md#known-problem (R8)`,
    ])
    expect(warningAnnotations(outcome(proven, failed), plainLinks)).toEqual([])
  })

  it('as a summary tells a finding of several platforms once, and of which', () => {
    const problem: Finding = { kind: 'known-problem', id: 'R8', problem: 'memory is not cleared', remedy: 'use 11.1.3' }
    const old = { ...proven, findings: [problem] }
    const notes = summaryMarkdown(outcome(old, failed, { ...old, platform: platformOf('arm') }), plainLinks)
    expect(notes.split('\n').filter((line) => line.startsWith('- '))).toEqual([
      expect.stringMatching(/^- `linux\/arm64`, `linux\/arm\/v7`: \*\*.*R8.*memory is not cleared; use 11\.1\.3\.$/),
      expect.stringMatching(/^- `linux\/riscv64`: \*\*.* To do: /),
    ])
  })

  it('as a summary has one row a target, and cells that stay cells', () => {
    const lines = summaryMarkdown(outcome(proven, native, failed), plainLinks).split('\n')
    const rows = lines.filter((line) => line.startsWith('| `linux/'))
    expect(rows).toHaveLength(3)
    for (const row of rows) expect(row.replaceAll('\\|', '').split('|')).toHaveLength(10)
    expect(rows[0]).toContain(emulator.sha256)
    expect(rows.map((row) => row.split(' | ')[1])).toEqual(['11.1.3', 'none: native', '**not proven**: 11.1.3'])
    expect(lines.join('\n')).toContain('/usr/bin/q\\|emu')
  })
})
