// What lines of a build log say about emulation: crashes, and programs that were not run as they should. Sources: the messages of QEMU, the
// kernel's errno texts (errno(3)), and the threads of src/data/known-problems.json.
import type { Rule } from './diagnosis-rule.js'
import { systemCallRules } from './system-call-rules.js'

const compare = 'setup-qemu compare -- COMMAND'

const crashes: readonly Rule[] = [
  {
    code: 'libc-bin-crash',
    marks: ['libc-bin'],
    pattern:
      /dpkg: error processing package libc-bin|libc-bin\.postinst.*Segmentation fault|ldconfig.*Segmentation fault/i,
    title: 'libc-bin could not be configured',
    cause:
      'ldconfig crashes now and then under some versions of QEMU, above all that of Ubuntu 22.04 and Debian bullseye',
    remedy: 'run the step again, use qemu-version: 7.2, or turn off the randomising of addresses on the host',
    see: 'qemu-uncaught-target-signal-11',
    problems: ['R16'],
    machine: 'entries',
  },
  {
    code: 'target-signal-11',
    marks: ['target signal 11'],
    pattern: /uncaught target signal 11\b/i,
    title: 'an emulated program crashed (segmentation fault)',
    cause: 'a fault of the program, or one of the QEMU version',
    remedy: `look which QEMU ran (setup-qemu status), and under which it works: ${compare}`,
    see: 'qemu-uncaught-target-signal-11',
    problems: ['R4', 'R5', 'R7', 'R13', 'R14', 'R15', 'R16'],
    machine: 'entries',
  },
  {
    code: 'target-signal-4',
    marks: ['target signal 4'],
    pattern: /uncaught target signal 4\b/i,
    title: 'an emulated program met an instruction that QEMU does not know',
    cause: 'the program needs a newer processor than this QEMU shows, or a newer QEMU',
    remedy: 'use the newest qemu-version; where QEMU_CPU is set, or with an older one: cpu: max',
    see: 'qemu-uncaught-target-signal-4',
    problems: ['R29', 'R31'],
    machine: 'entries',
  },
  {
    code: 'target-signal',
    marks: ['target signal'],
    pattern: /uncaught target signal (?!4\b|11\b)\d+/i,
    title: 'an emulated program was ended by a signal',
    cause: 'the program ended itself (signal 6), or met a fault of the QEMU version',
    remedy: `read the lines before it; if they do not tell, look under which QEMU it works: ${compare}`,
    see: 'qemu-uncaught-target-signal-11',
    problems: [],
    machine: 'entries',
  },
  {
    code: 'qemu-crash',
    marks: ['qemu internal sig', 'assertion'],
    pattern: /QEMU internal SIG[A-Z]+|(?:qemu\S*|ERROR):.*\bAssertion\b|decode_save_opc.*Assertion/i,
    title: 'QEMU itself crashed',
    cause: 'a fault of the QEMU version',
    remedy: `use another qemu-version; ${compare} tells which`,
    see: 'qemu-uncaught-target-signal-11',
    problems: ['R9', 'R18', 'R37'],
    machine: 'entries',
  },
]

