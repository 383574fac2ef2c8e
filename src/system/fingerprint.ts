// The executable of a running process: path, SHA-256 and version, read through /proc/PID/exe. That link works even if the file is deleted, in
// another root, or in a container's layer (proc(5)).

import { closeSync, openSync, readlinkSync, statSync } from 'node:fs'
import { type Catalog, emulatorOfHash, parseVersionOutput } from '../core/model/catalog.js'
import type { LocatedEmulator } from '../core/model/emulator.js'
import { command, errnoName } from './command.js'
import { identityOf, sha256OnceOfDescriptor } from './regular-file.js'

/** Whether the executable of process `pid` is not the file at its path here: it is in another root, or deleted. */
export function isElsewhere(pid: number, path: string): boolean {
  const runs = statSync(`/proc/${pid}/exe`)
  try {
    const here = statSync(path, { throwIfNoEntry: false })
    return here === undefined || here.dev !== runs.dev || here.ino !== runs.ino
  } catch (error) {
    // a folder that we may not read: nothing is known
    if (errnoName(error) === 'EACCES') return false
    throw error
  }
}

/** Identifies the emulators of running processes. Remembers hashes by device, inode, size and change time. */
export class Fingerprints {
  readonly #hashes = new Map<string, string>()
  readonly #versions = new Map<string, { qemuVersion: string; build: string | null } | undefined>()
  readonly #catalog: Catalog

  constructor(catalog: Catalog) {
    this.#catalog = catalog
  }

  /**
   * The executable of process `pid`, which must be alive. It is not asked for its version if it is the program itself, with the SHA-256 `native`.
   * Throws node's file system errors (EACCES for another user's process).
   */
  async of(pid: number, native: string): Promise<LocatedEmulator> {
    const link = `/proc/${pid}/exe`
    const path = readlinkSync(link)
    const sha256 = this.#hashOf(link)
    const version = sha256 === native ? undefined : await this.#versionOf(sha256, link)
    return { path, sha256, qemuVersion: version?.qemuVersion ?? null, build: version?.build ?? null }
  }

  #hashOf(link: string): string {
    const file = openSync(link, 'r')
    try {
      const { key } = identityOf(file)
      const sha256 = this.#hashes.get(key) ?? sha256OnceOfDescriptor(file)
      this.#hashes.set(key, sha256)
      return sha256
    } finally {
      closeSync(file)
    }
  }

  /** The version that an executable reports; the catalog's for one that it has, as it was made from such reports. */
  async #versionOf(sha256: string, executable: string) {
    const known = emulatorOfHash(this.#catalog, sha256)
    if (known !== undefined) return known
    if (!this.#versions.has(sha256)) {
      const result = await command(executable, ['--version'], { timeoutMs: 10_000 })
      this.#versions.set(sha256, parseVersionOutput(result.stdout))
    }
    return this.#versions.get(sha256)
  }
}
