// The annotation of a comparison that does not end well.

import { type Links, placeOf } from '../model/links.js'
import { type Annotation, annotationText } from '../report/annotation.js'
import { behaviourOf } from './comparison.js'
import { type Comparison, comparisonJson, resultSection } from './comparison-text.js'
import type { ComparisonOutcome } from './expectation.js'

const titles: Readonly<Record<ComparisonOutcome, string>> = {
  differ: 'the results differ',
  incomplete: 'not every QEMU could be set up',
  fails: 'it works under none of them',
  works: 'it works under all of them',
}

/** The annotation where the result is not the expected one, or where the command works under no emulator; else undefined. */
export function comparisonAnnotation(comparison: Comparison, links: Links): Annotation | undefined {
  const { outcome, ok, verdict } = comparisonJson(comparison)
  if (ok && outcome !== 'fails') return undefined
  return {
    title: `setup-qemu: ${titles[outcome]}`,
    text: annotationText({ what: verdict, todo: toDo(outcome, comparison), see: placeOf(resultSection, links) }),
  }
}

function toDo(outcome: ComparisonOutcome, { verdict, trials }: Comparison): string {
  const isEach = (behaviour: ReturnType<typeof behaviourOf>) =>
    trials.every((trial) => behaviourOf(trial) === behaviour)
  switch (outcome) {
    case 'fails':
      return 'run the lines natively: they may fail there, too; the last words of each run are in the job summary'
    case 'works':
      return 'nothing differs any more: drop the workaround, and expect: differ with it'
    case 'incomplete':
      return isEach('not set up')
        ? 'see in the table of the job summary why not'
        : 'leave out what could not be set up (qemu-versions, cpu); the table in the job summary says why it could not'
    case 'differ':
      if (verdict.firstGood !== null)
        return `use QEMU ${verdict.firstGood} or newer (qemu-version); the table is in the job summary`
      return isEach('works')
        ? 'print nothing that may differ, or set ignore-output: true; the table is in the job summary'
        : 'see the table in the job summary; fail-on-difference: false makes this step green'
  }
}

/** Shell lines as one line: the first, and dots for the others. */
export function headline(lines: string): string {
  const [first = '', ...others] = lines.trim().split('\n')
  return others.length === 0 ? first : `${first.trimEnd()} ...`
}
