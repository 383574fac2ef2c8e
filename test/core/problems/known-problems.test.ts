import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { type Catalog, versionsOf } from '../../../src/core/model/catalog.js'
import { plainLinks } from '../../../src/core/model/links.js'
import { targets } from '../../../src/core/model/targets.js'
import {
  catalogBuild,
  type EmulatorBuild,
  type EmulatorProblem,
  hasProblem,
  isInRange,
  type KnownProblem,
  problemCounts,
  problemsOf,
  rangeWords,
  remedyWords,
} from '../../../src/core/problems/known-problems.js'
import {
  emulatorsNamed,
  filtered,
  problemNamed,
  problemsJson,
  problemsText,
} from '../../../src/core/problems/problem-list.js'
import catalogData from '../../../src/data/emulators.json' with { type: 'json' }
import data from '../../../src/data/known-problems.json' with { type: 'json' }

const catalog = catalogData as unknown as Catalog
const problems = data.problems as unknown as readonly KnownProblem[]
const ofEmulators = problems.filter((problem): problem is EmulatorProblem => problem.kind === 'emulator')
const ofMachines = problems.filter((problem) => problem.kind === 'machine')
const idsOf = (list: readonly KnownProblem[]) => list.map(({ id }) => id)
const builds = catalog.packages.map((from) => [from, catalogBuild(from)] as const)

