import { describe, expect, it } from 'vitest'
import { bisectionStep, bisectionText } from '../../../src/core/compare/bisection.js'
import { compareRequest } from '../../../src/core/compare/compare-request.js'
import {
  fastestText,
  resultsText,
  spreadOf,
  type Trial,
  type TrialRun,
  verdictOf,
} from '../../../src/core/compare/comparison.js'
import {
  type Comparison,
  comparisonJson,
  comparisonMarkdown,
  comparisonText,
} from '../../../src/core/compare/comparison-text.js'
import { plainLinks } from '../../../src/core/model/links.js'
import { targetNamed } from '../../../src/core/model/targets.js'
import { catalog } from '../../../src/system/machine.js'

const good: TrialRun = {
  ...{ status: 0, signal: null, timedOut: false, seconds: 1, cpuSeconds: 0.5, peakBytes: 12_000_000 },
  ...{ lastWords: '', output: 'a' },
}
const crash: TrialRun = { ...good, status: null, signal: 'SIGSEGV', lastWords: 'qemu: uncaught target signal 11' }
const failing: TrialRun = { ...good, status: 1 }
const hanging: TrialRun = { ...good, status: null, timedOut: true, seconds: 10 }

function trial(label: string, ...runs: TrialRun[]): Trial {
  return { label, qemuVersion: label, build: null, cpu: null, runs, failure: null }
}

const sentence = (...trials: Trial[]) => verdictOf(trials, true).sentence

describe('a verdict over versions, the oldest first', () => {
  it('says from where on it works', () => {
    const trials = [trial('5.2.0', crash), trial('7.2.22', crash), trial('10.0.2', good), trial('11.1.3', good)]
    expect(verdictOf(trials, true)).toEqual({
      agree: false,
      sentence: 'fails under 5.2.0 and 7.2.22 (signal SIGSEGV), works from 10.0.2',
      firstGood: '10.0.2',
    })
  })

  it('or up to where', () => {
    const trials = [trial('7.2.22', good), trial('10.0.2', failing), trial('11.1.3', crash)]
    expect(verdictOf(trials, true)).toEqual({
      agree: false,
      sentence: 'works up to 7.2.22, fails from 10.0.2 (exit status 1; signal SIGSEGV)',
      firstGood: null,
    })
  })

  it('names each where there is no such order, or it has no meaning', () => {
    expect(sentence(trial('1', good), trial('2', crash), trial('3', good))).toBe(
      'fails under 2 (signal SIGSEGV), works under 1 and 3',
    )
    const trials = [trial('1, max', crash), trial('1, cortex-a72', good)]
    expect(verdictOf(trials, false)).toEqual({
      agree: false,
      sentence: 'fails under 1, max (signal SIGSEGV), works under 1, cortex-a72',
      firstGood: null,
    })
  })

  it('says where all come to the same', () => {
    expect(verdictOf([trial('1', good), trial('2', good)], true)).toEqual({
      agree: true,
      sentence: 'works under both',
      firstGood: null,
    })
    expect(verdictOf([trial('1', crash), trial('2', crash)], true)).toMatchObject({
      agree: true,
      sentence: 'fails the same way under both: signal SIGSEGV',
    })
    expect(sentence(trial('1', hanging))).toBe('fails under 1: ended after too long a time')
  })

  it('of one that fails at times, with how often', () => {
    const trials = [trial('1', good, crash, good), trial('2', good, good, good)]
    expect(verdictOf(trials, true)).toEqual({
      agree: false,
      sentence: 'fails at times under 1 (exit status 0 (2 of 3), signal SIGSEGV (1 of 3)), works from 2',
      firstGood: '2',
    })
  })

  it('of different results that all are failures', () => {
    expect(sentence(trial('1', failing), trial('2', crash))).toBe('fails under 1 and 2 (exit status 1; signal SIGSEGV)')
  })

  it('does not hide what could not be set up', () => {
    const lost: Trial = { ...trial('5.2.0'), failure: 'it could not be downloaded' }
    expect(verdictOf([lost, trial('7.2.22', good)], true)).toMatchObject({
      agree: false,
      sentence: 'works under 7.2.22, could not be set up: 5.2.0',
      // nobody knows whether it works under the older one
      firstGood: null,
    })
    const middle = [trial('5.2.0', crash), { ...lost, label: '7.2.22' }, trial('10.0.2', good), trial('11.1.3', good)]
    expect(verdictOf(middle, true)).toMatchObject({
      sentence: 'fails under 5.2.0 (signal SIGSEGV), works from 10.0.2, could not be set up: 7.2.22',
      firstGood: '10.0.2',
    })
    const newest = [trial('5.2.0', crash), trial('7.2.22', good), { ...lost, label: '11.1.3' }]
    expect(verdictOf(newest, true)).toMatchObject({
      sentence: 'fails under 5.2.0 (signal SIGSEGV), works from 7.2.22, could not be set up: 11.1.3',
      firstGood: '7.2.22',
    })
    expect(verdictOf([lost], true).agree).toBe(false)
  })
})

