// What the part `printed` works with, from the cache of the e2e tests: tools, emulators, programs of other ports, buildx.
import { bringTools } from '../../../scripts/tools.js'
import { versionsOf } from '../../../src/core/model/catalog.js'
import { catalog } from '../../../src/system/machine.js'
import { buildxPath } from '../../support/engines/buildx.js'
import { bringEngines, imageTargets, imageVersion } from '../../support/engines/engine.js'
import { emulatorPath } from '../../support/programs/emulators.js'
import { ports } from '../guests/guest-ports.js'
import { guestRoot } from '../known-roots.js'
import { busyboxFor } from '../vm/busybox.js'

/** Brings everything, and gives the words of the part: its kind, and what is found elsewhere than in the tests' cache. */
export async function printedWords(kind: 'machine' | 'engines'): Promise<string[]> {
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
  if (kind === 'machine') return [kind, guestRoot('bookworm-arm64'), ...only]
  await bringEngines()
  for (const target of imageTargets) await emulatorPath(target, imageVersion)
  for (const { target, busybox } of ports) {
    await emulatorPath(target)
    await busyboxFor(busybox)
  }
  return [kind, await buildxPath(), ...only]
}
