import { describe, expect, it } from 'vitest'
import {
  changesOf,
  chosenFor,
  containerRuns,
  dialectOf,
  emulatorPaths,
  hiddenBehind,
  linesAbout,
  split,
} from '../../../src/core/containers/container-changes.js'
import type { StandingEntry } from '../../../src/core/model/entry.js'
import { overlap } from '../../../src/core/model/entry.js'
import { targetNamed, targets } from '../../../src/core/model/targets.js'
import probes from '../../../src/data/probes.json' with { type: 'json' }

const head = (target: keyof typeof probes.probes) => new Uint8Array(Buffer.from(probes.probes[target].base64, 'base64'))

function standing(target: string, inode: number, change: Partial<StandingEntry> = {}): StandingEntry {
  const { magic, mask } = targetNamed(target)
  const interpreter = `/usr/bin/qemu-${target}`
  return { name: `qemu-${target}`, interpreter, flags: 'POCF', offset: 0, magic, mask, enabled: true, inode, ...change }
}

describe("an image's dialect", () => {
  it.each([
    [['/register'], [], 'multiarch'],
    [['/usr/local/bin/register', '--x'], [], 'multiarch'],
    [['/usr/bin/binfmt'], ['--install'], 'tonistiigi'],
    [['binfmt'], [], 'tonistiigi'],
    [[], ['/register'], 'multiarch'],
    [['/bin/sh', '-c', '/register'], [], undefined],
    [['/register/'], [], undefined],
    [['/bin/sh'], ['/register'], undefined],
    [[], [], undefined],
  ])('of %j %j is %s', (entrypoint, cmd, dialect) => {
    expect(dialectOf(entrypoint, cmd)).toBe(dialect)
  })
})

describe('the runs', () => {
  const some = ['aarch64', 'i386', 'mips64el', 'loongarch64', 'ppc'].map(targetNamed)
  const usual = { credentials: true, reset: false, host: 'amd64' } as const

  it("reset and register all but the host's own family, in multiarch's words", () => {
    expect(containerRuns('multiarch', some, usual)).toEqual({
      runs: [['--reset', '-p', 'yes', '-c', 'yes']],
      unknown: [targetNamed('i386')],
    })
    expect(containerRuns('multiarch', some, { ...usual, host: 'arm64' }).unknown).toEqual([targetNamed('aarch64')])
    expect(containerRuns('multiarch', some, { ...usual, credentials: false, reset: true }).runs).toEqual([
      ['--reset', '-p', 'yes'],
    ])
  })

  it("name the targets in tonistiigi's words, and tell those without one", () => {
    expect(containerRuns('tonistiigi', some, usual)).toEqual({
      runs: [['--install', 'arm64,386,mips64le,loong64']],
      unknown: [targetNamed('ppc')],
    })
  })

  it('of tonistiigi begin with what docker/setup-qemu-action resets by', () => {
    expect(containerRuns('tonistiigi', [targetNamed('arm')], { ...usual, reset: true }).runs).toEqual([
      ['--uninstall', 'qemu-*'],
      ['--install', 'arm'],
    ])
  })

  it('cover every architecture of tonistiigi/binfmt', () => {
    const [args] = containerRuns('tonistiigi', targets, usual).runs
    expect(args?.[1]?.split(',').sort()).toEqual(
      ['amd64', 'arm64', 'arm', 's390x', 'ppc64le', 'riscv64', '386', 'mips64le', 'mips64', 'loong64'].sort(),
    )
  })
})

describe("an image's emulator", () => {
  const arm = targetNamed('arm')

  it.each([
    ['tonistiigi', [], ['/usr/bin/qemu-arm', '/usr/bin/qemu-arm-static']],
    [
      'tonistiigi',
      ['QEMU_BINARY_PATH=/opt/', 'QEMU_BINARY_PREFIX=my-'],
      ['/opt/my-qemu-arm', '/opt/my-qemu-arm-static'],
    ],
    ['multiarch', ['PATH=/bin'], ['/usr/bin/qemu-arm-static', '/usr/bin/qemu-arm']],
    ['multiarch', ['QEMU_BIN_DIR=/a', 'QEMU_BIN_DIR=/b=c'], ['/b=c/qemu-arm-static', '/b=c/qemu-arm']],
  ] as const)('of %s with %j is looked for at %j', (dialect, env, paths) => {
    expect(emulatorPaths(dialect, env, arm)).toEqual(paths)
  })
})

