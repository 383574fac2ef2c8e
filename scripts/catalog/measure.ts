// What the catalog records of one package: its xz blocks, and size, SHA-256 and place of each emulator, all out of the real
// bytes. Source of truth: the package itself, whose hash apt has checked against the archive's signed index.
import { createHash } from 'node:crypto'
import { closeSync, mkdtempSync, openSync, readFileSync, readSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Block, Package } from '../../src/core/model/catalog.js'
import { blocksFor, streamHeader, streamTail } from '../../src/core/sources/xz-blocks.js'
import type { Offer } from './apt.js'
import { outputOf } from './command.js'
import { type DataMember, dataMember } from './deb.js'
import { checkStatic, checkVersionText, printedVersion } from './executable.js'
import { type Read, type TarFile, tarFiles } from './tar.js'

type EmulatorRow = Package['emulators'][number]

function sha256Of(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex')
}

/** The bytes of an executable decoded from nothing but the blocks that hold it, as the action will do it. */
function decodedAlone(deb: Buffer, check: number, blocks: readonly Block[], offset: number, size: number): Buffer {
  const range = blocksFor(blocks, offset, size)
  const stream = [streamHeader(check), deb.subarray(range.start, range.end), streamTail(check, range.blocks)]
  return outputOf('xz', ['-dc'], { input: Buffer.concat(stream) }).subarray(range.skip, range.skip + size)
}

/** Checks by example that block map and offsets fit: the first and the last emulator, and the one most asked for. */
function checkBlocks(deb: Buffer, { check, blocks }: DataMember, rows: readonly EmulatorRow[]): void {
  const examples = new Set([rows[0], rows.find(([name]) => name === 'qemu-aarch64'), rows.at(-1)])
  for (const row of examples) {
    if (row === undefined) continue
    const [name, offset, size, sha256] = row
    if (sha256Of(decodedAlone(deb, check, blocks, offset, size)) !== sha256) {
      throw new Error(`${name} decoded from its own blocks is not the ${name} of the whole package`)
    }
  }
}

/** The name of the emulator that a file of the package is, without `-static`; undefined for any other file. */
function binaryNameOf(file: TarFile): string | undefined {
  return /^usr\/bin\/(qemu-[a-z0-9_]+?)(?:-static)?$/.exec(file.name)?.[1]
}

interface Sibling {
  readonly version: string
}

/** Verifies one executable and gives its QEMU version. */
function verifiedVersion(
  offer: Offer,
  name: string,
  bytes: Buffer,
  folder: string,
  sibling: Sibling | undefined,
): string {
  const build = `Debian ${offer.version}`
  checkStatic(name, bytes, offer.host)
  if (offer.host === 'amd64') return printedVersion(name, bytes, build, folder)
  if (sibling === undefined) throw new Error(`${offer.path}: no amd64 build of the same version tells which QEMU it is`)
  checkVersionText(name, bytes, sibling.version, build)
  return sibling.version
}

function readerOf(descriptor: number): Read {
  return (offset, size) => {
    const bytes = Buffer.alloc(size)
    return bytes.subarray(0, readSync(descriptor, bytes, 0, size, offset))
  }
}

/** The emulators of a package, sorted by name, and the one QEMU version that they all are. */
function emulatorsIn(
  read: Read,
  offer: Offer,
  wanted: ReadonlySet<string>,
  folder: string,
  sibling?: Sibling,
): [string, EmulatorRow[]] {
  const versions = new Set<string>()
  const rows: EmulatorRow[] = []
  for (const file of tarFiles(read)) {
    const name = binaryNameOf(file)
    if (name === undefined || !wanted.has(name)) continue
    const bytes = read(file.offset, file.size)
    versions.add(verifiedVersion(offer, name, bytes, folder, sibling))
    rows.push([name, file.offset, file.size, sha256Of(bytes)])
  }
  const [version] = versions
  if (version === undefined || versions.size > 1)
    throw new Error(`${offer.path} holds the QEMU versions [${[...versions].join(', ')}]`)
  return [version, rows.sort(([one], [other]) => (one < other ? -1 : 1))]
}

/**
 * Everything about a downloaded package but its snapshot. `wanted`: names of emulators; `sibling`: the amd64 entry of the same
 * Debian version, needed for arm64. Throws when the package or any executable in it is not what it claims to be.
 */
export function measured(
  offer: Offer,
  file: string,
  wanted: ReadonlySet<string>,
  sibling?: Sibling,
): Omit<Package, 'snapshot'> {
  const deb = readFileSync(file)
  const data = dataMember(deb)
  const folder = mkdtempSync(join(tmpdir(), 'catalog-package-'))
  const descriptor = openSync(join(folder, 'data.tar'), 'w+')
  try {
    outputOf('xz', ['-dc', '-T0'], { input: data.bytes, output: descriptor })
    const [version, emulators] = emulatorsIn(readerOf(descriptor), offer, wanted, folder, sibling)
    checkBlocks(deb, data, emulators)
    const { suite, host, path, size, sha256 } = offer
    const origin = { suite: suite.name, archive: suite.archive, package: offer.package, path, size, sha256 }
    return {
      version,
      build: `Debian ${offer.version}`,
      host,
      ...origin,
      check: data.check,
      blocks: data.blocks,
      emulators,
    }
  } finally {
    closeSync(descriptor)
    rmSync(folder, { recursive: true, force: true })
  }
}
