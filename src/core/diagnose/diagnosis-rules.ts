// The messages of build logs that are recognised, and what is known about each. Sources: the messages of QEMU, the kernel's errno texts
// (errno(3)), and the threads of src/data/known-problems.json.

/** A message that is recognised. */
export interface DiagnosisRule {
  readonly code: string
  /** A line is only matched against the pattern when it has one of these texts, in any case: that search is quick. */
  readonly marks: readonly string[]
  readonly pattern: RegExp
  readonly title: string
  readonly cause: string
  readonly remedy: string
  /** Anchor in docs/troubleshooting.md. */
  readonly see: string
  /** Ids of known problems with this symptom. */
  readonly problems: readonly string[]
  /** What it depends on in this machine's table: whether there are entries, or a flag of theirs. */
  readonly machine?: 'entries' | 'F' | 'C' | 'P'
  /** The pattern's first group is the code of an error or a finding of setup-qemu itself, whose section is the one to read. */
  readonly own?: true
}

const compare = 'setup-qemu compare -- COMMAND'

/** Programs, or QEMU itself, that crash. */
const crashes: readonly DiagnosisRule[] = [
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

/** Programs that are not run, or not as they should be, and entries that are not made. */
const entries: readonly DiagnosisRule[] = [
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

/** System calls and processors that an emulator does not have, or has differently. */
const systemCalls: readonly DiagnosisRule[] = [
  {
    code: 'tar-openat2',
    marks: ['function not implemented'],
    pattern: /tar\S*: .*Cannot open: Function not implemented/i,
    title: 'tar cannot open files under this QEMU',
    cause: 'newer versions of tar use openat2, which QEMU has from 9.2 on',
    remedy: 'use QEMU 9.2 or newer, for example the default',
    see: 'function-not-implemented',
    problems: ['R23'],
    machine: 'entries',
  },
  {
    code: 'tar-openat2-musl',
    marks: ['invalid argument'],
    pattern: /tar\S*: .*Cannot open: Invalid argument/i,
    title: 'tar cannot open files under a QEMU built with musl',
    cause: 'such builds of QEMU 9.2 to 10.1.2 translate the flags of openat2 wrongly',
    remedy: 'use an emulator built with glibc, for example one of the catalog',
    see: 'function-not-implemented',
    problems: ['R24'],
    machine: 'entries',
  },
  {
    code: 'function-not-implemented',
    marks: ['function not implemented', 'port library failed to initialize', 'unsupported syscall', 'unknown syscall'],
    pattern:
      /^(?!.*tar\S*: .*Cannot open: ).*(?:function not implemented|Port Library failed to initialize|\bUn(?:supported|known) syscall:? \d+)/i,
    title: 'a system call is missing under this QEMU',
    cause: 'the program uses one that is newer than the QEMU version',
    remedy: 'use a newer qemu-version; setup-qemu compare -- COMMAND tells from which one on it works',
    see: 'function-not-implemented',
    problems: ['R3', 'R6'],
    machine: 'entries',
  },
  {
    code: 'value-too-large',
    marks: ['value too large for defined data type'],
    pattern: /value too large for defined data type/i,
    title: 'a 32-bit program cannot take a number of the file system',
    cause: 'file systems of the host (ext4, xfs) give 64-bit offsets and numbers to programs that take 32 bits',
    remedy:
      'work on a tmpfs, or build with -D_FILE_OFFSET_BITS=64; for cargo CARGO_REGISTRIES_CRATES_IO_PROTOCOL=sparse',
    see: 'value-too-large-for-defined-data-type',
    problems: ['R26'],
  },
  {
    code: 'address-space',
    marks: ['for jit buffer', 'unable to find a guest_base', 'bytes of virtual address space'],
    pattern:
      /bytes for jit buffer: |Unable to find a guest_base|Unable to reserve 0x[0-9a-f]+ bytes of virtual address space/i,
    title: 'QEMU could not get the address space that it needs',
    cause: 'it is limited, by ulimit -v or by a service; 32-bit programs need 4 GB of it, unused',
    remedy: 'ulimit -v unlimited before the program is started, and limit memory by a cgroup',
    see: 'cannot-allocate-memory-for-jit-buffer',
    problems: [],
  },
  {
    code: 'go-pidfd',
    marks: ['fork/exec'],
    pattern: /fork\/exec .*: invalid argument/i,
    title: 'a Go program cannot start another one',
    cause: 'Go 1.23.0 and 1.23.1 use clone with CLONE_PIDFD, which QEMU has from 8.0 on',
    remedy: 'use QEMU 8.0 or newer, or build with Go 1.23.2 or newer',
    see: 'forkexec-invalid-argument',
    problems: ['R11'],
    machine: 'entries',
  },
  {
    code: 'go-threads',
    marks: ['failed to create new os thread'],
    pattern: /failed to create new OS thread \(have \d+ already; errno=22\)/i,
    title: 'a program of an old Go cannot start threads',
    cause: 'QEMU rejects the flags that Go 1.8 and older use',
    remedy: 'use a newer release of that program, or rebuild it',
    see: 'forkexec-invalid-argument',
    problems: ['R1'],
  },
  {
    code: 'processor-level',
    marks: ['cpu does not support', 'cpu lacks', 'unable to find cpu model'],
    pattern: /Fatal glibc error: (?:CPU does not support|CPU lacks)|unable to find CPU model/i,
    title: 'the processor that QEMU shows is not the one that is wanted',
    cause: 'an old QEMU shows an old processor by default, or QEMU_CPU names another one',
    remedy: 'use QEMU 7.2 or newer, or with an older one cpu: max; where QEMU_CPU is set, unset it or give another cpu',
    see: 'cpu-does-not-support-x86-64-v2',
    problems: ['R10', 'R32'],
    machine: 'entries',
  },
  {
    code: 'killed',
    marks: ['exit code: 137', 'exit code 137'],
    pattern: /exit code:? 137\b/i,
    title: 'a step was killed (exit status 137)',
    cause: 'mostly for want of memory, which emulation needs more of; cargo with an index in git is known for it',
    remedy: 'give it more memory or fewer jobs at once; for cargo CARGO_REGISTRIES_CRATES_IO_PROTOCOL=sparse',
    see: 'qemu-uncaught-target-signal-11',
    problems: ['R27'],
  },
]

const own: DiagnosisRule = {
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

/** All rules; each one that matches a line counts. */
export const rules: readonly DiagnosisRule[] = [...crashes, ...entries, ...systemCalls, own]
