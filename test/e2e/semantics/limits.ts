// Limits of resources, set outside and by the program itself, and system calls that QEMU does not hand on.
import { statfsSync } from 'node:fs'
import { join } from 'node:path'
import type { Row } from './row.js'
import { behaviour, limited, type Side } from './side.js'

const megabyte = 1 << 20

function own(side: Side, ...words: (string | number)[]): string {
  return behaviour(side, 'limited', words)
}

const limitRows: readonly Row[] = [
  {
    name: 'ulimit -n 64',
    see: (side) => limited(side, { nofile: 64 }, 'descriptors').replace(/^(5\d|6[01]),/, 'about 60,'),
    natively: 'about 60, then EMFILE',
  },
  {
    name: 'ulimit -n, set by the program',
    see: (side) => own(side, 'nofile', 64, 'descriptors').replace(/^(5\d|6[01]),/, 'about 60,'),
    natively: 'about 60, then EMFILE',
  },
  {
    name: 'ulimit -v 100000',
    see: (side) => limited(side, { as: 100_000 * 1024 }, 'memory', 50),
    natively: 'got',
    emulated: {
      default: 'qemu-aarch64: allocate 134217728 bytes for jit buffer: Cannot allocate memory; exit 1',
    },
  },
  {
    name: 'ulimit -v 2000000',
    see: (side) => limited(side, { as: 2_000_000 * 1024 }, 'memory', 2000),
    natively: 'ENOMEM',
  },
  {
    name: 'ulimit -v, set by the program',
    see: (side) => own(side, 'as', 300 * megabyte, 'memory', 600),
    natively: 'ENOMEM',
    emulated: { default: 'got' },
  },
  { name: 'ulimit -s 64 MB', see: (side) => limited(side, { stack: 64 * megabyte }, 'stack', 40), natively: 'exit 0' },
  {
    name: 'ulimit -s unlimited',
    see: (side) => limited(side, { stack: 'unlimited' }, 'stack', 40),
    natively: 'exit 0',
    emulated: { default: 'signal 11' },
  },
  {
    name: 'QEMU_STACK_SIZE',
    see: (side) => behaviour(side, 'stack', [40], { env: { QEMU_STACK_SIZE: String(64 * megabyte) } }),
    natively: 'signal 11',
    emulated: { default: 'exit 0' },
  },
  {
    name: 'ulimit -s, set by the program',
    see: (side) => own(side, 'stack', 64 * megabyte, 'stack', 40),
    natively: 'exit 0',
    emulated: { default: 'signal 11' },
  },
  {
    name: 'limit of processor time',
    see: (side) => limited(side, { cpu: 1 }, 'burn'),
    natively: 'SIGKILL',
  },
  {
    name: 'limit of file size, set by the program',
    see: (side) => own(side, 'fsize', 10_000, 'big-file', join(side.folder, 'big')),
    natively: '10000, then EFBIG',
  },
]

const callRows: readonly Row[] = [
  {
    name: 'ptrace',
    see: (side) => behaviour(side, 'ptrace'),
    natively: 'ptrace works',
    emulated: { default: 'ptrace ENOSYS' },
  },
  {
    name: 'seccomp',
    see: (side) => behaviour(side, 'seccomp'),
    natively: 'seccomp works',
    emulated: { default: 'seccomp EINVAL' },
  },
  {
    name: 'io_uring',
    // a host may forbid it, too; what counts is that a program can tell "not there" from an error
    see: (side) => behaviour(side, 'io-uring').replace('EPERM', 'works'),
    natively: 'io_uring works',
    emulated: { default: 'io_uring ENOSYS' },
  },
  {
    name: 'system calls that are not there',
    see: (side) => behaviour(side, 'missing'),
    natively: 'missing:',
    emulated: {
      default:
        'missing: bpf clone3 fanotify_init keyctl landlock_create_ruleset perf_event_open process_vm_readv rseq userfaultfd',
      older:
        'missing: bpf clone3 execveat fanotify_init fsopen keyctl landlock_create_ruleset mount_setattr openat2 perf_event_open process_vm_readv rseq userfaultfd',
    },
  },
  {
    name: 'robust mutex of a process that died',
    see: (side) => behaviour(side, 'robust'),
    natively: 'EOWNERDEAD',
    emulated: { default: 'ETIMEDOUT' },
  },
  { name: 'uname -m', see: (side) => behaviour(side, 'machine'), natively: 'x86_64', emulated: { default: 'aarch64' } },
  {
    name: '/proc/cpuinfo',
    see: (side) => behaviour(side, 'processor'),
    natively: 'vendor_id',
    // QEMU writes one for the guest from 9.0 on
    emulated: { default: 'CPU implementer', older: 'vendor_id' },
  },
]

/** ext4 gives a 64-bit process, as the emulator is one, offsets of 64 bits, and a 32-bit process short ones. */
const onExt4 = statfsSync('.').type === 0xef53

/** What concerns 32-bit guests alone; the native side is a 64-bit program. */
export const narrowRows: readonly Row[] = [
  {
    name: 'directory of ext4, 32-bit program',
    see: (side) => {
      if (!onExt4) console.log('SKIPPED: this checkout is not on ext4, so its directory says nothing')
      return behaviour(side, 'directory', [process.cwd()])
    },
    natively: 'read',
    emulated: { default: onExt4 ? 'EOVERFLOW after 0 names' : 'read' },
  },
  {
    name: 'directory of a tmpfs, 32-bit program',
    see: (side) => behaviour(side, 'directory', ['/run']),
    natively: 'read',
  },
  {
    name: 'ulimit -v 2000000, 32-bit program',
    see: (side) => limited(side, { as: 2_000_000 * 1024 }, 'exit', 0),
    natively: '',
    emulated: {
      default:
        'qemu-arm: ./behaviour: Unable to find a guest_base to satisfy all guest address mapping requirements;   00000000-ffffffff; exit 1',
    },
  },
]

export const boundaryRows: readonly Row[] = [...limitRows, ...callRows]
