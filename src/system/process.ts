// What /proc tells of a process: when it started, its session, which namespace numbers it, and which program runs below sudo. And the clock of this one.
import { readdirSync, readFileSync, readlinkSync } from 'node:fs'
import { type ProcessStat, parseProcessStat } from '../core/machine/process-stat.js'
import { errnoName } from './command.js'
import { throwIfNoFileLeft } from './open-files.js'

/**
 * The stat line of a process; undefined when there is no such process, or it is hidden (/proc mounted with hidepid). Throws `too-many-open-files`,
 * which says nothing about the process: its entries would be taken for those of a dead one.
 */
export function readProcessStat(pid: number | 'self'): ProcessStat | undefined {
  try {
    return parseProcessStat(readFileSync(`/proc/${pid}/stat`, 'latin1'))
  } catch (error) {
    throwIfNoFileLeft(error)
    return undefined
  }
}

/** The numbers of all processes that this process may see; none where there is no /proc. */
export function processNumbers(): number[] {
  try {
    return readdirSync('/proc').flatMap((name) => (/^\d+$/.test(name) ? [Number(name)] : []))
  } catch (error) {
    if (errnoName(error) === 'ENOENT') return []
    throw error
  }
}

/** The process of the program itself: sudo stays between us and it, sometimes twice. */
export function lastDescendant(pid: number): number {
  if (readProcessStat(pid)?.comm !== 'sudo') return pid
  const children = new Map<number, number>()
  for (const child of processNumbers()) {
    const parent = readProcessStat(child)?.parent
    if (parent !== undefined) children.set(parent, child)
  }
  let last = pid
  for (let child = children.get(last); child !== undefined; child = children.get(last)) last = child
  return last
}

/** Inode of this process's namespace of process numbers. */
export function pidNamespace(): string {
  try {
    return /\d+/.exec(readlinkSync('/proc/self/ns/pid'))?.[0] ?? '0'
  } catch (error) {
    // without /proc there is no table either, which is told where it is opened
    if (errnoName(error) === 'ENOENT') return '0'
    throw error
  }
}

/** When a process started, in clock ticks since boot; undefined when there is no such process, or only its zombie. */
export function startOfProcess(pid: number): string | undefined {
  const stat = readProcessStat(pid)
  return stat === undefined || stat.state === 'Z' ? undefined : stat.start
}

/**
 * The process that leads a process's session: the shell of a terminal, of a login, of a job of cron. Number 0 where there is none: the process leads
 * one itself, or its leader has ended or is out of sight. The parent would be no help: that may be a shell's `$(...)`, which ends at once.
 */
export function sessionOf(pid: number): { readonly pid: number; readonly start: string } {
  const leader = readProcessStat(pid)?.session ?? 0
  const start = leader < 1 || leader === pid ? undefined : startOfProcess(leader)
  return start === undefined ? { pid: 0, start: '0' } : { pid: leader, start }
}

/** Milliseconds since some moment, as `performance.now()` gives them, for which node would load another module. */
export function milliseconds(): number {
  return Number(process.hrtime.bigint()) / 1e6
}
