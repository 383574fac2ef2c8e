// The documents say what the code says: every code has its anchor, every input, output and option its row.

import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { takersOf } from '../../scripts/inputs/documents.js'
import { recipes } from '../../scripts/probe-recipes.js'
import { commands, commonOptions, optionName, options } from '../../src/core/cli/command-table.js'
import { resultSection } from '../../src/core/compare/comparison-text.js'
import { rules } from '../../src/core/diagnose/diagnosis-rules.js'
import type { Catalog } from '../../src/core/model/catalog.js'
import { locators } from '../../src/core/model/emulator.js'
import { setupErrorCodes } from '../../src/core/model/errors.js'
import { targets } from '../../src/core/model/targets.js'
import { findingKinds } from '../../src/core/outcome/finding.js'
import { type KnownProblem, problemCounts } from '../../src/core/problems/known-problems.js'
import { versionsText } from '../../src/core/report/versions-text.js'
import catalogData from '../../src/data/emulators.json' with { type: 'json' }
import problemData from '../../src/data/known-problems.json' with { type: 'json' }
import probeData from '../../src/data/probes.json' with { type: 'json' }
import { callRows } from '../e2e/semantics/calls.js'
import { credentialRows } from '../e2e/semantics/credentials.js'
import { boundaryRows, narrowRows } from '../e2e/semantics/limits.js'
import { processRows } from '../e2e/semantics/processes.js'
import { anchorOfHeading, documents, documentText, proseOf } from '../support/docs/markdown.js'

const root = join(import.meta.dirname, '..', '..')

/** Messages of other programs that have a section of their own in docs/troubleshooting.md. */
const classicMessages = [
  'exec format error',
  'No such file or directory for a file that is there',
  'qemu: uncaught target signal 11',
  'sudo: effective uid is not 0',
  'applet not found',
  'Value too large for defined data type',
  'Function not implemented',
  'Cannot allocate memory for jit buffer',
  'qemu: uncaught target signal 4',
  'fork/exec: invalid argument',
  'CPU does not support x86-64-v2',
  'no installation candidate',
]

