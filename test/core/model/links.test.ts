import { describe, expect, it } from 'vitest'
import { commands } from '../../../src/core/cli/command-table.js'
import { commandHelp, helpText, shortHelp } from '../../../src/core/cli/help.js'
import { type Trial, verdictOf } from '../../../src/core/compare/comparison.js'
import { comparisonAnnotation } from '../../../src/core/compare/comparison-annotation.js'
import { comparisonMarkdown } from '../../../src/core/compare/comparison-text.js'
import { LogReader } from '../../../src/core/diagnose/diagnosis.js'
import { diagnosisJson, diagnosisText } from '../../../src/core/diagnose/diagnosis-text.js'
import type { Forecast } from '../../../src/core/explain/forecast.js'
import { type Background, forecastJson, forecastText } from '../../../src/core/explain/forecast-text.js'
import { type TableFacts, viewText } from '../../../src/core/explain/table-view.js'
import type { Journal } from '../../../src/core/journal/journal.js'
import type { ListedEntry } from '../../../src/core/model/entry.js'
import { SetupError } from '../../../src/core/model/errors.js'
import { asCalled, commandNames, type Links, markdownLink, placeOf, plainLinks } from '../../../src/core/model/links.js'
import { platformOf, targetNamed } from '../../../src/core/model/targets.js'
import type { Finding } from '../../../src/core/outcome/finding.js'
import type { Outcome } from '../../../src/core/outcome/outcome.js'
import type { KnownProblem } from '../../../src/core/problems/known-problems.js'
import { problemsJson, problemsText } from '../../../src/core/problems/problem-list.js'
import { errorAnnotation, errorJson, errorText } from '../../../src/core/report/error-text.js'
import { failureAnnotations, warningAnnotations } from '../../../src/core/report/outcome-annotations.js'
import { outcomeJson } from '../../../src/core/report/outcome-json.js'
import { outcomeText } from '../../../src/core/report/outcome-text.js'
import { errorMarkdown, summaryMarkdown } from '../../../src/core/report/summary.js'
import data from '../../../src/data/known-problems.json' with { type: 'json' }

const address: Links = { docs: 'https://github.com/me/qemu/blob/v1/docs', command: 'npx setup-qemu' }
const folder: Links = { docs: '/srv/setup-qemu/docs', command: 'node /srv/setup-qemu/dist/cli/index.js' }
const bases: readonly (readonly [string, Links])[] = [
  ['an address', address],
  ['a folder', folder],
  ['nothing known', plainLinks],
]

const problems = data.problems as unknown as readonly KnownProblem[]
const error = new SetupError('journal-damaged', 'it broke', { hint: 'setup-qemu status shows it' })

function outcomeWith(finding: Finding, state: 'failed' | 'emulated'): Outcome {
  const target = { platform: platformOf('arm64'), state, emulator: null, entry: null, locator: null, proof: null }
  const targets = [{ ...target, bytesFetched: 0, seconds: 1, findings: [finding] }]
  return { host: 'x86_64', image: null, environment: {}, targets }
}
const failed = outcomeWith({ kind: 'not-set-up', code: 'no-root', reason: 'no', hint: error.hint }, 'failed')
const limited = outcomeWith({ kind: 'own-table' }, 'emulated')

function comparison() {
  const trial: Trial = { label: '7.2', qemuVersion: '7.2', build: null, cpu: null, runs: [], failure: 'no' }
  const verdict = verdictOf([trial], true)
  return { command: ['x'], trials: [trial], verdict, found: null, parallel: false, expect: 'works' } as const
}

function diagnosis(links: Links) {
  const reader = new LogReader()
  reader.add('exec /bin/sh: exec format error\n')
  return { name: 'a.log', diagnosis: reader.end(), problems, links, machine: undefined }
}

const { magic, mask } = targetNamed('aarch64')
const entry = { name: 'q', interpreter: '/q', flags: 'F', offset: 0, magic, mask, enabled: true } as ListedEntry
const forecast: Forecast = {
  path: '/f',
  root: null,
  steps: [],
  verdict: { kind: 'fails', errno: 'ENOEXEC', why: { kind: 'emulator-missing', entry, root: null } },
}
const background = (links: Links): Background => ({
  originOf: () => ({ kind: 'unknown' }),
  isKnown: () => false,
  problems: [],
  links,
})
const left: Journal = {
  ...{ version: 1, id: 'x', boot: '', mounted: false },
  owner: { face: 'action', pid: 7, start: '1', label: 'a job' },
  entries: [{ ...entry, registered: true }],
} as unknown as Journal
const table: TableFacts = {
  ...{ table: [entry], enabled: true, mounted: true, runs: [], files: new Map() },
  ...{ journals: [left], stale: new Set(['x']), lost: [] },
}

