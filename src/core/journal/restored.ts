// The result of undoing journals.

import type { Left } from './journal.js'

export interface Restored {
  /** Names of entries that were removed. */
  readonly removed: readonly string[]
  /** Names of entries of others that a container replaced, and that are reinstated. */
  readonly putBack: readonly string[]
  readonly left: readonly Left[]
  /** Entries of ours that were registered to the end, but not in force: `by` names newer ones that match the same programs. */
  readonly overtaken: readonly { readonly name: string; readonly by: readonly string[] }[]
  readonly unmounted: boolean
  /** Folders of private scopes that were closed. */
  readonly closed: readonly string[]
  /** Journals of jobs that still run, and the process of each */
  readonly spared: readonly { readonly id: string; readonly pid: number }[]
  /** Journals whose table no longer exists, and the entries that were in it. */
  readonly forgotten: readonly { readonly id: string; readonly entries: readonly string[] }[]
  /** Journals whose table belongs to another namespace, and a process that sees it; null if we do not know of one. */
  readonly elsewhere: readonly { readonly id: string; readonly pid: number | null }[]
  readonly warnings: readonly string[]
}

/** There was nothing to restore. */
export const nothingRestored: Restored = {
  removed: [],
  putBack: [],
  left: [],
  overtaken: [],
  unmounted: false,
  closed: [],
  spared: [],
  forgotten: [],
  elsewhere: [],
  warnings: [],
}

/** The results of two journals as one. */
export function mergedRestored(a: Restored, b: Restored): Restored {
  return {
    removed: [...a.removed, ...b.removed],
    putBack: [...a.putBack, ...b.putBack],
    left: [...a.left, ...b.left],
    overtaken: [...a.overtaken, ...b.overtaken],
    unmounted: a.unmounted || b.unmounted,
    closed: [...a.closed, ...b.closed],
    spared: [...a.spared, ...b.spared],
    forgotten: [...a.forgotten, ...b.forgotten],
    elsewhere: [...a.elsewhere, ...b.elsewhere],
    warnings: [...a.warnings, ...b.warnings],
  }
}

/** The final result of several journals: one may leave an entry that a later one registered under the same name, and removes. */
export function settled(restored: Restored): Restored {
  return { ...restored, left: restored.left.filter(({ name }) => !restored.removed.includes(name)) }
}