describe('what is printed', () => {
  const other: TrialRun = { ...good, output: 'b' }

  it('counts where all work', () => {
    expect(verdictOf([trial('1', other), trial('2', good), trial('3', good)], true)).toMatchObject({
      agree: false,
      sentence: 'works under all 3, but prints something else under 1 than under 3',
    })
  })

  it('and beside failures', () => {
    expect(sentence(trial('1', crash), trial('2', other), trial('3', good))).toBe(
      'fails under 1 (signal SIGSEGV), works from 2, prints something else under 2 than under 3',
    )
  })

  it('does not count where it varies under one and the same, or is not compared', () => {
    expect(verdictOf([trial('1', good, other), trial('2', other, good)], true)).toMatchObject({ agree: true })
    const silent: TrialRun = { ...good, output: null }
    expect(verdictOf([trial('1', silent), trial('2', silent)], true)).toMatchObject({ agree: true })
  })
})

describe('the fastest', () => {
  const timed = (label: string, ...seconds: number[]) =>
    trial(label, ...seconds.map((cpuSeconds) => ({ ...good, cpuSeconds })))

  it('is named only beyond the spread', () => {
    expect(fastestText([timed('1', 2, 2.2, 2.1), timed('2', 1, 1.1, 1.2)])).toBe(
      'processor time: least under 2 (1.10 s, 1.00 to 1.20); 1.9 times as much under 1',
    )
    expect(fastestText([timed('1', 2, 2.2, 2.1), timed('2', 1.9, 2.1, 2.3)])).toBe(
      'processor time: no difference beyond the spread among 1, 2',
    )
    expect(fastestText([timed('1', 2, 2.2, 2.1), timed('2', 1, 1.1, 1.2), timed('3', 1.15, 1.3, 1.2)])).toBe(
      'processor time: least under 2 (1.10 s, 1.00 to 1.20); no difference beyond the spread to 3; 1.9 times as much under 1',
    )
  })

  it('needs three runs each, of two that work', () => {
    expect(fastestText([timed('1', 2, 2), timed('2', 1, 1)])).toBeUndefined()
    expect(fastestText([timed('1', 1, 1, 1), trial('2', crash, crash, crash)])).toBeUndefined()
  })

  it('has median, least and most', () => {
    expect(spreadOf([3, 1, 2])).toEqual({ median: 2, least: 1, most: 3 })
    expect(spreadOf([4, 1, 2, 3])).toEqual({ median: 2.5, least: 1, most: 4 })
  })
})

describe('a bisection', () => {
  const versions = ['1', '2', '3', '4', '5', '6', '7', '8']

  /** Goes on until something is found; gives that, and how many were tried. */
  function search(isGood: (version: string) => boolean) {
    const known = new Map<string, boolean>()
    for (;;) {
      const step = bisectionStep(versions, known)
      if (step.kind === 'found') return { ...step, tried: known.size }
      expect(known.has(step.version)).toBe(false)
      known.set(step.version, isGood(step.version))
    }
  }

  it.each(versions.slice(1))('finds %s as the first good one with few trials', (first) => {
    const found = search((version) => version >= first)
    expect(found).toMatchObject({ good: first, bad: String(Number(first) - 1) })
    expect(found.tried).toBeLessThanOrEqual(5)
    expect(bisectionText(found)).toBe(`fails under ${Number(first) - 1}, works from ${first}`)
  })

  it('tries only the ends where there is nothing between them', () => {
    const works = search(() => true)
    expect([works, bisectionText(works)]).toEqual([
      { kind: 'found', good: '1', bad: null, tried: 2 },
      'works already under 1, the oldest that was tried',
    ])
    const fails = search(() => false)
    expect([fails.tried, bisectionText(fails)]).toEqual([2, 'fails even under 8, the newest that was tried'])
    expect(bisectionStep(['1'], new Map([['1', true]]))).toEqual({ kind: 'found', good: '1', bad: null })
  })
})

