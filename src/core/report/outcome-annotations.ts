// What annotations at a workflow's run say about an outcome: its failures as errors, and what is good to know as warnings.
import { printable } from '../model/targets.js'
import { codeOf, explanation, isFailure } from '../outcome/finding.js'
import type { Outcome } from '../outcome/outcome.js'
import { type Annotation, anchorOf, annotationText } from './annotation.js'
import { groupedFindings } from './grouped-findings.js'

/** The failures of an outcome, each once for all targets that it is about. */
export function failureAnnotations(outcome: Outcome): Annotation[] {
  const failures = groupedFindings(outcome).filter(({ finding }) => isFailure(finding))
  return failures.map(({ title, reason, remedy, finding, platforms }) => {
    const names = platforms.length === 1 ? '' : `${platforms.map(({ target }) => target.name).join(', ')}: `
    return {
      title,
      text: annotationText({ what: `${names}${reason}`, todo: remedy, see: anchorOf(codeOf(finding)) }),
    }
  })
}

/** The warnings of an outcome, in one line each: where its entries apply, and the known problems of its emulators. */
export function warningAnnotations(outcome: Outcome): string[] {
  return [...tableWarnings(outcome), ...problemWarnings(outcome)]
}

/** One warning for all targets, as it is about the table. */
function tableWarnings({ targets }: Outcome): string[] {
  const limited = targets.filter(({ findings }) => findings.some(({ kind }) => kind === 'own-table'))
  if (limited.length === 0) return []
  const { reason, remedy } = explanation({ kind: 'own-table' }, '')
  const names = limited.map(({ platform }) => platform.target.name).join(', ')
  const what = `entries for ${names}: ${reason}`
  return [annotationText({ what, todo: remedy, see: anchorOf('own-table') }, 'line')]
}

/** One warning for each known problem, for all targets that have it. */
function problemWarnings({ targets }: Outcome): string[] {
  const namesOf = new Map<string, string[]>()
  for (const { platform, emulator, findings } of targets) {
    for (const finding of findings) {
      if (finding.kind !== 'known-problem' && finding.kind !== 'slow-cpu') continue
      const { reason, remedy } = explanation(finding, platform.target.name)
      const [problem, id] = finding.kind === 'slow-cpu' ? [reason, ''] : [finding.problem, ` (${finding.id})`]
      const what = `QEMU ${emulator?.qemuVersion}: ${problem}`
      const line = annotationText({ what, todo: remedy, see: `${anchorOf(codeOf(finding))}${id}` }, 'line')
      namesOf.set(line, [...(namesOf.get(line) ?? []), platform.target.name])
    }
  }
  return [...namesOf].map(([line, names]) => `${names.join(', ')} under ${printable(line, 1000)}`)
}
