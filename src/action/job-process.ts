// The job that this process belongs to: what the runner says of it, and the process that lives as long (core/journal/job-identity.ts), from /proc.
import { readFileSync } from 'node:fs'
import {
  type Ancestor,
  isOfJob,
  type JobEnvironment,
  jobIdentity,
  jobLabel,
  jobProcessOf,
} from '../core/journal/job-identity.js'
import type { Owner } from '../core/journal/journal.js'
import { ownerOf } from '../system/journal-file.js'
import { processNumbers, readProcessStat } from '../system/process.js'

/** The job of a step as the owner of changes. */
export function jobOwner(step: JobEnvironment = process.env): Owner {
  return { ...ownerOf('action', jobProcess(step), jobLabel(step)), ...jobIdentity(step) }
}

function jobProcess(step: JobEnvironment): number {
  const found = jobProcessOf(step, ancestorsOf('self'))
  if (found !== 1) return found
  // whoever started us may have ended, and process 1 has taken us over: other processes of the job still have the runner above them
  for (const pid of processNumbers()) {
    const environment = environmentOf(pid)
    if (environment === null || !isOfJob(environment, step)) continue
    const runner = jobProcessOf(step, ancestorsOf(pid))
    if (runner !== 1) return runner
  }
  return 1
}

/** The processes above one, its parent first, up to where this namespace of process numbers or the right to see them ends. */
function ancestorsOf(pid: number | 'self'): Ancestor[] {
  const ancestors: Ancestor[] = []
  let parent = readProcessStat(pid)?.parent ?? process.ppid
  while (parent > 0) {
    const stat = readProcessStat(parent)
    ancestors.push({ pid: parent, name: stat?.comm ?? '', environment: environmentOf(parent) })
    parent = stat?.parent ?? 0
  }
  return ancestors
}

/** The environment that a process was started with; null when it cannot be read. */
function environmentOf(pid: number): JobEnvironment | null {
  try {
    const lines = readFileSync(`/proc/${pid}/environ`, 'utf8').split('\0')
    return Object.fromEntries(lines.map((line) => [line.split('=', 1)[0] ?? '', line.slice(line.indexOf('=') + 1)]))
  } catch {
    return null
  }
}
