// The expected result of a comparison, and the exit status when the result is another.
import type { ChoiceOf } from '../request/inputs.js'
import { behaviourOf, type ComparisonVerdict, type Trial, verdictOf } from './comparison.js'

/** What makes a comparison green: the command works under all emulators, has the same result under all (a failure too), or results differ. */
export type Expectation = ChoiceOf<'expect'>

/**
 * The result of a comparison. `fails`: the same way under all emulators; `incomplete`: all results agree, but some emulators could not be set up, so
 * it is not known whether all would.
 */
export type ComparisonOutcome = 'works' | 'fails' | 'differ' | 'incomplete'

/** The result that trials and their verdict amount to. */
export function outcomeOf(trials: readonly Trial[], { agree }: ComparisonVerdict): ComparisonOutcome {
  if (trials.length === 0) return 'incomplete'
  if (agree) return trials.some((trial) => behaviourOf(trial) === 'fails') ? 'fails' : 'works'
  const ran = trials.filter((trial) => behaviourOf(trial) !== 'not set up')
  const isLossAlone = ran.length < trials.length && (ran.length === 0 || verdictOf(ran, false).agree)
  return isLossAlone ? 'incomplete' : 'differ'
}

/** Whether an outcome is the expected one. An incomplete one never is: the step would be green and nobody would look at it. */
export function isExpected(outcome: ComparisonOutcome, expect: Expectation): boolean {
  switch (expect) {
    case 'works':
      return outcome === 'works'
    case 'agree':
      return outcome === 'works' || outcome === 'fails'
    case 'differ':
      return outcome === 'differ'
  }
}

/** 2 is wrong usage, as for every command. */
const statusOf: Readonly<Record<ComparisonOutcome, number>> = { differ: 1, incomplete: 1, fails: 3, works: 4 }

/** The exit status: 0 for the expected outcome, else one that says which outcome it was. */
export function comparisonStatus(outcome: ComparisonOutcome, expect: Expectation): number {
  return isExpected(outcome, expect) ? 0 : statusOf[outcome]
}
