// A root with the libraries of dynamic foreign programs: which loader it has, found the way QEMU does. QEMU prepends the root to a file's path and
// opens the result, so an absolute link in the root leads to this machine's own files (QEMU's util/path.c, and path_resolution(7)).
import { closeSync, lstatSync, openSync, readlinkSync, readSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { allLoaders, loadersOf } from '../core/guest/loader.js'
import { matches } from '../core/model/entry.js'
import { SetupError } from '../core/model/errors.js'
import { printable, type Target, targets } from '../core/model/targets.js'
import { errnoName } from './command.js'

const headBytes = 64
const mostSteps = 400

/** A usable root, and which of the target's loaders it has, the usual one first. */
export interface Sysroot {
  readonly path: string
  readonly loaders: readonly string[]
}

/**
 * Checks a root for programs of `target`. Throws `sysroot-unusable`: not a folder, no loader of the target, a loader of another architecture, or
 * one behind a link that leads out of the root.
 */
export function lookAtSysroot(path: string, target: Target): Sysroot {
  const noFolder = folderRefusal(path)
  if (noFolder !== undefined)
    throw refusal(path, noFolder, 'name the folder that holds lib, or lib64, of the architecture')
  const wanted = loadersOf(target.name)
  if (wanted.length === 0)
    throw refusal(
      path,
      `no dynamic loader for ${target.name} is known with which a program could be proven to run`,
      'run its programs in a chroot or a container instead, which need no sysroot',
    )
  const seen = wanted.map((loader) => ({ loader, ...headAt(path, loader) }))
  const loaders = seen.filter(({ head }) => head !== undefined && matches(target, head)).map(({ loader }) => loader)
  if (loaders.length > 0) return { path, loaders }
  const other = seen.find(({ head }) => head !== undefined)
  const linked = linkRefusal(path, target, wanted)
  if (linked !== undefined) throw linked
  if (other?.head !== undefined)
    throw refusal(
      path,
      `expected a loader of ${target.name} at ${other.loader}, found ${kindOf(other.head)}`,
      `name a root of ${target.name}, or ask for the platform that the root is of`,
    )
  throw missing(path, target, wanted)
}

/** The error for a loader behind an absolute link, which QEMU follows out of the root; undefined when there is none. */
function linkRefusal(root: string, target: Target, wanted: readonly string[]): SetupError | undefined {
  for (const loader of wanted) {
    const { at, to } = resolvedInside(root, loader)?.link ?? {}
    if (at === undefined || to === undefined) continue
    const [place, goal] = [printable(join(root, at), 300), printable(join(root, to), 300)]
    return refusal(
      root,
      `${expectation(target, wanted)}, found ${printable(at)}, a link to ${printable(to)}: QEMU follows an absolute link to this machine's own files, not within the root`,
      `make the link relative: ln -sfnr ${goal} ${place}`,
    )
  }
  return undefined
}

function expectation({ name }: Target, wanted: readonly string[]): string {
  return `expected a loader of ${name} (${wanted.join(', ')})`
}

/** The error for a root without a loader. */
function missing(root: string, target: Target, wanted: readonly string[]): SetupError {
  const expected = expectation(target, wanted)
  for (const loader of wanted) {
    const below = headAt(root, join('/usr', loader)).head === undefined ? undefined : belowUsr(root, loader)
    if (below !== undefined) return refusal(root, `${expected}, found it below /usr alone: ${below.found}`, below.hint)
  }
  const others = allLoaders.flatMap((loader) => {
    const { head } = headAt(root, loader)
    return head === undefined ? [] : [`${loader}, ${kindOf(head)}`]
  })
  const found = others.length === 0 ? 'no loader of any architecture' : others.slice(0, 4).join('; ')
  const hint =
    others.length === 0
      ? 'name the folder that holds lib, or lib64, with the loader in it (the package libc6 or musl of the architecture)'
      : `name a root of ${target.name}, or ask for the platform that the root is of`
  return refusal(root, `${expected}, found ${found}`, hint)
}

/** Why a loader below /usr is not found where programs look for it, and how to fix that; undefined for anything but the two usual cases. */
function belowUsr(root: string, loader: string): { readonly found: string; readonly hint: string } | undefined {
  const folder = loader.split('/')[1] ?? ''
  const place = join(root, folder)
  if (lstatSync(place, { throwIfNoEntry: false }) === undefined)
    return {
      found: `the link /${folder} of a whole system is missing`,
      hint: `make it: ln -s usr/${folder} ${printable(place, 300)}`,
    }
  if (statSync(place, { throwIfNoEntry: false })?.isDirectory() !== true) return undefined
  const [from, to] = [join(root, 'usr', loader), join(root, loader)].map((path) => printable(path, 300))
  return { found: `/${folder} is a folder of its own, without it`, hint: `link it: ln -sfnr ${from} ${to}` }
}

function folderRefusal(path: string): string | undefined {
  try {
    return statSync(path).isDirectory() ? undefined : 'it is no folder'
  } catch (error) {
    return errnoName(error) === 'ENOENT' ? 'it is not there' : `it cannot be looked into: ${errnoName(error)}`
  }
}

/** The first bytes of a file of the root, with links followed as the kernel does from outside. */
function headAt(root: string, name: string): { readonly head?: Uint8Array } {
  let file: number
  try {
    if (!statSync(join(root, name)).isFile()) return {}
    file = openSync(join(root, name), 'r')
  } catch (error) {
    if (['ENOENT', 'ENOTDIR', 'ELOOP'].includes(errnoName(error))) return {}
    throw refusal(root, `${name} cannot be read: ${errnoName(error)}`, 'let this user read the root')
  }
  try {
    const head = new Uint8Array(headBytes)
    return { head: head.subarray(0, readSync(file, head, 0, headBytes, 0)) }
  } finally {
    closeSync(file)
  }
}

/** What a file is, from its first bytes: `a file of riscv64`. */
function kindOf(head: Uint8Array): string {
  const names = targets.filter((target) => matches(target, head)).map(({ name }) => name)
  return names.length === 0 ? 'no ELF file of a known architecture' : `a file of ${names.join(' or ')}`
}

/**
 * Follows a path as in a chroot. If it leads to a file: the first absolute link on the way, if any, which leads elsewhere from outside. Undefined if
 * there is no such file in the root.
 */
function resolvedInside(
  root: string,
  name: string,
): { readonly link?: { readonly at: string; readonly to: string } } | undefined {
  const waiting = name.split('/').filter((part) => part !== '')
  let here = '/'
  let link: { at: string; to: string } | undefined
  for (let steps = 0; waiting.length > 0 && steps < mostSteps; steps++) {
    const next = join(here, waiting.shift() ?? '')
    const target = linkTarget(join(root, next))
    if (target === undefined) {
      here = next
      continue
    }
    if (target.startsWith('/')) {
      link ??= { at: next, to: target }
      here = '/'
    }
    waiting.unshift(...target.split('/').filter((part) => part !== ''))
  }
  const isThere = waiting.length === 0 && lstatSync(join(root, here), { throwIfNoEntry: false })?.isFile() === true
  return isThere ? { ...(link === undefined ? {} : { link }) } : undefined
}

function linkTarget(path: string): string | undefined {
  try {
    return readlinkSync(path)
  } catch (error) {
    // EINVAL: it is not a link
    if (['EINVAL', 'ENOENT', 'ENOTDIR'].includes(errnoName(error))) return undefined
    throw error
  }
}

function refusal(root: string, found: string, hint: string): SetupError {
  return new SetupError('sysroot-unusable', `the root ${printable(root, 300)} cannot be used: ${found}`, { hint })
}