function anchorsOf(markdown: string): string[] {
  const headings = [...proseOf(markdown).matchAll(/^#+ (.+)$/gm)].map(([, heading]) => anchorOfHeading(heading ?? ''))
  const tags = [...markdown.matchAll(/<a id="([^"]+)">/g)].map(([, id]) => id ?? '')
  return [...headings, ...tags]
}

/** The rows of the first table under a heading: cells as text, code marks taken away. */
function tableUnder(markdown: string, heading: string): string[][] {
  const section = markdown.split(`\n## ${heading}\n`)[1]?.split(/\n## /)[0] ?? ''
  const lines = section.split('\n')
  const start = lines.findIndex((line) => /^\| ?-/.test(line))
  const end = lines.findIndex((line, at) => at > start && !line.startsWith('|'))
  return lines.slice(start + 1, end).map((line) =>
    line
      .split(/(?<!\\)\|/)
      .slice(1, -1)
      .map((cell) => cell.trim().replaceAll('`', '')),
  )
}

/** Names and defaults of one section of an action.yml, which is written with two blanks a level. */
function actionSection(
  name: 'inputs' | 'outputs',
  file = 'action.yml',
): [name: string, fallback: string | undefined][] {
  const section =
    documentText(file)
      .split(`\n${name}:\n`)[1]
      ?.split(/\n(?=\S)/)[0] ?? ''
  return section.split(/\n?^ {2}(?=\S)/m).flatMap((block) => {
    const key = /^([a-z0-9-]+):$/m.exec(block)?.[1]
    if (key === undefined) return []
    const fallback = /^ {4}default: (.*)$/m.exec(block)?.[1]?.replace(/^"(.*)"$/, '$1')
    return [[key, fallback] as [string, string | undefined]]
  })
}

describe('docs/troubleshooting.md', () => {
  const sections = [...proseOf(documentText('docs/troubleshooting.md')).matchAll(/^## (.+)$/gm)].map(
    ([, title]) => title,
  )

  it('has one section for each code and each classic message, and no other', () => {
    expect([...sections].sort()).toEqual([...setupErrorCodes, ...findingKinds, ...classicMessages].sort())
  })

  it('has an anchor that is the code itself', () => {
    const anchors = anchorsOf(documentText('docs/troubleshooting.md'))
    for (const code of [...setupErrorCodes, ...findingKinds]) expect(anchors).toContain(code)
    expect(new Set(anchors).size).toBe(anchors.length)
  })

  it('says in each section what is seen, why, and what to do', () => {
    const bodies = proseOf(documentText('docs/troubleshooting.md')).split(/^## /m).slice(1)
    for (const body of bodies) expect(body).toMatch(/\*\*What you see\.\*\*.*\*\*Why\.\*\*.*\*\*What to do\.\*\*/s)
  })

  it('shows each message that diagnose knows in the section that diagnose names', () => {
    const bodies = proseOf(documentText('docs/troubleshooting.md')).split(/^## /m)
    for (const { code, see, pattern } of rules.filter(({ own }) => own !== true)) {
      const body = bodies.find((one) => anchorOfHeading(one.split('\n')[0] ?? '') === see) ?? ''
      const shown = [...body.matchAll(/`([^`]+)`/g)].map(([, line = '']) => line.replaceAll(/\s+/g, ' '))
      expect(shown.filter((line) => pattern.test(line)).length, code).toBeGreaterThan(0)
    }
  })
})

describe('README.md', () => {
  const readme = documentText('README.md')

  it('lists the inputs of action.yml with their defaults', () => {
    const rows = tableUnder(readme, 'Inputs').map(([name, fallback]) => [name, fallback === 'empty' ? '' : fallback])
    expect(rows.length).toBeGreaterThan(0)
    expect(rows).toEqual(actionSection('inputs'))
  })

  it('lists the outputs of action.yml', () => {
    const rows = tableUnder(readme, 'Outputs').map(([name]) => name)
    expect(rows.length).toBeGreaterThan(0)
    expect(rows).toEqual(actionSection('outputs').map(([name]) => name))
  })

  it('lists the options of the command line, each with the commands that take it', () => {
    const rows = options.map((row) => {
      const takers = commonOptions.includes(row) ? 'all' : takersOf(optionName(row)).join(', ')
      return [`--${optionName(row)}`, takers]
    })
    expect(tableUnder(readme, 'The command line').map(([option, group]) => [option, group])).toEqual(rows)
  })

  it('names the commands of the command line', () => {
    const usages = Object.entries(commands).map(([name, { usage }]) => `setup-qemu ${name} ${usage}`)
    const section = readme.split('\n## The command line\n')[1]?.split('```')[1] ?? ''
    expect([...section.matchAll(/^(setup-qemu .*?) {3,}/gm)].map(([, head]) => head)).toEqual(usages)
  })

  it('shows the versions as the command line does', () => {
    const catalog = catalogData as unknown as Catalog
    const counts = problemCounts(problemData.problems as unknown as readonly KnownProblem[], catalog)
    expect(readme).toContain(`\n${versionsText(catalog, counts)}\n`)
  })

  it('names where emulators come from, as the JSON does', () => {
    const [sentence = ''] = /`locator` says where .*?;/s.exec(readme) ?? []
    const names = [...sentence.matchAll(/`([^`]+)`/g)].map(([, name]) => name)
    expect(names.filter((name) => name !== 'locator' && name !== 'path')).toEqual(Object.keys(locators))
  })

  it('has two commands that exist', () => {
    expect(readme).toContain('\nnpx setup-qemu setup arm64\n')
    expect(readme).toContain('\nnode dist/cli/index.js setup arm64\n')
    expect(JSON.parse(documentText('package.json')).bin).toEqual({ 'setup-qemu': 'dist/cli/index.js' })
    expect(existsSync(join(root, 'src', 'cli.ts'))).toBe(true)
    expect(documentText('scripts/dist.ts')).toContain("'cli'")
    expect(readme).toContain('\nnpm cit\n')
    expect(JSON.parse(documentText('package.json')).scripts.test).toEqual(expect.any(String))
  })
})

describe('probes/README.md', () => {
  it('has a row for the probe of each target', () => {
    const rows = [...documentText('probes/README.md').matchAll(/^\| (\w+) \| (\w+)\.S \| ([\w-]+) \| (\d+) \|/gm)]
    const made = Object.entries(recipes).map(([name, { source, package: tool }]) => {
      return [name, source, tool, String(probeData.probes[name as keyof typeof probeData.probes].size)]
    })
    expect(rows.map(([, ...row]) => row)).toEqual(made.sort(([one = ''], [other = '']) => (one < other ? -1 : 1)))
    expect(Object.keys(recipes).sort()).toEqual(targets.map(({ name }) => name).sort())
  })
})

describe('docs/compare.md', () => {
  const text = documentText('docs/compare.md')
  const action = 'compare/action.yml'

  it('lists the inputs of compare/action.yml with their defaults', () => {
    const fallbacks: Record<string, string | undefined> = { empty: '', required: undefined }
    const rows = tableUnder(text, 'Inputs').map(([name, cell = '']) => [
      name,
      cell in fallbacks ? fallbacks[cell] : cell,
    ])
    expect(rows.length).toBeGreaterThan(0)
    expect(rows).toEqual(actionSection('inputs', action))
  })

  it('lists the outputs of compare/action.yml', () => {
    const rows = tableUnder(text, 'Outputs').map(([name]) => name)
    expect(rows.length).toBeGreaterThan(0)
    expect(rows).toEqual(actionSection('outputs', action).map(([name]) => name))
  })

  it('has the section that annotations name', () => {
    const [file, anchor] = resultSection.split('#')
    expect(file).toBe('compare.md')
    expect(anchorsOf(text)).toContain(anchor)
  })
})

describe('docs/how-it-works.md', () => {
  const rows = [...credentialRows, ...callRows, ...processRows, ...boundaryRows, ...narrowRows]
  const text = documentText('docs/how-it-works.md')
  const checksUnder = (heading: string) => tableUnder(text, heading).flatMap((cells) => cells.at(-1)?.split('; ') ?? [])

  it('has each difference that the end-to-end run looks at, and no other', () => {
    const names = rows.filter(({ emulated }) => emulated !== undefined).map(({ name }) => name)
    expect(checksUnder('What is different under emulation').sort()).toEqual(names.sort())
  })

  it('has what is the same', () => {
    const names = rows.filter(({ emulated }) => emulated === undefined).map(({ name }) => name)
    expect(checksUnder('What is the same').sort()).toEqual(names.sort())
  })
})

describe('action.yml', () => {
  it("takes the catalog's default, and says which version that is", () => {
    const version = JSON.parse(documentText('src/data/emulators.json')).default
    expect(new Map(actionSection('inputs')).get('qemu-version')).toBe('default')
    expect(documentText('action.yml')).toContain(`default (${version})`)
    expect(documentText('README.md')).toContain(`\`default\` (${version})`)
  })
})

describe('the form of the documents', () => {
  it.each(documents)('%s: each block of code is closed, and each heading stands apart', (path) => {
    let isOpen = false
    const lines = documentText(path).split('\n')
    for (const [at, line] of lines.entries()) {
      // the end of a block names no language
      if (isOpen) expect(line, `${path}:${at + 1}`).not.toMatch(/^\s*```\S/)
      else if (/^#+ /.test(line))
        expect([lines[at - 1] ?? '', lines[at + 1] ?? ''], `${path}:${at + 1}`).toEqual(['', ''])
      if (/^\s*```/.test(line)) isOpen = !isOpen
    }
    expect(isOpen).toBe(false)
  })
})

describe('links between the documents', () => {
  it.each(documents)('%s points only at files and sections that exist', (path) => {
    const links = [...proseOf(documentText(path)).matchAll(/\]\(([^)\s]+)\)/g)].map(([, link]) => link ?? '')
    for (const link of links.filter((target) => !/^https?:/.test(target))) {
      const [file = '', anchor] = link.split('#')
      const target = file === '' ? path : join(path, '..', file)
      expect(existsSync(join(root, target)), `${path}: ${link}`).toBe(true)
      if (anchor !== undefined) expect(anchorsOf(documentText(target)), `${path}: ${link}`).toContain(anchor)
    }
  })
})
