// Where a target's emulator comes from: the catalog, a file of this machine, an image, or a container that registers it.

import { absoluteFolders } from '../machine/search-path.js'
import { type Catalog, type CatalogEmulator, emulatorFor, type Host } from '../model/catalog.js'
import type { LocatedEmulator } from '../model/emulator.js'
import type { EngineName } from '../model/engine-name.js'
import type { SetupErrorCode } from '../model/errors.js'
import type { ImageReference } from '../model/image-reference.js'
import type { Target } from '../model/targets.js'
import { type Finding, notSetUp } from '../outcome/finding.js'
import type { Request } from '../request/request.js'
import { visible } from '../text/visible.js'
import { isAccepted } from './existing-entry.js'

/** An executable of this machine, as it was read; it is never run for this. */
export interface LocalExecutable extends LocatedEmulator {
  /** Why it cannot be used as an emulator on this host; undefined when it can. */
  readonly refusal: string | undefined
}

export type ResolvedSource =
  | { readonly kind: 'catalog'; readonly emulator: CatalogEmulator }
  | { readonly kind: 'file'; readonly emulator: LocatedEmulator; readonly locator: 'host' | 'file' }
  | { readonly kind: 'image'; readonly image: ImageReference; readonly binary: string }
  | {
      readonly kind: 'container'
      readonly image: ImageReference
      readonly engine: EngineName | null
      readonly reset: boolean
    }

/** No source, and why. */
export interface NoSource {
  readonly kind: 'none'
  readonly finding: Finding
  readonly reason: string
}

interface SourceFacts {
  readonly host: Host
  readonly files: ReadonlyMap<string, readonly LocalExecutable[]>
  /** With `qemu-version: host`: why the entry that works is not kept; empty when none works. */
  readonly differences: readonly string[]
}

/** The source for one target of a request. */
export function sourceFor(
  target: Target,
  request: Request,
  machine: SourceFacts,
  catalog: Catalog,
): ResolvedSource | NoSource {
  const { source } = request
  switch (source.kind) {
    case 'image':
      return { kind: 'image', image: source.image, binary: target.binary }
    case 'container':
      return { kind: 'container', image: source.image, engine: source.engine, reset: source.reset }
    case 'catalog': {
      const emulator = emulatorFor(catalog, source.qemuVersion, machine.host, target)
      return emulator === undefined
        ? notInCatalog(target, source.qemuVersion, machine.host, catalog)
        : { kind: 'catalog', emulator }
    }
    default:
      return fileFor(target, request, machine)
  }
}

/**
 * Where to look for an executable, the preferred place first: for `qemu-version: host` on PATH, in /usr/bin and /usr/libexec; for `path` that file,
 * or in that folder. The name with `-static` comes first, as the other may be a dynamic executable of the same package.
 */
export function candidatePaths(target: Target, source: Request['source'], path: string, folder: boolean): string[] {
  const names = [`${target.binary}-static`, target.binary]
  if (source.kind === 'path')
    return folder ? names.map((name) => `${source.path.replace(/\/+$/, '')}/${name}`) : [source.path]
  if (source.kind !== 'host') return []
  const folders = [...absoluteFolders(path), '/usr/bin', '/usr/libexec']
  return names.flatMap((name) => [...new Set(folders)].map((part) => `${part.replace(/\/+$/, '')}/${name}`))
}

function fileFor(target: Target, request: Request, { files, differences }: SourceFacts): ResolvedSource | NoSource {
  const found = files.get(target.name) ?? []
  const usable = found.find((file) => file.refusal === undefined && isAccepted(file, request))
  if (usable === undefined)
    return found.length === 0 ? noFile(target, request, differences) : noneUsable(found, request.sha256s, differences)
  const { refusal, ...emulator } = usable
  const { path } = emulator
  if (request.source.kind === 'path' && path === request.source.path && isShared(path, target, files)) {
    const reason = `path names one executable, ${path}, for several platforms, and an emulator is for one`
    return none('invalid-input', reason, 'name the folder that holds one executable a platform (qemu-aarch64, ...)')
  }
  return { kind: 'file', emulator, locator: request.source.kind === 'path' ? 'file' : 'host' }
}

function isShared(path: string, target: Target, files: SourceFacts['files']): boolean {
  return [...files].some(([name, found]) => name !== target.name && found.some((file) => file.path === path))
}

function noneUsable(
  found: readonly LocalExecutable[],
  sha256s: readonly string[],
  differences: readonly string[],
): NoSource {
  const reasons = found.map(
    ({ path, sha256, refusal }) =>
      `${path} ${refusal ?? `has the SHA-256 ${sha256}, expected ${sha256s.join(' or ')}`}`,
  )
  const isOtherwiseFit = found.some(({ refusal }) => refusal === undefined)
  const hint = isOtherwiseFit
    ? 'find out where that file comes from; if it is the one that you mean, give its own sha256, as sha256sum prints it'
    : 'build it with --static, or take one from the catalog (leave path and qemu-version out) or from an image'
  const beside = differences.length === 0 ? [] : [differenceWords(differences)]
  const reason = `no executable that was found can be used: ${[...reasons, ...beside].join('; ')}`
  return none('emulator-unusable', reason, hint)
}

function noFile(target: Target, { source }: Request, differences: readonly string[]): NoSource {
  const names = `${target.binary}-static or ${target.binary}`
  if (source.kind === 'path')
    return none(
      'emulator-missing',
      `there is no ${names} at ${source.path}`,
      'path names an executable, or a folder that holds such files',
    )
  const nowhere = `this machine has no ${names}: neither on PATH nor under /usr/bin and /usr/libexec, and`
  return differences.length === 0
    ? none(
        'emulator-missing',
        `${nowhere} no entry that works`,
        "install the distribution's QEMU user emulators, or name a version of the catalog with qemu-version",
      )
    : none(
        'emulator-missing',
        `${nowhere} ${differenceWords(differences)}`,
        'ask for what the entry has, or name a version of the catalog with qemu-version',
      )
}

function differenceWords(differences: readonly string[]): string {
  return `the entry that works is not what is asked for: ${differences.join('; ')}`
}

function notInCatalog(target: Target, version: string, host: Host, catalog: Catalog): ResolvedSource | NoSource {
  const others = catalog.packages.filter(
    (from) => from.host === host && from.emulators.some(([binary]) => binary === target.binary),
  )
  const versions = [...new Set(others.map((from) => from.version))]
  const hint =
    versions.length === 0
      ? `no version in the catalog has it for ${host} hosts`
      : `these versions have it: ${versions.join(', ')}`
  return none('not-in-catalog', `the catalog has no ${target.binary} of QEMU ${version} for ${host} hosts`, hint)
}

function none(code: SetupErrorCode, words: string, hint: string): NoSource {
  // paths and the names of entries are not ours: they may hold anything
  const reason = visible(words)
  return { kind: 'none', finding: notSetUp({ code, message: reason, hint: visible(hint) }), reason }
}
