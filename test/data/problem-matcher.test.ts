// The runner takes these patterns as .NET does in its ECMAScript mode; they use nothing in which that differs from JavaScript.
import { expect, it } from 'vitest'
import data from '../../src/data/problem-matcher.json' with { type: 'json' }
import { cpuMsOf } from '../support/cpu-time.js'

const [matcher] = data.problemMatcher
const [pattern] = matcher!.pattern
const regexp = new RegExp(pattern!.regexp)

it('is one matcher of ours, in a form that the runner takes', () => {
  expect(data.problemMatcher).toHaveLength(1)
  expect(matcher).toMatchObject({ owner: 'setup-qemu', severity: 'warning' })
  expect(pattern).toEqual({ regexp: expect.any(String), message: 1 })
  expect(pattern!.regexp).not.toMatch(/\(\?[<=!i]|\\p|\\k/)
})

it.each([
  'qemu: uncaught target signal 11 (Segmentation fault) - core dumped',
  '#12 3.345 qemu: uncaught target signal 4 (Illegal instruction) - core dumped',
  'QEMU internal SIGSEGV {code=MAPERR, addr=0x20}',
  'exec /bin/sh: exec format error',
  'bash: ./hello: cannot execute binary file: Exec format error',
  'standard_init_linux.go:228: exec user process caused: exec format error',
  'CMake Error: cannot open dir /src: Value too large for defined data type',
  'sudo: effective uid is not 0, is /usr/bin/sudo on a file system with the nosuid option set',
  'a: applet not found',
  'tar: usr/share/doc/x: Cannot open: Function not implemented',
  'go: fork/exec /usr/bin/git: invalid argument',
  'runtime: failed to create new OS thread (have 2 already; errno=22)',
  'Fatal glibc error: CPU does not support x86-64-v2',
  "aarch64-binfmt-P: Could not open '/lib/ld-linux-aarch64.so.1': No such file or directory",
  ".buildkit_qemu_emulator: Could not open '/lib/ld-musl-aarch64.so.1': No such file or directory",
  'chroot: failed to run command ‘/bin/bash’: No such file or directory',
  'exec /usr/local/bin/docker-entrypoint.sh: no such file or directory',
  'bash: ./x: cannot execute: required file not found',
  "qemu-aarch64: Could not open '/lib/ld-linux-aarch64.so.1': No such file or directory",
])('makes an annotation with the whole line of: %s', (line) => {
  expect(regexp.exec(line)?.[pattern!.message]).toBe(line)
})

it.each([
  'cat: x: No such file or directory',
  'Segmentation fault',
  'OSError: [Errno 38] Function not implemented',
  'error: invalid argument',
  'qemu-aarch64 version 11.1.3 (Debian 1:11.1.3+ds-1~bpo13+1)',
  'linux/arm64  QEMU 11.1.3 (Debian 1:11.1.3+ds-1~bpo13+1)',
])('lets be: %s', (line) => {
  expect(regexp.test(line)).toBe(false)
})

it('is quick on long lines', () => {
  const ms = cpuMsOf(() => {
    for (const word of ['fork/exec ', 'qemu-', 'a', 'exec format erro', 'uncaught target signal '])
      regexp.test(word.repeat(20_000))
  })
  expect(ms).toBeLessThan(1500)
})
