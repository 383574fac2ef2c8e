// Emulators on disk, each in a folder named by its content. The layout is that of the runner's tool cache: @actions/tool-cache finds the folders. Files
// are written beside their place and renamed, so that several jobs can fill it at once.
import { createHash } from 'node:crypto'
import {
  accessSync,
  chmodSync,
  closeSync,
  constants,
  fchmodSync,
  fsync,
  fsyncSync,
  lstatSync,
  openSync,
  readdirSync,
  readSync,
  renameSync,
  rmdirSync,
  rmSync,
  unlinkSync,
  writeSync,
} from 'node:fs'
import { basename, dirname, join } from 'node:path'
import type { CatalogEmulator } from '../core/model/catalog.js'
import { SetupError } from '../core/model/errors.js'
import { errnoName } from '../system/command.js'
import { makeFolder } from '../system/folder.js'
import { throwIfNoFileLeft } from '../system/open-files.js'
import { faultOf, sha256OnceOfDescriptor, UnfitFile, withRegularFile } from '../system/regular-file.js'
import { isLeftPart, partName } from '../system/temporary-folder.js'
import { copyByLibrary, libraryRoot } from './tool-cache.js'

/** The delivered bytes are not the emulator's. */
export class WrongBytesError extends Error {}

/** A source's bytes cannot be right, as it knows at their end; `place` adds which bytes came. */
export class DamagedSource extends Error {}

/** The path of an emulator in a cache folder: `setup-qemu/11.1.3/amd64-0123456789abcdef/qemu-aarch64`. */
export function cachePath(cacheFolder: string, emulator: CatalogEmulator): string {
  return placeIn(join(cacheFolder, 'setup-qemu', emulator.qemuVersion), emulator)
}

/** The folder for executables of an image, by its digest (`sha256:...`): `setup-qemu/image-0123456789ab`. */
export function imageFolder(cacheFolder: string, digest: string): string {
  return join(cacheFolder, 'setup-qemu', `image-${digest.replace('sha256:', '').slice(0, 12)}`)
}

/** The path of an executable in the folder of a version or image: `amd64-0123456789abcdef/qemu-aarch64`. */
export function placeIn(
  folder: string,
  { host, sha256, binary }: Pick<CatalogEmulator, 'host' | 'sha256' | 'binary'>,
): string {
  return join(folder, `${host}-${sha256.slice(0, 16)}`, binary)
}

/**
 * Whether the emulator is there: an executable regular file of the right size and SHA-256, which is computed now. Removes anything else at its place,
 * and what killed processes left beside it. Throws `cache-unwritable`.
 */
export function isCached(path: string, emulator: Pick<CatalogEmulator, 'sha256' | 'size'>): boolean {
  const fault = damageOf(path, emulator)
  if (fault === 'missing') return false
  if (fault !== undefined) removeDamaged(path, fault)
  if (canWrite(dirname(path))) removeLeftovers(dirname(path))
  return fault === undefined
}

/** What is wrong with the file at an emulator's place, as the rest of a sentence that begins with its path; undefined if nothing is. */
function damageOf(
  path: string,
  { sha256, size }: Pick<CatalogEmulator, 'sha256' | 'size'>,
): string | undefined | 'missing' {
  try {
    return withRegularFile(path, { mostBytes: size, linkIsUnfit: true }, (file) => {
      if (file.size !== size) return `has ${file.size} bytes, expected ${size}`
      const got = sha256OnceOfDescriptor(file.descriptor)
      if (got !== sha256) return `has the SHA-256 ${got}`
      // keep the right bytes: they may not be available anywhere else
      if (!isUsableMode(file.mode)) fchmodSync(file.descriptor, 0o755)
      return undefined
    })
  } catch (error) {
    const errno = errnoName(error)
    if (errno === 'ENOENT') return 'missing'
    if (error instanceof UnfitFile || ['EACCES', 'EPERM', 'ELOOP'].includes(errno)) return faultOf(error)
    throw cacheError(path, error)
  }
}

/** Its owner can read and execute it, and it has no setuid, setgid or sticky bit. */
function isUsableMode(mode: number): boolean {
  return (mode & 0o500) === 0o500 && (mode & 0o7000) === 0
}

/** Node's rmSync reports ENOTDIR for an immutable file and "Unknown error" for a mount point, and deletes files below mount points. */
function removeTree(path: string, device: number): void {
  const stat = lstatSync(path)
  if (stat.isDirectory()) {
    // rmdir refuses a mount point
    if (stat.dev === device) for (const name of readdirSync(path)) removeTree(join(path, name), device)
    rmdirSync(path)
  } else unlinkSync(path)
}

