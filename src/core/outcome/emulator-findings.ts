// Findings about the emulator that was proven, and about what it reads in its environment: the root of QEMU_LD_PREFIX, and the CPU of QEMU_CPU.
import { printable } from '../model/targets.js'
import type { FindingTable } from './finding-table.js'

export type EmulatorFinding =
  /** The emulator that was proven has a known fault that affects any program, or many. */
  | { readonly kind: 'known-problem'; readonly id: string; readonly problem: string; readonly remedy: string }
  /** A dynamic program with this loader did not run with the libraries of the root. */
  | {
      readonly kind: 'sysroot-fails'
      readonly root: string
      readonly loader: string
      readonly ending: string
      readonly output: string
    }
  /** The emulator's default CPU makes this version slow on programs with pointer authentication. */
  | { readonly kind: 'slow-cpu'; readonly qemuVersion: string; readonly model: string }
  /** A CPU is asked for, and nothing is emulated. */
  | { readonly kind: 'cpu-unused'; readonly cpu: string }

export const emulatorFindings = {
  'known-problem': {
    severity: 'note',
    explain: ({ id, problem, remedy }) => ({
      title: `this QEMU has a known problem (${id})`,
      reason: `${problem}; ${remedy}`,
      remedy,
    }),
  },
  'sysroot-fails': {
    severity: 'failure',
    explain: ({ root, loader, ending, output }, target) => ({
      title: `dynamic ${target} programs do not run with this root`,
      reason: `a program that asks for ${loader} and the C library, run with QEMU_LD_PREFIX=${printable(root, 300)}, ended with ${ending}${output.trim() === '' ? '' : ` and said: ${printable(output.trim(), 300)}`}`,
      remedy: 'complete the root (loader and C library belong to one build), or name another one',
    }),
  },
  'slow-cpu': {
    severity: 'note',
    explain({ qemuVersion, model }, target) {
      const factor = Number.parseInt(qemuVersion, 10) < 10 ? '12 to 19 times' : '1.6 to 1.7 times'
      return {
        title: `QEMU ${qemuVersion} is slow on ${target} programs with pointer authentication`,
        reason: `under its default CPU, shells and interpreters of Debian 13 or Ubuntu 24.04 take ${factor} the time that they take with cpu: ${model} (measured; QEMU 11.1 by default does not)`,
        remedy: `give cpu: ${model}, or take QEMU 11.1; where it does not matter, nothing needs to be done`,
      }
    },
  },
  'cpu-unused': {
    severity: 'note',
    explain: ({ cpu }) => ({
      title: 'no CPU is emulated',
      reason: `cpu is ${printable(cpu)}, and everything that is asked for runs on this machine without an emulator, so QEMU_CPU is not set`,
      remedy: 'nothing needs to be done',
    }),
  },
} satisfies FindingTable<EmulatorFinding>
