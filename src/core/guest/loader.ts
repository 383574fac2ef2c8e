// Where dynamic programs of each target look for their loader, and which C library they need. Sources: the ABI list of glibc
// (https://sourceware.org/glibc/wiki/ABIList), and musl's configure (ld-musl-$ARCH$SUBARCH.so.1).

const musl = (...names: string[]) => names.map((name) => `/lib/ld-musl-${name}.so.1`)

/**
 * By target, the usual ones first. Missing are those for which there is no dynamic probe, so that nothing could be proven: glibc of hppa (function
 * descriptors), of big-endian ppc64 (the older ABI; the probe has the newer one), and of mips with the NaN encoding of 2008, which the CPU must
 * have too.
 */
const loaders: Readonly<Record<string, readonly string[]>> = {
  aarch64: ['/lib/ld-linux-aarch64.so.1', ...musl('aarch64')],
  aarch64_be: ['/lib/ld-linux-aarch64_be.so.1', ...musl('aarch64_be')],
  alpha: ['/lib/ld-linux.so.2'],
  arm: ['/lib/ld-linux-armhf.so.3', '/lib/ld-linux.so.3', ...musl('armhf', 'arm')],
  armeb: ['/lib/ld-linux-armhf.so.3', '/lib/ld-linux.so.3', ...musl('armebhf', 'armeb')],
  i386: ['/lib/ld-linux.so.2', ...musl('i386')],
  i486: ['/lib/ld-linux.so.2', ...musl('i386')],
  loongarch64: ['/lib64/ld-linux-loongarch-lp64d.so.1', '/lib64/ld-linux-loongarch-lp64s.so.1', ...musl('loongarch64')],
  m68k: ['/lib/ld.so.1', ...musl('m68k')],
  mips: ['/lib/ld.so.1', ...musl('mips', 'mips-sf')],
  mipsel: ['/lib/ld.so.1', ...musl('mipsel', 'mipsel-sf')],
  mipsn32: ['/lib32/ld.so.1', ...musl('mipsn32')],
  mipsn32el: ['/lib32/ld.so.1', ...musl('mipsn32el')],
  mips64: ['/lib64/ld.so.1', ...musl('mips64')],
  mips64el: ['/lib64/ld.so.1', ...musl('mips64el')],
  or1k: ['/lib/ld-linux-or1k.so.1', ...musl('or1k')],
  ppc: ['/lib/ld.so.1', ...musl('powerpc', 'powerpc-sf')],
  ppc64: musl('powerpc64'),
  ppc64le: ['/lib64/ld64.so.2', ...musl('powerpc64le')],
  riscv32: ['/lib/ld-linux-riscv32-ilp32d.so.1', '/lib/ld-linux-riscv32-ilp32.so.1', ...musl('riscv32', 'riscv32-sf')],
  riscv64: ['/lib/ld-linux-riscv64-lp64d.so.1', '/lib/ld-linux-riscv64-lp64.so.1', ...musl('riscv64', 'riscv64-sf')],
  s390x: ['/lib/ld64.so.1', ...musl('s390x')],
  sh4: ['/lib/ld-linux.so.2', ...musl('sh4')],
  sh4eb: ['/lib/ld-linux.so.2', ...musl('sh4eb')],
  sparc: ['/lib/ld-linux.so.2'],
  sparc32plus: ['/lib/ld-linux.so.2'],
  sparc64: ['/lib64/ld-linux.so.2'],
  x86_64: ['/lib64/ld-linux-x86-64.so.2', ...musl('x86_64')],
}

/** The loaders that programs of a target name; empty when none is known. */
export function loadersOf(target: string): readonly string[] {
  return loaders[target] ?? []
}

/** The loaders of all targets. */
export const allLoaders: readonly string[] = [...new Set(Object.values(loaders).flat())]

/** The name of the C library: musl answers to any `libc.`, glibc has the same number for all targets but alpha. */
export function libraryOf(target: string): string {
  return target === 'alpha' ? 'libc.so.6.1' : 'libc.so.6'
}
