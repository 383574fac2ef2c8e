// Folders that are there for a while. Each says by its name which process made it: what a process that was killed left can be told from what one
// that lives still needs, and is swept.

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

/** This process, as names of files say it: its namespace of process numbers, its number, and when it started (0: not known). */
export function makerMark(): string {
  return `${pidNamespace()}-${process.pid}-${ownStart() ?? '0'}`
}

function ownStart(): string | undefined {
  try {
    // where /proc is that of another namespace, our number is somebody else's there
    return readlinkSync('/proc/self') === `${process.pid}` ? startOfProcess(process.pid) : undefined
  } catch {
    return undefined
  }
}

/** Whether a mark is that of a process that has ended. Of one in another namespace of process numbers nothing is known. */
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
 * Makes a folder that goes when a signal ends this process, until `forget` is called. The signal is heard before there is anything to remove, so that
 * there is no moment at which it would stay. Throws what `make` throws.
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

/** Removes from the parents what processes of this user left that have ended. What cannot be removed, or is not surely ours, stays; never throws. */
export function sweepTemporary(parents: readonly string[]): void {
  for (const parent of new Set(parents)) {
    for (const name of namesIn(parent)) {
      const mark = temporaryName.exec(name)?.[1]
      if (mark !== undefined && hasEnded(mark)) removeOwnFolder(join(parent, name))
    }
  }
}

/**
 * Removes a folder of this user with all that is in it; anything else of that name stays, a link included. In a folder that all may write to others
 * can exchange it while it is removed: so it is emptied by its descriptor, and nobody else may write into it.
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
    // it is none, or somebody was quicker, or it cannot be removed: then it stays
  }
}

/** The names in a folder; none of one that cannot be read: whoever makes something there tells why it cannot be used. */
export function namesIn(parent: string): string[] {
  try {
    return readdirSync(parent)
  } catch {
    return []
  }
}

/** A name for what is written beside a place until it is whole: `NAME.MARK.RANDOM.part`. */
export function partName(name: string): string {
  return `${name}.${makerMark()}.${randomBytes(4).toString('hex')}.part`
}

/** Whether a name is that of a part whose writer has ended. */
export function isLeftPart(name: string): boolean {
  const mark = /\.(\d+-\d+-\d+)\.[0-9a-f]{8}\.part$/.exec(name)?.[1]
  return mark !== undefined && hasEnded(mark)
}
