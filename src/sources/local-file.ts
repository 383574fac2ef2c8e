// Emulators that are already on this machine. They are inspected and hashed, but never run directly: only the kernel runs them.
import { readSync, realpathSync, statSync } from 'node:fs'
import { type Catalog, type Host, identified } from '../core/model/catalog.js'
import { staticRefusal } from '../core/model/elf.js'
import type { Target } from '../core/model/targets.js'
import { candidatePaths, type LocalExecutable } from '../core/plan/resolved-source.js'
import type { Request } from '../core/request/request.js'
import { errnoName } from '../system/command.js'
import { faultOf, sha256OnceOfDescriptor, withRegularFile } from '../system/regular-file.js'

/** More than the size of any QEMU user-mode emulator. */
const maxBytes = 512 * 1024 * 1024

/**
 * The files on this machine that may be the emulator of a target, the preferred one first; those that cannot be used carry the reason. `path`:
 * the environment's PATH.
 */
export function filesFor(
  target: Target,
  source: Request['source'],
  host: Host,
  catalog: Catalog,
  path: string,
): LocalExecutable[] {
  const folder = source.kind === 'path' && isFolder(source.path)
  const found = new Map<string, LocalExecutable>()
  for (const candidate of candidatePaths(target, source, path, folder)) {
    const file = inspect(candidate, host, catalog)
    // several paths may resolve to one file
    if (file !== undefined && !found.has(file.path)) found.set(file.path, file)
  }
  return [...found.values()]
}

/** Whether a path leads to a folder; anything else is inspected as a file. */
function isFolder(path: string): boolean {
  return realPath(path) !== undefined && statSync(path, { throwIfNoEntry: false })?.isDirectory() === true
}

function inspect(candidate: string, host: Host, catalog: Catalog): LocalExecutable | undefined {
  const path = realPath(candidate)
  if (path === undefined) return undefined
  try {
    return withRegularFile(path, { mostBytes: maxBytes }, ({ descriptor, size, mode }) => {
      const sha256 = sha256OnceOfDescriptor(descriptor)
      const refusal =
        (mode & 0o111) === 0
          ? 'is not executable (chmod +x)'
          : staticRefusal((offset, length) => bytesAt(descriptor, offset, Math.min(length, size)), host)
      return { path, ...identified(catalog, sha256), refusal }
    })
  } catch (error) {
    return { path, sha256: '', qemuVersion: null, build: null, refusal: faultOf(error) }
  }
}

function bytesAt(descriptor: number, offset: number, length: number): Uint8Array {
  const bytes = new Uint8Array(length)
  return bytes.subarray(0, readSync(descriptor, bytes, 0, length, offset))
}

function realPath(candidate: string): string | undefined {
  try {
    return realpathSync(candidate)
  } catch (error) {
    if (['ENOENT', 'ENOTDIR', 'EACCES', 'ELOOP'].includes(errnoName(error))) return undefined
    throw error
  }
}
