import { describe, expect, it } from 'vitest'
import { type Run, type Trial, verdictOf } from '../../src/core/comparison.js'
import { differenceNotice, failureNotice, headline } from '../../src/core/comparison-notice.js'
import type { Comparison } from '../../src/core/comparison-text.js'

function run(status: number, output = 'same'): Run {
  const took = { seconds: 1, cpuSeconds: 1, peakBytes: 1 }
  return { status, signal: null, timedOut: false, ...took, lastWords: '', output }
}

function trial(qemuVersion: string, ...runs: Run[]): Trial {
  const failure = runs.length === 0 ? 'it is not there' : null
  return { label: qemuVersion, qemuVersion, build: null, cpu: null, runs, failure }
}

function noticesOf(...trials: Trial[]) {
  const verdict = verdictOf(trials, true)
  const comparison: Comparison = { command: ['x'], trials, verdict, found: null, parallel: false }
  return {
    difference: differenceNotice(comparison, verdict.sentence),
    failure: failureNotice(comparison, verdict.sentence),
  }
}

const see = '\nSee: docs/compare.md#reading-the-result'

describe('the annotation of a comparison', () => {
  it('is none where all work alike', () => {
    expect(noticesOf(trial('7.2', run(0)), trial('11.1', run(0)))).toEqual({})
  })

  it('names the first good version', () => {
    const { difference, failure } = noticesOf(trial('5.2', run(1)), trial('7.2', run(0)), trial('11.1', run(0)))
    expect(difference).toEqual({
      title: 'setup-qemu: the results differ',
      text: `fails under 5.2 (exit status 1), works from 7.2\nTo do: use QEMU 7.2 or newer (qemu-version); the table is in the job summary${see}`,
    })
    expect(failure).toBeUndefined()
  })

  it('speaks of what is printed where that is all', () => {
    const { difference } = noticesOf(trial('7.2', run(0, 'a')), trial('11.1', run(0, 'b')))
    expect(difference?.text).toContain('\nTo do: print nothing that may differ, or set ignore-output: true; ')
  })

  it('does not offer to be green where none could be set up', () => {
    const { difference, failure } = noticesOf(trial('7.2'), trial('11.1'))
    expect(difference?.text).toBe(
      `could not be set up: 7.2 and 11.1\nTo do: see in the table of the job summary why not${see}`,
    )
    expect(failure).toBeUndefined()
  })

  it('says to leave out what could not be set up, where that alone is in the way', () => {
    const { difference } = noticesOf(trial('5.2'), trial('7.2', run(0)), trial('11.1', run(0)))
    expect(difference).toEqual({
      title: 'setup-qemu: not every QEMU could be set up',
      text: `works under 7.2 and 11.1, could not be set up: 5.2\nTo do: leave out what could not be set up (qemu-versions, cpu); the table in the job summary says why it could not${see}`,
    })
  })

  it('leads to the table otherwise: a newer version is worse, or runs vary', () => {
    for (const trials of [
      [trial('7.2', run(0)), trial('11.1', run(1))],
      [trial('7.2', run(0), run(1)), trial('11.1', run(0), run(1))],
      [trial('5.2'), trial('7.2', run(0)), trial('11.1', run(1))],
    ]) {
      const { difference, failure } = noticesOf(...trials)
      expect(difference?.text).toContain(
        '\nTo do: see the table in the job summary; fail-on-difference: false makes this step green\n',
      )
      expect(failure).toBeUndefined()
    }
  })

  it('is a warning where all fail alike', () => {
    const { difference, failure } = noticesOf(trial('7.2', run(2)), trial('11.1', run(2)))
    expect(difference).toBeUndefined()
    expect(failure?.title).toBe('setup-qemu: it works under none of them')
    expect(failure?.text).toMatch(/^fails alike under all 2: exit status 2\nTo do: see the last words /)
  })
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
