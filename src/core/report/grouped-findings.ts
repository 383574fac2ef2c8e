// The findings of an outcome as they are told where all its targets are told of at once: what is the same for several targets stands there once.
import { type Explanation, type Finding, isFailure } from '../model/finding.js'
import type { Platform } from '../model/targets.js'
import { anchorOf, annotationText, codeOf, explanation, isHere } from './finding-text.js'
import type { Outcome, TargetOutcome } from './outcome.js'

/**
 * The findings of a target without those that say once more, of another run, that the same other emulator or version ran; how far the proof
 * came is told by its own fields.
 */
export function withoutEchoes(findings: readonly Finding[]): Finding[] {
  return findings.filter((finding, at) => !findings.slice(0, at).some((before) => isEcho(finding, before)))
}

function isEcho(finding: Finding, before: Finding): boolean {
  if (finding.kind !== 'wrong-emulator' && finding.kind !== 'wrong-version') return false
  const areHere = isHere(finding.where) && 'where' in before && isHere(before.where)
  return areHere && finding.kind === before.kind && finding.got === before.got && finding.path === before.path
}

/**
 * The targets of an outcome in its order. Failed ones whose findings read alike but for the name of the target stand together, where the first
 * of them does.
 */
export function alikeTargets({ targets }: Outcome): (readonly [TargetOutcome, ...TargetOutcome[]])[] {
  const groups = new Map<unknown, [TargetOutcome, ...TargetOutcome[]]>()
  for (const target of targets) {
    const key = target.state === 'failed' ? target.findings.map((one) => wordsKey(one, target.platform)).join() : target
    const group = groups.get(key)
    if (group === undefined) groups.set(key, [target])
    else group.push(target)
  }
  return [...groups.values()]
}

/** The same for findings that read alike but for the name of the target. */
function wordsKey(finding: Finding, platform: Platform): string {
  const words = explanation(finding, platform.target.name)
  return JSON.stringify([codeOf(finding), words]).replace(nameIn(platform), '*')
}

export interface ToldFinding extends Explanation {
  readonly finding: Finding
  /** Whom it is about, in the order of the request. */
  readonly platforms: readonly Platform[]
}

/** Every finding of an outcome in words, the first of those that read alike but for the name of the target. */
export function toldFindings({ targets }: Outcome): ToldFinding[] {
  const told = new Map<string, ToldFinding & { readonly platforms: Platform[] }>()
  for (const { platform, findings } of targets) {
    for (const finding of withoutEchoes(findings)) {
      const words = explanation(finding, platform.target.name)
      const key = wordsKey(finding, platform)
      const before = told.get(key)
      if (before === undefined) told.set(key, { ...words, finding, platforms: [platform] })
      else before.platforms.push(platform)
    }
  }
  return [...told.values()].map((one) => ({ ...one, title: titleOf(one.title, one.platforms) }))
}

/** A title that names the first of several targets says that there are more. */
export function titleOf(title: string, [first, ...others]: readonly Platform[]): string {
  const isNamed = first !== undefined && others.length > 0 && nameIn(first).test(title)
  return isNamed ? `${title} (and ${others.length} more)` : title
}

/** A target's name and its emulator's, as whole words. Names have no character that means something in a pattern. */
function nameIn({ target }: Platform): RegExp {
  return new RegExp(`\\b(?:qemu-)?${target.name}\\b`, 'g')
}

/** The failures as errors at a run's page: what and why, what to do, and where it is explained. */
export function failureNotices(outcome: Outcome): { readonly title: string; readonly text: string }[] {
  const failures = toldFindings(outcome).filter(({ finding }) => isFailure(finding))
  return failures.map(({ title, reason, remedy, finding, platforms }) => {
    const names = platforms.length === 1 ? '' : `${platforms.map(({ target }) => target.name).join(', ')}: `
    return { title, text: annotationText(`${names}${reason}`, remedy, anchorOf(codeOf(finding))) }
  })
}
