// Emulators on disk, one folder each, named by content. The layout is the runner's tool cache (@actions/tool-cache finds the folders). Files are
// written beside their place and renamed, so that several jobs may fill it at once.
import { createHash } from 'node:crypto'
import {
  accessSync,
  chmodSync,
  closeSync,
  constants,
  fchmodSync,
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

/** Where an emulator's executable has its place under a cache folder: `setup-qemu/11.1.3/amd64-0123456789abcdef/qemu-aarch64`. */
export function cachePath(cacheFolder: string, emulator: CatalogEmulator): string {
  return placeIn(join(cacheFolder, 'setup-qemu', emulator.qemuVersion), emulator)
}

/** Where the executables of one image, named by its digest (`sha256:...`), have their folder: `setup-qemu/image-0123456789ab`. */
export function imageFolder(cacheFolder: string, digest: string): string {
  return join(cacheFolder, 'setup-qemu', `image-${digest.replace('sha256:', '').slice(0, 12)}`)
}

/** An executable's place by content in a version's or an image's folder: `amd64-0123456789abcdef/qemu-aarch64`. */
export function placeIn(
  folder: string,
  { host, sha256, binary }: Pick<CatalogEmulator, 'host' | 'sha256' | 'binary'>,
): string {
  return join(folder, `${host}-${sha256.slice(0, 16)}`, binary)
}

/**
 * Whether the emulator is there, a regular file of the right size and bytes, read now, that can be executed. Whatever else is there is damaged
 * and removed, and what killed processes left beside it, too. Throws `cache-unwritable`.
 */
export function isCached(path: string, emulator: Pick<CatalogEmulator, 'sha256' | 'size'>): boolean {
  const fault = damageOf(path, emulator)
  if (fault === 'missing') return false
  if (fault !== undefined) removeDamaged(path, fault)
  if (canWrite(dirname(path))) removeLeftovers(dirname(path))
  return fault === undefined
}

/** What is wrong with the file at an emulator's place, to go on from its name; undefined when all is right. */
function damageOf(
  path: string,
  { sha256, size }: Pick<CatalogEmulator, 'sha256' | 'size'>,
): string | undefined | 'missing' {
  try {
    return withRegularFile(path, { mostBytes: size, linkIsUnfit: true }, (file) => {
      if (file.size !== size) return `has ${file.size} bytes, expected ${size}`
      const got = sha256OnceOfDescriptor(file.descriptor)
      if (got !== sha256) return `has the SHA-256 ${got}`
      // the right bytes are worth keeping, where they can be had nowhere else
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

/** Its owner can read and execute it, and it gives nobody other rights than they have. */
function isUsableMode(mode: number): boolean {
  return (mode & 0o500) === 0o500 && (mode & 0o7000) === 0
}

/** Node's own rmSync says ENOTDIR of an immutable file, "Unknown error" of a mounted one, and empties whatever is mounted below. */
function removeTree(path: string, device: number): void {
  const stat = lstatSync(path)
  if (stat.isDirectory()) {
    // where something is mounted rmdir refuses
    if (stat.dev === device) for (const name of readdirSync(path)) removeTree(join(path, name), device)
    rmdirSync(path)
  } else unlinkSync(path)
}

/** Removes what has no business at a place of the cache. Throws `cache-unwritable`. */
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
 * Writes an emulator to its place from `bytes`, checks size and SHA-256, and renames it. Throws WrongBytesError, `cache-unwritable`,
 * and whatever `bytes` throws; then nothing is left behind. All of `bytes` is written before it is checked, so a source must end them at a limit.
 */
export async function place(
  path: string,
  emulator: Pick<CatalogEmulator, 'sha256' | 'size'>,
  bytes: AsyncIterable<Uint8Array>,
): Promise<void> {
  const part = new Part(dirname(path), basename(path))
  try {
    for await (const chunk of bytes) part.add(chunk)
    const { size, sha256 } = part.close()
    if (size !== emulator.size) throw new WrongBytesError(`delivered ${size} bytes, expected ${emulator.size}`)
    if (sha256 !== emulator.sha256)
      throw new WrongBytesError(`delivered bytes with the SHA-256 ${sha256}, expected ${emulator.sha256}`)
    await part.keep(path)
  } catch (error) {
    part.discard()
    throw error
  }
}

/** Writes a small text beside its place and renames it. Throws `cache-unwritable`. */
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
 * A file that is being written in `folder`, under a name of its own, until its content is known to be right. Each call throws
 * `cache-unwritable` when the file system refuses; the caller then discards it.
 */
export class Part {
  readonly #path: string
  /** The name without the suffix of a part, for messages. */
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

  /** Reads `size` bytes at `offset` of what was written; fewer at its end. */
  read(offset: number, size: number): Uint8Array {
    const bytes = Buffer.alloc(Math.max(0, Math.min(size, this.#size - offset)))
    if (bytes.length === 0) return bytes
    return this.#doing((file) => bytes.subarray(0, readSync(file, bytes, 0, bytes.length, offset)))
  }

  /** Everything was written: its size in bytes and its SHA-256. */
  close(): { size: number; sha256: string } {
    this.#doing((file) => closeSync(file))
    this.#file = undefined
    return { size: this.#size, sha256: this.#hash.digest('hex') }
  }

  /** Gives an executable its place in the tool cache, which may be in another folder. */
  async keep(path: string): Promise<void> {
    const root = libraryRoot(path)
    if (root === undefined || !(await this.#isKeptByLibrary(path, root))) this.rename(path)
    // the mark by which @actions/tool-cache knows a complete folder
    this.#doing(() => markComplete(`${dirname(path)}.complete`), path)
  }

  /** False where the library's copy fails, on a disk that has room for one of them but not for two. */
  async #isKeptByLibrary(path: string, root: string): Promise<boolean> {
    const tool = join('setup-qemu', partName('filling'))
    try {
      moveTo(path, await copyByLibrary(this.#path, path, tool))
      rmSync(this.#path, { force: true })
      return true
    } catch (error) {
      throwIfNoFileLeft(error)
      return false
    } finally {
      rmSync(join(root, tool), { recursive: true, force: true })
    }
  }

  /** Gives a file its place, which may be in another folder. */
  rename(path: string, mode = 0o755): void {
    this.#doing(() => {
      if (mode !== 0o755) chmodSync(this.#path, mode)
      moveTo(path, this.#path)
    }, path)
  }

  /** Removes it, whatever became of it; what was kept stays. */
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

/** Renames a file of the same file system when its bytes are on disk: what has the name is never half written. */
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

/** Makes an empty file; whatever is there stays as it is: in a folder that others may write to it may be a link to anywhere. */
function markComplete(path: string): void {
  try {
    closeSync(openSync(path, 'wx', 0o644))
  } catch (error) {
    if (errnoName(error) !== 'EEXIST') throw error
  }
}

/** Whether this user may tidy up there: a cache of root's is only read. */
function canWrite(folder: string): boolean {
  try {
    accessSync(folder, constants.W_OK)
    return true
  } catch {
    return false
  }
}

/** Removes what a process that was killed had half written. Of processes in other containers nothing is known here. */
function removeLeftovers(folder: string): void {
  for (const name of readdirSync(folder)) {
    if (!isLeftPart(name)) continue
    try {
      rmSync(join(folder, name), { force: true })
    } catch {
      // nothing depends on it: a folder of that name, or a file that cannot be removed, stays
    }
  }
}

/** Does that in all folders of the cache. Never throws: what cannot be removed stays. */
export function sweepCache(cacheFolder: string): void {
  const root = join(cacheFolder, 'setup-qemu')
  const sources = foldersIn(root)
  for (const folder of sources) if (isLeftPart(basename(folder))) removeFilling(folder)
  for (const folder of [...sources, ...sources.flatMap(foldersIn)]) {
    try {
      removeLeftovers(folder)
    } catch {
      // it cannot be read, or is gone by now
    }
  }
}

/** Removes what the runner's library was filling for a process that was killed. */
function removeFilling(folder: string): void {
  try {
    removeTree(folder, lstatSync(folder).dev)
  } catch {
    // it cannot be removed, or is gone by now
  }
}

function foldersIn(folder: string): string[] {
  try {
    // a link is not followed
    const inside = readdirSync(folder, { withFileTypes: true }).filter((one) => one.isDirectory())
    return inside.map(({ name }) => join(folder, name))
  } catch {
    return []
  }
}

/** A `cache-unwritable` for what the file system answered at `path`. */
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
