// What /proc tells of a process: when it started, which namespace numbers it, and which program runs below sudo. Source: proc_pid_stat(5).
import { readdirSync, readFileSync, readlinkSync } from 'node:fs'
import { errnoName } from './command.js'
import { throwIfNoFileLeft } from './open-files.js'

/** The process of the program itself: sudo stays between us and it, sometimes twice. Throws node's errors for a process that is gone. */
export function lastDescendant(pid: number): number {
  const parents = new Map<number, number>()
  const self = readFileSync(`/proc/${pid}/stat`, 'latin1')
  if (!/^\d+ \(sudo\)/.test(self)) return pid
  for (const name of readdirSync('/proc')) {
    if (!/^\d+$/.test(name)) continue
    const parent = parentOf(name)
    if (parent !== undefined) parents.set(parent, Number(name))
  }
  let last = pid
  for (let child = parents.get(last); child !== undefined; child = parents.get(last)) last = child
  return last
}

function parentOf(pid: string): number | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1')
    return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1])
  } catch (error) {
    throwIfNoFileLeft(error)
    // it ended while we looked
    return undefined
  }
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

/**
 * When a process started, in clock ticks since boot (field 22 of proc(5) stat); undefined when there is no such process, or only its zombie,
 * which nobody has waited for yet.
 */
export function startOfProcess(pid: number): string | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1')
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    return fields[0] === 'Z' ? undefined : fields[19]
  } catch (error) {
    // not a word about that process, whose entries would be taken for those of a dead one
    throwIfNoFileLeft(error)
    return undefined
  }
}
