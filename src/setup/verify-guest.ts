// Proves what the environment tells the emulators: that each knows the CPU (`cpu`), and that a dynamic program runs with the libraries of the root
// (`sysroot`). Both go through the kernel, so that it is the emulator that programs will get.

import { environmentOf, slowCpu, sysrootTarget } from '../core/guest/guest-environment.js'
import { libraryOf } from '../core/guest/loader.js'
import type { EmulatorEnvironment, LocatedEmulator } from '../core/model/emulator.js'
import type { Target } from '../core/model/targets.js'
import type { Finding } from '../core/outcome/finding.js'
import type { Plan } from '../core/plan/plan.js'
import type { ProbeRun } from '../core/probe/probe-run.js'
import { cpuModelsOf, isListed, notListed, notStarting } from '../core/request/cpu-models.js'
import type { Request } from '../core/request/request.js'
import type { ProbeFolder } from '../system/probe.js'
import { lookAtSysroot, type Sysroot } from '../system/sysroot.js'

/** What the environment tells the emulators, and what is known of the root. */
export interface Guest {
  readonly environment: EmulatorEnvironment
  readonly sysroot: Sysroot | null
}

/** Checks the request's root before anything is fetched. Throws `sysroot-unusable`, and `invalid-input` when several targets are emulated. */
export function guestOf({ sysroot, cpu }: Request, { targets }: Plan): Guest {
  const environment = environmentOf({ sysroot, cpu })
  return { environment, sysroot: sysroot === null ? null : lookAtSysroot(sysroot, sysrootTarget(targets, sysroot)) }
}

/** Checks that the emulators of these targets, now registered, know the CPU. Throws `unknown-cpu`. */
export async function askForCpu(cpu: string, targets: readonly Target[], folder: ProbeFolder): Promise<void> {
  for (const { name, binary } of targets) {
    const listed = await folder.outputOf(name, { QEMU_CPU: 'help' })
    // some print no list (5.2 for hppa): then only the attempt tells
    const models = isGreeting(listed.stdout) ? [] : cpuModelsOf(listed.stdout)
    if (models.length > 0 && !isListed(cpu, models)) throw notListed(cpu, binary, models, targets.length > 1)
    const { stdout, stderr } = await folder.outputOf(name, { QEMU_CPU: cpu })
    if (!isGreeting(stdout)) throw notStarting(cpu, binary, stderr, models)
  }
}

function isGreeting(text: string): boolean {
  return text.startsWith('setup-qemu probe ')
}

/**
 * For a target whose emulator `ran` is proven: whether dynamic programs run with the root, and under which of its loaders; and a note when the
 * default CPU is slow.
 */
export async function verifyGuest(
  target: Target,
  ran: LocatedEmulator | undefined,
  { folder, guest: { environment, sysroot } }: { readonly folder: ProbeFolder; readonly guest: Guest },
): Promise<{ readonly findings: readonly Finding[]; readonly loader?: string }> {
  const slow = slowCpu(target.name, ran?.qemuVersion ?? null)
  const isDefault = environment.QEMU_CPU === undefined && (process.env.QEMU_CPU ?? '') === ''
  const notes = slow !== undefined && isDefault ? [slow] : []
  if (sysroot === null) return { findings: notes }
  const tried = await workingLoader(target.name, sysroot, ran, environment, folder)
  return typeof tried === 'string' ? { findings: notes, loader: tried } : { findings: [tried] }
}

/** The loader under which a dynamic program runs: a root may have several C libraries, and one is enough. Else the failure of the usual one. */
async function workingLoader(
  target: string,
  { path, loaders }: Sysroot,
  ran: LocatedEmulator | undefined,
  environment: EmulatorEnvironment,
  folder: ProbeFolder,
): Promise<string | Finding> {
  const library = libraryOf(target)
  let first: Finding | undefined
  for (const loader of loaders) {
    const failure = failureOf(await folder.dynamic(target, { loader, library }, environment), ran)
    if (failure === undefined) return loader
    first ??= { kind: 'sysroot-fails', root: path, loader, ...failure }
  }
  if (first === undefined) throw new Error(`the root ${path} has no loader to try`)
  return first
}

function failureOf(run: ProbeRun, ran: LocatedEmulator | undefined): { ending: string; output: string } | undefined {
  switch (run.kind) {
    case 'answered':
      if (run.fingerprint.sha256 !== ran?.sha256)
        return { ending: `another emulator, ${run.fingerprint.path}`, output: '' }
      return run.answerRight ? undefined : { ending: run.ending, output: '' }
    case 'ended':
      return { ending: run.ending, output: run.output }
    case 'refused':
      return { ending: run.errno, output: '' }
    case 'silent':
      return { ending: `silence for ${run.timeoutMs / 1000} s`, output: '' }
  }
}
