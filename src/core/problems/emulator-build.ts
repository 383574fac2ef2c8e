// How an emulator is built, read from its own bytes: whether it is position-independent, and with which C library. Sources: the ELF gABI (the
// type in the header); glibc's manual (every static program that is linked with it carries the name of GLIBC_TUNABLES).
import type { Libc } from './known-problems.js'

const headerBytes = 18
const types: ReadonlyMap<number, boolean> = new Map([
  [2, false],
  [3, true],
])

/** Whether an ELF file is position-independent (ET_DYN), from its first 18 bytes or more; null when they are no such header. */
export function isPie(head: Uint8Array): boolean | null {
  if (head.length < headerBytes || head[0] !== 0x7f || head[1] !== 0x45 || head[2] !== 0x4c || head[3] !== 0x46)
    return null
  const [low, high] = head[5] === 2 ? [head[17], head[16]] : [head[16], head[17]]
  return types.get((low ?? 0) + (high ?? 0) * 256) ?? null
}

/** What a static executable of glibc has in it. musl leaves no such name, so whoever has none is taken for musl's. */
export const glibcMark = 'GLIBC_TUNABLES'

/** The C library of a static emulator, by whether the mark was found in it. */
export function libcOf(hasMark: boolean): Libc {
  return hasMark ? 'glibc' : 'musl'
}
