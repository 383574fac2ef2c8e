// Something learned about one target that a person should know: a closed union of codes with typed arguments.
// The words for each are in finding-text.ts; each code has an anchor in docs/troubleshooting.md.

import type { Fingerprint, ImageEmulator } from './emulator.js'
import type { EngineName } from './engine-name.js'
import type { Entry } from './entry.js'

export type Finding =
  /** The kernel found nobody to run the probe: errno of execve. */
  | { readonly kind: 'no-handler'; readonly where: Where; readonly errno: string }
  /** The probe ran, but under another executable than the one asked for. */
  | {
      readonly kind: 'wrong-emulator'
      readonly where: Where
      readonly expected: string
      readonly got: string
      readonly path: string
      readonly version: string | null
    }
  /** The probe ran under an emulator of another version than the one asked for. */
  | {
      readonly kind: 'wrong-version'
      readonly where: Where
      readonly expected: string
      readonly got: string | null
      readonly path: string
    }
  /** It works directly, but not in an empty root: the entry has no F. */
  | { readonly kind: 'chroot-fails'; readonly errno: string }
  /** The emulator (or the probe) ended in another way than the probe should. */
  | { readonly kind: 'probe-crashed'; readonly where: Where; readonly ending: string; readonly output: string }
  | { readonly kind: 'probe-silent'; readonly where: Where; readonly timeoutMs: number }
  /** The arguments that arrived are not the ones given. */
  | {
      readonly kind: 'arguments-shifted'
      readonly where: Where
      readonly expected: readonly string[]
      readonly got: readonly string[]
    }
  /** P could not be used: argv[0] does not arrive under this emulator or kernel. Not a failure. */
  | { readonly kind: 'argv0-not-preserved'; readonly got: readonly string[] }
  /** The usual name was taken, so our entry stands beside it and takes precedence. Not a failure. */
  | { readonly kind: 'shadows'; readonly names: readonly string[] }
  /** A kept entry cannot be seen: the table in force is not mounted here, as in a container without rights. Not a failure. */
  | { readonly kind: 'entry-unseen' }
  /** Nobody may chroot here, so the empty root was not tried behind a kept entry that is known to have F. Not a failure. */
  | { readonly kind: 'chroot-untried'; readonly errno: string; readonly known: 'listed' | 'held-open' }
  /** The table is that of a user namespace, in a container: the entries hold neither on the host nor beside it. Not a failure. */
  | { readonly kind: 'own-table' }
  /** The emulator that was proven is known to have a fault that touches any program, or many. Not a failure. */
  | { readonly kind: 'known-problem'; readonly id: string; readonly problem: string; readonly remedy: string }
  /** The entry read back differs from the one written. */
  | { readonly kind: 'entry-differs'; readonly entry: string; readonly expected: string; readonly got: string }
  /** Somebody registered newer entries for the same programs after the proof. */
  | {
      readonly kind: 'overtaken'
      readonly entry: string
      readonly by: readonly { readonly name: string; readonly interpreter: string }[]
    }
  /** `if-registered: fail`, and there is one; `runs` is what runs under it, null when nothing does. */
  | { readonly kind: 'already-registered'; readonly names: readonly string[]; readonly runs: Fingerprint | null }
  /** `if-registered: keep`, and what there is differs from what is asked for. */
  | { readonly kind: 'kept-differs'; readonly entry: string; readonly differences: readonly string[] }
  /** A kept entry has the version asked for, in another build than the catalog's. Not a failure. */
  | { readonly kind: 'other-build'; readonly entry: string; readonly expected: string; readonly got: string }
  /** Another job that lives uses these programs with another emulator or other flags. */
  | {
      readonly kind: 'other-job'
      readonly entry: string
      readonly theirs: { readonly owner: string; readonly has: string | null; readonly flags: string }
      readonly ours: { readonly owner: string; readonly wants: string | null; readonly flags: string }
    }
  /** A container registered with other flags than are asked for. */
  | { readonly kind: 'wrong-flags'; readonly entry: string; readonly flags: string; readonly credentials: boolean }
  /**
   * A container ran to its end and registered nothing for this target. `names`: entries from before that match or have its name; `differences`: why
   * they do not count as the image's own, or why there is none. `said`: the lines of its output about the target.
   */
  | {
      readonly kind: 'container-made-nothing'
      readonly image: string
      readonly names: readonly string[]
      readonly differences: readonly string[]
      readonly said: readonly string[]
      readonly inImage: ImageEmulator['kind']
      readonly reset: boolean
    }
  /** Of two entries that a container made, the one with the target's emulator is hidden behind the other, which matches the same programs. */
  | {
      readonly kind: 'hidden-in-image'
      readonly image: string
      readonly own: NamedEmulator
      readonly by: NamedEmulator
    }
  /** A dynamic program with this loader did not run with the libraries of the root. */
  | {
      readonly kind: 'sysroot-fails'
      readonly root: string
      readonly loader: string
      readonly ending: string
      readonly output: string
    }
  /** The emulator's default CPU makes this version slow on programs with pointer authentication. Not a failure. */
  | { readonly kind: 'slow-cpu'; readonly qemuVersion: string; readonly model: string }
  /** A CPU is asked for, and nothing is emulated. Not a failure. */
  | { readonly kind: 'cpu-unused'; readonly cpu: string }
  /** An engine runs its containers under another kernel, which this machine's table does not serve; `at`: where it is reached, if known. */
  | {
      readonly kind: 'engine-elsewhere'
      readonly engine: EngineName
      readonly at: string | null
      readonly difference: Difference
    }
  /** The probe does not run in an engine's containers, though they run under this kernel. */
  | {
      readonly kind: 'engine-fails'
      readonly engine: EngineName
      readonly ending: string
      readonly output: string
      /** They are in another user namespace than this process, which may have a table of its own. */
      readonly ownNamespace: boolean
    }
  /** What runs the probe in an engine's container could not be found out. */
  | { readonly kind: 'engine-unproven'; readonly engine: EngineName; readonly reason: string }
  /** The entry could not be made, or its emulator not be had. */
  | { readonly kind: 'not-set-up'; readonly code: string; readonly reason: string; readonly hint: string }