const refusals: readonly Rule[] = [
  {
    code: 'exec-format-error',
    marks: ['exec format error'],
    pattern: /exec format error/i,
    title: 'the kernel found nobody to run a foreign program',
    cause: 'no entry matches it, or the entries hold elsewhere than where it ran',
    remedy: 'set up its platform before this step (setup-qemu setup PLATFORM); AppImages need rules: wide',
    see: 'exec-format-error',
    problems: ['R39', 'E1', 'E2', 'E5', 'E9', 'E10', 'E12'],
    machine: 'entries',
  },
  {
    code: 'no-such-file',
    marks: ['no such file or directory', 'required file not found'],
    pattern:
      /(?:chroot: failed to run command|exec user process caused|standard_init_linux|\bexec(?:ve)? ?[:/"'`(]|error during container init|unable to start container process).*no such file or directory|cannot execute: required file not found/i,
    title: 'a program that may well be there could not be started',
    cause: 'its interpreter is missing: the emulator of an entry without the flag F, or the loader of its C library',
    remedy:
      'register with the flag F, as setup-qemu does, and use a static emulator; run dynamic programs in a root of their own, or name that with sysroot',
    see: 'no-such-file-or-directory-for-a-file-that-is-there',
    problems: ['E6'],
    machine: 'F',
  },
  {
    code: 'loader-missing',
    marks: ['could not open'],
    // the images of tonistiigi call it aarch64-binfmt-P
    pattern: /(?:qemu\S*|-binfmt-P): Could not open '?\/\S+/i,
    title: 'the C library of a foreign program was not found',
    cause: 'a dynamically linked program runs outside a root of its architecture',
    remedy: 'run it in a root or a container of its architecture, or name such a root with sysroot',
    see: 'no-such-file-or-directory-for-a-file-that-is-there',
    problems: [],
    machine: 'entries',
  },
  {
    code: 'effective-uid',
    marks: ['effective uid is not 0'],
    pattern: /effective uid is not 0/i,
    title: 'sudo did not get its rights',
    cause: 'the entry in force has no flag C, so setuid programs of the guest stay without rights',
    remedy: 'register with the flag C: credentials true, which is the default',
    see: 'sudo-effective-uid-is-not-0',
    problems: ['E7'],
    machine: 'C',
  },
  {
    code: 'applet-not-found',
    marks: ['applet not found'],
    pattern: /applet not found/i,
    title: 'busybox was called under a wrong name',
    cause: 'the flag P and the QEMU version disagree about argv[0]',
    remedy: 'use QEMU 7.2 or newer on Linux 5.12 or newer; setup-qemu proves that argv[0] arrives',
    see: 'applet-not-found',
    problems: ['E8'],
    machine: 'P',
  },
  {
    code: 'already-registered',
    marks: ['already registered', 'binfmt_misc/register'],
    pattern: /qemu-\S+ already registered|binfmt_misc\/register: (?:File exists|Invalid argument)/i,
    title: 'an entry was not made',
    cause: 'one of the same name is there and stays in force, or the kernel did not take the rule',
    remedy: 'let setup-qemu register: it takes precedence over what is there and proves what runs',
    see: 'shadows',
    problems: ['E3', 'E4'],
  },
  {
    code: 'register-denied',
    marks: ['binfmt_misc'],
    pattern:
      /binfmt_misc\/register'?: (?:Permission denied|Operation not permitted|Read-only file system)|mount: \S*binfmt_misc\S*: (?:permission denied|must be superuser)/i,
    title: 'an entry could not be made for want of rights',
    cause: 'only root may write to the table, and in a container only with --privileged',
    remedy: 'let setup-qemu register as root on the host; where there is no root, scope: private needs none',
    see: 'no-rights',
    problems: ['E2'],
  },
  {
    code: 'no-installation-candidate',
    marks: ['qemu-user-static'],
    pattern: /qemu-user-static\S* has no installation candidate|unable to locate package qemu-user-static/i,
    title: 'the package qemu-user-static does not exist here',
    cause: 'Ubuntu 25.10 and Debian forky have given it up',
    remedy: 'install qemu-user, or let setup-qemu get the emulator',
    see: 'no-installation-candidate',
    problems: ['E13'],
  },
]

const ours: Rule = {
  code: 'setup-qemu',
  marks: ['troubleshooting.md#'],
  pattern: /docs\/troubleshooting\.md#([a-z0-9-]+)/,
  title: 'setup-qemu said so itself',
  cause: 'an error or a finding of setup-qemu, which its lines explain',
  remedy: 'what that line says, and its section',
  see: '',
  problems: [],
  own: true,
}

/** All rules; of those that match a line each counts. */
export const rules: readonly Rule[] = [...crashes, ...refusals, ...systemCallRules, ours]
