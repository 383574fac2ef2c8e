// The loader that a program names, as the kernel and as an emulator see it. Sources: fs/binfmt_elf.c of the kernel; QEMU's
// linux-user/elfload.c.

import { type ElfProgram, programOf } from '../model/program.js'
import type { Lookup, Step, Surroundings, Why } from './forecast.js'

/** A path as the kernel resolves it: a relative one starts in the current folder. `..` is left to the file system. */
export function pathFrom(cwd: string, path: string): string {
  return path === '' || path.startsWith('/') ? path : `${cwd.replace(/\/$/, '')}/${path}`
}

/** The errno with which the kernel refuses a program because of its loader. */
export function loaderErrno(why: Why): string {
  if (why.kind === 'loader-unusable') return why.errno
  return why.kind === 'loader-missing' ? 'ENOENT' : 'ELIBBAD'
}

/** Why a program's loader cannot be used; undefined if it can. QEMU looks in its prefix first. */
export function loaderRefusal(path: string, program: ElfProgram, around: Surroundings, steps: Step[]): Why | undefined {
  const { loader, target: emulated } = program
  const { prefix } = around
  if (loader === null) return undefined
  const inPrefix = prefix === null ? undefined : around.lookup(`${prefix}${loader}`)
  const found = inPrefix?.kind === 'file' ? inPrefix : around.lookup(pathFrom(around.cwd, loader))
  if (found.kind === 'sealed') return undefined
  const refusal = emulated === null ? kernelRefusal(found) : undefined
  if (refusal !== undefined) return { kind: 'loader-unusable', path, loader, emulated, ...refusal }
  if (found.kind !== 'file') return { kind: 'loader-missing', path, loader, prefix, emulated }
  steps.push({ kind: 'loader', path: loader, prefix: inPrefix?.kind === 'file' ? prefix : null })
  const its = programOf(found.read)
  const got = its.kind === 'elf' ? (its.target ?? `machine number ${its.machine}`) : 'no program'
  return its.kind === 'elf' && its.machine === program.machine && its.bits === program.bits
    ? undefined
    : { kind: 'loader-foreign', path, loader, got, emulated }
}

/** Why the kernel refuses a loader that exists; an emulator only reads it. */
function kernelRefusal(found: Lookup): { errno: string; fault: string } | undefined {
  if (found.kind === 'folder') return { errno: 'EACCES', fault: 'is a folder' }
  if (found.kind === 'missing' || found.kind === 'unreadable')
    return found.errno === 'ENOENT' ? undefined : { errno: found.errno, fault: 'cannot be reached' }
  if (found.kind !== 'file') return undefined
  if (!found.executable) return { errno: 'EACCES', fault: 'may not be executed' }
  if (found.read(0, 64).length < 64) return { errno: 'EIO', fault: 'is cut short' }
  const { fault } = programOf(found.read) as { fault?: string }
  return fault === undefined ? undefined : { errno: 'ELIBBAD', fault: `is damaged: ${fault}` }
}