describe('the committed known problems', () => {
  it('have ids of their own: R1 to R43 and E1 to E13', () => {
    const numbered = (letter: string, last: number) => Array.from({ length: last }, (_, at) => `${letter}${at + 1}`)
    expect(idsOf(problems)).toEqual([...numbered('R', 43), ...numbered('E', 13)])
  })

  it.each(problems.map((problem) => [problem.id, problem] as const))('%s is well-formed', (_, problem) => {
    expect(problem.title).toMatch(/^[^\n]{8,100}$/)
    expect(remedyWords(problem)).toMatch(/^[^\n]{8,200}$/)
    expect(problem.citations.length).toBeGreaterThan(0)
    for (const url of problem.citations) expect(url).toMatch(/^https:\/\/(github|gitlab)\.com\/[\w.-]+\/[\w./-]+$/)
    for (const url of problem.citations) expect(new URL(url).href).toBe(url)
    expect(new Set(problem.citations).size).toBe(problem.citations.length)
    for (const text of [problem.condition, problem.symptom, problem.evidence])
      if (text !== null) expect(text).toMatch(/^[^\n]{3,}$/)
    expect(['reported', 'reproduced', 'corrected']).toContain(problem.status)
    if (problem.status !== 'reported') expect(problem.evidence).toMatch(/npm run e2e -- known-problems|qemu-/)
  })

  it.each(ofEmulators.map((problem) => [problem.id, problem] as const))('%s names what exists', (_, problem) => {
    const { versions, guests, hosts, use, style } = problem
    for (const range of versions ?? []) {
      for (const end of [range.from, range.before]) if (end !== undefined) expect(end).toMatch(/^\d+(\.\d+){1,2}$/)
      if (range.from !== undefined) expect(isInRange(range.from, range)).toBe(true)
    }
    if (guests !== 'all') expect(targets.map(({ name }) => name)).toEqual(expect.arrayContaining([...guests]))
    expect(['amd64', 'arm64', '32-bit']).toEqual(expect.arrayContaining([...hosts]))
    expect(['A', 'B', 'C']).toContain(problem.confidence)
    expect(Object.keys(style).every((key) => ['build', 'libc', 'pie'].includes(key))).toBe(true)
    if (use !== null) expect(versionsOf(catalog)).toContain(use)
    if (use === null) expect(problem.remedy).not.toBeNull()
  })

  it.each(ofEmulators.filter(({ use }) => use !== null).map((problem) => [problem.id, problem] as const))(
    '%s proposes a version that does not have it',
    (_, problem) => {
      const proposed = builds.filter(([{ version }]) => version === problem.use)
      expect(proposed.length).toBeGreaterThan(0)
      for (const [, emulator] of proposed) expect(hasProblem(emulator, problem)).toBe(false)
    },
  )

  it.each(
    ofEmulators.filter(({ remedy }) => /QEMU \d/.test(remedy ?? '')).map((problem) => [problem.id, problem] as const),
  )('%s names no version as a way out that it says to have it', (_, problem) => {
    const style = { build: null, libc: null, pie: null }
    for (const [, qemuVersion = ''] of (problem.remedy ?? '').matchAll(/QEMU (\d+(?:\.\d+)+)/g))
      expect(hasProblem({ qemuVersion, ...style }, problem, true)).toBe(false)
  })

  it.each(ofMachines.map((problem) => [problem.id, problem] as const))('%s leads to a section', (_, problem) => {
    const text = readFileSync('docs/troubleshooting.md', 'utf8')
    const anchors = [...text.matchAll(/^## (.+)$/gm)].map(([, title = '']) =>
      title
        .toLowerCase()
        .replace(/[^\p{L}\p{N}\s_-]/gu, '')
        .replaceAll(' ', '-'),
    )
    expect(anchors).toContain(problem.kind === 'machine' ? problem.see : '')
  })
})

const debian = (version: string): EmulatorBuild =>
  builds.find(([from]) => from.version === version)?.[1] ?? expect.unreachable(version)
const warned = (emulator: EmulatorBuild, target: string, host: 'amd64' | 'arm64' = 'amd64') =>
  idsOf(problemsOf(problems, emulator, target, host).filter(({ warn }) => warn))

describe('an emulator has the problems of its version, build, target and host', () => {
  it('of which the default warns of none', () => {
    for (const { name } of targets)
      for (const host of ['amd64', 'arm64'] as const) expect(warned(debian(catalog.default), name, host)).toEqual([])
  })

  it('and an old one of some', () => {
    expect(warned(debian('7.2.22'), 'aarch64')).toEqual(['R23'])
    expect(warned(debian('7.2.22'), 'riscv64')).toEqual(['R23'])
    expect(warned(debian('5.2.0'), 'aarch64')).toEqual(['R5', 'R8', 'R15', 'R23'])
    expect(warned(debian('5.2.0'), 'aarch64', 'arm64')).toEqual(['R8', 'R23'])
    expect(warned(debian('5.2.0'), 'x86_64', 'arm64')).toEqual(['R8', 'R10', 'R23'])
  })

  it('the build, the C library and the link style count where a row says so', () => {
    const of = (qemuVersion: string, rest: Partial<EmulatorBuild>) => ({
      ...{ qemuVersion, build: null, libc: null, pie: null },
      ...rest,
    })
    expect(warned(of('10.0.4', { libc: 'musl' }), 'aarch64')).toEqual(['R24'])
    expect(warned(of('10.0.4', { libc: 'glibc' }), 'aarch64')).toEqual([])
    expect(warned(of('10.0.4', {}), 'aarch64')).toEqual([])
    expect(warned(of('7.0.0', { pie: false }), 's390x')).toEqual(['R7', 'R8', 'R15', 'R23'])
    expect(warned(of('7.0.0', { pie: true }), 's390x')).toEqual(['R7', 'R8', 'R23'])
    expect(warned(of('9.0.2', { build: 'Debian 1:9.0.2+ds-2' }), 'armeb')).toEqual(['R19', 'R23'])
    expect(warned(of('9.0.2', { build: 'Debian 1:9.0.2+ds-1' }), 'armeb')).toEqual(['R23'])
  })

  it.each([
    ['8.2.1', ['R17', 'R23']],
    ['8.2.3', ['R23']],
    ['8.2.90', ['R17', 'R23']],
    ['9.0.0-rc1', ['R23']],
    ['10.2.3', []],
    ['what', []],
  ])('%s', (version, ids) => {
    expect(warned({ qemuVersion: version, build: null, libc: 'glibc', pie: true }, 'aarch64')).toEqual(ids)
  })
})

describe('the list', () => {
  const ids = (version: string, ...names: string[]) =>
    idsOf(filtered(problems, { emulators: emulatorsNamed(version, catalog), targets: names }))

  it('has all without a wish, and those of a version and of targets with one', () => {
    expect(ids('')).toEqual(idsOf(problems))
    expect(ids('default', 'aarch64')).toEqual(['R1', 'R16', 'R27', 'R28', 'R36'])
    expect(ids('default', 'riscv64')).toEqual(['R1'])
    expect(ids('7.2', 'arm')).toEqual(['R1', 'R11', 'R21', 'R23', 'R26', 'R28'])
    expect(ids('', 'armeb')).toContain('R19')
    expect(ids('', 'armeb')).not.toContain('E1')
  })

  it('takes versions that the catalog does not have, and then counts what may be so', () => {
    expect(ids('9.0.2', 'armeb')).toContain('R19')
    expect(ids('9.2.0', 'aarch64')).toContain('R24')
    expect(ids('8.0.3', 'ppc64le')).toContain('R13')
    expect(() => ids('newest')).toThrow(expect.objectContaining({ code: 'unknown-version' }))
  })

  it('tells each with what is affected, what to do and where it is from', () => {
    const text = problemsText(
      filtered(problems, { emulators: emulatorsNamed('7.2.22', catalog), targets: ['aarch64'] }),
      plainLinks,
    )
    expect(text).toContain('R23  tar and ostree cannot open files: openat2 is missing\n')
    expect(text).toContain('  affected  QEMU before 9.2, for all targets, on amd64 and arm64 hosts\n')
    expect(text).toContain('  to do     use QEMU 11.1.3 (qemu-version)\n')
    expect(text).toContain('https://github.com/abiosoft/colima/issues/1613')
    expect(problemsText([], plainLinks)).toBe('no problem is known for these')
    expect(problemsJson([problems[0]!], plainLinks)).toMatchObject({
      problems: [{ id: 'R1', todo: expect.any(String) }],
    })
  })

  it('finds one by its id', () => {
    expect(problemNamed(problems, 'r16')).toMatchObject({ id: 'R16' })
    expect(() => problemNamed(problems, 'R\n99')).toThrow(expect.objectContaining({ code: 'invalid-input' }))
  })

  it('counts them for each build', () => {
    const counts = problemCounts(problems, catalog)
    for (const { build } of catalog.packages) expect(counts.get(build)).toBeGreaterThan(0)
    const of = (version: string) => counts.get(debian(version).build ?? '') ?? 0
    expect(of('5.2.0')).toBeGreaterThan(of('10.0.13'))
    expect(of('7.2.22')).toBeGreaterThan(of('11.1.3'))
  })
})

it('ranges in words', () => {
  const words = [null, [{}], [{ before: '7.1' }], [{ from: '9.2' }], [{ from: '8.2.1', before: '8.2.3' }]].map(
    (versions) => rangeWords(versions),
  )
  expect(words).toEqual(['not stated', 'all', 'before 7.1', '9.2 and newer', '8.2.1 to before 8.2.3'])
})
