// The words for findings about what the emulator is told by its environment: the root of QEMU_LD_PREFIX, and the CPU of QEMU_CPU.
import type { Explanation, Finding } from '../model/finding.js'
import { printable } from '../model/targets.js'

type GuestFinding = Extract<Finding, { kind: 'sysroot-fails' | 'slow-cpu' | 'cpu-unused' | 'known-problem' }>

/** A finding about a target (`aarch64`) in words. */
export function guestExplanation(finding: GuestFinding, target: string): Explanation {
  switch (finding.kind) {
    case 'known-problem':
      return {
        title: `this QEMU has a known problem (${finding.id})`,
        reason: `${finding.problem}; ${finding.remedy}`,
        remedy: finding.remedy,
      }
    case 'sysroot-fails':
      return {
        title: `dynamic ${target} programs do not run with this root`,
        reason: `a program that asks for ${finding.loader} and the C library, run with QEMU_LD_PREFIX=${printable(finding.root, 300)}, ended with ${finding.ending}${finding.output.trim() === '' ? '' : ` and said: ${printable(finding.output.trim(), 300)}`}`,
        remedy: 'complete the root (loader and C library belong to one build), or name another one',
      }
    case 'slow-cpu':
      return {
        title: `QEMU ${finding.qemuVersion} is slow on ${target} programs with pointer authentication`,
        reason: `under its default CPU, shells and interpreters of Debian 13 or Ubuntu 24.04 take ${slowness(finding.qemuVersion)} the time that they take with cpu: ${finding.model} (measured; QEMU 11.1 by default does not)`,
        remedy: `give cpu: ${finding.model}, or take QEMU 11.1; where it does not matter, nothing needs to be done`,
      }
    case 'cpu-unused':
      return {
        title: 'no CPU is emulated',
        reason: `cpu is ${printable(finding.cpu)}, and everything that is asked for runs on this machine without an emulator, so QEMU_CPU is not set`,
        remedy: 'nothing needs to be done',
      }
  }
}

function slowness(qemuVersion: string): string {
  return Number.parseInt(qemuVersion, 10) < 10 ? '12 to 19 times' : '1.6 to 1.7 times'
}