/** Removes whatever is at a path of the cache. Throws `cache-unwritable`. */
export function removeDamaged(path: string, fault: string): void {
  try {
    removeTree(path, lstatSync(path).dev)
  } catch (error) {
    const errno = errnoName(error)
    // another job was faster
    if (errno === 'ENOENT') return
    const at = (error as { path?: string }).path ?? path
    const where = at === path ? '' : ` at ${at}`
    throw new SetupError('cache-unwritable', `${path} ${fault}, and could not be removed: ${errno}${where}`, {
      hint: 'remove it by hand (an immutable file after chattr -i), or choose another folder (option --cache-dir, or RUNNER_TOOL_CACHE)',
      cause: error,
    })
  }
}

/**
 * Writes an emulator from `bytes`, checks size and SHA-256, and moves it to its place. Leaves nothing behind if it throws: WrongBytesError
 * (also for a DamagedSource), `cache-unwritable`, or what `bytes` throws. All of `bytes` is written before it is checked, so a source must limit them.
 */
export async function place(
  path: string,
  emulator: Pick<CatalogEmulator, 'sha256' | 'size'>,
  bytes: AsyncIterable<Uint8Array>,
): Promise<void> {
  const part = new Part(dirname(path), basename(path))
  try {
    const damage = await damageIn(bytes, part)
    const refusal = refusalOf(part.close(), emulator)
    if (damage !== undefined || refusal !== undefined)
      throw new WrongBytesError([damage, refusal].filter((text) => text !== undefined).join(': '))
    await part.keep(path)
  } catch (error) {
    part.discard()
    throw error
  }
}

/** Writes all bytes. Returns what the source says is wrong with them. */
async function damageIn(bytes: AsyncIterable<Uint8Array>, part: Part): Promise<string | undefined> {
  try {
    for await (const chunk of bytes) part.add(chunk)
    return undefined
  } catch (error) {
    if (error instanceof DamagedSource) return error.message
    throw error
  }
}

/** Why the bytes that came are not the emulator; undefined if they are. */
function refusalOf(
  { size, sha256 }: Pick<CatalogEmulator, 'sha256' | 'size'>,
  expected: Pick<CatalogEmulator, 'sha256' | 'size'>,
): string | undefined {
  if (size !== expected.size)
    return `delivered ${size} bytes with the SHA-256 ${sha256}, expected ${expected.size} with ${expected.sha256}`
  return sha256 === expected.sha256
    ? undefined
    : `delivered bytes with the SHA-256 ${sha256}, expected ${expected.sha256}`
}

/** Writes a small text file beside its place and renames it. Throws `cache-unwritable`. */
export function placeText(path: string, text: string): void {
  const part = new Part(dirname(path), basename(path))
  try {
    part.add(new TextEncoder().encode(text))
    part.close()
    part.rename(path, 0o644)
  } catch (error) {
    part.discard()
    throw error
  }
}

/**
 * A file being written in `folder`, under a temporary name until its content is known to be right. Each method throws `cache-unwritable` if the file
 * system refuses; the caller must then discard it.
 */
export class Part {
  readonly #path: string
  /** The path without the temporary suffix, for messages. */
  readonly #shown: string
  readonly #hash = createHash('sha256')
  #file: number | undefined
  #size = 0

