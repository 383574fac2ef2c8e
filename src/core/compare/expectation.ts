// What a comparison is expected to come to, and what follows for an exit status when it does not.
import type { ChoiceOf } from '../request/inputs.js'
import { behaviourOf, type ComparisonVerdict, type Trial, verdictOf } from './comparison.js'

/** What makes a comparison green: it works under all, all come to the same (also if that is a failure), or they differ. */
export type Expectation = ChoiceOf<'expect'>

/**
 * What a comparison came to. `fails`: the same way under all; `incomplete`: what ran agrees, but not every emulator could be set up, so nobody knows
 * whether all do.
 */
export type ComparisonOutcome = 'works' | 'fails' | 'differ' | 'incomplete'

export function outcomeOf(trials: readonly Trial[], { agree }: ComparisonVerdict): ComparisonOutcome {
  if (trials.length === 0) return 'incomplete'
  if (agree) return trials.some((trial) => behaviourOf(trial) === 'fails') ? 'fails' : 'works'
  const ran = trials.filter((trial) => behaviourOf(trial) !== 'not set up')
  const isLossAlone = ran.length < trials.length && (ran.length === 0 || verdictOf(ran, false).agree)
  return isLossAlone ? 'incomplete' : 'differ'
}

/** Whether an outcome is what was expected. One that is incomplete never is: it would be green without having been looked at. */
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

/** The exit status: 0 for what was expected, else one that tells what it is instead. */
export function comparisonStatus(outcome: ComparisonOutcome, expect: Expectation): number {
  return isExpected(outcome, expect) ? 0 : statusOf[outcome]
}
