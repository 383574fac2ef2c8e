// What a person reads at the end: the outcome, what was restored, the catalog. Pure prose; colour and streams are others' matter.

import { exportLines, reachWords } from '../guest/guest-environment.js'
import { type Catalog, type Package, versionsOf } from '../model/catalog.js'
import { type Emulator, type LocatorName, locators } from '../model/emulator.js'
import type { SetupError } from '../model/errors.js'
import { printable } from '../model/targets.js'
import { codeOf, explanation, isFailure } from '../outcome/finding.js'
import { isProven, type Outcome, type Proof, type TargetOutcome } from '../outcome/outcome.js'
import { anchorOf } from './annotation.js'
import { alikeTargets, titleOf, withoutRepetitions } from './grouped-findings.js'

/** The outcome in a few lines; when it is green and something is emulated, the last line is the first interpreter's path. */
export function outcomeText(outcome: Outcome): string {
  const lines = alikeTargets(outcome).flatMap(groupLines)
  const failed = outcome.targets.filter(({ state }) => state === 'failed').length
  if (!isProven(outcome)) return [...lines, '', `${failed} of ${outcome.targets.length} not proven`].join('\n')
  const interpreters = outcome.targets.flatMap(({ entry }) => (entry === null ? [] : [entry.interpreter]))
  return [
    ...lines,
    ...environmentLines(outcome),
    ...imageLines(outcome),
    ...(interpreters.length > 0 ? ['', ...interpreters] : []),
  ].join('\n')
}

/** What a shell must be told for its programs; the action tells later steps itself. */
function environmentLines({ environment }: Outcome): string[] {
  const lines = exportLines(environment)
  return lines.length === 0 ? [] : ['', ...lines, ...reachWords(environment).map((words) => `  note: ${words}`)]
}

/** Which image it was, and how to name it so that it stays that one. */
function imageLines({ image }: Outcome): string[] {
  if (image === null) return []
  if (image.asked === image.pinned) return ['', `image   ${image.pinned}`]
  return ['', `image   ${image.asked}`, '  to pin it, write:', `  image: ${image.pinned}`]
}

function groupLines(group: readonly [TargetOutcome, ...TargetOutcome[]]): string[] {
  const [target] = group
  const name = group.map(nameOf).join(', ')
  const platforms = group.map(({ platform }) => platform)
  const notes = withoutRepetitions(target.findings).flatMap((finding) => {
    const { title, reason, remedy } = explanation(finding, target.platform.target.name)
    const mark = isFailure(finding) ? 'failed' : 'note'
    return [
      `  ${mark}: ${titleOf(title, platforms)}: ${reason}`,
      ...(isFailure(finding) ? [`  to do: ${remedy}`, `  see:   ${anchorOf(codeOf(finding))}`] : []),
    ]
  })
  if (target.state === 'native') return [`${name}  native: this machine runs it without an emulator`, ...notes]
  if (target.state === 'failed') return [`${name}  NOT PROVEN`, ...notes]
  return [`${name}  ${emulatorWords(target.emulator)}`, ...detailLines(target), ...notes]
}

/** `QEMU 11.1.3 (Debian 1:11.1.3+ds-1)`, as far as it is known: what an executable of others says of itself may hold anything. */
export function emulatorWords(emulator: Pick<Emulator, 'qemuVersion' | 'build'> | null): string {
  if (emulator === null || emulator.qemuVersion === null) return 'an emulator of unknown version'
  const { qemuVersion, build } = emulator
  return `QEMU ${printable(qemuVersion)}${build === null ? '' : ` (${printable(build)})`}`
}

function detailLines({ state, entry, emulator, proof, locator, bytesFetched, seconds }: TargetOutcome): string[] {
  const source = state === 'kept' ? 'kept, as it was there already' : originWords(locator, bytesFetched)
  return [
    `  entry   ${entry === null ? 'out of sight' : `${printable(entry.name)}, flags ${entry.flags}`}`,
    `  proof   ${proofWords(proof)}`,
    `  sha256  ${emulator?.sha256}`,
    `  source  ${source}, ${seconds.toFixed(1)} s`,
  ]
}

