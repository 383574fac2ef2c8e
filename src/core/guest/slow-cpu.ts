// Which versions of QEMU emulate pointer authentication of arm64 by default, at a price that is in docs/benchmarks.md. Source: QEMU's change
// log (its default CPU for user mode), and the measurements of bench/cpu.ts for the versions of the catalog.
import type { Finding } from '../outcome/finding.js'

/** Of all versions with this target. */
const plainModel = 'cortex-a72'

/** The note for a target under a version's default CPU; undefined where nothing is known to be slow. */
export function slowCpu(target: string, qemuVersion: string | null): Finding | undefined {
  const [major = Number.NaN, minor = Number.NaN] = (qemuVersion ?? '').split('.').map(Number)
  const isOld = major < 10 || (major === 10 && minor < 2)
  if (target !== 'aarch64' || qemuVersion === null || !isOld) return undefined
  return { kind: 'slow-cpu', qemuVersion, model: plainModel }
}
