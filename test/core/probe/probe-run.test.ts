import { describe, expect, it } from 'vitest'
import { isUntried, judge, type ProbeRun, parseGreeting, untriedChroot } from '../../../src/core/probe/probe-run.js'

const bytes = (text: string) => Buffer.from(text, 'latin1')

describe('a greeting', () => {
  it.each([
    ['two arguments', 'setup-qemu probe 1 arm\nname\0x\0\n', ['name', 'x']],
    ['no argument', 'setup-qemu probe 1 arm\n\n', []],
    ['an empty argument', 'setup-qemu probe 1 arm\n\0x\0\n', ['', 'x']],
    ['an argument with a line feed', 'setup-qemu probe 1 arm\na\nb\0\n', ['a\nb']],
  ])('with %s is read', (_, text, argv) => {
    expect(parseGreeting(bytes(text), 'arm')).toEqual(argv)
  })

  it.each([
    ['nothing', ''],
    ['a part of the greeting', 'setup-qemu probe 1 ar'],
    ['the greeting alone', 'setup-qemu probe 1 arm\n'],
    ['half an argument', 'setup-qemu probe 1 arm\nna'],
    ['arguments without the end', 'setup-qemu probe 1 arm\nname\0'],
    ['another target', 'setup-qemu probe 1 aarch64\nname\0\n'],
    ['another program', 'Hello\n'],
    ['an ELF file', '\x7fELF\x02\x01\x01'],
  ])('is not complete with %s', (_, text) => {
    expect(parseGreeting(bytes(text), 'arm')).toBeUndefined()
  })
})

const answered = {
  kind: 'answered' as const,
  argv: ['zero', 'one'],
  native: false,
  fingerprint: { path: '/q', sha256: 'aa', qemuVersion: '11.1.3', build: null },
  answerRight: true,
  ending: 'exit status 70',
} satisfies ProbeRun

describe('a run', () => {
  const expected = {
    where: 'direct',
    sha256s: ['aa'],
    version: null,
    argv: ['zero', 'one'],
    path: '/p/probe',
    preserveArgv0: true,
  } as const

  it('that is as asked for has nothing wrong', () => {
    expect(judge(answered, expected)).toEqual([])
    expect(judge({ ...answered, argv: ['/p/probe', 'one'] }, { ...expected, preserveArgv0: false })).toEqual([])
  })

  it('of any bytes is judged by their version, where one is asked for', () => {
    const judged = (sha256: string | null, version: string | null, qemuVersion: string | null = '11.1.3') =>
      judge(
        { ...answered, fingerprint: { ...answered.fingerprint, qemuVersion } },
        { ...expected, sha256s: sha256 === null ? [] : [sha256, 'cc'], version },
      )
    expect([judged(null, null), judged(null, '11.1'), judged('aa', '11.1.3'), judged(null, null, null)]).toEqual([
      [],
      [],
      [],
      [],
    ])
    expect(judged(null, '11.1.33')).toMatchObject([{ kind: 'wrong-version', expected: '11.1.33', got: '11.1.3' }])
    expect(judged('aa', '1')).toMatchObject([{ kind: 'wrong-version' }])
    expect(judged(null, '11', null)).toMatchObject([{ kind: 'wrong-version', got: null }])
    expect(judged('bb', '12')).toMatchObject([{ kind: 'wrong-emulator' }])
  })

  it.each<[string, ProbeRun, string]>([
    [
      'under another executable',
      { ...answered, fingerprint: { ...answered.fingerprint, sha256: 'bb' } },
      'wrong-emulator',
    ],
    ['with argv[0] lost', { ...answered, argv: ['/p/probe', 'one'] }, 'arguments-shifted'],
    ['with arguments shifted', { ...answered, argv: ['/p/probe', 'zero', 'one'] }, 'arguments-shifted'],
    ['with an argument missing', { ...answered, argv: ['zero'] }, 'arguments-shifted'],
    ['with the wrong answer', { ...answered, answerRight: false }, 'probe-crashed'],
    ['that ended early', { kind: 'ended', ending: 'signal SIGSEGV', output: '' }, 'probe-crashed'],
    ['that hangs', { kind: 'silent', timeoutMs: 1 }, 'probe-silent'],
    ['that was refused', { kind: 'refused', stage: 'exec', errno: 'ENOEXEC' }, 'no-handler'],
  ])('%s is found out', (_, run, kind) => {
    expect(judge(run, expected).map((finding) => finding.kind)).toEqual([kind])
  })

  it('refused in a chroot alone is told apart', () => {
    expect(judge({ kind: 'refused', stage: 'exec', errno: 'ENOENT' }, { ...expected, where: 'chroot' })).toEqual([
      { kind: 'chroot-fails', errno: 'ENOENT' },
    ])
  })

  it('may have several things wrong', () => {
    const run: ProbeRun = {
      ...answered,
      argv: [],
      answerRight: false,
      fingerprint: { ...answered.fingerprint, sha256: 'bb' },
    }
    expect(judge(run, expected).map((finding) => finding.kind)).toEqual([
      'wrong-emulator',
      'arguments-shifted',
      'probe-crashed',
    ])
  })
})

describe('an empty root that nobody may enter', () => {
  const untried = { kind: 'refused', stage: 'chroot', errno: 'EPERM' } as const
  const held = { ...answered, heldOpen: true } as const

  it('is told from one in which a program was refused', () => {
    expect(isUntried(untried)).toBe(true)
    expect(isUntried({ ...untried, stage: 'exec' })).toBe(false)
    expect(isUntried({ ...untried, errno: 'ENOENT' })).toBe(false)
    expect(isUntried(answered)).toBe(false)
  })

  it.each<[string, string | null, ProbeRun, string | undefined]>([
    ['a listed F', 'POCF', answered, 'listed'],
    ['listed flags without F, whatever runs', 'PC', held, undefined],
    ['an emulator that is not in this root', null, held, 'held-open'],
    ['nothing', null, answered, undefined],
    ['nothing, as it does not run', null, untried, undefined],
  ])('is harmless only where F is known otherwise: %s', (_, flags, direct, known) => {
    expect(untriedChroot('EPERM', flags, direct)?.known).toBe(known)
  })
})
