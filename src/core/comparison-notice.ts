// What a workflow is told when a comparison does not end well: the text of an annotation, with the one thing to do.
import { behaviourOf, verdictOf } from './comparison.js'
import type { Comparison } from './comparison-text.js'
import { annotationText } from './finding-text.js'

/** An annotation's title and text. */
export interface ComparisonNotice {
  readonly title: string
  readonly text: string
}

/** Where results are explained, relative to the repository. */
export const resultPage = 'docs/compare.md#reading-the-result'

/** For results that differ (`verdict`: the sentence over all); undefined where all came to the same. */
export function differenceNotice({ verdict, trials }: Comparison, sentence: string): ComparisonNotice | undefined {
  if (verdict.agree) return undefined
  const what = isLossAlone(trials) ? 'not every QEMU could be set up' : 'the results differ'
  return { title: `setup-qemu: ${what}`, text: annotationText(sentence, toDo(verdict.firstGood, trials), resultPage) }
}

/** For a command that works nowhere, which is the same everywhere; undefined where it works. */
export function failureNotice({ verdict, trials }: Comparison, sentence: string): ComparisonNotice | undefined {
  if (!verdict.agree || !trials.some((trial) => behaviourOf(trial) === 'fails')) return undefined
  return {
    title: 'setup-qemu: it works under none of them',
    text: annotationText(
      sentence,
      'see the last words of each in the job summary: the lines may fail natively, too',
      resultPage,
    ),
  }
}

/** Whether what ran came to the same, so that only what could not be set up is in the way. */
function isLossAlone(trials: Comparison['trials']): boolean {
  const ran = trials.filter((trial) => behaviourOf(trial) !== 'not set up')
  return ran.length < trials.length && (ran.length === 0 || verdictOf(ran, false).agree)
}

function toDo(firstGood: string | null, trials: Comparison['trials']): string {
  if (firstGood !== null) return `use QEMU ${firstGood} or newer (qemu-version); the table is in the job summary`
  if (trials.every((trial) => behaviourOf(trial) === 'not set up')) return 'see in the table of the job summary why not'
  if (isLossAlone(trials))
    return 'leave out what could not be set up (qemu-versions, cpu); the table in the job summary says why it could not'
  if (trials.every((trial) => behaviourOf(trial) === 'works'))
    return 'print nothing that may differ, or set ignore-output: true; the table is in the job summary'
  return 'see the table in the job summary; fail-on-difference: false makes this step green'
}

/** Shell lines in one: the first of them, with dots for the others. */
export function headline(lines: string): string {
  const [first = '', ...others] = lines.trim().split('\n')
  return others.length === 0 ? first : `${first.trimEnd()} ...`
}
