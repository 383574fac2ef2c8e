// Reads files at places where others may have put anything: a silent pipe, an endless device or sparse file, a folder, a link to any of them. We open
// only regular files, without blocking, and read no more than allowed.
import { createHash } from 'node:crypto'
import { closeSync, constants, fstatSync, lstatSync, openSync, readSync, type Stats, statSync } from 'node:fs'
import { errnoName } from './command.js'

/** What is at a path is not a file that we read; the message continues after its name: `is a pipe`. */
export class UnfitFile extends Error {}

export interface OpenFile {
  readonly descriptor: number
  readonly size: number
  /** Only the permissions, with the bits for setuid, setgid and sticky. */
  readonly mode: number
}

export interface Bounds {
  readonly mostBytes: number
  /** A link is unfit and not followed; by default links are followed. */
  readonly linkIsUnfit?: true
}

/** Opens a regular file for `work`. Throws UnfitFile, and node's file system errors. */
export function withRegularFile<T>(path: string, bounds: Bounds, work: (file: OpenFile) => T): T {
  // checked before, as merely opening some devices has effects, and again after, as it may be another file by then
  check(bounds.linkIsUnfit ? lstatSync(path) : statSync(path), bounds)
  const noLinks = bounds.linkIsUnfit ? constants.O_NOFOLLOW : 0
  const descriptor = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK | constants.O_NOCTTY | noLinks)
  try {
    const { size, mode } = check(fstatSync(descriptor), bounds)
    return work({ descriptor, size, mode: mode & 0o7777 })
  } finally {
    closeSync(descriptor)
  }
}

/** The text of a regular file, as UTF-8. Throws UnfitFile, and node's file system errors. */
export function textOfFile(path: string, mostBytes: number): string {
  return withRegularFile(path, { mostBytes }, ({ descriptor }) => {
    const chunks: Buffer[] = []
    for (const chunk of chunksOf(descriptor, mostBytes)) chunks.push(Buffer.from(chunk))
    return Buffer.concat(chunks).toString('utf8')
  })
}

/** More than any executable has that is hashed here. */
const mostExecutable = 2 ** 30

/** SHA-256 (hexadecimal) of a regular file that can be opened for reading. Throws UnfitFile, and node's file system errors. */
export function sha256OfFile(path: string): string {
  return withRegularFile(path, { mostBytes: mostExecutable }, ({ descriptor }) => sha256OfDescriptor(descriptor))
}

/** SHA-256 of an open file from where it stands; one that grows beyond the size of any executable is unfit. */
function sha256OfDescriptor(descriptor: number): string {
  const hash = createHash('sha256')
  for (const chunk of chunksOf(descriptor, mostExecutable)) hash.update(chunk)
  return hash.digest('hex')
}

/** What tells one state of a file's content from another. */
export interface FileIdentity {
  readonly key: string
  /** When content or inode last changed, in milliseconds since 1970. */
  readonly changedMs: number
}

/** What an open file is now: another file has another inode, and whoever writes to it changes its times. */
export function identityOf(descriptor: number): FileIdentity {
  const { dev, ino, size, mtimeNs, ctimeNs } = fstatSync(descriptor, { bigint: true })
  return { key: [dev, ino, size, mtimeNs, ctimeNs].join(':'), changedMs: Number(ctimeNs / 1_000_000n) }
}

const hashes = new Map<string, string>()

/** File systems count time in steps of a second at most: after this, a change would show. */
const settledAfterMs = 2000

/**
 * SHA-256 of an open file, which is read from its start; one that this process has read before, and that has not been written to since, is not read again.
 * Where that could not be told, as the file had only just been written, it is read each time.
 */
export function sha256OnceOfDescriptor(descriptor: number): string {
  const { key, changedMs } = identityOf(descriptor)
  const known = hashes.get(key)
  if (known !== undefined) return known
  const isSettled = Date.now() - changedMs > settledAfterMs
  const sha256 = sha256OfDescriptor(descriptor)
  if (isSettled && identityOf(descriptor).key === key) hashes.set(key, sha256)
  return sha256
}

/** Why a file could not be read, to go on from its name: `is a pipe`, `cannot be read: EACCES`. */
export function faultOf(error: unknown): string {
  return error instanceof UnfitFile ? error.message : `cannot be read: ${errnoName(error)}`
}

const buffer = Buffer.allocUnsafeSlow(1 << 20)

/** An open file's bytes; each piece is good until the next one. */
function* chunksOf(descriptor: number, mostBytes: number): Generator<Uint8Array> {
  let total = 0
  for (let size = readSync(descriptor, buffer); size > 0; size = readSync(descriptor, buffer)) {
    total += size
    if (total > mostBytes) throw tooLarge(total, mostBytes)
    yield buffer.subarray(0, size)
  }
}

function check(stats: Stats, { mostBytes }: Bounds): Stats {
  if (!stats.isFile()) throw new UnfitFile(`is ${kindOf(stats)}`)
  if (stats.size > mostBytes) throw tooLarge(stats.size, mostBytes)
  return stats
}

function tooLarge(size: number, most: number): UnfitFile {
  return new UnfitFile(`has ${size} bytes, and at most ${most} are read`)
}

function kindOf(stats: Stats): string {
  if (stats.isDirectory()) return 'a folder'
  if (stats.isSymbolicLink()) return 'a link'
  if (stats.isFIFO()) return 'a pipe'
  return stats.isSocket() ? 'a socket' : 'a device'
}
