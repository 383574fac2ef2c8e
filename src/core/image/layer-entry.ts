// What a member of a layer means for the search for executables: a file that is wanted, or something that hides files of the layers below.
// Source: the OCI image specification, layer.md (whiteouts), and its rule that they count for lower layers only.

import { printable } from '../model/targets.js'
import { refused } from './image-manifest.js'
import type { TarEntry } from './tar-entry.js'

export type LayerEntry =
  /** The path is gone in the layers below. */
  | { readonly kind: 'whiteout'; readonly path: string }
  /** What lies in this folder in the layers below is gone. */
  | { readonly kind: 'opaque'; readonly path: string }
  | { readonly kind: 'folder'; readonly path: string }
  /** A regular file with a wanted name. */
  | { readonly kind: 'candidate'; readonly path: string; readonly binary: string }
  /** Something else with a wanted name, and why it is of no use. */
  | { readonly kind: 'unusable'; readonly path: string; readonly binary: string; readonly reason: string }
  | { readonly kind: 'other'; readonly path: string }

const whiteoutPrefix = '.wh.'
const opaqueName = '.wh..wh..opq'

/**
 * What a member is, when executables of the names `wanted` (`qemu-aarch64`) are looked for; each may have `-static` behind it. Paths come out
 * without `./` and slashes at their ends. Throws `image-refused` for a path that leads out of the image, and for a wanted name that has an
 * absolute path or `..` in it, is a device or fifo, or links to an absolute path.
 */
export function layerEntry(entry: TarEntry, wanted: ReadonlySet<string>, image: string): LayerEntry {
  const parts = entry.path.split('/').filter((part) => part !== '' && part !== '.')
  const resolved = resolvedParts(parts)
  if (resolved === undefined)
    throw refused(image, `a layer has the path "${printable(entry.path)}", which leads out of it`)
  const path = resolved.join('/')
  const name = resolved.at(-1) ?? ''
  const folder = resolved.slice(0, -1).join('/')
  if (name === opaqueName) return { kind: 'opaque', path: folder }
  if (name.startsWith(whiteoutPrefix)) {
    const hidden = name.slice(whiteoutPrefix.length)
    // a name that would be the folder itself or the one above
    if (hidden === '' || hidden === '.' || hidden === '..')
      throw refused(image, `a layer has the whiteout "${printable(entry.path)}", which names no file`)
    return { kind: 'whiteout', path: folder === '' ? hidden : `${folder}/${hidden}` }
  }
  if (entry.kind === 'folder') return { kind: 'folder', path }
  const binary = wantedBinary(name, wanted)
  if (binary === undefined) return { kind: 'other', path }
  if (entry.path.startsWith('/') || parts.includes('..'))
    throw refused(image, `a layer has "${printable(entry.path)}", a path that is absolute or goes back`)
  return wantedEntry(entry, path, binary, image)
}

/** The path without `..`; undefined when it leads upward out of the root. */
function resolvedParts(parts: readonly string[]): string[] | undefined {
  const resolved: string[] = []
  for (const part of parts) {
    if (part !== '..') resolved.push(part)
    else if (resolved.pop() === undefined) return undefined
  }
  return resolved
}

function wantedBinary(name: string, wanted: ReadonlySet<string>): string | undefined {
  if (wanted.has(name)) return name
  const stem = name.replace(/-static$/, '')
  return wanted.has(stem) ? stem : undefined
}

function wantedEntry({ kind, link }: TarEntry, path: string, binary: string, image: string): LayerEntry {
  if (kind === 'file') return { kind: 'candidate', path, binary }
  if (kind === 'device' || kind === 'fifo') throw refused(image, `"${printable(path)}" is a ${kind}`)
  if (link.startsWith('/'))
    throw refused(image, `"${printable(path)}" is a ${kind} to the absolute path "${printable(link)}"`)
  const reason = kind === 'other' ? 'is no regular file' : `is a ${kind} to "${printable(link)}"`
  return { kind: 'unusable', path, binary, reason }
}

/** What upper layers hide of the lower ones. */
export class HiddenPaths {
  /** What lies at and below these paths is hidden: whiteouts, and whatever is no folder. */
  readonly #covered = new Set<string>()
  /** What lies below these paths is hidden. */
  readonly #opaque = new Set<string>()
  #characters = 0

  /** How many characters the paths have together. */
  get characters(): number {
    return this.#characters
  }

  /** Takes in a member of a layer. */
  add(entry: LayerEntry): void {
    // a member that is the root itself hides nothing
    if (entry.kind === 'folder' || (entry.kind !== 'opaque' && entry.path === '')) return
    const paths = entry.kind === 'opaque' ? this.#opaque : this.#covered
    if (paths.has(entry.path)) return
    paths.add(entry.path)
    this.#characters += entry.path.length
  }

  /** Takes in what a whole layer hides, now that the next lower one is looked at. */
  addAll(other: HiddenPaths): void {
    for (const path of other.#covered) this.#covered.add(path)
    for (const path of other.#opaque) this.#opaque.add(path)
    this.#characters += other.#characters
  }

  /** Whether a path of a lower layer is hidden. */
  has(path: string): boolean {
    if (this.#covered.has(path)) return true
    for (let slash = path.length; slash > 0; ) {
      slash = path.lastIndexOf('/', slash - 1)
      const folder = slash < 0 ? '' : path.slice(0, slash)
      if (this.#opaque.has(folder) || this.#covered.has(folder)) return true
    }
    return false
  }
}
