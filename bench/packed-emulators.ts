// Emulators as a release has them, packed as well as can be. That takes half a minute each, so they are kept outside the checkout.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { packedEmulator } from '../scripts/release/packed.js'
import { type CatalogEmulator, emulatorFor, versionNamed } from '../src/core/model/catalog.js'
import { type Target, targets } from '../src/core/model/targets.js'
import { cachePath } from '../src/sources/store.js'
import { catalog } from '../src/system/machine.js'
import { acquire, emulator, sources, warmCache } from '../test/support/programs/emulators.js'

/** What `all` stands for on this host under the default version. */
export function everyTarget(): Target[] {
  const { host } = emulator('aarch64')
  const version = versionNamed('default', catalog)
  return targets.filter((target) => target.oci.length > 0 && emulatorFor(catalog, version, host, target) !== undefined)
}

/** The asset of an emulator, which is fetched and packed when it was not before. */
export async function assetOf(wanted: CatalogEmulator): Promise<Buffer> {
  await acquire(wanted, { ...sources, cacheFolder: warmCache })
  const executable = readFileSync(cachePath(warmCache, wanted))
  return await packedEmulator(executable, wanted.sha256, { cache: join(warmCache, 'packed') })
}
