// The source that belongs to a build of QEMU: its own, and that of each library that is linked into it, as the GPL and the LGPL ask for. Each source
// package becomes one file of the release: an uncompressed tar of its .dsc and the files that this names.
// Sources: Debian policy 7.8 (Built-Using) and 5.6.1 (Source).
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { tarOf } from '../../src/core/image/tar-writer.js'
import type { Package } from '../../src/core/model/catalog.js'
import { type Apt, type OfferedSource, sourcesNamed, updatedApt } from '../catalog/apt.js'
import { fieldOf } from '../catalog/deb822.js'
import { hosts, suites } from '../catalog/suites.js'
import { archiveFile, type PackagePlaces } from './debian-package.js'

/** A source package by its name and Debian's version, with its epoch. */
export interface SourceName {
  readonly name: string
  readonly version: string
}

/** The source packages of a binary package by its control fields: its own first, then those of what is linked into it. */
export function sourcesOf(control: ReadonlyMap<string, string>): [SourceName, ...SourceName[]] {
  const source = /^(\S+)(?: \((\S+)\))?$/.exec(control.get('source') ?? fieldOf(control, 'Package'))
  if (source?.[1] === undefined) throw new Error(`not the name of a source package: "${control.get('source')}"`)
  // a rebuild has a version of its own, and names that of its source
  const own = { name: source[1], version: source[2] ?? fieldOf(control, 'Version') }
  const used = ['built-using', 'static-built-using'].flatMap((field) => (control.get(field) ?? '').split(/\s*,\s*/))
  return [own, ...used.filter((text) => text !== '').map(usedSource)]
}

function usedSource(text: string): SourceName {
  const [, name, version] = /^(\S+) \(= (\S+)\)$/.exec(text) ?? []
  if (name === undefined || version === undefined) throw new Error(`not a source package with its version: "${text}"`)
  return { name, version }
}

/** The source packages of all packages of a build, each once, QEMU's first and the others by name. Hosts can differ in what is linked. */
export function sourcesOfAll(controls: readonly ReadonlyMap<string, string>[]): SourceName[] {
  const lists = controls.map(sourcesOf)
  const key = ({ name, version }: SourceName) => `${name}_${version}`
  const own = new Map(lists.flatMap((list) => list.slice(0, 1)).map((source) => [key(source), source]))
  const used = new Map(lists.flatMap((list) => list.slice(1)).map((source) => [key(source), source]))
  const sorted = [...used].filter(([one]) => !own.has(one)).sort(([one], [other]) => (one < other ? -1 : 1))
  return [...own.values(), ...sorted.map(([, source]) => source)]
}

/**
 * The name of a source package's file in a release: `source-zlib_1.3.dfsg+really1.3.1-1.tar`. The epoch is left out, and `~` is written as `_`, as in the
 * release's tag: GitHub would rename it.
 */
export function sourceFileName({ name, version }: SourceName): string {
  return `source-${nameAndVersion(name, version)}.tar`
}

function nameAndVersion(name: string, version: string): string {
  return `${name}_${version.replace(/^\d+:/, '').replaceAll('~', '_')}`
}

/** What the verified indexes of the packages' own suites say of these source packages. Throws for one that none of them lists. */
export function offeredSources(
  wanted: readonly SourceName[],
  packages: readonly Package[],
  mirrors: readonly string[] = [],
): OfferedSource[] {
  const names = new Set(packages.map(({ suite }) => suite))
  const folder = mkdtempSync(join(tmpdir(), 'release-apt-'))
  try {
    const wantedSuites = suites.filter(({ name }) => names.has(name))
    const apt = updatedApt(folder, { suites: wantedSuites, architectures: hosts, sources: true, mirrors })
    const offered = sourcesNamed(apt, [...new Set(wanted.map(({ name }) => name))])
    return wanted.map(({ name, version }) => {
      const found = offered.find((one) => one.name === name && one.version === version)
      if (found === undefined) throw notListed(apt, { name, version }, packages)
      return found
    })
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

function notListed(apt: Apt, { name, version }: SourceName, packages: readonly Package[]): Error {
  const listed = [...new Set(packages.map(({ suite }) => suite))]
  const reasons = listed.map(
    (suite) => `${suite}: ${apt.refused.get(suite) ?? 'its index of sources does not list it'}`,
  )
  const [{ archive, snapshot } = { archive: '', snapshot: '' }] = packages
  return new Error(
    [
      `the source package ${name} ${version} is linked into this build and was not found:`,
      ...reasons,
      `no release goes out without its source: name a mirror that has the suite as it was, --mirror https://snapshot.debian.org/archive/${archive}/${snapshot}`,
    ].join('\n'),
  )
}

/**
 * A source package as a file of the release: a tar of its files by name, owned by root and dated 1970, so the same bytes each time. `snapshot`: a time
 * stamp at which the snapshot archive has it.
 */
export async function sourceArchive(
  source: OfferedSource,
  snapshot: string,
  places: PackagePlaces = {},
): Promise<Uint8Array> {
  const folder = nameAndVersion(source.name, source.version)
  const members = []
  for (const file of source.files) {
    const { name, size, sha256 } = file
    const from = { archive: source.suite.archive, path: `${source.folder}/${name}`, snapshot, size, sha256 }
    const bytes = await archiveFile(from, `${name} of the source package ${source.name} ${source.version}`, places)
    members.push({ name: `${folder}/${name}`, bytes, mode: 0o644 })
  }
  return tarOf(members)
}
