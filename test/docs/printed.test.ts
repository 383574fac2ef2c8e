// Every fenced block of the documents is accounted for: carried out by `npm run e2e -- printed`, compared by another test, or said to be no command.
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { callOf } from '../../src/cli/arguments.js'
import { commandNamed } from '../../src/core/cli/command-table.js'
import { rows } from '../e2e/printed/printed-rows.js'
import { documents, documentText, everyBlock, inlineCommands } from '../support/docs/markdown.js'
import { parseYaml } from '../support/docs/yaml.js'

const blocks = everyBlock()
const languages = { lines: ['sh', 'bash'], steps: ['yaml'], output: ['text'], json: ['json'], printed: ['text'] }

describe('the blocks of the documents', () => {
  it('have each a row, and each row has its block', () => {
    expect([...rows.keys()].sort()).toEqual([...blocks.keys()].sort())
  })

  it.each([...rows])('%s: the row fits its block', (key, row) => {
    const block = blocks.get(key)
    if (block === undefined) return
    if (row.by === 'test') expect(readFileSync(row.file, 'utf8')).toContain(row.words)
    else if (row.by === 'nothing') expect(row.why).not.toBe('')
    else expect(languages[row.by]).toContain(block.language)
    if (row.by === 'printed') expect(rows.get(row.from)?.by).toMatch(/^(lines|steps)$/)
    if (row.by === 'steps') expect(parseYaml(block.text)).toBeInstanceOf(Object)
    if ('replace' in row) for (const { printed } of row.replace ?? []) expect(block.text).toContain(printed)
  })

  it('name a language each', () => {
    expect([...blocks.values()].filter(({ language }) => language === '').map(({ key }) => key)).toEqual([])
  })
})

/** Words of a command as a shell would give them, where nothing in them is quoted. */
function wordsOf(command: string): string[] {
  return command.split(' ').filter((word) => word !== '')
}

/** What the sources print as a command of ours: hints, remedies, notes and help. */
const hints = readdirSync('src', { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts'))
  .flatMap((file) => [
    ...readFileSync(join('src', file), 'utf8').matchAll(/\bsetup-qemu ((?:--)?[a-z-]+(?: [^,;:'"`()$\n]*)?)/g),
  ])
  .map(([, command = '']) => command.trim())
  .filter((command) => commandNamed(command.split(' ')[0] ?? '') !== undefined)

describe('commands of ours', () => {
  it.each(documents.flatMap((file) => inlineCommands(documentText(file)).map((command) => [file, command] as const)))(
    '%s: `%s` is one that the command line takes',
    (_, command) => {
      const [name = '', ...words] = wordsOf(command.replace(/ \| .*$/, ''))
      // what a probe prints
      if (name === 'probe') return
      if (words.length === 0 && !name.startsWith('-')) expect(commandNamed(name)).toBeDefined()
      else expect(() => callOf([name, ...words])).not.toThrow()
    },
  )

  it.each([...new Set(hints)])('in a hint: `%s` has options that its command takes', (hint) => {
    const [name = '', ...words] = wordsOf(hint.replaceAll(/[[\]]/g, ''))
    const given = words
      .filter((word) => /^--[a-z]/.test(word))
      .map((word) => (/^--[a-z-]+$/.test(word) ? word : '--none'))
    const rest = commandNamed(name)?.rest === true ? ['--', 'x'] : []
    for (const option of given)
      expect(() => callOf([name, option, 'x', ...rest])).not.toThrow(/Unknown|takes no option/)
  })

  it('are found in many hints', () => {
    expect(new Set(hints).size).toBeGreaterThan(15)
  })
})

describe('commands of npm', () => {
  const { scripts } = JSON.parse(readFileSync('package.json', 'utf8'))
  const texts = documents.map((file) => documentText(file)).join('\n')

  it('name scripts of package.json', () => {
    const named = [...texts.matchAll(/\bnpm run ([a-z0-9-]+)/g)].map(([, name]) => name)
    expect(named.length).toBeGreaterThan(5)
    for (const name of named) expect(Object.keys(scripts)).toContain(name)
  })

  it('name parts of the end-to-end run', () => {
    const named = [...texts.matchAll(/\bnpm run e2e -- ([a-z-]+)/g)].map(([, name]) => name ?? '')
    expect(named.length).toBeGreaterThan(2)
    for (const name of named)
      expect(readFileSync('test/e2e/run.ts', 'utf8')).toMatch(new RegExp(`program: '(?:[a-z]+/)?${name}\\.js'`))
  })

  it('and of node name files that the build makes', () => {
    const named = [...texts.matchAll(/\bnode build\/([\w/-]+)\.js/g)].map(([, name]) => name)
    expect(named.length).toBeGreaterThan(0)
    for (const name of named) expect(existsSync(`${name}.ts`), `${name}.ts`).toBe(true)
  })
})
