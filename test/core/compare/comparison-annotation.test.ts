import { describe, expect, it } from 'vitest'
import { type Trial, type TrialRun, verdictOf } from '../../../src/core/compare/comparison.js'
import { comparisonAnnotation, headline } from '../../../src/core/compare/comparison-annotation.js'
import {
  type ComparisonOutcome,
  comparisonStatus,
  type Expectation,
  outcomeOf,
} from '../../../src/core/compare/expectation.js'
import { plainLinks } from '../../../src/core/model/links.js'

function run(status: number, output = 'same'): TrialRun {
  const took = { seconds: 1, cpuSeconds: 1, peakBytes: 1 }
  return { status, signal: null, timedOut: false, ...took, lastWords: '', output }
}

function trial(qemuVersion: string, ...runs: TrialRun[]): Trial {
  const failure = runs.length === 0 ? 'it is not there' : null
  return { label: qemuVersion, qemuVersion, build: null, cpu: null, runs, failure }
}

function noticeOf(expect: Expectation, ...trials: Trial[]) {
  const verdict = verdictOf(trials, true)
  return comparisonAnnotation({ command: ['x'], trials, verdict, found: null, parallel: false, expect }, plainLinks)
}

import { choicesOf } from '../../../src/core/request/inputs.js'

const see = '\nSee: docs/compare.md#reading-the-result'

const expectations = choicesOf('expect')

describe('the annotation of a comparison', () => {
  it('is none where it works under all, or differs as expected', () => {
    expect(noticeOf('works', trial('7.2', run(0)), trial('11.1', run(0)))).toBeUndefined()
    expect(noticeOf('differ', trial('7.2', run(1)), trial('11.1', run(0)))).toBeUndefined()
  })

  it('names the first good version', () => {
    expect(noticeOf('works', trial('5.2', run(1)), trial('7.2', run(0)), trial('11.1', run(0)))).toEqual({
      title: 'setup-qemu: the results differ',
      text: `fails under 5.2 (exit status 1), works from 7.2\nTo do: use QEMU 7.2 or newer (qemu-version); the table is in the job summary${see}`,
    })
  })

  it('speaks of what is printed where that is all', () => {
    const { text } = noticeOf('works', trial('7.2', run(0, 'a')), trial('11.1', run(0, 'b'))) ?? {}
    expect(text).toContain('\nTo do: print nothing that may differ, or set ignore-output: true; ')
  })

  it('does not offer to be green where none could be set up', () => {
    expect(noticeOf('works', trial('7.2'), trial('11.1'))?.text).toBe(
      `could not be set up: 7.2 and 11.1\nTo do: see in the table of the job summary why not${see}`,
    )
  })

  it.each(expectations)(
    'says to leave out what could not be set up, where that alone is in the way of %s',
    (expected) => {
      expect(noticeOf(expected, trial('5.2'), trial('7.2', run(0)), trial('11.1', run(0)))).toEqual({
        title: 'setup-qemu: not every QEMU could be set up',
        text: `works under 7.2 and 11.1, could not be set up: 5.2\nTo do: leave out what could not be set up (qemu-versions, cpu); the table in the job summary says why it could not${see}`,
      })
    },
  )

  it('leads to the table otherwise: a newer version is worse, or runs vary', () => {
    for (const trials of [
      [trial('7.2', run(0)), trial('11.1', run(1))],
      [trial('7.2', run(0), run(1)), trial('11.1', run(0), run(1))],
      [trial('5.2'), trial('7.2', run(0)), trial('11.1', run(1))],
    ])
      expect(noticeOf('works', ...trials)?.text).toContain(
        '\nTo do: see the table in the job summary; fail-on-difference: false makes this step green\n',
      )
  })

  it.each(expectations)('is there where all fail the same way, also with expect: %s', (expected) => {
    const { title, text } = noticeOf(expected, trial('7.2', run(2)), trial('11.1', run(2))) ?? {}
    expect(title).toBe('setup-qemu: it works under none of them')
    expect(text).toMatch(/^fails the same way under both: exit status 2\nTo do: run the lines natively/)
  })

  it('tells that nothing differs any more', () => {
    expect(noticeOf('differ', trial('7.2', run(0)), trial('11.1', run(0)))).toEqual({
      title: 'setup-qemu: it works under all of them',
      text: `works under both\nTo do: nothing differs any more: drop the workaround, and expect: differ with it${see}`,
    })
  })
})

const [works, fails, crashes, lost] = [
  trial('7.2', run(0)),
  trial('10.0', run(1)),
  trial('11.1', run(139)),
  trial('5.2'),
]
const varies = trial('9', run(0), run(1))
/** Trials, what they come to, and the exit status when it is to work, agree, differ. */
const statuses: readonly (readonly [Trial[], ComparisonOutcome, readonly [number, number, number]])[] = [
  [[works], 'works', [0, 0, 4]],
  [[works, works], 'works', [0, 0, 4]],
  [[fails], 'fails', [3, 0, 3]],
  [[fails, fails, fails], 'fails', [3, 0, 3]],
  [[works, fails], 'differ', [1, 1, 0]],
  [[fails, crashes], 'differ', [1, 1, 0]],
  [[varies], 'differ', [1, 1, 0]],
  [[works, trial('10', run(0, 'other'))], 'differ', [1, 1, 0]],
  [[lost, works, fails], 'differ', [1, 1, 0]],
  [[lost, works], 'incomplete', [1, 1, 1]],
  [[lost, fails], 'incomplete', [1, 1, 1]],
  [[lost, lost], 'incomplete', [1, 1, 1]],
  [[], 'incomplete', [1, 1, 1]],
]

it.each(statuses)('the exit status of trials %# follows from what they come to, and what was expected', (...row) => {
  const [trials, outcome, expected] = row
  const found = outcomeOf(trials, verdictOf(trials, true))
  expect(found).toBe(outcome)
  expect(expectations.map((one) => comparisonStatus(found, one))).toEqual(expected)
})

describe('the headline of shell lines', () => {
  it.each([
    ['make check', 'make check'],
    ['\n  make check\n', 'make check'],
    ['set -x\nmake check', 'set -x ...'],
    ['set -x\r\nmake check', 'set -x ...'],
    ['', ''],
  ])('%j: %j', (lines, expected) => {
    expect(headline(lines)).toBe(expected)
  })
})
