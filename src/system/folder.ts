// Makes folders: with their parents, and temporary ones for programs.
import { existsSync, lstatSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { errnoName } from './command.js'
import { readConfinement } from './confinement.js'

/**
 * Like `mkdir -p`. Node's own reports ENOENT instead of EROFS, and never returns from /proc, where nothing can be created.
 * Throws node's file system errors.
 */
export function makeFolder(path: string): void {
  if (existsSync(path)) return
  makeFolder(dirname(path))
  try {
    mkdirSync(path, { mode: 0o755 })
  } catch (error) {
    // another process made it meanwhile
    if (errnoName(error) !== 'EEXIST') throw error
  }
}

/** The owner of files whose real owner has no id in this user namespace (proc(5), overflowuid). */
const unmappedId = 65534

/**
 * Why a file or folder cannot be trusted as root's: it belongs to another user, which happens where /run is world-writable. Undefined for root's, for
 * a missing one, and in a user namespace for one whose owner is outside of it.
 */
export function foreignOwner(path: string): string | undefined {
  const { uid = 0 } = lstatSync(path, { throwIfNoEntry: false }) ?? {}
  if (uid === 0 || (uid === unmappedId && readConfinement().userNamespace)) return undefined
  return `${path} belongs to user id ${uid}, not to root`
}

/** Where temporary files go: the runner's temporary folder, which it empties, then the machine's; then `others`. */
export function temporaryParents(...others: readonly string[]): string[] {
  const named = [process.env.RUNNER_TEMP ?? '', tmpdir(), ...others].filter((parent) => parent !== '')
  // absolute, so that other folders can refer to it
  return named.map((parent) => resolve(parent))
}

/** A list of addresses and folders in which the folders are absolute, however the path to where we are is written. */
export function absolutePlaces(text: string): string {
  // a blank or a comma in the path would end the word
  const absolute = (word: string) => pathToFileURL(resolve(word)).href.replaceAll(',', '%2C')
  return text.replace(/(?<=^|[\s,])\.\.?(?:\/[^\s,]*)?(?=$|[\s,])/g, absolute)
}

/** Where an action keeps emulators: the runner's tool cache, or its temporary folder, for this job only. */
export function runnerCacheFolder(): string {
  // the kernel takes an interpreter's path literally
  return resolve(process.env.RUNNER_TOOL_CACHE || join(process.env.RUNNER_TEMP || tmpdir(), 'setup-qemu-cache'))
}

/**
 * A new folder in the first parent that accepts it and what `fill` puts into it; a folder that could not be filled is removed. If no parent does, each
 * one with its errno.
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
