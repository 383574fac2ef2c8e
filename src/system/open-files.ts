// Running out of file descriptors (EMFILE, ENFILE): reported as such wherever it happens, as it says nothing about the file to open.
import type { ChildProcess } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { openFilesError } from '../core/model/errors.js'

/** A process's soft limit of open files; undefined if it cannot be read, as for another user's process. */
export function openFilesLimitOf(pid: number | 'self'): string | undefined {
  try {
    return /^Max open files\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/limits`, 'utf8'))?.[1]
  } catch {
    return undefined
  }
}

// read at the start: when we need it, no descriptor is left to read it with
const ownLimit = openFilesLimitOf('self')

/** Throws `too-many-open-files` if that is what was thrown, or its cause. */
export function throwIfNoFileLeft(thrown: unknown): void {
  const error = openFilesError(thrown, ownLimit)
  if (error !== undefined) throw error
}

/**
 * The child that `spawn` returned. Throws `too-many-open-files` if this process had no descriptor left for its pipes: node then returns one without
 * streams, and emits the error later.
 */
export function withStreams<Child extends ChildProcess>(child: Child): Child {
  if ((child.stdio as Child['stdio'] | undefined) !== undefined) return child
  child.on('error', () => undefined)
  throwIfNoFileLeft(Object.assign(new Error('spawn'), { code: 'EMFILE' }))
  return child
}
