// Where scripts keep what they fetched or made with much work, so that the next run is quick. A file's name tells its content, and the content is
// checked when it is read.
import { mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'

const caches = join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'setup-qemu')

/** Files of Debian's archive, packages and sources, each named by its SHA-256. */
export const packageCache = join(caches, 'packages')

/** Emulators packed for releases. */
export const packedCache = join(caches, 'packed')

/** Puts a file into a cache folder, written beside its place and renamed. */
export function keep(folder: string, name: string, bytes: Uint8Array): void {
  mkdirSync(folder, { recursive: true })
  const partial = mkdtempSync(join(folder, 'partial-'))
  try {
    writeFileSync(join(partial, name), bytes)
    renameSync(join(partial, name), join(folder, name))
  } finally {
    rmSync(partial, { recursive: true, force: true })
  }
}
