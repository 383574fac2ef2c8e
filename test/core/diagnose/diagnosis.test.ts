import { describe, expect, it } from 'vitest'
import { type Diagnosis, LogReader } from '../../../src/core/diagnose/diagnosis.js'
import { rules } from '../../../src/core/diagnose/diagnosis-rules.js'
import data from '../../../src/data/known-problems.json' with { type: 'json' }
import { cpuMsOf } from '../../support/cpu-time.js'

/** A log as bytes, one a character, in portions of a size. */
function diagnosed(text: string, portion = 1 << 16): Diagnosis {
  const bytes = Buffer.from(text).toString('latin1')
  const reader = new LogReader()
  for (let at = 0; at < bytes.length; at += portion) reader.add(bytes.slice(at, at + portion))
  return reader.end()
}

const codes = (text: string, portion?: number) => diagnosed(text, portion).causes.map(({ code }) => code)

/** Lines of real logs: from the threads of the known problems, and from this project's own runs. */
const lines: readonly (readonly [code: string, line: string])[] = [
  ['target-signal-11', 'qemu: uncaught target signal 11 (Segmentation fault) - core dumped'],
  ['target-signal-4', 'qemu: uncaught target signal 4 (Illegal instruction) - core dumped'],
  ['target-signal', 'qemu: uncaught target signal 6 (Aborted) - core dumped'],
  ['libc-bin-crash', 'dpkg: error processing package libc-bin (--configure):'],
  ['qemu-crash', '**\nQEMU internal SIGSEGV {code=MAPERR, addr=0x20}'],
  ['qemu-crash', 'ERROR:../target/riscv/translate.c:212:decode_save_opc: Assertion failed: ctx->insn_start'],
  ['exec-format-error', 'exec /bin/sh: exec format error'],
  ['exec-format-error', 'bash: ./hello: cannot execute binary file: Exec format error'],
  ['exec-format-error', 'standard_init_linux.go:228: exec user process caused: exec format error'],
  ['no-such-file', "chroot: failed to run command '/bin/sh': No such file or directory"],
  ['no-such-file', 'exec /bin/sh: no such file or directory'],
  ['no-such-file', 'bash: ./hello: cannot execute: required file not found'],
  ['loader-missing', "qemu-aarch64: Could not open '/lib/ld-linux-aarch64.so.1': No such file or directory"],
  ['loader-missing', "aarch64-binfmt-P: Could not open '/lib/ld-linux-aarch64.so.1': No such file or directory"],
  ['effective-uid', "sudo: effective uid is not 0, is /usr/bin/sudo on a file system with the 'nosuid' option set"],
  ['applet-not-found', 'a: applet not found'],
  ['already-registered', 'installing: arm64 qemu-aarch64 already registered'],
  ['already-registered', 'sh: write error: /proc/sys/fs/binfmt_misc/register: File exists'],
  ['register-denied', 'sh: 1: cannot create /proc/sys/fs/binfmt_misc/register: Permission denied'],
  ['register-denied', 'mount: /proc/sys/fs/binfmt_misc: permission denied.'],
  ['address-space', 'qemu-aarch64: allocate 134217728 bytes for jit buffer: Cannot allocate memory'],
  ['address-space', 'qemu-arm: Unable to find a guest_base to satisfy all guest address mapping requirements'],
  ['address-space', 'qemu-arm: Unable to reserve 0xfffff000 bytes of virtual address space at 0x1000'],
  ['no-installation-candidate', "E: Package 'qemu-user-static' has no installation candidate"],
  ['no-installation-candidate', 'E: Unable to locate package qemu-user-static'],
  ['tar-openat2', 'tar: usr/share/doc/x: Cannot open: Function not implemented'],
  ['tar-openat2-musl', 'tar: usr/share/doc/x: Cannot open: Invalid argument'],
  ['function-not-implemented', 'OSError: [Errno 38] Function not implemented: listxattr'],
  ['function-not-implemented', 'qemu: Unsupported syscall: 437'],
  ['value-too-large', 'CMake Error: cannot open dir /src: Value too large for defined data type'],
  ['go-pidfd', 'go: fork/exec /usr/bin/git: invalid argument'],
  ['go-threads', 'runtime: failed to create new OS thread (have 2 already; errno=22)'],
  ['processor-level', 'Fatal glibc error: CPU does not support x86-64-v2'],
  ['processor-level', "qemu-aarch64: unable to find CPU model 'nonsense'"],
  ['killed', 'process "/bin/sh -c cargo build" did not complete successfully: exit code: 137'],
  ['binfmt-disabled', 'see:   docs/troubleshooting.md#binfmt-disabled'],
]

/** Lines that look a little like it. */
const harmless = [
  'cat: /etc/x: No such file or directory',
  'ls: cannot access x: No such file or directory',
  'tar: x: Cannot open: No such file or directory',
  'error: invalid argument --foo',
  'Segmentation fault',
  'Setting up libc-bin (2.36-9) ...',
  'Processing triggers for libc-bin (2.36-9) ...',
  'qemu-aarch64: Could not open it',
  'mount: /proc/sys/fs/binfmt_misc: binfmt_misc already mounted on /proc/sys/fs/binfmt_misc.',
  'exit code: 13',
  'see: docs/troubleshooting.md#nothing-of-ours',
  'docker-compose exec app ls: No such file or directory',
]

