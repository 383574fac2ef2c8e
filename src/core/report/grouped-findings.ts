// The findings of an outcome for a report about all its targets: what is the same for several targets is said once.

import { asCalled, type Links } from '../model/links.js'
import type { Platform } from '../model/targets.js'
import { codeOf, explanation, type Finding } from '../outcome/finding.js'
import type { Explanation } from '../outcome/finding-table.js'
import type { Outcome, TargetOutcome } from '../outcome/outcome.js'
import { isOnMachine } from '../outcome/probe-findings.js'

/**
 * The findings of a target without those that repeat, for another run of the probe, that the same other emulator or version ran. How far the proof
 * came is shown by its own fields.
 */
export function withoutRepetitions(findings: readonly Finding[]): Finding[] {
  return findings.filter((finding, at) => !findings.slice(0, at).some((before) => isRepetition(finding, before)))
}

function isRepetition(finding: Finding, before: Finding): boolean {
  if (finding.kind !== 'wrong-emulator' && finding.kind !== 'wrong-version') return false
  const areOnMachine = isOnMachine(finding.where) && 'where' in before && isOnMachine(before.where)
  return areOnMachine && finding.kind === before.kind && finding.got === before.got && finding.path === before.path
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

/** A finding in words, with the commands as they are called here. */
export function explained(finding: Finding, target: string, links: Links): Explanation {
  const { title, reason, remedy } = explanation(finding, target)
  return { title, reason, remedy: asCalled(remedy, links) }
}

/** A finding in words, and all targets that have it. */
export interface GroupedFinding extends Explanation {
  readonly finding: Finding
  /** In the order of the request. */
  readonly platforms: readonly Platform[]
}

/** Every finding of an outcome in words; of those that read alike but for the name of the target, the first. */
export function groupedFindings({ targets }: Outcome, links: Links): GroupedFinding[] {
  const groups = new Map<string, GroupedFinding & { readonly platforms: Platform[] }>()
  for (const { platform, findings } of targets) {
    for (const finding of withoutRepetitions(findings)) {
      const key = wordsKey(finding, platform)
      const group = groups.get(key)
      if (group !== undefined) group.platforms.push(platform)
      else groups.set(key, { ...explained(finding, platform.target.name, links), finding, platforms: [platform] })
    }
  }
  return [...groups.values()].map((group) => ({ ...group, title: titleOf(group.title, group.platforms) }))
}

/** A title that names the first of several targets says that there are more. */
export function titleOf(title: string, [first, ...others]: readonly Platform[]): string {
  const isNamed = first !== undefined && others.length > 0 && nameIn(first).test(title)
  return isNamed ? `${title} (and ${others.length} more)` : title
}

/** A target's name and its emulator's, as whole words. No name has a character with a meaning in a pattern. */
function nameIn({ target }: Platform): RegExp {
  return new RegExp(`\\b(?:qemu-)?${target.name}\\b`, 'g')
}
