// The colours of the texts for a terminal: a text that is painted says the same as one that is not.

import { describe, expect, it } from 'vitest'
import { LogReader } from '../../../src/core/diagnose/diagnosis.js'
import { diagnosisText } from '../../../src/core/diagnose/diagnosis-text.js'
import { forecastText } from '../../../src/core/explain/forecast-text.js'
import { plainLinks } from '../../../src/core/model/links.js'
import type { KnownProblem } from '../../../src/core/problems/known-problems.js'
import { problemsText } from '../../../src/core/problems/problem-list.js'
import { type Paint, withoutColour } from '../../../src/core/text/visible.js'
import data from '../../../src/data/known-problems.json' with { type: 'json' }

const problems = data.problems as unknown as readonly KnownProblem[]
const marked: Paint = (colour, text) => `<${colour}>${text}</${colour}>`

function diagnosed(paint?: Paint): string {
  const reader = new LogReader()
  reader.add('qemu: uncaught target signal 11 (Segmentation fault) - core dumped\n')
  const told = { name: 'a.log', diagnosis: reader.end(), problems, links: plainLinks, machine: undefined }
  return diagnosisText(told, paint)
}

function foretold(runs: boolean, paint?: Paint): string {
  const why = { kind: 'file-folder', path: '/f', errno: 'EACCES' } as const
  const verdict = runs ? ({ kind: 'native' } as const) : ({ kind: 'fails', errno: 'EACCES', why } as const)
  const rest = { isKnown: () => false, problems: [], links: plainLinks }
  const background = { originOf: () => ({ kind: 'unknown' }) as const, ...rest }
  return forecastText({ path: '/f', root: null, steps: [], verdict }, background, paint)
}

const texts: readonly (readonly [string, (paint?: Paint) => string])[] = [
  ['a diagnosis', diagnosed],
  ['a forecast', (paint) => foretold(false, paint)],
  ['a list of problems', (paint) => problemsText(problems, plainLinks, paint)],
]

describe.each(texts)('%s', (_, textOf) => {
  it('is plain where nothing else is said', () => {
    expect(textOf()).toBe(textOf(withoutColour))
  })

  it('says the same in colours', () => {
    const painted = textOf(marked)
    expect(painted).not.toBe(textOf())
    expect(painted.replace(/<\/?(red|green|yellow|bold)>/g, '')).toBe(textOf())
  })
})

it('what went wrong is red, what works green, and what to do yellow', () => {
  expect(diagnosed(marked)).toMatch(/^.*<red>an emulated program crashed/m)
  expect(foretold(true, marked)).toContain('<green>It will run natively, without an emulator.</green>')
  expect(foretold(false, marked)).toMatch(/<red>It will fail .*<\/red>.*<yellow>To do:<\/yellow> name a program/s)
  expect(foretold(false, marked)).toMatch(/^<bold>\/f<\/bold>/)
})
