// A private scope as the action's main step passes it to the post step.
import { json } from '../text/json.js'

/** A private scope: its holder's process, and the folder with `with-qemu`. */
export interface ScopeHolder {
  readonly pid: number
  /** Clock ticks since boot. */
  readonly start: string
  readonly folder: string
}

/**
 * The name of a scope's folder: the namespace of process numbers that its holder has its number in, the user namespace that it was opened from, and a
 * random part.
 */
export const scopeFolderName = /^setup-qemu-scope-(\d+-\d+)-[A-Za-z0-9]{6}$/

/** Reads a holder's JSON; undefined for anything that we did not write, as we would remove its folder and end its process. */
export function parseScopeHolder(text: string): ScopeHolder | undefined {
  const value = json(text)
  if (value === undefined) return undefined
  const { pid, start, folder } = value
  if (!Number.isSafeInteger(pid) || (pid as number) < 2 || typeof start !== 'string' || !/^\d{1,20}$/.test(start))
    return undefined
  if (typeof folder !== 'string' || !folder.startsWith('/') || folder.includes('\0')) return undefined
  if (!scopeFolderName.test(folder.split('/').at(-1) ?? '')) return undefined
  return { pid: pid as number, start, folder }
}