/** Of emulators that share bytes of what was fetched, those on whom none are booked. */
export function cameWithAnother(locator: LocatorName | null, bytesFetched: number): boolean {
  return bytesFetched === 0 && (locator === 'deb' || locator === 'image')
}

/** Where the bytes came from, in words. */
function originWords(locator: LocatorName | null, bytesFetched: number): string {
  if (cameWithAnother(locator, bytesFetched)) return 'fetched with another platform'
  return locator === null ? '' : locators[locator].replace('%', megabytes(bytesFetched))
}

/** What was proven, in words: `direct, chroot, argv[0], fingerprint`. */
export function proofWords(proof: Proof | null): string {
  if (proof === null) return 'none'
  const { direct, chroot, wide, argv0, loader, containers = {} } = proof
  const engines = Object.entries(containers).filter(([, isSo]) => isSo)
  const words = [
    direct && 'ran directly',
    chroot && 'in an empty chroot',
    ...engines.map(([engine]) => `in a ${engine} container`),
    wide === true && 'as an AppImage',
    argv0 && 'argv[0] kept',
    loader !== undefined && `a dynamic program by ${loader}`,
  ]
  return words.filter((word) => word !== false).join(', ')
}

/** `linux/arm64`, or QEMU's name where OCI has none. */
export function nameOf(target: { platform: TargetOutcome['platform'] }): string {
  return target.platform.platform ?? target.platform.target.name
}

/** Bytes as a person reads them: `4.3 MB`. */
export function megabytes(bytes: number): string {
  return `${(bytes / 1e6).toFixed(1)} MB`
}

/** The catalog as a table: version, build, hosts, number of emulators, size of one executable, and by build how many problems are known. */
export function versionsText(catalog: Catalog, problems: ReadonlyMap<string, number>): string {
  const rows = buildsOf(catalog).map(({ first, hosts }) => {
    const sizes = first.emulators.map(([, , size]) => size)
    const mean = sizes.reduce((sum, size) => sum + size, 0) / Math.max(1, sizes.length)
    const mark = first.version === catalog.default ? ' (default)' : ''
    return [
      `${first.version}${mark}`,
      first.build,
      hosts.join(' '),
      String(sizes.length),
      megabytes(mean),
      String(problems.get(first.build) ?? 0),
    ]
  })
  return tableText([['QEMU', 'build', 'hosts', 'emulators', 'size of one', 'known problems'], ...rows])
}

/** The JSON of `versions --json`. */
export function versionsJson(catalog: Catalog, problems: ReadonlyMap<string, number>): object {
  const builds = buildsOf(catalog).map(({ first, hosts }) => ({
    qemuVersion: first.version,
    build: first.build,
    hosts,
    knownProblems: problems.get(first.build) ?? 0,
    emulators: first.emulators.map(([binary, , size, sha256]) => ({ binary, size, sha256 })),
  }))
  return { default: catalog.default, versions: versionsOf(catalog), builds }
}

function buildsOf(catalog: Catalog): { first: Package; hosts: string[] }[] {
  const builds = new Map<string, { first: Package; hosts: string[] }>()
  for (const from of catalog.packages) {
    const build = builds.get(from.build) ?? { first: from, hosts: [] }
    builds.set(from.build, { ...build, hosts: [...build.hosts, from.host] })
  }
  return [...builds.values()]
}

/** Rows as aligned columns. */
export function tableText(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)))
  return rows
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n')
}

/** An error in three lines: what happened, what to do, where it is explained. */
export function errorText(error: SetupError): string {
  return [`error: ${error.message}`, `to do: ${error.hint}`, `see:   ${anchorOf(error.code)}`].join('\n')
}
