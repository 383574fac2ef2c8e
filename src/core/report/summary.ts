// The job summary: which QEMU ran, at one glance. GitHub-flavoured Markdown.

import { exportLines, reachWords } from '../guest/guest-environment.js'
import type { SetupError } from '../model/errors.js'
import { asCalled, type Links, markdownLink } from '../model/links.js'
import { codeOf, isFailure } from '../outcome/finding.js'
import type { Outcome, TargetOutcome } from '../outcome/outcome.js'
import { megabytes } from '../text/progress.js'
import { markdownText, visible, visibleLines } from '../text/visible.js'
import { sectionOf } from './annotation.js'
import { groupedFindings } from './grouped-findings.js'
import { isCountedElsewhere, nameOf, proofWords } from './outcome-text.js'

const heading = '### QEMU on this machine'

/** A table with a row for each target, and the findings below it. */
export function summaryMarkdown(outcome: Outcome, links: Links): string {
  const head = ['platform', 'QEMU', 'build', 'entry', 'flags', 'proof', 'bytes', 'seconds']
  const rows = [head, head.map(() => '---'), ...outcome.targets.map(cells)]
  const notes = noteLines(outcome, links)
  return [
    heading,
    '',
    ...rows.map((row) => `| ${row.join(' | ')} |`),
    ...environmentLines(outcome),
    ...imageLines(outcome),
    ...(notes.length > 0 ? ['', ...notes] : []),
    '',
  ].join('\n')
}

/** For a step that failed or was skipped: `lead` says which, then why, and what to do. */
export function errorMarkdown(lead: string, { code, message, hint }: SetupError, links: Links): string {
  const todo = markdownText(visibleLines(asCalled(hint, links)))
  const see = markdownLink(sectionOf(code), links)
  const words = `**${lead}**: ${markdownText(visibleLines(message))}. To do: ${todo} (${see}).`
  return `${heading}\n\n${words}\n`
}

/** Variables of later steps, and where they apply. */
function environmentLines({ environment }: Outcome): string[] {
  const lines = exportLines(environment)
  if (lines.length === 0) return []
  const notes = reachWords(environment).map((words) => `- ${words}.`)
  return ['', 'Set for later steps:', '', '```sh', ...lines, '```', '', ...notes]
}

function imageLines({ image }: Outcome): string[] {
  if (image === null) return []
  if (image.asked === image.pinned) return ['', `Image: ${code(image.pinned)}`]
  return ['', `Image: ${code(image.asked)}. To pin it, write:`, '', '```yaml', `image: ${image.pinned}`, '```']
}

function cells(target: TargetOutcome): string[] {
  const name = code(nameOf(target))
  if (target.state === 'native') return [name, 'none: native', '', '', '', 'ran without an emulator', '', '']
  const { emulator, entry } = target
  const kept = target.state === 'kept' ? 'kept; ' : ''
  const proof =
    target.state === 'failed'
      ? '**not proven**'
      : `${kept}${proofWords(target.proof)}; SHA-256 ${code(target.proof?.fingerprint ?? '')}`
  return [
    name,
    target.state === 'failed' ? failedWords(emulator) : (emulator?.qemuVersion ?? ''),
    markdownText(emulator?.build ?? ''),
    code(entry?.name ?? ''),
    code(entry?.flags ?? ''),
    proof,
    bytesWords(target),
    target.seconds.toFixed(1),
  ]
}

/** What should run is not what ran: the version must not look like a proven one. */
function failedWords(emulator: TargetOutcome['emulator']): string {
  return emulator?.qemuVersion == null ? '**not proven**' : `**not proven**: ${emulator.qemuVersion}`
}

function bytesWords({ locator, bytesFetched }: TargetOutcome): string {
  if (bytesFetched > 0) return megabytes(bytesFetched)
  return isCountedElsewhere(locator, bytesFetched) ? 'with another' : (locator ?? '')
}

/** A line for each finding, which names all platforms that have it. */
function noteLines(outcome: Outcome, links: Links): string[] {
  return groupedFindings(outcome, links).map(({ title, reason, remedy, finding, platforms }) => {
    const names = platforms.map((platform) => code(nameOf({ platform }))).join(', ')
    const todo = isFailure(finding)
      ? ` To do: ${markdownText(remedy)} (${markdownLink(sectionOf(codeOf(finding)), links)}).`
      : ''
    return `- ${names}: **${markdownText(title)}**: ${markdownText(reason)}.${todo}`
  })
}

function code(text: string): string {
  return text === '' ? '' : `\`${visible(text).replaceAll('`', "'").replaceAll('|', '\\|')}\``
}
