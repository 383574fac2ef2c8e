// Temporary folders. Each names the process that made it, so that we can sweep what killed processes left, and keep what living ones need.

import { randomBytes } from 'node:crypto'
import {
  closeSync,
  constants,
  fstatSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readlinkSync,
  rmdirSync,
  rmSync,
} from 'node:fs'
import { join } from 'node:path'
import { onSignal } from './on-signal.js'
import { pidNamespace, startOfProcess } from './process.js'

const kinds = ['probe', 'write', 'measure', 'compare', 'cache', 'image'] as const
type Kind = (typeof kinds)[number]

/** This process as file names identify it: its PID namespace, its number, and its start time (0: not known). */
export function makerMark(): string {
  return `${pidNamespace()}-${process.pid}-${ownStart() ?? '0'}`
}

function ownStart(): string | undefined {
  try {
    // if /proc belongs to another namespace, our number is another process there
    return readlinkSync('/proc/self') === `${process.pid}` ? startOfProcess(process.pid) : undefined
  } catch {
    return undefined
  }
}

/** Whether a mark's process has ended. We know nothing about one in another PID namespace. */
export function hasEnded(mark: string): boolean {
  const [, namespace, pid, start] = /^([1-9]\d*)-(\d+)-([1-9]\d*)$/.exec(mark) ?? []
  return namespace !== undefined && namespace === pidNamespace() && startOfProcess(Number(pid)) !== start
}

/** How the name of a folder of this process begins; mkdtemp adds the rest. */
export function temporaryPrefix(kind: Kind): string {
  return `setup-qemu-${kind}-${makerMark()}-`
}

/** Makes one in `parent`. Throws node's file system errors. */
export function makeTemporary(parent: string, kind: Kind): string {
  return mkdtempSync(join(parent, temporaryPrefix(kind)))
}

/**
 * Makes a folder that is removed if a signal ends this process, until `forget` is called. We listen for the signal first, so that there is no moment at
 * which the folder would stay. Throws what `make` throws.
 */
export function transientFolder(
  make: () => string,
  remove: (folder: string) => unknown = removeOwnFolder,
): { readonly folder: string; readonly forget: () => void } {
  let folder: string | undefined
  const forget = onSignal(() => (folder === undefined ? undefined : remove(folder)))
  try {
    folder = make()
    return { folder, forget }
  } catch (error) {
    forget()
    throw error
  }
}

const temporaryName = new RegExp(`^setup-qemu-(?:${kinds.join('|')})-(\\d+-\\d+-\\d+)-[A-Za-z0-9]{6}$`)

/** Removes what dead processes of this user left in the parents. What cannot be removed, or is not certainly ours, stays; never throws. */
export function sweepTemporary(parents: readonly string[]): void {
  for (const parent of new Set(parents)) {
    for (const name of namesIn(parent)) {
      const mark = temporaryName.exec(name)?.[1]
      if (mark !== undefined && hasEnded(mark)) removeOwnFolder(join(parent, name))
    }
  }
}

/**
 * Removes a folder of this user with its contents; anything else of that name stays, including a link. In a world-writable folder others can replace
 * it meanwhile: so we empty it through its descriptor, and require that only this user can write to it.
 */
export function removeOwnFolder(path: string): void {
  try {
    const file = openSync(path, constants.O_RDONLY | constants.O_DIRECTORY | constants.O_NOFOLLOW)
    try {
      const { uid, mode } = fstatSync(file)
      if (uid !== process.geteuid?.() || (mode & 0o022) !== 0) return
      const inside = `/proc/self/fd/${file}`
      for (const name of readdirSync(inside)) rmSync(join(inside, name), { recursive: true, force: true })
    } finally {
      closeSync(file)
    }
    rmdirSync(path)
  } catch {
    // it is no folder, it is gone already, or it cannot be removed: then it stays
  }
}

/** The names in a folder; none if it cannot be read: making something there will tell why. */
export function namesIn(parent: string): string[] {
  try {
    return readdirSync(parent)
  } catch {
    return []
  }
}

/** A name for a file that is written next to its place until it is complete: `NAME.MARK.RANDOM.part`. */
export function partName(name: string): string {
  return `${name}.${makerMark()}.${randomBytes(4).toString('hex')}.part`
}

/** Whether a name is that of a partial file whose writer has ended. */
export function isLeftPart(name: string): boolean {
  const mark = /\.(\d+-\d+-\d+)\.[0-9a-f]{8}\.part$/.exec(name)?.[1]
  return mark !== undefined && hasEnded(mark)
}
