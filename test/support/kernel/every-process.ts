// What is left on the machine, as far as this namespace of process numbers sees it: processes, and instances of binfmt_misc that they hold.
import { readFileSync, readlinkSync } from 'node:fs'
import { processNumbers, readProcessStat } from '../../../src/system/process.js'

export interface SeenProcess {
  readonly pid: number
  readonly parent: number
  /** As in proc(5): R, S, D, T, ... */
  readonly state: string
  readonly command: string
}

/** All processes that are not zombies, by their arguments. */
export function everyProcess(): SeenProcess[] {
  return processNumbers().flatMap((pid) => {
    try {
      const stat = readProcessStat(pid)
      const command = readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ').trim()
      return stat === undefined || stat.state === 'Z' ? [] : [{ pid, parent: stat.parent, state: stat.state, command }]
    } catch {
      // it ended while we looked
      return []
    }
  })
}

/** Device numbers of all instances of binfmt_misc that some process has mounted. */
export function everyTable(): string[] {
  const devices = everyProcess().flatMap(({ pid }) => {
    try {
      const lines = readFileSync(`/proc/${pid}/mountinfo`, 'utf8').split('\n')
      return lines.filter((line) => line.includes(' - binfmt_misc ')).map((line) => line.split(' ')[2] ?? '')
    } catch {
      return []
    }
  })
  return [...new Set(devices)].sort()
}

/**
 * Whether nobody can have a table that is not seen from here: in a container most processes are out of sight, and a file can hold a mount namespace
 * without any process, as snapd's do.
 */
export function seesEveryProcess(): boolean {
  // PROC_PID_INIT_INO of the kernel's include/linux/proc_ns.h
  if (readlinkSync('/proc/self/ns/pid') !== 'pid:[4026531836]') return false
  return everyProcess().every(({ pid }) => {
    try {
      return !readFileSync(`/proc/${pid}/mountinfo`, 'utf8').includes(' mnt:[')
    } catch (error) {
      return ['ENOENT', 'ESRCH', 'EINVAL'].includes((error as NodeJS.ErrnoException).code ?? '')
    }
  })
}

/** Waits until something is so; false when it is not within the time. */
export async function becomes(isSo: () => boolean, ms = 20_000): Promise<boolean> {
  for (const end = performance.now() + ms; performance.now() < end; ) {
    if (isSo()) return true
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  return isSo()
}

/** A process and all that come from it. */
export function descendants(pid: number): SeenProcess[] {
  const all = everyProcess()
  const found = all.filter((one) => one.pid === pid)
  for (let at = 0; at < found.length; at++) found.push(...all.filter(({ parent }) => parent === found[at]?.pid))
  return found
}