describe('what a container said about a target', () => {
  // as tonistiigi/binfmt prints it: JSON on standard output, and lines on standard error
  const said = [
    '{',
    '  "supported": [',
    '    "linux/amd64",',
    '    "linux/arm/v7"',
    '  ],',
    '  "emulators": [',
    '    "qemu-arm"',
    '  ]',
    '}',
    '',
    'installing: arm64 qemu-aarch64 already registered',
    'installing: arm cannot register "/usr/bin/qemu-arm" to /proc/sys/fs/binfmt_misc/register: write: no such file',
    'installing: 386 OK',
    'Setting /usr/bin/qemu-mips-static as binfmt interpreter for mips',
    'Setting /usr/bin/qemu-mipsn32-static as binfmt interpreter for mipsn32',
  ].join('\n')

  it.each([
    ['aarch64', ['installing: arm64 qemu-aarch64 already registered']],
    ['arm', [expect.stringMatching(/^installing: arm cannot register "\/usr\/bin\/qemu-arm" to .*no such file$/)]],
    ['i386', ['installing: 386 OK']],
    ['mips', ['Setting /usr/bin/qemu-mips-static as binfmt interpreter for mips']],
    ['ppc', []],
  ])('%s', (name, lines) => {
    expect(linesAbout(said, targetNamed(name))).toEqual(lines)
  })
})

describe('an entry that an image hides behind another', () => {
  const rule = { magic: '7f454c4601020100000000000000000000020008', mask: 'ffffffffffffff00fffffffffffffffffffeffff' }
  const at = (name: string, change: Partial<StandingEntry> = {}) =>
    standing('mips', 1, { ...rule, name: `qemu-${name}`, interpreter: `/usr/bin/qemu-${name}-static`, ...change })
  const [mips, n32] = [at('mips'), at('mipsn32')]
  const hidden = (made: readonly StandingEntry[], target = 'mips') =>
    hiddenBehind(made[0]!, made, targetNamed(target), head('mips'))

  it('is told with the other', () => {
    expect(hidden([n32, mips])).toEqual({ own: mips, by: n32 })
  })

  it.each([
    ["the target's own is the newer one", [mips, n32]],
    ['it is the only one', [n32]],
    ['it is disabled', [n32, at('mips', { enabled: false })]],
    ['it is for other programs', [n32, standing('aarch64', 1, { interpreter: '/usr/bin/qemu-mips' })]],
    ['another name has the same emulator', [at('x', { interpreter: '/usr/bin/qemu-mips' }), mips]],
  ])('is none where %s', (_, made) => {
    expect(hidden(made)).toBeUndefined()
  })
})

describe('the changes of a table', () => {
  const arm64 = standing('aarch64', 5)
  const riscv64 = standing('riscv64', 6)

  it('are none when nothing happened, or an entry was only switched off', () => {
    expect(changesOf([arm64, riscv64], [arm64, { ...riscv64, enabled: false }])).toEqual({
      made: [],
      replaced: [],
      unchanged: [arm64, riscv64],
    })
  })

  it('tell what is new, gone, and replaced under its name', () => {
    const other = standing('aarch64', 9, { interpreter: '/other' })
    const fresh = standing('arm', 8)
    expect(changesOf([arm64, riscv64], [other, fresh])).toEqual({
      made: [other, fresh],
      replaced: [arm64, riscv64],
      unchanged: [],
    })
  })

  it('tell an entry of the same words that was registered anew', () => {
    const anew = standing('aarch64', 7)
    expect(changesOf([arm64], [anew])).toEqual({ made: [anew], replaced: [arm64], unchanged: [] })
  })
})

describe('what was asked for', () => {
  const heads = new Map([['aarch64', head('aarch64')]])
  const arm64 = standing('aarch64', 5)
  const riscv64 = standing('riscv64', 6)
  const named = standing('aarch64', 7, { name: 'anything' })

  it('is told by what an entry matches, not by its name', () => {
    expect(split([riscv64, named, arm64], heads.values())).toEqual({ wanted: [named, arm64], others: [riscv64] })
    expect(split([riscv64, named], [])).toEqual({ wanted: [], others: [riscv64, named] })
  })

  it('is served by the newest entry that is in force', () => {
    expect(chosenFor([riscv64, named, arm64], heads)).toEqual(new Map([['aarch64', named]]))
    expect(chosenFor([{ ...named, enabled: false }, arm64], heads)).toEqual(new Map([['aarch64', arm64]]))
    expect(chosenFor([riscv64], heads)).toEqual(new Map())
  })
})

describe('two entries', () => {
  const arm64 = standing('aarch64', 1)

  it.each([
    ['of one target', standing('aarch64', 2, { name: 'x' }), true],
    ['of two targets', standing('riscv64', 2), false],
    ['of a shorter magic', standing('aarch64', 2, { magic: '7f454c46', mask: 'ffffffff' }), true],
    ['of another part of the file', standing('aarch64', 2, { offset: 40, magic: 'ffff', mask: 'ffff' }), true],
    ['of an offset that contradicts', standing('aarch64', 2, { offset: 18, magic: 'f3', mask: 'ff' }), false],
    ['of a mask that ignores the difference', standing('aarch64', 2, { offset: 18, magic: 'f3', mask: '00' }), true],
    ['by content and by file name', standing('aarch64', 2, { extension: 'exe', magic: '', mask: '' }), false],
  ])('%s: some file could match both: %s', (_, other, expected) => {
    expect([overlap(arm64, other), overlap(other, arm64)]).toEqual([expected, expected])
  })
})

it.each(targets.map(({ name }) => name))('the rule of %s overlaps with itself', (name) => {
  expect(overlap(standing(name, 1), standing(name, 2))).toBe(true)
})
