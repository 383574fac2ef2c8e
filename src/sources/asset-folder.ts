// Emulators in a folder, each in one file as a release has it: the folder that comes with a release of this program, or a mirror on this machine.
import { existsSync, readSync } from 'node:fs'
import { join } from 'node:path'
import type { CatalogEmulator } from '../core/model/catalog.js'
import { assetName, releaseTag } from '../core/sources/release.js'
import { errnoName } from '../system/command.js'
import { faultOf, withRegularFile } from '../system/regular-file.js'
import { mostPacked, unpacked } from './brotli.js'
import { place, WrongBytesError } from './store.js'

/**
 * Puts an emulator into its place from `TAG/ASSET` or `ASSET` in a folder, where only a regular file is opened. Returns undefined when it is there, else
 * what was wrong with each file: `/srv/qemu/...: is a link`. Throws `cache-unwritable`.
 */
export async function bringFromFolder(
  folder: string,
  emulator: CatalogEmulator,
  path: string,
): Promise<readonly string[] | undefined> {
  const names = [join(releaseTag(emulator.build), assetName(emulator)), assetName(emulator)]
  const refusals: string[] = []
  for (const name of names) {
    const file = join(folder, name)
    const packed = contentOf(file, mostPacked(emulator.size))
    if (packed === undefined) continue
    const refusal = typeof packed === 'string' ? packed : await refusalOf(packed, emulator, path)
    if (refusal === undefined) return undefined
    refusals.push(`${file}: ${refusal}`)
  }
  if (refusals.length > 0) return refusals
  return [existsSync(folder) ? `${folder}: has neither ${names.join(' nor ')}` : `${folder}: does not exist`]
}

/** Why the packed bytes are not the emulator; undefined when it is in its place. */
async function refusalOf(packed: Uint8Array, emulator: CatalogEmulator, path: string): Promise<string | undefined> {
  try {
    await place(path, emulator, unpacked(once(packed), emulator.size))
    return undefined
  } catch (error) {
    if (error instanceof WrongBytesError) return error.message
    throw error
  }
}

/** The bytes of a regular file, or why it is not read; undefined when there is none. */
function contentOf(file: string, mostBytes: number): Uint8Array | string | undefined {
  try {
    return withRegularFile(file, { mostBytes, linkIsUnfit: true }, ({ descriptor, size }) => {
      const content = Buffer.alloc(size)
      return content.subarray(0, readSync(descriptor, content))
    })
  } catch (error) {
    return ['ENOENT', 'ENOTDIR'].includes(errnoName(error)) ? undefined : faultOf(error)
  }
}

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes
}
