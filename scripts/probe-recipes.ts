// Which source, assembler and options each probe is made with. Machine and flags are the assembler's own, but for the ones that stand here.

/** How one probe is assembled. */
export interface Recipe {
  /** file in probes/ without its extension */
  source: string
  /** the assembler's executable in /usr/bin, and the Debian or Ubuntu package that has it */
  tool: string
  package: string
  args: string[]
  /** e_machine, where no assembler writes the one that the target's rule asks for */
  machine?: number
  /** e_flags, where the assembler leaves out one that kernels insist on */
  flags?: number
}

// For sources that hold their instructions as data: any processor of the right byte order whose assembler fills in single
// bytes late (that of MIPS leaves zeros).
const anyBE = 'powerpc-linux-gnu'
const anyLE = 'powerpcle-linux-gnu'

/** By target. */
export const recipes: Record<string, Recipe> = {
  aarch64: llvm('aarch64', 'aarch64-linux-gnu'),
  aarch64_be: llvm('aarch64', 'aarch64_be-linux-gnu'),
  alpha: gnu('alpha', 'alpha-linux-gnu'),
  arm: llvm('arm', 'armv4-linux-gnueabi'),
  armeb: llvm('arm', 'armebv4-linux-gnueabi'),
  // The CPU goes into e_flags, and QEMU chooses its own by them: one that every version knows.
  hexagon: llvm('hexagon', 'hexagon-linux-musl', '--mcpu=hexagonv60'),
  hppa: gnu('hppa', 'hppa-linux-gnu'),
  i386: llvm('i386', 'i386-linux-gnu'),
  // EM_486: assemblers write EM_386 for every 32-bit x86, kernels and QEMU take both.
  i486: { ...llvm('i386', 'i486-linux-gnu'), machine: 6 },
  loongarch64: llvm('loongarch64', 'loongarch64-linux-gnusf'),
  m68k: gnu('m68k', 'm68k-linux-gnu'),
  // EM_MICROBLAZE, which toolchains write: upstream's rule can match no program, so this one goes by the wide rule.
  microblaze: { ...llvm('microblaze', anyBE), machine: 189, flags: 0 },
  // EM_MICROBLAZE_OLD: the rule knows only this number, which toolchains gave up for 189; QEMU takes both.
  microblazeel: { ...llvm('microblaze', anyLE), machine: 0xbaab, flags: 0 },
  mips: llvm('mips', 'mips-linux-gnu', '--mcpu=mips2', '--defsym=CALLS=4000'),
  mips64: llvm('mips', 'mips64-linux-gnuabi64', '--mcpu=mips3', '--defsym=CALLS=5000'),
  mips64el: llvm('mips', 'mips64el-linux-gnuabi64', '--mcpu=mips3', '--defsym=CALLS=5000'),
  mipsel: llvm('mips', 'mipsel-linux-gnu', '--mcpu=mips2', '--defsym=CALLS=4000'),
  mipsn32: llvm('mips', 'mips64-linux-gnuabin32', '--mcpu=mips3', '--defsym=CALLS=6000'),
  mipsn32el: llvm('mips', 'mips64el-linux-gnuabin32', '--mcpu=mips3', '--defsym=CALLS=6000'),
  or1k: gnu('or1k', 'or1k-elf'),
  ppc: llvm('ppc', 'powerpc-linux-gnu', '--defsym=BITS=32'),
  ppc64: llvm('ppc', 'powerpc64-linux-gnu', '--defsym=BITS=64'),
  ppc64le: llvm('ppc', 'powerpc64le-linux-gnu', '--defsym=BITS=64'),
  riscv32: llvm('riscv', 'riscv32-linux-gnu', '--defsym=XLEN=32'),
  riscv64: llvm('riscv', 'riscv64-linux-gnu', '--defsym=XLEN=64'),
  s390x: llvm('s390x', 's390x-linux-gnu'),
  sh4: gnu('sh4', 'sh4-linux-gnu', '-little'),
  sh4eb: gnu('sh4', 'sh4-linux-gnu', '-big'),
  sparc: llvm('sparc', 'sparc-linux-gnu', '--defsym=BITS=32'),
  // EF_SPARC_32PLUS: a 64-bit kernel refuses EM_SPARC32PLUS without it, and LLVM leaves it out.
  sparc32plus: { ...llvm('sparc', 'sparc-linux-gnu', '--mattr=+v9', '--defsym=BITS=32'), flags: 0x100 },
  sparc64: llvm('sparc', 'sparcv9-linux-gnu', '--defsym=BITS=64'),
  x86_64: llvm('x86_64', 'x86_64-linux-gnu'),
  xtensa: llvm('xtensa', 'xtensa'),
  xtensaeb: { ...llvm('xtensaeb', anyBE), machine: 94, flags: 0 },
}

/** By host, in Debian's words. */
export const launcherRecipes: Record<string, Recipe> = {
  amd64: llvm('launch/amd64', 'x86_64-linux-gnu'),
  arm64: llvm('launch/arm64', 'aarch64-linux-gnu'),
}

export const measurerRecipes: Record<string, Recipe> = {
  amd64: llvm('measure/amd64', 'x86_64-linux-gnu'),
  arm64: llvm('measure/arm64', 'aarch64-linux-gnu'),
}

export const readerRecipes: Record<string, Recipe> = {
  amd64: llvm('read/amd64', 'x86_64-linux-gnu'),
  arm64: llvm('read/arm64', 'aarch64-linux-gnu'),
}

export const writerRecipes: Record<string, Recipe> = {
  amd64: llvm('write/amd64', 'x86_64-linux-gnu'),
  arm64: llvm('write/arm64', 'aarch64-linux-gnu'),
}

function llvm(source: string, triple: string, ...args: string[]): Recipe {
  return { source, tool: 'llvm-mc-19', package: 'llvm-19', args: ['--filetype=obj', `--triple=${triple}`, ...args] }
}

function gnu(source: string, triple: string, ...args: string[]): Recipe {
  return { source, tool: `${triple}-as`, package: `binutils-${triple}`, args }
}
