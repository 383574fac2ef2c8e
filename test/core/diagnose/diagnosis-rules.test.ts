import { describe, expect, it } from 'vitest'
import { type DiagnosisRule, rules } from '../../../src/core/diagnose/diagnosis-rules.js'
import { anchorOfHeading, documentText, proseOf } from '../../support/docs/markdown.js'

const headings = [...proseOf(documentText('docs/troubleshooting.md')).matchAll(/^#+ (.+)$/gm)]
const anchors = headings.map(([, heading = '']) => anchorOfHeading(heading))
const codesOf = (line: string) => rules.filter(({ pattern }) => pattern.test(line)).map(({ code }) => code)

describe('a line about a system call or processor', () => {
  it.each([
    ['tar: etc/passwd: Cannot open: Function not implemented', ['tar-openat2']],
    ['/bin/tar: x: Cannot open: Invalid argument', ['tar-openat2-musl']],
    ['tar: x: Cannot open: Permission denied', []],
    ['OSError: [Errno 38] Function not implemented', ['function-not-implemented']],
    ['Port Library failed to initialize: -70', ['function-not-implemented']],
    ['qemu: Unsupported syscall: 437', ['function-not-implemented']],
    ['Unknown syscall 403', ['function-not-implemented']],
    ['Unsupported syscalls are listed below', []],
    ['ls: reading directory: Value too large for defined data type', ['value-too-large']],
    ['qemu-arm: Unable to reserve 0xffffe000 bytes of virtual address space', ['address-space']],
    ['fork/exec /usr/bin/git: invalid argument', ['go-pidfd']],
    ['fork/exec /usr/bin/git: permission denied', []],
    ['runtime: failed to create new OS thread (have 5 already; errno=22)', ['go-threads']],
    // out of memory or of processes: another cause
    ['runtime: failed to create new OS thread (have 5 already; errno=11)', []],
    ['Fatal glibc error: CPU lacks VXE support (z14 or later required)', ['processor-level']],
    ["qemu-arm: unable to find CPU model 'x'", ['processor-level']],
    ['ERROR: executor failed running: exit code: 137', ['killed']],
    ['exit code 137', ['killed']],
    ['exit code 1370', []],
    ['', []],
  ])('%j: %j', (line, codes) => {
    expect(codesOf(line)).toEqual(codes)
  })
})

describe('a rule', () => {
  it.each(rules.map((rule): [string, DiagnosisRule] => [rule.code, rule]))('%s', (_, rule) => {
    // marks are compared with lines in lower case; a pattern with g would remember where it stopped
    expect(rule.marks.map((mark) => mark.toLowerCase())).toEqual(rule.marks)
    expect(rule.marks.length).toBeGreaterThan(0)
    expect(rule.pattern.flags).not.toMatch(/[gy]/)
    if (rule.own !== true) expect(anchors).toContain(rule.see)
  })
})
