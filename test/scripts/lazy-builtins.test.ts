// Modules of node that a bundle loads when it first uses them: the file of a small bundle, as ncc writes it, is run.
import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { withLazyBuiltins } from '../../scripts/lazy-builtins.js'
import { node24 } from '../support/runner/node24.js'

const folder = mkdtempSync(join(tmpdir(), 'setup-qemu-lazy-'))
afterAll(() => rmSync(folder, { recursive: true }))

const bundle = `import { createRequire as __WEBPACK_EXTERNAL_createRequire } from "module";
const crypto = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:crypto");
const assert = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("assert");
const path = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("path");
const has = (name) => process.moduleLoadList.includes('NativeModule ' + name)
const said = [has('crypto'), has('assert'), crypto.__esModule, path.join('a', 'b')]
said.push(crypto.createHash('sha256').update('').digest('hex').slice(0, 8), has('crypto'), has('assert'))
try {
  assert(false, 'called')
} catch (error) {
  said.push(error.message, error instanceof assert.AssertionError)
}
console.log(JSON.stringify(said))
`

function run(text: string): unknown {
  const file = join(folder, 'index.mjs')
  writeFileSync(file, text)
  return JSON.parse(execFileSync(node24, [file], { encoding: 'utf8' }))
}

test('a module of node is loaded when it is used, and does what it does', () => {
  expect(run(bundle)).toEqual([true, true, null, 'a/b', 'e3b0c442', true, true, 'called', true])
  expect(run(withLazyBuiltins(bundle))).toEqual([false, false, null, 'a/b', 'e3b0c442', true, false, 'called', true])
})

test('a file that loads none stays as it is', () => {
  expect(withLazyBuiltins('export const ids = [1];\n')).toBe('export const ids = [1];\n')
})
