// What annotations at a workflow's run say about an outcome: its failures as errors, and what is good to know as warnings.
import type { Links } from '../model/links.js'
import { printable } from '../model/targets.js'
import { codeOf, isFailure } from '../outcome/finding.js'
import type { Outcome } from '../outcome/outcome.js'
import { type Annotation, anchorOf, annotationText } from './annotation.js'
import { explained, groupedFindings } from './grouped-findings.js'

/** The failures of an outcome, each once for all targets that it is about. */
export function failureAnnotations(outcome: Outcome, links: Links): Annotation[] {
  const failures = groupedFindings(outcome, links).filter(({ finding }) => isFailure(finding))
  return failures.map(({ title, reason, remedy, finding, platforms }) => {
    const names = platforms.length === 1 ? '' : `${platforms.map(({ target }) => target.name).join(', ')}: `
    return {
      title,
      text: annotationText({ what: `${names}${reason}`, todo: remedy, see: anchorOf(codeOf(finding), links) }),
    }
  })
}

/** The warnings of an outcome, in one line each: where its entries apply, and the known problems of its emulators. */
export function warningAnnotations(outcome: Outcome, links: Links): string[] {
  return [...tableWarnings(outcome, links), ...problemWarnings(outcome, links)]
}

/** One warning for all targets, as it is about the table. */
function tableWarnings({ targets }: Outcome, links: Links): string[] {
  const limited = targets.filter(({ findings }) => findings.some(({ kind }) => kind === 'own-table'))
  if (limited.length === 0) return []
  const { reason, remedy } = explained({ kind: 'own-table' }, '', links)
  const names = limited.map(({ platform }) => platform.target.name).join(', ')
  const what = `entries for ${names}: ${reason}`
  return [annotationText({ what, todo: remedy, see: anchorOf('own-table', links) }, 'line')]
}

/** One warning for each known problem, for all targets that have it. */
function problemWarnings({ targets }: Outcome, links: Links): string[] {
  const namesOf = new Map<string, string[]>()
  for (const { platform, emulator, findings } of targets) {
    for (const finding of findings) {
      if (finding.kind !== 'known-problem' && finding.kind !== 'slow-cpu') continue
      const { reason, remedy } = explained(finding, platform.target.name, links)
      const [problem, id] = finding.kind === 'slow-cpu' ? [reason, ''] : [finding.problem, ` (${finding.id})`]
      const what = `QEMU ${emulator?.qemuVersion}: ${problem}`
      const line = annotationText({ what, todo: remedy, see: `${anchorOf(codeOf(finding), links)}${id}` }, 'line')
      namesOf.set(line, [...(namesOf.get(line) ?? []), platform.target.name])
    }
  }
  return [...namesOf].map(([line, names]) => `${names.join(', ')} under ${printable(line, 1000)}`)
}
