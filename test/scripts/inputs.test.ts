// The table of inputs, and the documents that follow from it.
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { documents } from '../../scripts/inputs/documents.js'
import { type InputRow, inputTable } from '../../src/core/request/inputs.js'

describe('the table of inputs', () => {
  it('has defaults that are among the choices', () => {
    const choices = inputTable.filter((row: InputRow) => row.kind === 'choice' && row.default !== undefined)
    expect(choices.length).toBeGreaterThan(0)
    for (const { name, choices: all, default: fallback } of choices as readonly InputRow[])
      expect(all, name).toContain(fallback)
  })

  it('has one row of a name for a face', () => {
    const faces = inputTable.flatMap(({ name, actions = [], commands = [] }: InputRow) =>
      [...actions.map((action) => `action ${action}`), ...[commands].flat()].map((face) => `${face}: ${name}`),
    )
    expect(faces.filter((face, at) => faces.indexOf(face) !== at)).toEqual([])
  })
})

describe('npm run inputs', () => {
  it.each(documents)('would change nothing of $file', ({ file, written }) => {
    const text = readFileSync(file, 'utf8')
    expect(written(text)).toBe(text)
  })

  it.each([
    ['action.yml', 'default: shadow', 'default: keep'],
    ['compare/action.yml', 'required: true', 'required: false'],
    ['README.md', '| `30` |', '| `31` |'],
    ['README.md', '| `--path` | setup, run |', '| `--path` | setup |'],
    ['README.md', 'setup-qemu explain FILE [options]  ', 'setup-qemu explain [options]  '],
    ['docs/compare.md', '| `works` |', '| empty |'],
  ])('mends %s where it says other than the table: %s', (file, right, wrong) => {
    const { written } = documents.find((document) => document.file === file) ?? expect.fail(file)
    const text = readFileSync(file, 'utf8')
    expect(text).toContain(right)
    const damaged = text.replace(right, wrong)
    expect(written(damaged)).toBe(text)
  })

  it('gives a row that a document does not have the words of the table, and its place', () => {
    const { written } = documents.find(({ file }) => file === 'action.yml') ?? expect.fail()
    const text = readFileSync('action.yml', 'utf8')
    const lacking = text.replace(/(?<=\n) {2}offline:\n.*?(?= {2}cache:\n)/s, '')
    expect(lacking.length).toBeLessThan(text.length)
    const help = 'use no network: only what is in the cache, came with setup-qemu, or is on this machine'
    const own = `  offline:\n    description: >-\n      ${help}\n    required: false\n    default: "false"\n`
    // in the table it follows cpu
    expect(written(lacking)).toBe(lacking.replace(/(?= {2}restore:\n)/, own))
  })

  it('refuses to leave a row without words', () => {
    const { written } = documents.find(({ file }) => file === 'action.yml') ?? expect.fail()
    const lacking = readFileSync('action.yml', 'utf8').replace('  cache:\n', '  cash:\n')
    expect(() => written(lacking)).toThrow('cache has no help')
  })
})
