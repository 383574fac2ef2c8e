import { execFileSync } from 'node:child_process'
import { describe, expect, it } from 'vitest'
import { shellWord } from '../../../src/core/text/shell-word.js'

const words: readonly (readonly [text: string, forPeople: string, raw: string])[] = [
  ['/run/setup-qemu/a.json', '/run/setup-qemu/a.json', "'/run/setup-qemu/a.json'"],
  ['qemu-a:b', 'qemu-a:b', "'qemu-a:b'"],
  ['max,sve=off', 'max,sve=off', "'max,sve=off'"],
  ['', "''", "''"],
  ["it's", "'it'\\''s'", "'it'\\''s'"],
  ['$(id) `id` $HOME', "'$(id) `id` $HOME'", "'$(id) `id` $HOME'"],
  ['a "b" \\c', `'a "b" \\c'`, `'a "b" \\c'`],
  ['*?[x]~!', "'*?[x]~!'", "'*?[x]~!'"],
  ['\x1b[31m', "$'\\u001b[31m'", "'\x1b[31m'"],
  ["it's\na \\line", "$'it\\'s\\na \\\\line'", "'it'\\''s\na \\line'"],
]

describe('one word of a shell', () => {
  it.each(words)('%j', (text, forPeople, raw) => {
    expect([shellWord(text), shellWord(text, { raw: true })]).toEqual([forPeople, raw])
  })

  it.each(words)('%j is what the shell makes of it', (text) => {
    const read = (shell: string, word: string) => execFileSync(shell, ['-c', `printf %s ${word}`], { encoding: 'utf8' })
    expect(read('bash', shellWord(text))).toBe(text)
    expect(read('sh', shellWord(text, { raw: true }))).toBe(text)
  })
})
