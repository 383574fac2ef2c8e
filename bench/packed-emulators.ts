// Emulators as a release has them, packed as well as can be. That takes half a minute each, so they are kept outside the checkout.
import { cpSync, existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { packed } from '../scripts/release/packed.js'
import { type CatalogEmulator, emulatorFor, versionNamed } from '../src/core/model/catalog.js'
import { type Target, targets } from '../src/core/model/targets.js'
import { assetName } from '../src/core/sources/release.js'
import { cachePath } from '../src/sources/store.js'
import { catalog } from '../src/system/machine.js'
import { acquire, emulator, sources, warmCache } from '../test/support/programs/emulators.js'

/** What `all` stands for on this host under the default version. */
export function everyTarget(): Target[] {
  const { host } = emulator('aarch64')
  const version = versionNamed('default', catalog)
  return targets.filter((target) => target.oci.length > 0 && emulatorFor(catalog, version, host, target) !== undefined)
}

/** The packed bytes of an emulator, which is fetched and packed when it was not before. */
export async function packedEmulator(wanted: CatalogEmulator): Promise<Buffer> {
  const path = join(warmCache, 'packed', `${wanted.sha256}.br`)
  if (!existsSync(path)) {
    if (!existsSync(cachePath(warmCache, wanted))) await acquire(wanted, { ...sources, cacheFolder: warmCache })
    mkdirSync(join(warmCache, 'packed'), { recursive: true })
    writeFileSync(`${path}.part`, packed(readFileSync(cachePath(warmCache, wanted))))
    renameSync(`${path}.part`, path)
  }
  return readFileSync(path)
}

/** Lays out in `folder` what a released version runs from: `dist` with the emulator of arm64 in it, and package.json. */
export async function releaseTree(folder: string): Promise<void> {
  const bundled = emulator('aarch64')
  cpSync('dist', join(folder, 'dist'), { recursive: true })
  cpSync('package.json', join(folder, 'package.json'))
  mkdirSync(join(folder, 'dist/emulators'))
  writeFileSync(join(folder, 'dist/emulators', assetName(bundled)), await packedEmulator(bundled))
}