/** Texts, each with the section that it points to, and a command in it. */
const texts: readonly (readonly [string, string | undefined, string | undefined, (links: Links) => string])[] = [
  ['an error', 'troubleshooting.md#journal-damaged', 'status', (links) => errorText(error, links)],
  ['an error as JSON', undefined, 'status', (links) => JSON.stringify(errorJson(error, links))],
  [
    'the annotation of an error',
    'troubleshooting.md#journal-damaged',
    'status',
    (links) => errorAnnotation(error, links),
  ],
  ['the outcome', 'troubleshooting.md#no-root', 'status', (links) => outcomeText(failed, links)],
  ['the outcome as JSON', undefined, 'status', (links) => JSON.stringify(outcomeJson(failed, links))],
  [
    'the annotation of a failure',
    'troubleshooting.md#no-root',
    'status',
    (links) => failureAnnotations(failed, links)[0]?.text ?? '',
  ],
  ['a warning', 'troubleshooting.md#own-table', undefined, (links) => warningAnnotations(limited, links)[0] ?? ''],
  [
    'the annotation of a comparison',
    'compare.md#reading-the-result',
    undefined,
    (links) => comparisonAnnotation(comparison(), links)?.text ?? '',
  ],
  ['a diagnosis', 'troubleshooting.md#exec-format-error', 'explain', (links) => diagnosisText(diagnosis(links))],
  [
    'a diagnosis as JSON',
    'troubleshooting.md#exec-format-error',
    'explain',
    (links) => JSON.stringify(diagnosisJson(diagnosis(links))),
  ],
  ['a forecast', undefined, 'setup', (links) => forecastText(forecast, background(links))],
  ['a forecast as JSON', undefined, 'setup', (links) => JSON.stringify(forecastJson(forecast, background(links)))],
  ['the table', undefined, 'restore', (links) => viewText(table, links)],
  ['the known problems', undefined, 'status', (links) => problemsText(problems, links)],
  ['the known problems as JSON', undefined, 'status', (links) => JSON.stringify(problemsJson(problems, links))],
  ['the first help', undefined, 'setup', (links) => shortHelp(links)],
  ['the help', undefined, 'completion', (links) => helpText(links)],
  ['the help of a command', undefined, 'completion', (links) => commandHelp('completion', links) ?? ''],
]

describe.each(bases)('with %s', (_, links) => {
  it.each(texts)('%s points to it', (_name, section, command, textOf) => {
    const text = textOf(links)
    if (section !== undefined) expect(text).toContain(placeOf(section, links))
    if (command !== undefined) expect(text).toContain(`${links.command} ${command}`)
  })

  it('an address is the last word of its line on a terminal', () => {
    for (const [name, section, , textOf] of texts.filter(([one]) => !/JSON|warning/.test(one)))
      for (const line of textOf(links).split('\n'))
        if (section !== undefined && line.includes(section)) expect(line, name).toMatch(/^ *(?:see:?|See:) +\S+$/)
  })
})

// JSON also has the data that a text is made of
it.each(texts.filter(([name]) => !/help|JSON/.test(name)))(
  '%s leaves no command as it is not called',
  (...[, , , textOf]) => {
    expect(textOf(folder)).not.toMatch(new RegExp(`(?<!docker/)setup-qemu (?:${commandNames.join('|')})\\b`))
  },
)

describe('Markdown', () => {
  it('has a link where there is an address, and else the name', () => {
    expect(markdownLink('troubleshooting.md#offline', address)).toBe(
      '[docs/troubleshooting.md#offline](https://github.com/me/qemu/blob/v1/docs/troubleshooting.md#offline)',
    )
    for (const links of [folder, plainLinks])
      expect(markdownLink('troubleshooting.md#offline', links)).toBe('docs/troubleshooting.md#offline')
  })

  it('of each summary links to what explains it', () => {
    const link = (section: string) => `[docs/${section}](${address.docs}/${section})`
    expect(summaryMarkdown(failed, address)).toContain(`(${link('troubleshooting.md#no-root')}).`)
    expect(errorMarkdown('Nothing is set up', error, address)).toContain(
      `(${link('troubleshooting.md#journal-damaged')}).`,
    )
    expect(errorMarkdown('Nothing is set up', error, address)).toContain('To do: npx setup-qemu status shows it')
    expect(comparisonMarkdown(comparison(), address)).toContain(
      `\nHow to read it: ${link('compare.md#reading-the-result')}\n`,
    )
  })
})

describe('a command of ours in a text', () => {
  it.each([
    ['setup-qemu status shows it', 'npx setup-qemu status shows it'],
    ['(setup-qemu known-problems), or setup-qemu --help', '(npx setup-qemu known-problems), or npx setup-qemu --help'],
    ['source <(setup-qemu completion bash)', 'source <(npx setup-qemu completion bash)'],
    ['run setup-qemu on the host', 'run setup-qemu on the host'],
    ['setup-qemu proves it, setup-qemu compares it', 'setup-qemu proves it, setup-qemu compares it'],
    ['docker/setup-qemu restore, my-setup-qemu run', 'docker/setup-qemu restore, my-setup-qemu run'],
    ['setup-qemu', 'setup-qemu'],
  ])('%s', (text, called) => {
    expect(asCalled(text, address)).toBe(called)
    expect(asCalled(text, plainLinks)).toBe(text)
  })

  it('is put in as it is, whatever it looks like', () => {
    expect(asCalled('setup-qemu status', { command: "node '/a $& $1/index.js'" })).toBe(
      "node '/a $& $1/index.js' status",
    )
  })

  it('has a name of the table of commands', () => {
    expect(commandNames).toEqual(Object.keys(commands))
  })
})

describe('diagnose knows what a text of ours points to', () => {
  const own = (links: Links) => {
    const reader = new LogReader()
    reader.add(`2026-01-01T00:00:00.0000000Z ##[error]${errorAnnotation(error, links)}\n`)
    return reader.end().causes
  }

  it.each([
    ...bases,
    ['a fork elsewhere', { ...address, docs: 'http://git_ea:3000/you/fork/blob/feature/x%2By/docs' }] as const,
  ])('%s', (_, links) => {
    expect(own(links)).toMatchObject([{ code: 'journal-damaged', see: 'journal-damaged', count: 1 }])
  })

  it('and a link in Markdown', () => {
    const reader = new LogReader()
    reader.add(`x (${markdownLink('troubleshooting.md#offline', address)}).\n`)
    expect(reader.end().causes).toMatchObject([{ code: 'offline', count: 1 }])
  })
})
