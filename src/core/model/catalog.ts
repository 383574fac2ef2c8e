// The catalog: for each QEMU version, host architecture and target the size and SHA-256 of one executable, and where in which Debian package it is. The data is src/data/emulators.json, made by `npm run catalog`.
import type { Emulator } from './emulator.js'
import { SetupError } from './errors.js'
import { printable, type Target } from './targets.js'

/** A host architecture, as Debian and OCI name it. */
export type Host = 'amd64' | 'arm64'

/** One xz block of the package's data.tar.xz: [absolute offset in the .deb, unpadded size, uncompressed size], in bytes. */
export type Block = readonly [offset: number, unpadded: number, uncompressed: number]

/** One Debian package that holds emulators. */
export interface Package {
  readonly version: string
  readonly build: string
  readonly host: string
  readonly suite: string
  /** Its name in the snapshot archive: `debian` or `debian-security`. */
  readonly archive: string
  readonly package: string
  readonly path: string
  readonly size: number
  readonly sha256: string
  /** A time stamp of the snapshot archive that has this path. */
  readonly snapshot: string
  /** Check type of the xz stream, see xz.ts. */
  readonly check: number
  readonly blocks: readonly Block[]
  /** [file name, offset in the uncompressed data.tar, size in bytes, SHA-256]. */
  readonly emulators: readonly (readonly [binary: string, offset: number, size: number, sha256: string])[]
}

export interface Catalog {
  readonly format: number
  /** The QEMU version used when none is named. */
  readonly default: string
  /** The newest version first; within a version the preferred build first. */
  readonly packages: readonly Package[]
}

/** An emulator of the catalog, and where its bytes are. */
export interface CatalogEmulator extends Emulator {
  readonly qemuVersion: string
  readonly build: string
  /** Without a `-static` suffix: `qemu-aarch64`. */
  readonly binary: string
  readonly size: number
  readonly host: Host
  /** Offset of the executable in the uncompressed data.tar of `package`. */
  readonly offset: number
  readonly package: Package
}

/** The versions in the catalog's order (newest first), each once. */
export function versionsOf(catalog: Catalog): string[] {
  return [...new Set(catalog.packages.map((entry) => entry.version))]
}

/** Whether `version` is `wanted` itself or, where that is a prefix (`10.0`), one of its versions. */
export function isVersion(version: string, wanted: string): boolean {
  return version === wanted || version.startsWith(`${wanted}.`)
}

/** A version or prefix as users write it, `v10.0`, as `10.0`; undefined for any other word. */
export function versionShaped(word: string): string | undefined {
  return /^v?(\d{1,3}(?:\.\d{1,3}){0,3})$/.exec(word.trim())?.[1]
}

/**
 * The exact version for a user's word: an exact one, `default`, `latest`, or a prefix (`10.0`: its newest). Throws `unknown-version` with the
 * nearest ones, and with other ways to get that version.
 */
export function versionNamed(word: string, catalog: Catalog): string {
  const versions = versionsOf(catalog)
  const wanted = word.trim()
  if (wanted === '' || wanted === 'default') return catalog.default
  if (wanted === 'latest' && versions[0] !== undefined) return versions[0]
  const shaped = versionShaped(wanted)
  const found = shaped === undefined ? undefined : versions.find((version) => isVersion(version, shaped))
  if (found !== undefined) return found
  if (shaped === undefined) {
    throw new SetupError(
      'unknown-version',
      `"${printable(word)}" is no QEMU version; the catalog has ${versions.join(', ')}`,
      {
        hint: `write an exact version (${catalog.default}), a prefix of one, latest, default, or host for what this machine has`,
      },
    )
  }
  throw new SetupError(
    'unknown-version',
    `QEMU ${shaped} is not in the catalog, which has ${versions.join(', ')}; the nearest: ${nearestVersions(shaped, versions).join(' and ')}`,
    {
      hint: `use one of these, or take QEMU ${shaped} from elsewhere: image with an OCI image that has it, or path with an executable of your own`,
    },
  )
}

/** From versions sorted from new to old: those of the same series (`10.0`), else the next newer and the next older one. */
function nearestVersions(wanted: string, versions: readonly string[]): string[] {
  const series = wanted.split('.').slice(0, 2).join('.')
  const related = versions.filter((version) => isVersion(version, series))
  if (related.length > 0) return related
  const newer = versions.filter((version) => compareVersions(version, wanted) > 0).at(-1)
  const older = versions.find((version) => compareVersions(version, wanted) < 0)
  return [newer, older].filter((version) => version !== undefined)
}

/** Compares number by number: negative, 0 or positive. A missing number counts as 0. */
export function compareVersions(a: string, b: string): number {
  const [one, other] = [a, b].map((version) => version.split('.').map(Number))
  const places = Math.max(one?.length ?? 0, other?.length ?? 0)
  const differences = Array.from({ length: places }, (_, at) => (one?.[at] ?? 0) - (other?.[at] ?? 0))
  return differences.find((difference) => difference !== 0) ?? 0
}

/** A target's emulator of this version for this host, in the catalog's preferred build; undefined when there is none. */
export function emulatorFor(
  catalog: Catalog,
  version: string,
  host: Host,
  target: Target,
): CatalogEmulator | undefined {
  for (const from of catalog.packages) {
    const found = from.version === version && from.host === host ? emulatorIn(from, target) : undefined
    if (found !== undefined) return found
  }
  return undefined
}

/** A target's emulator in a package; undefined when it has none. */
export function emulatorIn(from: Package, { binary }: Pick<Target, 'binary'>): CatalogEmulator | undefined {
  const row = from.emulators.find(([name]) => name === binary)
  if (row === undefined) return undefined
  const [, offset, size, sha256] = row
  const { version: qemuVersion, build } = from
  return { binary, sha256, size, qemuVersion, build, host: from.host as Host, offset, package: from }
}

/** The catalog's row for this SHA-256, for any host; undefined when it has none. */
export function emulatorOfHash(
  catalog: Catalog,
  sha256: string,
): Pick<CatalogEmulator, 'qemuVersion' | 'build' | 'binary'> | undefined {
  for (const from of catalog.packages) {
    const row = from.emulators.find((emulator) => emulator[3] === sha256)
    if (row !== undefined) return { qemuVersion: from.version, build: from.build, binary: row[0] }
  }
  return undefined
}

/** The emulator with this SHA-256, with its version and build if the catalog has it. */
export function identified(catalog: Catalog, sha256: string): Emulator {
  const { qemuVersion, build } = emulatorOfHash(catalog, sha256) ?? { qemuVersion: null, build: null }
  return { sha256, qemuVersion, build }
}

/** `qemu-aarch64 version 11.1.3 (Debian 1:11.1.3+ds-1)`, the first line of `--version`, in parts; undefined for any other text. */
export function parseVersionOutput(text: string): { qemuVersion: string; build: string | null } | undefined {
  const found = /^qemu-\S+ version (\d+\.\d+(?:\.\d+)?[\w.+~-]*)(?: \(([^)\n]*)\))?/.exec(text)
  return found?.[1] === undefined ? undefined : { qemuVersion: found[1], build: found[2] ?? null }
}
