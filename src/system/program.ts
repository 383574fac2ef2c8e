// Finds a command as a shell does, and the platform that it is for: by its first bytes, following the #! lines of scripts.
import { accessSync, constants, lstatSync, readlinkSync, readSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { absoluteFolders, searchFolders } from '../core/machine/search-path.js'
import { programNamed, programOf } from '../core/model/program.js'
import { printable, type Target, targetNamed } from '../core/model/targets.js'
import { errnoWords } from '../core/text/errno-text.js'
import { errnoName } from './command.js'
import { noexecMountOf } from './confinement.js'
import { UnfitFile, withRegularFile } from './regular-file.js'

/** A command's `file`, or the errno with which it cannot be executed (`ENOENT`: it does not exist) and the reason in words. */
export type FoundProgram = { readonly file: string } | { readonly errno: string; readonly why: string }

/** Where execvp(3) looks for a name: a path as it is, a plain name in the folders of PATH. */
export function placesOf(name: string, path = process.env.PATH ?? '/bin:/usr/bin'): string[] {
  if (name === '') return []
  return name.includes('/') ? [name] : searchFolders(path).map((folder) => join(folder, name))
}

/** Finds a command as execvp(3) does. */
export function findProgram(name: string, path?: string): FoundProgram {
  const places = placesOf(name, path)
  let there: { file: string; errno: string } | undefined
  for (const file of places) {
    const errno = executionErrno(file)
    if (errno === undefined) return { file }
    if (errno !== 'ENOENT') there ??= { file, errno }
  }
  if (there !== undefined) return { errno: there.errno, why: refusalWords(there.file, there.errno) }
  const [file = ''] = places
  return { errno: 'ENOENT', why: name.includes('/') ? missingWords(file) : 'there is no such command on PATH' }
}

/** A program for our own use: the first of that name in the absolute folders of PATH. */
export function toolOnPath(name: string, path = process.env.PATH ?? ''): string | undefined {
  const places = absoluteFolders(path).map((folder) => join(folder, name))
  return places.find((file) => executionErrno(file) === undefined)
}

/** Why an existing file cannot be executed: the one reason that applies. */
function refusalWords(file: string, errno: string): string {
  if (errno !== 'EACCES') return errnoWords(errno)
  const stat = statSync(file, { throwIfNoEntry: false })
  if (stat === undefined) return errnoWords(errno)
  if (stat.isDirectory()) return 'it is a directory'
  if (!stat.isFile()) return 'it is a pipe or a device, and not a file'
  const point = noexecMountOf(file)
  if ((stat.mode & 0o111) === 0) return `it has no x permission (chmod +x ${printable(file, 300)})`
  return point === undefined ? errnoWords(errno) : `it lies on ${printable(point, 300)}, which is mounted noexec`
}

function missingWords(file: string): string {
  try {
    return lstatSync(file).isSymbolicLink()
      ? `it is a link to ${printable(readlinkSync(file), 300)}, which is not there`
      : errnoWords('ENOENT')
  } catch (error) {
    return errnoWords(errnoName(error))
  }
}

function executionErrno(file: string): string | undefined {
  try {
    if (!statSync(file).isFile()) return 'EACCES'
  } catch {
    // a component that we may not search or that is no folder: as for a shell, nothing is there
    return 'ENOENT'
  }
  try {
    accessSync(file, constants.X_OK)
    return undefined
  } catch (error) {
    return errnoName(error)
  }
}

/** The target that a program is for; undefined when there is no such target, or it cannot be read. Follows five scripts, as the kernel does. */
export function targetOfProgram(file: string, depth = 5): Target | undefined {
  const program = programOf((offset, size) => bytesOf(file, offset, size))
  if (program.kind === 'elf') return program.target === null ? undefined : targetNamed(program.target)
  if (program.kind !== 'script' || depth === 0) return undefined
  const found = findProgram(programNamed(program))
  return 'file' in found ? targetOfProgram(found.file, depth - 1) : undefined
}

function bytesOf(file: string, offset: number, size: number): Uint8Array {
  try {
    return withRegularFile(file, { mostBytes: Number.POSITIVE_INFINITY }, ({ descriptor }) => {
      const bytes = new Uint8Array(size)
      return bytes.subarray(0, readSync(descriptor, bytes, 0, size, offset))
    })
  } catch (error) {
    // a program need not be readable to be executed; the kernel refuses what is no program
    if (errnoName(error) === 'EACCES' || error instanceof UnfitFile) return new Uint8Array()
    throw error
  }
}
