// A command as a shell would find it, and which platform it is for: its file's first bytes, through the first lines of scripts.
import { accessSync, constants, readSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { programNamed, programOf } from '../core/program.js'
import { type Target, targetNamed } from '../core/targets.js'
import { errnoName } from './command.js'
import { UnfitFile, withRegularFile } from './regular-file.js'

/** Where a command is: `file`, or with which errno it cannot be executed (`ENOENT`: there is none, else it is there). */
export type Found = { readonly file: string } | { readonly errno: string }

/** Finds a command as execvp(3) does: a path as it stands, a name in the folders of PATH. */
export function findProgram(name: string, path = process.env.PATH ?? ''): Found {
  if (name === '') return { errno: 'ENOENT' }
  const candidates = name.includes('/') ? [name] : path.split(':').map((folder) => join(folder || '.', name))
  let errno = 'ENOENT'
  for (const file of candidates) {
    const answer = executable(file)
    if (answer === undefined) return { file }
    if (answer !== 'ENOENT') errno = answer
  }
  return { errno }
}

function executable(file: string): string | undefined {
  try {
    if (statSync(file).isDirectory()) return 'EACCES'
  } catch {
    // a folder on the way that is closed to us or is none: as for a shell, nothing is there
    return 'ENOENT'
  }
  try {
    accessSync(file, constants.X_OK)
    return undefined
  } catch (error) {
    return errnoName(error)
  }
}

/** The target that a program is for; undefined when it is none of the targets', or cannot be read. Scripts are followed five times, as by the kernel. */
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
    // a program need not be readable to be executed; what can be no program is refused by the kernel
    if (errnoName(error) === 'EACCES' || error instanceof UnfitFile) return new Uint8Array()
    throw error
  }
}
