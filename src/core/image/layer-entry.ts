// What a member of a layer means for a search for executables: a wanted file, or something that hides files in the layers below. Source: the OCI
// image specification, layer.md (whiteouts, which apply to lower layers only).

import { printable } from '../model/targets.js'
import { refused } from './image-manifest.js'
import type { TarEntry } from './tar-entry.js'

/** A member of a layer; paths are relative to the image's root. */
export type LayerEntry =
  /** Removes this path of the layers below. */
  | { readonly kind: 'whiteout'; readonly path: string }
  /** Removes the content that this folder has in the layers below. */
  | { readonly kind: 'opaque'; readonly path: string }
  | { readonly kind: 'folder'; readonly path: string }
  /** A regular file with a wanted name. */
  | { readonly kind: 'candidate'; readonly path: string; readonly binary: string }
  /** Something else with a wanted name, and why it cannot be used. */
  | { readonly kind: 'unusable'; readonly path: string; readonly binary: string; readonly reason: string }
  | { readonly kind: 'other'; readonly path: string }

const whiteoutPrefix = '.wh.'
const opaqueName = '.wh..wh..opq'

/**
 * Classifies a member in a search for the executables `wanted` (`qemu-aarch64`, also with the suffix `-static`). Paths are normalized: no `./`,
 * no slashes at the ends. Throws `image-refused` for a path that leads out of the image, and for a wanted name with an absolute path or `..`,
 * for a device or fifo, and for a link to an absolute path.
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
    // these names would mean the folder itself or its parent
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

/** The path with `..` resolved; undefined when it leads out of the root. */
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

/** The paths that upper layers hide in the lower ones. */
export class HiddenPaths {
  /** Hidden with everything below them: whiteouts, and all members but folders. */
  readonly #covered = new Set<string>()
  /** Folders whose content is hidden. */
  readonly #opaque = new Set<string>()
  #characters = 0

  /** The total length of all paths, in characters. */
  get characters(): number {
    return this.#characters
  }

  /** Adds what a member of a layer hides. */
  add(entry: LayerEntry): void {
    // the root itself hides nothing
    if (entry.kind === 'folder' || (entry.kind !== 'opaque' && entry.path === '')) return
    const paths = entry.kind === 'opaque' ? this.#opaque : this.#covered
    if (paths.has(entry.path)) return
    paths.add(entry.path)
    this.#characters += entry.path.length
  }

  /** Adds what a whole layer hides, once it is read. */
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
