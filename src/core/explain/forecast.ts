// What happens when a file is executed, as data: the kernel's steps, and the result.

import type { LostEntry } from '../journal/lost-entry.js'
import type { ReadAt } from '../model/elf.js'
import type { LocatedEmulator } from '../model/emulator.js'
import type { ListedEntry } from '../model/entry.js'
import type { ElfProgram, Program } from '../model/program.js'
import type { TableFacts } from './table-view.js'

/** What is at a path; `path` is where it leads to within the root. */
export type Lookup =
  | {
      readonly kind: 'file'
      readonly path: string
      readonly executable: boolean
      /** Why it is not executable. */
      readonly blocked?: Blocked
      readonly read: ReadAt
    }
  | { readonly kind: 'folder'; readonly path: string }
  /** It may be executed but not read: we cannot tell what it is. */
  | { readonly kind: 'sealed'; readonly path: string }
  /** `at`: the component at which resolving failed. */
  | { readonly kind: 'missing'; readonly path: string; readonly errno: string; readonly at?: string }
  | { readonly kind: 'unreadable'; readonly path: string; readonly errno: string }

/** Why a file is not executable: its mode, its mount (`point`), or because it is a pipe or device. */
export type Blocked =
  | { readonly kind: 'mode' }
  | { readonly kind: 'noexec'; readonly point: string }
  | { readonly kind: 'special' }

export interface Surroundings {
  /** Looks up a path in the root, links followed within it. */
  lookup(path: string): Lookup
  /** The root in which it is executed; null: this machine's own. */
  readonly root: string | null
  readonly facts: TableFacts
  /** The current folder within the root, where a relative path starts. */
  readonly cwd: string
  /** QEMU_LD_PREFIX of the environment: where QEMU looks for a loader first. */
  readonly prefix: string | null
  /** An executable in the root, with version and build if the catalog knows its bytes. */
  identify(path: string): EmulatorInForce
}

/** An emulator that would run, and how the kernel comes by its file. */
export interface EmulatorInForce extends LocatedEmulator {
  /** `held`: F, and its file is there; `deleted`; `elsewhere`: in another root; `opened`: no F, so it is opened in the program's root each time. */
  readonly where: 'held' | 'deleted' | 'elsewhere' | 'opened'
}

/** One step of the kernel. */
export type Step =
  | { readonly kind: 'file'; readonly path: string; readonly program: Program }
  | {
      readonly kind: 'entry'
      readonly winner: ListedEntry
      readonly shadowed: readonly ListedEntry[]
      readonly emulator: EmulatorInForce | null
    }
  /** We see no entry, yet it runs: by the table of this container's host. */
  | { readonly kind: 'unseen'; readonly emulator: EmulatorInForce }
  | { readonly kind: 'loader'; readonly path: string; readonly prefix: string | null }

export type Why =
  | {
      readonly kind: 'file-missing' | 'file-folder' | 'file-not-executable' | 'file-unreadable' | 'file-sealed'
      readonly path: string
      readonly errno: string
      /** The component at which resolving failed. */
      readonly at?: string
      readonly blocked?: Blocked
    }
  | {
      readonly kind: 'script-interpreter-missing'
      readonly path: string
      readonly interpreter: string
      /** The folder in which a relative one was looked up; null for an absolute one. */
      readonly cwd: string | null
    }
  | { readonly kind: 'script-odd'; readonly path: string; readonly fault: string }
  | { readonly kind: 'scripts-too-deep'; readonly path: string }
  | { readonly kind: 'no-program'; readonly path: string; readonly what: 'empty' | 'text' | 'data' }
  | { readonly kind: 'damaged'; readonly path: string; readonly fault: string }
  | { readonly kind: 'no-entry'; readonly path: string; readonly program: ElfProgram; readonly lost: LostEntry | null }
  | { readonly kind: 'rule-misses'; readonly path: string; readonly program: ElfProgram }
  | { readonly kind: 'not-mounted'; readonly program: ElfProgram; readonly lost: LostEntry | null }
  | { readonly kind: 'switched-off'; readonly program: ElfProgram }
  | { readonly kind: 'entry-disabled'; readonly entry: string; readonly program: ElfProgram }
  | { readonly kind: 'emulator-missing'; readonly entry: ListedEntry; readonly root: string | null }
  | { readonly kind: 'emulator-unrunnable'; readonly entry: ListedEntry; readonly fault: string }
  | { readonly kind: 'probe-refused'; readonly entry: ListedEntry; readonly errno: string }
  /** An emulator starts, but a probe under it did not answer; `output` is what it printed, if it ended. */
  | { readonly kind: 'probe-unanswered'; readonly output: string | null }
  | (LoaderRefusal & { readonly kind: 'loader-missing'; readonly prefix: string | null })
  | (LoaderRefusal & { readonly kind: 'loader-foreign'; readonly got: string })
  | (LoaderRefusal & { readonly kind: 'loader-unusable'; readonly errno: string; readonly fault: string })

interface LoaderRefusal {
  readonly path: string
  readonly loader: string
  /** The program's architecture if an emulator looks for the loader; null: the kernel does, or it is unknown. */
  readonly emulated: string | null
}

/**
 * The result. `unknown`: we cannot tell from here. `breaks`: the emulator starts, and ends with a message of its own; or, with neither entry nor
 * emulator, the program starts natively and crashes.
 */
export type Verdict =
  | { readonly kind: 'native' }
  | { readonly kind: 'emulated'; readonly entry: ListedEntry | null; readonly emulator: EmulatorInForce | null }
  | { readonly kind: 'fails'; readonly errno: string; readonly why: Why }
  | { readonly kind: 'unknown'; readonly why: Why }
  | {
      readonly kind: 'breaks'
      readonly entry: ListedEntry | null
      readonly emulator: EmulatorInForce | null
      readonly why: Why
    }

export interface Forecast {
  readonly path: string
  readonly root: string | null
  readonly steps: readonly Step[]
  readonly verdict: Verdict
}
