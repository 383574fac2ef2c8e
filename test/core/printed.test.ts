// Every fenced block of the documents is accounted for: carried out by `npm run e2e -- printed`, compared by another test, or said to be no command.
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { rows } from '../e2e/printed-rows.js'
import { everyBlock } from '../support/markdown.js'
import { parseYaml } from '../support/yaml.js'

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