describe('a line of a log', () => {
  it.each(lines)('%s: %s', (code, line) => {
    expect(codes(line)).toEqual([code])
    // other programs write the same with other capitals; our own codes are as they are
    if (rules.some((rule) => rule.code === code)) expect(codes(line.toUpperCase())).toEqual([code])
  })

  it.each(harmless)('says nothing: %s', (line) => {
    expect(codes(line)).toEqual([])
  })

  it('has a rule each, whose known problems exist', () => {
    const covered = new Set(lines.map(([code]) => code))
    for (const rule of rules.filter(({ own }) => own !== true)) expect(covered).toContain(rule.code)
    const ids = data.problems.map(({ id }) => id)
    for (const { problems } of rules) expect(ids).toEqual(expect.arrayContaining([...problems]))
    expect(new Set(rules.map(({ code }) => code)).size).toBe(rules.length)
  })
})

const crash = 'qemu: uncaught target signal 11 (Segmentation fault) - core dumped'

describe('a log', () => {
  it('tells each cause once, how often, and where first', () => {
    const log = ['#1 start', crash, 'x', 'a: applet not found', crash, 'end'].join('\n')
    expect(diagnosed(`${log}\n`)).toMatchObject({
      lines: 6,
      causes: [
        { code: 'target-signal-11', count: 2, line: 2, text: crash },
        { code: 'applet-not-found', count: 1, line: 4 },
      ],
    })
  })

  it.each([1, 2, 7, 64, 1000])('is the same in portions of %i bytes', (portion) => {
    const log = `${'filler line\n'.repeat(40)}${crash}\r\n${'ü'.repeat(30)}\n${crash}`
    expect(diagnosed(log, portion)).toEqual(diagnosed(log))
    expect(diagnosed(log, portion)).toMatchObject({ lines: 43, causes: [{ count: 2, line: 41 }] })
  })

  it.each([
    ['a time stamp of GitHub', `2026-11-24T18:33:01.1234567Z ${crash}`],
    ['a byte order mark', `\u{feff}2026-11-24T18:33:01Z ${crash}`],
    [
      'colours',
      `\u001b[31mqemu: \u001b[1;33muncaught\u001b[0m target signal 11 (Segmentation fault) - core dumped\u001b[K`,
    ],
    ['a title of a terminal', `\u001b]0;title\u0007${crash}`],
    ['NULs', crash.split('').join('\0')],
    ['a carriage return', `${crash}\r`],
  ])('with %s shows the message alone', (_, line) => {
    expect(diagnosed(`${line}\n`).causes).toMatchObject([{ code: 'target-signal-11', line: 1, text: crash }])
  })

  it('with bytes that are no text is shown in printable characters', () => {
    const reader = new LogReader()
    reader.add(`\xff\xfe\x80 ${crash} \u0085\x9b31m\n`)
    const [cause] = reader.end().causes
    expect(cause?.text).toMatch(/^[\x20-\x7e\ufffd]+$/)
    expect(cause?.text).toContain(crash)
  })

  it('shows of a long line the part that matters', () => {
    const { causes } = diagnosed(`${'x'.repeat(5000)}${crash}${'y'.repeat(5000)}\n`)
    expect(causes).toHaveLength(1)
    expect(causes[0]?.text).toContain('uncaught target signal 11')
    expect(causes[0]?.text.length).toBeLessThan(220)
  })

  it('of one line without an end is read to its end, and in little memory', () => {
    const reader = new LogReader()
    const portion = 'z'.repeat(1 << 16)
    for (let count = 0; count < 400; count++) reader.add(portion)
    reader.add(`${portion}${crash.slice(0, 20)}`)
    reader.add(`${crash.slice(20)}${portion}`)
    reader.add(`${portion}${crash}`)
    reader.add('a: applet not found')
    expect(reader.end()).toMatchObject({
      lines: 1,
      causes: [
        { code: 'target-signal-11', line: 1, count: 1 },
        { code: 'applet-not-found', line: 1, count: 1 },
      ],
    })
  })

  it('of one line is not cut within a message', () => {
    const reader = new LogReader()
    reader.add(`${'z'.repeat(1 << 17)}${crash.slice(0, 20)}`)
    reader.add(crash.slice(20))
    expect(reader.end().causes).toMatchObject([{ code: 'target-signal-11', line: 1, count: 1 }])
  })

  it('that is made to be slow is not', () => {
    const hostile = ['exec:'.repeat(2000), 'tar: '.repeat(2000), '\u001b]'.repeat(5000), 'qemu: '.repeat(1700)]
    const ms = cpuMsOf(() => {
      diagnosed(hostile.map((line) => `${line}no such file or directory function not implemented assertion\n`).join(''))
      diagnosed('fork/exec '.repeat(100_000))
    })
    expect(ms).toBeLessThan(5000)
  })

  it('that is empty has no lines', () => {
    expect(diagnosed('')).toEqual({ lines: 0, causes: [] })
    expect(diagnosed('\n')).toEqual({ lines: 1, causes: [] })
  })
})