describe('the words of a comparison', () => {
  const place = (...names: string[]) => ({ targets: names.map(targetNamed), host: 'amd64' as const })
  const none = {
    qemuVersions: '',
    cpu: '',
    repeat: '',
    parallel: '',
    bisect: '',
    timeout: '',
    ignoreOutput: '',
    expect: '',
  }

  it('mean all versions of the catalog, from the oldest on, once', () => {
    expect(compareRequest(none, catalog, place('aarch64'))).toMatchObject({
      repeat: 1,
      parallel: false,
      timeout: null,
      compareOutput: true,
      expect: 'works',
    })
    expect(compareRequest(none, catalog, place('aarch64')).versions).toEqual([
      '5.2.0',
      '7.2.18',
      '7.2.22',
      '10.0.2',
      '10.0.13',
      '11.1.3',
    ])
  })

  it('but those that have no emulator for a platform, unless none has', () => {
    const versions = (...names: string[]) => compareRequest(none, catalog, place(...names)).versions
    expect(versions('aarch64', 'loongarch64')).toEqual(['7.2.18', '7.2.22', '10.0.2', '10.0.13', '11.1.3'])
    expect(versions('x86_64')).toEqual(versions('aarch64'))
    const named = { ...none, qemuVersions: '5.2,11.1' }
    expect(compareRequest(named, catalog, place('loongarch64')).versions).toEqual(['5.2.0', '11.1.3'])
  })

  it('or those that are named, in that order, and CPU models', () => {
    expect(compareRequest({ ...none, qemuVersions: '11.1, 7.2 10.0' }, catalog, place('aarch64')).versions).toEqual([
      '7.2.22',
      '10.0.13',
      '11.1.3',
    ])
    expect(compareRequest({ ...none, cpu: 'max,pauth=off  cortex-a72' }, catalog, place('aarch64'))).toMatchObject({
      versions: [catalog.default],
      cpus: ['max,pauth=off', 'cortex-a72'],
    })
  })

  it.each([
    [{ qemuVersions: '3.1' }, 'unknown-version'],
    [{ repeat: '0' }, 'invalid-input'],
    [{ repeat: '1001' }, 'invalid-input'],
    [{ timeout: '1.5' }, 'invalid-input'],
    [{ parallel: 'yes' }, 'invalid-input'],
    [{ expect: 'failure' }, 'invalid-input'],
    [{ bisect: 'true', cpu: 'max' }, 'invalid-input'],
  ])('are refused: %o', (words, code) => {
    expect(() => compareRequest({ ...none, ...words }, catalog, place('aarch64'))).toThrow(
      expect.objectContaining({ code }),
    )
  })
})

describe('a comparison in words', () => {
  const trials = [trial('7.2.22', { ...crash, lastWords: 'a | b `c` <d>' }), trial('11.1.3', good)]
  const comparison: Comparison = {
    command: ['./test', 'a`b'],
    trials,
    verdict: verdictOf(trials, true),
    found: null,
    parallel: false,
    expect: 'works',
  }

  it('as a table with the verdict below it', () => {
    expect(comparisonText(comparison).split('\n')).toEqual([
      'QEMU    result          time    CPU time  peak memory  last words',
      '7.2.22  signal SIGSEGV  1.00 s  0.50 s    12.0 MB      a | b `c` <d>',
      '11.1.3  exit status 0   1.00 s  0.50 s    12.0 MB',
      '',
      'fails under 7.2.22 (signal SIGSEGV), works from 11.1.3',
    ])
  })

  it('as Markdown that a program cannot break out of', () => {
    const markdown = comparisonMarkdown(comparison, plainLinks)
    expect(markdown).toContain("### `./test a'b` under several QEMUs")
    expect(markdown).toContain('a \\| b \\`c\\` \\<d\\>')
    expect(markdown).toContain('**fails under 7.2.22 (signal SIGSEGV), works from 11.1.3**')
  })

  it('as JSON', () => {
    expect(comparisonJson(comparison)).toMatchObject({
      ok: false,
      expect: 'works',
      outcome: 'differ',
      agree: false,
      firstGood: '11.1.3',
      fastest: null,
      trials: [{ qemuVersion: '7.2.22', result: 'signal SIGSEGV' }, { result: 'exit status 0' }],
    })
  })

  it('tells spreads of several runs, and what came of the worst', () => {
    const several = [trial('1', good, { ...good, seconds: 3 }, { ...failing, seconds: 2, lastWords: 'no' })]
    expect(resultsText(several[0] as Trial)).toBe('exit status 0 (2 of 3), exit status 1 (1 of 3)')
    expect(comparisonText({ ...comparison, trials: several, verdict: verdictOf(several, true) })).toMatch(
      /2\.00 s \(1\.00 to 3\.00\) .* no$/m,
    )
  })
})
