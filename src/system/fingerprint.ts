// Which executable runs as a process: path, SHA-256 and version, read through /proc/PID/exe from outside.
// The link works when the file is deleted, in another root, or in a container's layer (proc(5)).

import { closeSync, fstatSync, openSync, readlinkSync, statSync } from 'node:fs'
import { type Catalog, emulatorOfHash, parseVersionOutput } from '../core/model/catalog.js'
import type { LocatedEmulator } from '../core/model/emulator.js'
import { command, errnoName } from './command.js'
import { sha256OfDescriptor } from './regular-file.js'

/** Whether the executable of process `pid` is not what its path leads to here: it lies in another root, or is deleted. */
export function isElsewhere(pid: number, path: string): boolean {
  const runs = statSync(`/proc/${pid}/exe`)
  try {
    const here = statSync(path, { throwIfNoEntry: false })
    return here === undefined || here.dev !== runs.dev || here.ino !== runs.ino
  } catch (error) {
    // a folder that we may not look into: then nothing is known
    if (errnoName(error) === 'EACCES') return false
    throw error
  }
}

/** Fingerprints of running processes; remembers the hash of a file that it has read, by device, inode, size and change time. */
export class Fingerprints {
  readonly #hashes = new Map<string, string>()
  readonly #versions = new Map<string, { qemuVersion: string; build: string | null } | undefined>()
  readonly #catalog: Catalog

  constructor(catalog: Catalog) {
    this.#catalog = catalog
  }

  /**
   * The executable of process `pid`, which must be alive; it is not asked for its version when it is the program itself, of SHA-256 `native`.
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
      const { dev, ino, size, mtimeNs, ctimeNs } = fstatSync(file, { bigint: true })
      const identity = [dev, ino, size, mtimeNs, ctimeNs].join(':')
      const sha256 = this.#hashes.get(identity) ?? sha256OfDescriptor(file)
      this.#hashes.set(identity, sha256)
      return sha256
    } finally {
      closeSync(file)
    }
  }

  /** What an executable says of itself; the catalog's word counts where it knows the bytes, as it was made by asking them. */
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
