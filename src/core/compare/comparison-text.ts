// A comparison as a table: for a terminal, for the job summary, and as JSON.

import { type Links, markdownLink } from '../model/links.js'
import { printable } from '../model/targets.js'
import { megabytes } from '../text/progress.js'
import { tableText } from '../text/table.js'
import { markdownText } from '../text/visible.js'
import { type BisectionStep, bisectionText } from './bisection.js'
import { type ComparisonVerdict, fastestText, resultsText, spreadOf, type Trial } from './comparison.js'
import { type ComparisonOutcome, type Expectation, isExpected, outcomeOf } from './expectation.js'

/** A comparison, with everything that its reports need. */
export interface Comparison {
  readonly command: readonly string[]
  readonly trials: readonly Trial[]
  readonly verdict: ComparisonVerdict
  /** The result of `--bisect`; null without it. */
  readonly found: Extract<BisectionStep, { kind: 'found' }> | null
  /** Several ran at once, so that their times say little. */
  readonly parallel: boolean
  /** The expected result. */
  readonly expect: Expectation
}

/** The section that explains results. */
export const resultSection = 'compare.md#reading-the-result'

const head = ['QEMU', 'result', 'time', 'CPU time', 'peak memory', 'last words']

function cellsOf(trial: Trial): string[] {
  const { label, runs, failure } = trial
  if (failure !== null) return [label, resultsText(trial), '', '', '', shown(failure, 200)]
  const seconds = (numbers: readonly number[]) => {
    const { median, least, most } = spreadOf(numbers)
    return runs.length === 1
      ? `${median.toFixed(2)} s`
      : `${median.toFixed(2)} s (${least.toFixed(2)} to ${most.toFixed(2)})`
  }
  const bad = runs.find(({ status }) => status !== 0) ?? runs[0]
  return [
    label,
    resultsText(trial),
    seconds(runs.map((run) => run.seconds)),
    seconds(runs.map((run) => run.cpuSeconds)),
    megabytes(Math.max(...runs.map(({ peakBytes }) => peakBytes))),
    shown(bad?.lastWords ?? '', 120),
  ]
}

/** Text of the command as one line: control characters are escaped, quotes and backslashes are not. */
function shown(text: string, limit: number): string {
  return printable(text, limit).replace(/\\(["\\])/g, '$1')
}

/** The sentences below the table. */
function sentencesOf({ trials, verdict, found, parallel }: Comparison): string[] {
  const fastest = parallel ? undefined : fastestText(trials)
  return [found === null ? verdict.sentence : bisectionText(found), ...(fastest === undefined ? [] : [fastest])]
}

/** For a terminal. */
export function comparisonText(comparison: Comparison): string {
  return [tableText([head, ...comparison.trials.map(cellsOf)]), '', ...sentencesOf(comparison)].join('\n')
}

/** For the job summary: GitHub-flavoured Markdown. */
export function comparisonMarkdown(comparison: Comparison, links: Links): string {
  const rows = [head, head.map(() => '---'), ...comparison.trials.map((trial) => cellsOf(trial).map(markdownText))]
  const [verdict = '', ...more] = sentencesOf(comparison)
  const command = shown(comparison.command.join(' '), 200).replaceAll('`', "'")
  return [
    `### \`${command}\` under several QEMUs`,
    '',
    ...rows.map((row) => `| ${row.join(' | ')} |`),
    '',
    `**${markdownText(verdict)}**`,
    ...more.flatMap((sentence) => ['', markdownText(sentence)]),
    '',
    `How to read it: ${markdownLink(resultSection, links)}`,
    '',
  ].join('\n')
}

/** The comparison as JSON. */
export interface ComparisonJson {
  /** Whether the result is the expected one. */
  readonly ok: boolean
  readonly expect: Expectation
  readonly outcome: ComparisonOutcome
  readonly agree: boolean
  readonly command: readonly string[]
  readonly verdict: string
  readonly firstGood: string | null
  readonly fastest: string | null
  readonly trials: readonly (Trial & { readonly result: string })[]
}

/** For `--json`, and the action's output. */
export function comparisonJson(comparison: Comparison): ComparisonJson {
  const { command, trials, verdict, found, parallel, expect } = comparison
  const outcome = outcomeOf(trials, verdict)
  const fastest = parallel ? undefined : fastestText(trials)
  return {
    ok: isExpected(outcome, expect),
    expect,
    outcome,
    agree: verdict.agree,
    command,
    verdict: found === null ? verdict.sentence : bisectionText(found),
    firstGood: found === null ? verdict.firstGood : found.good,
    fastest: fastest ?? null,
    trials: trials.map((trial) => ({ ...trial, result: resultsText(trial) })),
  }
}
