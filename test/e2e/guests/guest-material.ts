// What the part `guests` works with, from the cache of the e2e tests: emulators, static programs of each port, buildx, and the larger roots.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { buildxPath } from '../../support/engines/buildx.js'
import { emulatorPath } from '../../support/programs/emulators.js'
import { busyboxFor } from '../vm/busybox.js'
import { ports } from './guest-ports.js'
import { guestRoot, rootNames } from './guest-root.js'

async function made(name: string): Promise<void> {
  const child = spawn(process.execPath, ['build/test/e2e/guests/make-root.js', name], { stdio: 'inherit' })
  const [status] = await once(child, 'exit')
  if (status !== 0) throw new Error(`the root of ${name} could not be made`)
}

/** Brings everything, and gives the words of the part: buildx, and each root as `<port>=<folder>`. */
export async function guestMaterial(): Promise<string[]> {
  for (const { target, busybox } of ports) {
    await emulatorPath(target)
    await busyboxFor(busybox)
  }
  const plugin = await buildxPath()
  // at the same time, for each has much to emulate when it is made
  await Promise.all(rootNames.map(made))
  const roots: string[] = []
  for (const name of rootNames) roots.push(`${name}=${await guestRoot(name)}`)
  return [plugin, ...roots]
}
