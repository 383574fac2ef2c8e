import { describe, expect, it } from 'vitest'
import { LogReader } from '../../../src/core/diagnose/diagnosis.js'
import { diagnosisJson, diagnosisText, needsMachine } from '../../../src/core/diagnose/diagnosis-text.js'
import { type MachineContext, type MachineState, machineStateOf } from '../../../src/core/diagnose/machine-state.js'
import type { TableFacts } from '../../../src/core/explain/table-view.js'
import type { ListedEntry } from '../../../src/core/model/entry.js'
import { plainLinks } from '../../../src/core/model/links.js'
import { targetNamed } from '../../../src/core/model/targets.js'
import type { ProbeRun } from '../../../src/core/probe/probe-run.js'
import type { EmulatorBuild, KnownProblem } from '../../../src/core/problems/known-problems.js'
import data from '../../../src/data/known-problems.json' with { type: 'json' }

const problems = data.problems as unknown as readonly KnownProblem[]

function entry(flags: string, name = 'qemu-aarch64'): ListedEntry {
  const { magic, mask } = targetNamed('aarch64')
  return { name, interpreter: '/q', flags, offset: 0, magic, mask, enabled: true } as ListedEntry
}

function runs(qemuVersion: string): ProbeRun {
  const fingerprint = { path: '/q', sha256: 'aa', qemuVersion, build: null }
  return { kind: 'answered', argv: [], native: false, fingerprint, answerRight: true, ending: '' }
}

function facts(table: readonly ListedEntry[], run?: ProbeRun, rest: Partial<TableFacts> = {}): TableFacts {
  const head = Uint8Array.from(Buffer.from(targetNamed('aarch64').magic.padEnd(128, '0'), 'hex'))
  return {
    ...{ table, enabled: true, mounted: true, files: new Map(), journals: [], stale: new Set<string>(), lost: [] },
    runs: run === undefined ? [] : [{ target: 'aarch64', head, run }],
    ...rest,
  }
}

function report(log: string, machine?: MachineState, machineError?: string) {
  const reader = new LogReader()
  reader.add(log)
  return {
    name: 'a.log',
    diagnosis: reader.end(),
    problems,
    links: plainLinks,
    machine,
    ...(machineError === undefined ? {} : { machineError }),
  }
}

/** A stranger of its version, of which nothing else is known but what is given. */
function context(host: 'amd64' | 'arm64' = 'amd64', style: Partial<EmulatorBuild> = {}): MachineContext {
  const buildOf: MachineContext['buildOf'] = ({ qemuVersion, build }) =>
    qemuVersion === null ? undefined : { qemuVersion, build, libc: null, pie: null, ...style }
  return { host, buildOf }
}

const exec = 'exec /bin/sh: exec format error\n'
const sudo = 'sudo: effective uid is not 0\n'
const tar = 'tar: x: Cannot open: Function not implemented\n'
const machineWith = (table: readonly ListedEntry[], version = '11.1.3', targets: readonly string[] = []) =>
  machineStateOf(facts(table, runs(version)), targets, context())

