// The session that a process belongs to: what ends when a terminal is closed or a login ends. Fields of proc(5) stat.

import { readFileSync } from 'node:fs'
import { startOfProcess } from '../system/process.js'

/**
 * The process that leads a process's session: the shell of a terminal, of a login, of a job of cron. Number 0 where there is none: the process leads
 * one itself, or its leader has ended or is out of sight. The parent would be no help: that may be a shell's `$(...)`, which ends at once.
 */
export function sessionOf(pid: number): { readonly pid: number; readonly start: string } {
  const leader = Number(fieldsOf(pid)[3])
  const start = leader < 1 || leader === pid ? undefined : startOfProcess(leader)
  return start === undefined ? { pid: 0, start: '0' } : { pid: leader, start }
}

/** The fields after the program's name, which may have blanks in it: state, parent, group, session. */
function fieldsOf(pid: number): string[] {
  const stat = readFileSync(`/proc/${pid}/stat`, 'latin1')
  return stat.slice(stat.lastIndexOf(')') + 2).split(' ')
}
