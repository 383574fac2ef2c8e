// Makes folders: with those above them, and new ones for a while where programs can be put.
import { existsSync, lstatSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { errnoName } from './command.js'
import { readConfinement } from './confinement.js'

/**
 * Like `mkdir -p`. Node's own answers ENOENT where the truth is EROFS, and never comes back from /proc, where nothing can be made.
 * Throws node's file system errors.
 */
export function makeFolder(path: string): void {
  if (existsSync(path)) return
  makeFolder(dirname(path))
  try {
    mkdirSync(path, { mode: 0o755 })
  } catch (error) {
    // somebody else made it meanwhile
    if (errnoName(error) !== 'EEXIST') throw error
  }
}

/** Whom files belong to whose owner has no id in a user namespace (proc(5), overflowuid). */
const unmappedId = 65534

/**
 * Why a file or folder is not to be believed or written to as root's: it belongs to another user, which happens where /run is a folder that all
 * may write to. Undefined for root's, for what is not there, and in a user namespace for what belongs to somebody outside of it.
 */
export function foreignOwner(path: string): string | undefined {
  const { uid = 0 } = lstatSync(path, { throwIfNoEntry: false }) ?? {}
  if (uid === 0 || (uid === unmappedId && readConfinement().userNamespace)) return undefined
  return `${path} belongs to user id ${uid}, not to root`
}

/** Where files go that are there for a while: the runner's temporary folder, which it empties, else the machine's; then `others`. */
export function temporaryParents(...others: readonly string[]): string[] {
  const named = [process.env.RUNNER_TEMP ?? '', tmpdir(), ...others].filter((parent) => parent !== '')
  // what lies there is also found from other folders
  return named.map((parent) => resolve(parent))
}

/** Where an action keeps emulators: the runner's tool cache, or for this job alone its temporary folder. */
export function runnerCacheFolder(): string {
  // the kernel takes an interpreter's path as it is written
  return resolve(process.env.RUNNER_TOOL_CACHE || join(process.env.RUNNER_TEMP || tmpdir(), 'setup-qemu-cache'))
}

/**
 * A new folder in the first of the parents that takes it and what `fill` puts into it; one that it does not take is removed. Where none does, each
 * parent with its errno.
 */
export function folderInFirst(
  parents: readonly string[],
  prefix: string,
  fill: (folder: string) => void,
): { readonly folder: string } | { readonly answers: string } {
  const answers: string[] = []
  for (const parent of parents) {
    try {
      const folder = mkdtempSync(join(parent, prefix))
      try {
        fill(folder)
        return { folder }
      } catch (error) {
        rmSync(folder, { recursive: true, force: true })
        throw error
      }
    } catch (error) {
      answers.push(`${parent}: ${errnoName(error)}`)
    }
  }
  return { answers: answers.join('; ') }
}
