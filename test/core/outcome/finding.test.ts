import { describe, expect, it } from 'vitest'
import { setupErrorCodes } from '../../../src/core/model/errors.js'
import { codeOf, explanation, type Finding, findingKinds, isFailure } from '../../../src/core/outcome/finding.js'
import type { Explanation } from '../../../src/core/outcome/finding-table.js'

const wrong: Finding = {
  kind: 'wrong-emulator',
  where: 'direct',
  expected: 'aa',
  got: 'bb',
  path: '/usr/bin/q|emu',
  version: '7.2.0',
}

const everyFinding: Finding[] = [
  { kind: 'no-handler', where: 'direct', errno: 'ENOEXEC' },
  { kind: 'no-handler', where: 'marked', errno: 'ENOEXEC' },
  wrong,
  { kind: 'chroot-fails', errno: 'ENOENT' },
  { kind: 'probe-crashed', where: 'chroot', ending: 'signal SIGSEGV', output: 'qemu: uncaught target signal 11\n' },
  { kind: 'probe-silent', where: 'direct', timeoutMs: 30_000 },
  { kind: 'arguments-shifted', where: 'direct', expected: ['a'], got: ['/p', 'a'] },
  { kind: 'argv0-not-preserved', got: ['/p'] },
  { kind: 'shadows', names: ['qemu-aarch64'] },
  { kind: 'overtaken', entry: 'qemu-arm', by: [{ name: 'theirs', interpreter: '/usr/bin/q|emu' }] },
  { kind: 'entry-differs', entry: 'qemu-arm', expected: 'x', got: 'y' },
  { kind: 'wrong-version', where: 'direct', expected: '10.2', got: '10.0.13', path: '/q' },
  { kind: 'already-registered', names: ['qemu-arm'], runs: null },
  { kind: 'kept-differs', entry: 'qemu-arm', differences: ['QEMU 11.1.3 is asked for, and QEMU 7.2.22 runs'] },
  { kind: 'other-build', entry: 'qemu-arm', expected: 'Debian a', got: 'Debian b' },
  { kind: 'entry-unseen' },
  { kind: 'chroot-untried', errno: 'EPERM', known: 'listed' },
  { kind: 'own-table' },
  { kind: 'slow-cpu', qemuVersion: '7.2.22', model: 'cortex-a72' },
  { kind: 'cpu-unused', cpu: 'cortex-a72' },
  {
    kind: 'sysroot-fails',
    root: '/r',
    loader: '/lib/ld.so.1',
    ending: 'exit status 127',
    output: 'libc.so.6: not found\n',
  },
  { kind: 'known-problem', id: 'R8', problem: 'memory is not cleared', remedy: 'use QEMU 11.1.3' },
  {
    kind: 'container-made-nothing',
    image: 'docker.io/x/y',
    names: ['qemu-arm'],
    differences: ['QEMU 8 runs'],
    said: ['installing: arm qemu-arm already registered'],
    inImage: 'has',
    reset: false,
  },
  {
    kind: 'hidden-in-image',
    image: 'docker.io/x/y',
    own: { name: 'qemu-mips', interpreter: '/usr/bin/qemu-mips' },
    by: { name: 'qemu-mipsn32', interpreter: '/usr/bin/qemu-mipsn32' },
  },
  { kind: 'wrong-flags', entry: 'qemu-arm', flags: 'POCF', credentials: false },
  {
    kind: 'other-job',
    entry: 'qemu-arm',
    theirs: { owner: 'a/b, job x of run 1 (process 7)', has: '7.2.22', flags: 'POCF' },
    ours: { owner: 'a job (process 8)', wants: null, flags: 'PF' },
  },
  {
    kind: 'engine-elsewhere',
    engine: 'docker',
    at: 'context desktop, unix:///x',
    difference: { what: 'release', theirs: '6.6.87-linuxkit', ours: '6.8.0' },
  },
  {
    kind: 'engine-fails',
    engine: 'podman',
    ending: 'exit status 1',
    output: 'exec format error\n',
    ownNamespace: true,
  },
  { kind: 'engine-unproven', engine: 'nerdctl', reason: 'nerdctl load: exit status 1; it said: no' },
  { ...wrong, where: 'docker' },
  { kind: 'not-set-up', code: 'download-failed', reason: 'no place had it', hint: 'name a mirror' },
]

describe('findings', () => {
  it('are all known, and only these are harmless', () => {
    const shown = new Set(everyFinding.map(({ kind }) => kind))
    expect(findingKinds.filter((kind) => !shown.has(kind))).toEqual([])
    expect(everyFinding.filter((finding) => !isFailure(finding)).map(({ kind }) => kind)).toEqual([
      'argv0-not-preserved',
      'shadows',
      'other-build',
      'entry-unseen',
      'chroot-untried',
      'own-table',
      'slow-cpu',
      'cpu-unused',
      'known-problem',
    ])
  })

  it.each(everyFinding.map((finding) => [finding.kind, finding] as const))(
    '%s has title, reason and remedy',
    (_, finding) => {
      const { title, reason, remedy }: Explanation = explanation(finding, 'aarch64')
      for (const text of [title, reason, remedy]) expect(text).toMatch(/^[^\n]{10,}$/)
      expect([...findingKinds, ...setupErrorCodes]).toContain(codeOf(finding))
    },
  )
})
