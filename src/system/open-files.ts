// The end of file descriptors (EMFILE, ENFILE): told as what it is wherever it comes up, as it says nothing of the file that was to be opened.
import type { ChildProcess } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { openFilesError } from '../core/model/errors.js'

/** The soft limit of open files of a process; undefined where it cannot be read, as that of another user's process. */
export function openFilesLimitOf(pid: number | 'self'): string | undefined {
  try {
    return /^Max open files\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/limits`, 'utf8'))?.[1]
  } catch {
    return undefined
  }
}

// read at the start: when it is wanted, there is no descriptor left to read it with
const ownLimit = openFilesLimitOf('self')

/** Throws `too-many-open-files` where that is what was thrown, or what it came from. */
export function throwIfNoFileLeft(thrown: unknown): void {
  const error = openFilesError(thrown, ownLimit)
  if (error !== undefined) throw error
}

/**
 * A child as `spawn` gave it. Throws `too-many-open-files` where this process had no descriptor left for its pipes: node then gives one without any streams,
 * and the error comes later.
 */
export function withStreams<Child extends ChildProcess>(child: Child): Child {
  if ((child.stdio as Child['stdio'] | undefined) !== undefined) return child
  child.on('error', () => undefined)
  throwIfNoFileLeft(Object.assign(new Error('spawn'), { code: 'EMFILE' }))
  return child
}
