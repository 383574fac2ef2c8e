// The variables that QEMU's user emulators read in the environment of the programs they run. Source: QEMU's documentation, "User Mode
// Emulation": QEMU_LD_PREFIX is -L, QEMU_CPU is -cpu. Each applies to all emulators, whatever their target.
import type { EmulatorEnvironment } from '../model/emulator.js'
import { SetupError } from '../model/errors.js'
import { printable } from '../model/targets.js'
import type { Finding } from '../outcome/finding.js'
import type { TargetPlan } from '../plan/plan.js'
import { shellWord } from '../text/shell-word.js'

/** The variables of a request, for the proof and for the programs that run later. */
export function environmentOf({ sysroot, cpu }: { sysroot: string | null; cpu: string | null }): EmulatorEnvironment {
  return {
    ...(sysroot === null ? {} : { QEMU_LD_PREFIX: sysroot }),
    ...(cpu === null ? {} : { QEMU_CPU: cpu }),
  }
}

/**
 * The one target that the root is for. Throws `invalid-input` when several targets are emulated, because QEMU_LD_PREFIX applies to every emulator,
 * and `sysroot-unusable` when none is.
 */
export function sysrootTarget(planned: readonly TargetPlan[], sysroot: string) {
  const [first, ...others] = planned.filter(({ kind }) => kind !== 'native').map(({ platform }) => platform.target)
  if (first === undefined)
    throw new SetupError(
      'sysroot-unusable',
      `sysroot is ${printable(sysroot)}, and everything that is asked for runs on this machine without an emulator: only QEMU reads QEMU_LD_PREFIX`,
      { hint: 'leave sysroot out on this machine; the libraries of its own architecture are to be installed as usual' },
    )
  if (others.length > 0)
    throw new SetupError(
      'invalid-input',
      `sysroot is one root, and ${[first, ...others].map(({ name }) => name).join(', ')} are emulated: QEMU_LD_PREFIX reaches every emulator, whatever its architecture`,
      { hint: 'set up one platform with sysroot; for several roots set QEMU_LD_PREFIX for each program by hand' },
    )
  return first
}

/** Lines for a shell. */
export function exportLines(environment: EmulatorEnvironment): string[] {
  return Object.entries(environment).map(([name, value]) => `export ${name}=${shellWord(value)}`)
}

/** Where the variables apply and what else they affect, in sentences. */
export function reachWords(environment: EmulatorEnvironment): string[] {
  const names = Object.keys(environment)
  if (names.length === 0) return []
  const cpu =
    environment.QEMU_CPU === undefined
      ? []
      : [
          'QEMU_CPU is for all architectures: an emulator that does not know the model ends with "unable to find CPU model"',
          'in a container: docker run -e QEMU_CPU; in a docker build: ENV or ARG QEMU_CPU, or RUN QEMU_CPU=... before the command',
        ]
  const root =
    environment.QEMU_LD_PREFIX === undefined
      ? []
      : ['QEMU_LD_PREFIX: files that exist in the root stand before those of this machine, for reading and for writing']
  return [
    `${names.join(' and ')} ${names.length > 1 ? 'reach' : 'reaches'} neither containers nor sudo by ${names.length > 1 ? 'themselves' : 'itself'}; for sudo: sudo --preserve-env=${names.join(',')}`,
    ...cpu,
    ...root,
  ]
}

/** A CPU without pointer authentication that every version of QEMU has. */
const plainModel = 'cortex-a72'

/**
 * The note for a target whose default CPU is slow in this version; undefined when it is not known to be. QEMU before 10.2 emulates pointer
 * authentication of arm64 by default; docs/benchmarks.md shows the cost. Sources: QEMU's change log, and bench/cpu.ts for the versions of the catalog.
 */
export function slowCpu(target: string, qemuVersion: string | null): Finding | undefined {
  const [major = Number.NaN, minor = Number.NaN] = (qemuVersion ?? '').split('.').map(Number)
  const isOld = major < 10 || (major === 10 && minor < 2)
  if (target !== 'aarch64' || qemuVersion === null || !isOld) return undefined
  return { kind: 'slow-cpu', qemuVersion, model: plainModel }
}
