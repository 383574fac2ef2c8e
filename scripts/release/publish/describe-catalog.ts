// Compares the catalog with an older copy: `node build/scripts/release/publish/describe-catalog.js OLD.json FOLDER`. Where they differ, FOLDER gets the
// words of a pull request (title, body.md) and the changed files (files/), and the output `changed` is true.
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Catalog } from '../../../src/core/model/catalog.js'
import type { KnownProblem } from '../../../src/core/problems/known-problems.js'
import { catalogDifference, differenceText } from './catalog-difference.js'
import { changedPaths } from './propose-files.js'
import { Refusal, runStep, setOutput } from './step.js'

function read<T>(file: string): T {
  return JSON.parse(readFileSync(file, 'utf8')) as T
}

await runStep(() => {
  const [old = '', folder = ''] = process.argv.slice(2)
  if (folder === '') throw new Refusal('usage: describe-catalog OLD.json FOLDER')
  const after = read<Catalog>('src/data/emulators.json')
  const difference = catalogDifference(read<Catalog>(old), after)
  setOutput('changed', String(difference !== undefined))
  if (difference === undefined) return
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder, { recursive: true })
  for (const path of changedPaths) cpSync(path, join(folder, 'files', path), { recursive: true })
  const text = differenceText(difference, after, read<readonly KnownProblem[]>('src/data/known-problems.json'))
  writeFileSync(join(folder, 'title'), `${difference.title}\n`)
  writeFileSync(join(folder, 'body.md'), text)
  console.log(`${difference.title}\n\n${text}`)
})
