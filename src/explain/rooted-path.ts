// Resolves a path within a root as the kernel would there: an absolute link starts at that root, and nothing leads out of it.
// Source: path_resolution(7). Executes nothing, and needs no root's rights.
import { accessSync, closeSync, constants, lstatSync, openSync, readlinkSync, readSync } from 'node:fs'
import { join } from 'node:path'
import type { Blocked, Lookup } from '../core/explain/forecast.js'
import { errnoName } from '../system/command.js'
import { noexecMountOf } from '../system/confinement.js'

/** MAXSYMLINKS of the kernel. */
const mostLinks = 40

/** The path on this machine that `path` leads to in `root`; or the errno, and where it occurred. */
function resolveIn(root: string, path: string): { path: string } | { errno: string; at: string } {
  const waiting = wordsOf(path)
  const walked: string[] = []
  let links = 0
  while (waiting.length > 0) {
    const word = waiting.shift() ?? ''
    if (word === '.') continue
    if (word === '..') {
      walked.pop()
      continue
    }
    const here = join(root, ...walked, word)
    try {
      const stat = lstatSync(here)
      if (stat.isSymbolicLink()) {
        if (++links > mostLinks) return { errno: 'ELOOP', at: `/${[...walked, word].join('/')}` }
        const link = readlinkSync(here)
        if (link.startsWith('/')) walked.length = 0
        waiting.unshift(...wordsOf(link))
        continue
      }
      if (!stat.isDirectory() && waiting.length > 0) return { errno: 'ENOTDIR', at: `/${[...walked, word].join('/')}` }
    } catch (error) {
      return { errno: errnoName(error), at: `/${[...walked, word].join('/')}` }
    }
    walked.push(word)
  }
  return { path: join(root, ...walked) }
}

/** The components of a path; a / at its end becomes a last `.`, as it requires a folder. */
function wordsOf(path: string): string[] {
  return path
    .replace(/\/$/, '/.')
    .split('/')
    .filter((word) => word !== '')
}

/** What is at a path of a root, as far as the caller's rights allow. */
export function lookupIn(root: string, path: string): Lookup {
  const resolved = resolveIn(root, path)
  if ('errno' in resolved) return { kind: resolved.errno === 'EACCES' ? 'unreadable' : 'missing', path, ...resolved }
  const place = resolved.path
  let executable = false
  try {
    if (lstatSync(place).isDirectory()) return { kind: 'folder', path: place }
    executable = mayExecute(place)
    // opening a pipe or device could block
    if (!lstatSync(place).isFile())
      return {
        ...{ kind: 'file', path: place, executable: false, blocked: { kind: 'special' } },
        read: () => new Uint8Array(),
      }
    // some files can be opened but not read; the kernel does not read a file that may not be executed
    if (executable) readAt(place, 0, 1)
    else closeSync(openSync(place, 'r'))
    const blocked = executable ? {} : { blocked: blockedAt(place) }
    return { kind: 'file', path: place, executable, ...blocked, read: (offset, size) => readAt(place, offset, size) }
  } catch (error) {
    if (executable && errnoName(error) === 'EACCES') return { kind: 'sealed', path: place }
    return { kind: 'unreadable', path: place, errno: errnoName(error) }
  }
}

/** Why a regular file may not be executed: its mode, or its mount if the mode would allow it. */
function blockedAt(path: string): Blocked {
  const point = noexecMountOf(path)
  return point !== undefined && (lstatSync(path).mode & 0o111) !== 0 ? { kind: 'noexec', point } : { kind: 'mode' }
}

/** Also false on a file system that is mounted noexec (access(2)). */
function mayExecute(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch (error) {
    if (errnoName(error) === 'EACCES') return false
    throw error
  }
}

function readAt(path: string, offset: number, size: number): Uint8Array {
  const file = openSync(path, 'r')
  try {
    const bytes = Buffer.alloc(size)
    return bytes.subarray(0, readSync(file, bytes, 0, size, offset))
  } finally {
    closeSync(file)
  }
}
