// What a person reads about an outcome at the end of a set-up.

import { exportLines, reachWords } from '../guest/guest-environment.js'
import { type Emulator, type LocatorName, locators } from '../model/emulator.js'
import type { Links } from '../model/links.js'
import { printable } from '../model/targets.js'
import { codeOf, isFailure } from '../outcome/finding.js'
import { isProven, type Outcome, type Proof, type TargetOutcome } from '../outcome/outcome.js'
import { megabytes } from '../text/progress.js'
import { anchorOf } from './annotation.js'
import { alikeTargets, explained, titleOf, withoutRepetitions } from './grouped-findings.js'

/** The outcome in a few lines. When all is proven, the last lines are the paths of the interpreters. */
export function outcomeText(outcome: Outcome, links: Links): string {
  const lines = alikeTargets(outcome).flatMap((group) => groupLines(group, links))
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

/** Variables for a shell to set; the action sets them for later steps itself. */
function environmentLines({ environment }: Outcome): string[] {
  const lines = exportLines(environment)
  return lines.length === 0 ? [] : ['', ...lines, ...reachWords(environment).map((words) => `  note: ${words}`)]
}

/** Which image it was, and how to pin it. */
function imageLines({ image }: Outcome): string[] {
  if (image === null) return []
  if (image.asked === image.pinned) return ['', `image   ${image.pinned}`]
  return ['', `image   ${image.asked}`, '  to pin it, write:', `  image: ${image.pinned}`]
}

function groupLines(group: readonly [TargetOutcome, ...TargetOutcome[]], links: Links): string[] {
  const [target] = group
  const name = group.map(nameOf).join(', ')
  const platforms = group.map(({ platform }) => platform)
  const notes = withoutRepetitions(target.findings).flatMap((finding) => {
    const { title, reason, remedy } = explained(finding, target.platform.target.name, links)
    const mark = isFailure(finding) ? 'failed' : 'note'
    return [
      `  ${mark}: ${titleOf(title, platforms)}: ${reason}`,
      ...(isFailure(finding) ? [`  to do: ${remedy}`, `  see:   ${anchorOf(codeOf(finding), links)}`] : []),
    ]
  })
  if (target.state === 'native') return [`${name}  native: this machine runs it without an emulator`, ...notes]
  if (target.state === 'failed') return [`${name}  NOT PROVEN`, ...notes]
  return [`${name}  ${emulatorWords(target.emulator)}`, ...detailLines(target), ...notes]
}

/** `QEMU 11.1.3 (Debian 1:11.1.3+ds-1)`, as far as it is known. Escaped: what an executable says of itself may contain anything. */
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

/** Whether the bytes of a downloaded emulator are counted on another target, which shares them. */
export function isCountedElsewhere(locator: LocatorName | null, bytesFetched: number): boolean {
  return bytesFetched === 0 && (locator === 'deb' || locator === 'image')
}

/** Where the bytes came from, in words. */
function originWords(locator: LocatorName | null, bytesFetched: number): string {
  if (isCountedElsewhere(locator, bytesFetched)) return 'fetched with another platform'
  if (locator === null) return ''
  return locators[locator].replace('%', bytesFetched > 0 ? `${megabytes(bytesFetched)} fetched` : 'copied')
}

/** What was proven, in words: `ran directly, in an empty chroot, argv[0] kept`. */
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