describe('a diagnosis in words', () => {
  it('says honestly that nothing was found', () => {
    expect(diagnosisText(report('a\nb\n'))).toBe(
      'nothing known was found: 2 lines of a.log read, and none has a message about emulation that is recognised here',
    )
    expect(needsMachine(report('a\n').diagnosis)).toBe(false)
  })

  it('says where, how often, why and what to do, and what it may be', () => {
    const text = diagnosisText(report(`x\n${tar}${tar}`))
    expect(text.split('\n')).toEqual([
      'tar cannot open files under this QEMU  (line 2, and 1 more)',
      '  > tar: x: Cannot open: Function not implemented',
      '  why       newer versions of tar use openat2, which QEMU has from 9.2 on',
      '  to do     use QEMU 9.2 or newer, for example the default',
      '  may be    R23 tar and ostree cannot open files: openat2 is missing: use QEMU 11.1.3 (qemu-version)',
      '  see       docs/troubleshooting.md#function-not-implemented',
      '',
      expect.stringMatching(/^setup-qemu explain FILE /),
      '',
      '1 cause found; 3 lines of a.log read',
    ])
  })

  it('says of the QEMU that is here whether it is known for it', () => {
    const crash = 'qemu: uncaught target signal 11 (Segmentation fault)\n'
    const [old, current] = ['5.2.0', '11.1.3'].map((version) =>
      diagnosisText(report(crash, machineWith([entry('POCF')], version))),
    )
    expect(old).toContain(
      'R5 programs crash now and then at their start (known of the QEMU that is here): use QEMU 11.1.3',
    )
    expect(old).toContain('of other QEMUs: R4, R7, R13, R16 (setup-qemu known-problems)')
    expect(old).toContain('qemu-aarch64 runs aarch64 programs here with QEMU 5.2.0, flags POCF')
    expect(current).toContain(
      'R16 ldconfig crashes now and then while libc-bin is configured (known of the QEMU that is here)',
    )
  })

  it.each([
    ['nothing else of it', context(), true],
    ['that it is position-independent', context('amd64', { pie: true }), false],
    ['that it is not', context('amd64', { pie: false }), true],
    ['that the host is another', context('arm64', { pie: false }), false],
  ])('takes what it is known for from how it is built and the host: %s', (_, known, isSo) => {
    const crash = 'qemu: uncaught target signal 11 (Segmentation fault)\n'
    const machine = machineStateOf(facts([entry('POCF')], runs('7.2.22')), [], known)
    expect(/R15 .*known of the QEMU that is here/.test(diagnosisText(report(crash, machine)))).toBe(isSo)
  })

  it('points to explain where this machine matters, and not elsewhere', () => {
    const large = 'ls: Value too large for defined data type\n'
    expect(diagnosisText(report(exec))).toContain('\n\nsetup-qemu explain FILE [--root DIR] tells what happens here ')
    expect(diagnosisText(report(large))).not.toContain('setup-qemu explain')
    expect(diagnosisJson(report(exec + large))).toMatchObject({
      causes: [{ look: expect.stringMatching(/^setup-qemu explain FILE/) }, { look: null }],
    })
  })

  it('has its titles and what to do in colours where there are some', () => {
    const text = diagnosisText(report(exec), (colour, words) => `<${colour}>${words}</>`)
    expect(text).toMatch(/^<red>the kernel found nobody [^<]*<\/> {2}\(line 1\)\n/)
    expect(text).toMatch(/\n {2}<yellow>to do {4}<\/> set up its platform/)
  })

  it.each([
    ['no entry', exec, machineStateOf(facts([]), [], context()), /here {6}no foreign entry is registered here/],
    [
      'no table',
      exec,
      machineStateOf(facts([], undefined, { mounted: false }), [], context()),
      /here {6}binfmt_misc is not mounted here/,
    ],
    [
      'no entry for what is asked',
      exec,
      machineStateOf(facts([]), ['s390x'], context()),
      /no entry for s390x is registered here/,
    ],
    ['an entry', exec, machineWith([entry('F')]), /qemu-aarch64 runs aarch64 programs here with QEMU 11.1.3, flags F/],
    [
      'another than is asked',
      exec,
      machineWith([entry('F')], '11.1.3', ['s390x']),
      /no entry for s390x is registered here/,
    ],
    [
      'a table that is switched off',
      exec,
      machineStateOf(facts([entry('F')], undefined, { enabled: false }), [], context()),
      /switched off/,
    ],
    [
      'an entry without C',
      sudo,
      machineWith([entry('PF')]),
      /qemu-aarch64, which runs aarch64 programs here, has no flag C/,
    ],
    ['one with C', sudo, machineWith([entry('POCF')]), /the entries in force here have the flag C/],
    [
      'one without F',
      "chroot: failed to run command 'x': No such file or directory\n",
      machineWith([entry('C')]),
      /has no flag F/,
    ],
    ['one without P', 'a: applet not found\n', machineWith([entry('CF')]), /has no flag P/],
  ])('of a machine with %s', (_, log, machine, text) => {
    expect(diagnosisText(report(log, machine))).toMatch(text)
    expect(needsMachine(report(log).diagnosis)).toBe(true)
  })

  it('says why the machine could not be looked at', () => {
    expect(diagnosisText(report(exec, undefined, 'this is darwin'))).toContain('could not be looked at: this is darwin')
  })
})

it('a diagnosis as JSON', () => {
  expect(diagnosisJson(report(tar, machineWith([entry('F')], '7.2.22')))).toMatchObject({
    ok: true,
    lines: 1,
    causes: [
      {
        ...{
          code: 'tar-openat2',
          count: 1,
          line: 1,
          text: tar.trim(),
          see: 'docs/troubleshooting.md#function-not-implemented',
        },
        machine: [expect.stringContaining('QEMU 7.2.22')],
        problems: [{ id: 'R23', here: true, todo: expect.any(String), citations: expect.any(Array) }],
      },
    ],
  })
})
