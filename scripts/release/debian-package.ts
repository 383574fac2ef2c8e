// Whole packages of the catalog, and what releases take from them: executables, single files, and the fields of the control file.
import { createHash } from 'node:crypto'
import {
  closeSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readFileSync,
  readSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Package } from '../../src/core/model/catalog.js'
import { packageUrls } from '../../src/core/sources/apt-sites.js'
import { aptSites } from '../../src/sources/catalog.js'
import { bytesFrom } from '../../src/sources/http.js'
import { packageCache } from '../cache.js'
import { outputOf } from '../catalog/command.js'
import { memberNamed } from '../catalog/deb.js'
import { stanzaFields } from '../catalog/deb822.js'
import { type Read, type TarFile, tarFiles } from '../catalog/tar.js'

/** Where packages come from, and where they are kept. */
export interface PackagePlaces {
  /** Addresses of mirrors that are asked before this machine's apt sites and the snapshot archive. */
  readonly mirrors?: readonly string[]
  /** The folder that keeps whole packages, each named by its SHA-256. */
  readonly cache?: string
}

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

type Pinned = Pick<Package, 'archive' | 'path' | 'size' | 'sha256' | 'snapshot'>

function sha256Of(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex')
}

/** Why these bytes are not the package of the catalog; undefined when they are. */
function mismatch(bytes: Uint8Array, from: Pinned): string | undefined {
  if (bytes.length !== from.size) return `it has ${bytes.length} bytes, expected ${from.size}`
  const sha256 = sha256Of(bytes)
  return sha256 === from.sha256 ? undefined : `it has SHA-256 ${sha256}, expected ${from.sha256}`
}

async function bodyOf(url: string, size: number): Promise<Buffer> {
  const chunks: Uint8Array[] = []
  for await (const chunk of bytesFrom(url, 0, size, size)) chunks.push(chunk)
  return Buffer.concat(chunks)
}

/** The package from the first place that delivers its bytes. Throws with what each place answered when none does. */
async function fetched(from: Pinned, mirrors: readonly string[]): Promise<Buffer> {
  const answers: string[] = []
  for (const url of packageUrls(from, mirrors, await aptSites())) {
    try {
      const bytes = await bodyOf(url, from.size)
      const fault = mismatch(bytes, from)
      if (fault === undefined) return bytes
      answers.push(`${url}: ${fault}`)
    } catch (error) {
      answers.push(`${url}: ${error instanceof Error ? error.message : error}`)
    }
  }
  throw new Error(
    [`${from.path} could not be downloaded:`, ...answers, 'name a mirror that has it: --mirror ADDRESS'].join('\n'),
  )
}

/** All bytes of a package of the catalog, out of the cache or downloaded into it; its size and its SHA-256 are the catalog's. */
export async function packageBytes(from: Pinned, places: PackagePlaces = {}): Promise<Buffer> {
  const { mirrors = [], cache = packageCache } = places
  const file = join(cache, from.sha256)
  const kept = existsSync(file) ? readFileSync(file) : undefined
  if (kept !== undefined && mismatch(kept, from) === undefined) return kept
  const bytes = await fetched(from, mirrors)
  mkdirSync(cache, { recursive: true })
  const partial = mkdtempSync(join(cache, 'partial-'))
  try {
    writeFileSync(join(partial, from.sha256), bytes)
    renameSync(join(partial, from.sha256), file)
  } finally {
    rmSync(partial, { recursive: true, force: true })
  }
  return bytes
}

function readerOf(descriptor: number): Read {
  return (offset, size) => {
    const bytes = Buffer.alloc(size)
    return bytes.subarray(0, readSync(descriptor, bytes, 0, size, offset))
  }
}

/** The fields of the control file, which is in control.tar.xz. */
function controlOf(deb: Buffer): ReadonlyMap<string, string> {
  const tar = outputOf('xz', ['-dc'], { input: memberNamed(deb, 'control.tar.xz') })
  for (const { name, offset, size } of tarFiles((at, count) => tar.subarray(at, at + count)))
    if (name === 'control') return stanzaFields(tar.toString('utf8', offset, offset + size))
  throw new Error('the package has no control file')
}

/** Unpacks a package of the catalog into a temporary folder. The whole archive is read, so each file is as the package has it. */
export async function openedPackage(from: Package, places: PackagePlaces = {}): Promise<DebianPackage> {
  const deb = await packageBytes(from, places)
  const folder = mkdtempSync(join(tmpdir(), 'release-package-'))
  let descriptor: number | undefined
  const close = (): void => {
    if (descriptor !== undefined) closeSync(descriptor)
    descriptor = undefined
    rmSync(folder, { recursive: true, force: true })
  }
  try {
    descriptor = openSync(join(folder, 'data.tar'), 'w+')
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