  constructor(folder: string, name: string) {
    this.#shown = join(folder, name)
    this.#path = join(folder, partName(name))
    this.#file = this.#doing(() => {
      makeFolder(folder)
      removeLeftovers(folder)
      return openSync(this.#path, 'wx+', 0o755)
    })
  }

  add(bytes: Uint8Array): void {
    this.#hash.update(bytes)
    this.#size += bytes.length
    this.#doing((file) => {
      for (let done = 0; done < bytes.length; ) done += writeSync(file, bytes, done)
    })
  }

  /** Reads up to `size` bytes at `offset` of what was written. */
  read(offset: number, size: number): Uint8Array {
    const bytes = Buffer.alloc(Math.max(0, Math.min(size, this.#size - offset)))
    if (bytes.length === 0) return bytes
    return this.#doing((file) => bytes.subarray(0, readSync(file, bytes, 0, bytes.length, offset)))
  }

  /** Ends writing; returns size in bytes and SHA-256. */
  close(): { size: number; sha256: string } {
    this.#doing((file) => closeSync(file))
    this.#file = undefined
    return { size: this.#size, sha256: this.#hash.digest('hex') }
  }

  /** Moves an executable to its place in the tool cache, and marks its folder as complete. */
  async keep(path: string): Promise<void> {
    const root = libraryRoot(path)
    if (root === undefined || !(await this.#isKeptByLibrary(path, root)))
      this.#doing(() => moveCheckedTo(path, this.#path), path)
    // @actions/tool-cache ignores folders without this mark
    this.#doing(() => markComplete(`${dirname(path)}.complete`), path)
  }

  /** False if the library's copy fails, for example on a disk with room for one copy but not for two. */
  async #isKeptByLibrary(path: string, root: string): Promise<boolean> {
    const tool = join('setup-qemu', partName('filling'))
    try {
      moveCheckedTo(path, await copyByLibrary(this.#path, path, tool))
      rmSync(this.#path, { force: true })
      return true
    } catch (error) {
      throwIfNoFileLeft(error)
      return false
    } finally {
      rmSync(join(root, tool), { recursive: true, force: true })
    }
  }

  /** Moves a file to its place, which may be in another folder. */
  rename(path: string, mode = 0o755): void {
    this.#doing(() => {
      if (mode !== 0o755) chmodSync(this.#path, mode)
      moveTo(path, this.#path)
    }, path)
  }

  /** Removes the temporary file, if it still exists. */
  discard(): void {
    if (this.#file !== undefined) closeSync(this.#file)
    this.#file = undefined
    rmSync(this.#path, { force: true })
  }

  #doing<T>(deed: (file: number) => T, path = this.#shown): T {
    try {
      return deed(this.#file ?? -1)
    } catch (error) {
      throw cacheError(path, error)
    }
  }
}

/** Syncs a file and renames it within its file system, so that `path` is never half written, even after a crash. */
function moveTo(path: string, from: string): void {
  const file = openSync(from, 'r')
  try {
    fsyncSync(file)
  } finally {
    closeSync(file)
  }
  makeFolder(dirname(path))
  renameSync(from, path)
}

/**
 * Renames a file whose SHA-256 is checked before each use, and syncs it beside what follows: what a crash leaves half written is not used, and a disk takes
 * longer for an emulator than the rest of a set-up.
 */
function moveCheckedTo(path: string, from: string): void {
  const file = openSync(from, 'r')
  try {
    makeFolder(dirname(path))
    renameSync(from, path)
  } catch (error) {
    closeSync(file)
    throw error
  }
  fsync(file, () => closeSync(file))
}

/** Makes an empty file, without touching what is already there: where others can write, that may be a link to anywhere. */
function markComplete(path: string): void {
  try {
    closeSync(openSync(path, 'wx', 0o644))
  } catch (error) {
    if (errnoName(error) !== 'EEXIST') throw error
  }
}

/** Whether this user can write to a folder: root's cache is only read. */
function canWrite(folder: string): boolean {
  try {
    accessSync(folder, constants.W_OK)
    return true
  } catch {
    return false
  }
}

/** Removes temporary files of killed processes. Those of processes in other containers stay, as they cannot be checked. */
function removeLeftovers(folder: string): void {
  for (const name of readdirSync(folder)) {
    if (!isLeftPart(name)) continue
    try {
      rmSync(join(folder, name), { force: true })
    } catch {
      // nothing depends on it
    }
  }
}

/** Removes what killed processes left in the cache. Never throws: what cannot be removed stays. */
export function sweepCache(cacheFolder: string): void {
  const root = join(cacheFolder, 'setup-qemu')
  const sources = foldersIn(root)
  for (const folder of sources) if (isLeftPart(basename(folder))) removeFilling(folder)
  for (const folder of [...sources, ...sources.flatMap(foldersIn)]) {
    try {
      removeLeftovers(folder)
    } catch {
      // not readable, or already gone
    }
  }
}

/** Removes the private folder in which @actions/tool-cache was copying for a process that was killed. */
function removeFilling(folder: string): void {
  try {
    removeTree(folder, lstatSync(folder).dev)
  } catch {
    // not removable, or already gone
  }
}

function foldersIn(folder: string): string[] {
  try {
    // links are not followed
    const inside = readdirSync(folder, { withFileTypes: true }).filter((one) => one.isDirectory())
    return inside.map(({ name }) => join(folder, name))
  } catch {
    return []
  }
}

/** A `cache-unwritable` for an error of the file system at `path`. */
export function cacheError(path: string, error: unknown): SetupError {
  const errno = errnoName(error)
  const hint =
    errno === 'ENOSPC' || errno === 'EDQUOT'
      ? 'the disk is full: make room, or choose another folder (option --cache-dir, or RUNNER_TOOL_CACHE)'
      : 'choose a folder that this user may write to (option --cache-dir, or RUNNER_TOOL_CACHE)'
  return new SetupError('cache-unwritable', `the emulator could not be kept at ${path}: ${errno}`, {
    hint,
    cause: error,
  })
}
