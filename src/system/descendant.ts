// Which process is the program that was started, where sudo stays above it. Source: proc_pid_stat(5).
import { readdirSync, readFileSync } from 'node:fs'
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
