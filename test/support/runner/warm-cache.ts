// Fetches, before the scenarios start, the emulators that they expect in the warm cache.
import { emulatorPath } from '../programs/emulators.js'

export async function setup(): Promise<void> {
  await emulatorPath('aarch64')
  await emulatorPath('riscv64')
  await emulatorPath('aarch64', '7.2.22')
  await emulatorPath('aarch64', '5.2.0')
}
