// What happens when a file is executed, as data: the steps that the kernel takes, and what comes of it.

import type { LostEntry } from '../journal/lost-entry.js'
import type { ReadAt } from '../model/elf.js'
import type { LocatedEmulator } from '../model/emulator.js'
import type { ListedEntry } from '../model/entry.js'
import type { ElfProgram, Program } from '../model/program.js'
import type { TableFacts } from './table-view.js'

/** What stands at a path; `path` is where it leads to within the root. */
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
  /** It may be executed, and not be read: what it is cannot be told. */
  | { readonly kind: 'sealed'; readonly path: string }
  /** `at`: where on its way it came up. */
  | { readonly kind: 'missing'; readonly path: string; readonly errno: string; readonly at?: string }
  | { readonly kind: 'unreadable'; readonly path: string; readonly errno: string }

/** Why a file is not executed: its mode, its mount (`point`), or that it is a pipe or device. */
export type Blocked =
  | { readonly kind: 'mode' }
  | { readonly kind: 'noexec'; readonly point: string }
  | { readonly kind: 'special' }

export interface Surroundings {
  /** Looks up a path in the root, links followed within it. */
  lookup(path: string): Lookup
  /** The root it is executed in; null: this machine's own. */
  readonly root: string | null
  readonly facts: TableFacts
  /** The folder in which it is executed, within the root: where a path that does not begin with / starts. */
  readonly cwd: string
  /** QEMU_LD_PREFIX of the environment: where QEMU looks for a loader first. */
  readonly prefix: string | null
  /** Version and build of an executable in the root, from its bytes; what is not in the catalog has none. */
  identify(path: string): EmulatorInForce
}

/** An emulator that would run, and how the kernel comes by its file. */
export interface EmulatorInForce extends LocatedEmulator {
  /** `held`: F, and its file is there; `deleted`; `elsewhere`: in another root; `opened`: no F, so it is opened in the program's root each time. */
  readonly where: 'held' | 'deleted' | 'elsewhere' | 'opened'
}

/** One thing that the kernel does on the way. */
export type Step =
  | { readonly kind: 'file'; readonly path: string; readonly program: Program }
  | {
      readonly kind: 'entry'
      readonly winner: ListedEntry
      readonly shadowed: readonly ListedEntry[]
      readonly emulator: EmulatorInForce | null
    }
  /** No entry is in sight, and it runs all the same: by the table of this container's host. */
  | { readonly kind: 'unseen'; readonly emulator: EmulatorInForce }
  | { readonly kind: 'loader'; readonly path: string; readonly prefix: string | null }

export type Why =
  | {
      readonly kind: 'file-missing' | 'file-folder' | 'file-not-executable' | 'file-unreadable' | 'file-sealed'
      readonly path: string
      readonly errno: string
      /** Where on its way it came up. */
      readonly at?: string
      readonly blocked?: Blocked
    }
  | {
      readonly kind: 'script-interpreter-missing'
      readonly path: string
      readonly interpreter: string
      /** Where a relative one was looked up; null: it is absolute. */
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
  /** An emulator starts, and a probe under it did not come so far as to answer; `output` is what it said, if it ended. */
  | { readonly kind: 'probe-unanswered'; readonly output: string | null }
  | (LoaderRefusal & { readonly kind: 'loader-missing'; readonly prefix: string | null })
  | (LoaderRefusal & { readonly kind: 'loader-foreign'; readonly got: string })
  | (LoaderRefusal & { readonly kind: 'loader-unusable'; readonly errno: string; readonly fault: string })

interface LoaderRefusal {
  readonly path: string
  readonly loader: string
  /** The architecture of the program where an emulator looks for the loader; null: the kernel does, or none is known. */
  readonly emulated: string | null
}

/**
 * What will come of it. `unknown`: that cannot be told from here. `breaks`: the emulator starts, and ends with a message of its own; or with neither
 * entry nor emulator: it starts natively, and crashes.
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
