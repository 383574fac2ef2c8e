// Whole packages of the catalog, and what releases take from them: executables, single files, and the fields of the control file.
import { closeSync, mkdtempSync, openSync, readSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Package } from '../../src/core/model/catalog.js'
import { packageAddress, placesFor } from '../../src/core/sources/network-place.js'
import { aptSites } from '../../src/sources/catalog.js'
import { packageCache } from '../cache.js'
import { outputOf } from '../catalog/command.js'
import { memberNamed } from '../catalog/deb.js'
import { stanzaFields } from '../catalog/deb822.js'
import { type Read, type TarFile, tarFiles } from '../catalog/tar.js'
import { pinnedFile, sha256Of } from './pinned-file.js'

/** Where files of Debian's archive come from, and where they are kept. */
export interface PackagePlaces {
  /** Addresses of mirrors that are asked before this machine's apt sites and the snapshot archive. */
  readonly mirrors?: readonly string[]
  /** The folder that keeps whole files, each named by its SHA-256. */
  readonly cache?: string
  /** All addresses that are asked, in place of the usual ones. */
  readonly urlsOf?: (file: ArchiveFile) => Promise<readonly string[]>
}

/** A file of Debian's archive, and a time stamp at which the snapshot archive has it. */
export type ArchiveFile = Pick<Package, 'archive' | 'path' | 'snapshot'>

/** A package that was unpacked. Its files are gone after `close`. */
export interface DebianPackage {
  /** The control file's fields by their names in small letters. */
  readonly control: ReadonlyMap<string, string>
  /** The bytes of an executable, by its name in the catalog. Throws when they are not the catalog's. */
  executable(binary: string): Buffer
  /** The bytes of a regular file, by its path without `./`. Throws when there is none. */
  file(path: string): Buffer
  close(): void
}

type PinnedPackage = ArchiveFile & Pick<Package, 'size' | 'sha256'>

/** A file of Debian's archive, its size and SHA-256 checked, out of the cache or downloaded into it. `name` is for the message when no place has it. */
export async function archiveFile(from: PinnedPackage, name: string, places: PackagePlaces = {}): Promise<Buffer> {
  const { mirrors = [], cache = packageCache } = places
  const usual = async (file: ArchiveFile) => {
    const known = placesFor(file, { mirrors, releases: [], aptSites: await aptSites() })
    return known.map(({ base }) => packageAddress(base, file))
  }
  const urls = () => (places.urlsOf ?? usual)(from)
  return pinnedFile(from, { name, urls, remedy: 'name a mirror that has it: --mirror ADDRESS' }, cache)
}

/** All bytes of a package of the catalog, out of the cache or downloaded into it; its size and its SHA-256 are the catalog's. */
export async function packageBytes(from: PinnedPackage, places: PackagePlaces = {}): Promise<Buffer> {
  return archiveFile(from, from.path, places)
}

/** The fields of a package's control file by their names in small letters. */
export function controlOf(deb: Buffer): ReadonlyMap<string, string> {
  const tar = outputOf('xz', ['-dc'], { input: memberNamed(deb, 'control.tar.xz') })
  for (const { name, offset, size } of tarFiles((at, count) => tar.subarray(at, at + count)))
    if (name === 'control') return stanzaFields(tar.toString('utf8', offset, offset + size))
  throw new Error('the package has no control file')
}

function readerOf(descriptor: number): Read {
  return (offset, size) => {
    const bytes = Buffer.alloc(size)
    return bytes.subarray(0, readSync(descriptor, bytes, 0, size, offset))
  }
}

/** A file without a name: it is gone when it is closed, also when this process is killed. */
function namelessFile(): number {
  const folder = mkdtempSync(join(tmpdir(), 'release-package-'))
  try {
    return openSync(join(folder, 'data.tar'), 'w+')
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** Unpacks a package of the catalog. The whole archive is read, so each file is as the package has it. */
export async function openedPackage(from: Package, places: PackagePlaces = {}): Promise<DebianPackage> {
  const deb = await packageBytes(from, places)
  const descriptor = namelessFile()
  const close = (): void => closeSync(descriptor)
  try {
    outputOf('xz', ['-dc', '-T0'], { input: memberNamed(deb, 'data.tar.xz'), output: descriptor })
    const read = readerOf(descriptor)
    const files = new Map([...tarFiles(read)].map((file): [string, TarFile] => [file.name, file]))
    const file = (path: string): Buffer => {
      const found = files.get(path)
      if (found === undefined) throw new Error(`${from.path} has no file ${path}`)
      return read(found.offset, found.size)
    }
    return { control: controlOf(deb), executable: (binary) => executableOf(from, binary, read), file, close }
  } catch (error) {
    close()
    throw error
  }
}

function executableOf(from: Package, binary: string, read: Read): Buffer {
  const row = from.emulators.find(([name]) => name === binary)
  if (row === undefined) throw new Error(`the catalog has no ${binary} in ${from.path}`)
  const [, offset, size, expected] = row
  const bytes = read(offset, size)
  const sha256 = sha256Of(bytes)
  if (sha256 !== expected) throw new Error(`${binary} of ${from.path} has SHA-256 ${sha256}, expected ${expected}`)
  return bytes
}
