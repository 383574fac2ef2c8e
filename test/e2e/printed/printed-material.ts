// What the part `printed` works with, from the cache of the e2e tests: tools, emulators, programs of other ports, buildx.
import { join } from 'node:path'
import { writeFiles } from '../../../scripts/release/tree.js'
import { bringTools } from '../../../scripts/tools.js'
import { versionsOf } from '../../../src/core/model/catalog.js'
import { catalog } from '../../../src/system/machine.js'
import { buildxPath } from '../../support/engines/buildx.js'
import { bringEngines, imageTargets, imageVersion } from '../../support/engines/engine.js'
import { npmPacked, treeFiles } from '../../support/npm/release-package.js'
import { emulatorPath } from '../../support/programs/emulators.js'
import { ports } from '../guests/guest-ports.js'
import { guestRoot } from '../known-roots.js'
import { busyboxFor } from '../vm/busybox.js'

/** Brings everything, and gives the words of the part: its kind, what is found elsewhere than in the tests' cache, and the npm package of a release. */
export async function printedWords(kind: 'machine' | 'engines', folder: string): Promise<string[]> {
  const only = process.env.SETUP_QEMU_PRINTED?.split(',') ?? []
  for (const version of versionsOf(catalog)) await emulatorPath('aarch64', version)
  for (const target of ['riscv64', 'arm']) await emulatorPath(target)
  await busyboxFor('aarch64')
  bringTools([
    ['sudo', 'sudo'],
    ['setpriv', 'util-linux'],
    ['useradd', 'passwd'],
    ['make', 'make'],
  ])
  if (kind === 'machine') return [kind, guestRoot('bookworm-arm64'), await packageIn(folder), ...only]
  await bringEngines()
  for (const target of imageTargets) await emulatorPath(target, imageVersion)
  for (const { target, busybox } of ports) {
    await emulatorPath(target)
    await busyboxFor(busybox)
  }
  return [kind, await buildxPath(), '', ...only]
}

/** The npm package of a release of this checkout, as a tarball in a folder. */
async function packageIn(folder: string): Promise<string> {
  const tree = join(folder, 'tree')
  writeFiles(tree, await treeFiles())
  return npmPacked(tree, join(folder, 'packed'))
}
