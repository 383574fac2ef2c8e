import { describe, expect, it } from 'vitest'
import { explanation } from '../../../src/core/outcome/finding.js'
import { isOnMachine, type ProbeFinding, type Where } from '../../../src/core/outcome/probe-findings.js'

const of = (finding: ProbeFinding) => explanation(finding, 'arm')

describe('where a probe ran', () => {
  it.each<[Where, string, boolean]>([
    ['direct', 'directly', true],
    ['chroot', 'in an empty root', true],
    ['marked', 'with the mark of an AppImage', true],
    ['docker', 'in a container of docker', false],
    ['podman', 'in a container of podman', false],
    ['nerdctl', 'in a container of nerdctl', false],
  ])('%s is told: %s', (where, words, onMachine) => {
    expect(of({ kind: 'probe-silent', where, timeoutMs: 1500 }).reason).toBe(`run ${words} it said nothing for 1.5 s`)
    expect(isOnMachine(where)).toBe(onMachine)
    const wrong = { kind: 'wrong-emulator', where, expected: 'aa', got: 'bb', path: '/q', version: '9.1' } as const
    expect(of(wrong).reason).toBe(`run ${words}: expected the executable with SHA-256 aa, got bb (/q, QEMU 9.1)`)
    expect(/served by another table/.test(of(wrong).remedy)).toBe(!onMachine)
  })
})

describe('a probe that', () => {
  it.each<[ProbeFinding, RegExp, RegExp]>([
    [
      { kind: 'no-handler', where: 'direct', errno: 'ENOEXEC' },
      /^the arm probe, run directly, .*: ENOEXEC$/,
      /status$/,
    ],
    [{ kind: 'no-handler', where: 'marked', errno: 'ENOEXEC' }, /: ENOEXEC; rules is wide,/, /rules be upstream$/],
    [{ kind: 'chroot-fails', errno: 'EPERM' }, /nobody may chroot here$/, /CAP_SYS_CHROOT/],
    [{ kind: 'chroot-fails', errno: 'ENOENT' }, /without the flag F answers ENOENT/, /status$/],
    [{ kind: 'chroot-untried', errno: 'EPERM', known: 'listed' }, /\(EPERM\); .* from the table alone$/, /^nothing/],
    [{ kind: 'chroot-untried', errno: 'EPERM', known: 'held-open' }, /holds the emulator open/, /^nothing/],
    [
      { kind: 'probe-crashed', where: 'direct', ending: 'signal SIGSEGV', output: '\n' },
      /ended with signal SIGSEGV$/,
      /another QEMU version/,
    ],
    [
      { kind: 'probe-crashed', where: 'direct', ending: 'exit status 1', output: 'unable to find CPU model\n' },
      /ended with exit status 1 and said: "unable to find CPU model"$/,
      /unset it, or give one with cpu$/,
    ],
    [
      { kind: 'wrong-version', where: 'chroot', expected: '10.2', got: null, path: '/q' },
      /expected QEMU 10\.2, got one that does not tell its version \(\/q\)$/,
      /another qemu-version$/,
    ],
    [
      { kind: 'arguments-shifted', where: 'direct', expected: ['a b'], got: ['/p', 'a b'] },
      /was given \["a b"\] and got \["\/p","a b"\]$/,
      /the flag P/,
    ],
  ])('%j', (finding, reason, remedy) => {
    expect(of(finding)).toEqual({
      title: expect.stringMatching(/\barm\b/) as string,
      reason: expect.stringMatching(reason) as string,
      remedy: expect.stringMatching(remedy) as string,
    })
  })
})