/** An entry by its name, and the emulator that it names. */
type NamedEmulator = Pick<Entry, 'name' | 'interpreter'>

/** Directly, in an empty root, directly with the mark of an AppImage in its header, or in a container of an engine. */
export type Where = 'direct' | 'chroot' | 'marked' | EngineName

/** Every code of a finding: whether the target is still proven (a note), or not (a failure). */
const weight: Readonly<Record<Finding['kind'], 'failure' | 'note'>> = {
  'no-handler': 'failure',
  'wrong-emulator': 'failure',
  'wrong-version': 'failure',
  'chroot-fails': 'failure',
  'probe-crashed': 'failure',
  'probe-silent': 'failure',
  'arguments-shifted': 'failure',
  'argv0-not-preserved': 'note',
  shadows: 'note',
  'entry-differs': 'failure',
  overtaken: 'failure',
  'already-registered': 'failure',
  'kept-differs': 'failure',
  'other-build': 'note',
  'entry-unseen': 'note',
  'chroot-untried': 'note',
  'own-table': 'note',
  'slow-cpu': 'note',
  'cpu-unused': 'note',
  'sysroot-fails': 'failure',
  'known-problem': 'note',
  'container-made-nothing': 'failure',
  'hidden-in-image': 'failure',
  'wrong-flags': 'failure',
  'other-job': 'failure',
  'engine-elsewhere': 'failure',
  'engine-fails': 'failure',
  'engine-unproven': 'failure',
  'not-set-up': 'failure',
}

/** Whether a finding means that the target is not proven. */
export function isFailure(finding: Finding): boolean {
  return weight[finding.kind] === 'failure'
}

/** Every code of a finding, for the documents' anchors. */
export const findingCodes = Object.keys(weight) as readonly Finding['kind'][]

/** By what an engine's kernel is known to be another one. */
export interface Difference {
  readonly what: 'architecture' | 'release' | 'boot id'
  readonly theirs: string
  readonly ours: string
}

export interface Explanation {
  readonly title: string
  readonly reason: string
  readonly remedy: string
}
