// Compares the catalog with an older copy: `node build/scripts/release/publish/describe-catalog.js OLD.json FOLDER`. Where they differ, FOLDER gets the
// words of a pull request (title, body.md) and the changed files (files/), and the output `changed` is true.
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Catalog } from '../../../src/core/model/catalog.js'
import { knownProblems } from '../../../src/problems/known-problems.js'
import { catalogDifference, differenceText } from './catalog-difference.js'
import { changedPaths } from './propose-files.js'
import { Refusal, runStep, setOutput } from './step.js'

function read(file: string): Catalog {
  return JSON.parse(readFileSync(file, 'utf8')) as Catalog
}

await runStep(() => {
  const [old = '', folder = ''] = process.argv.slice(2)
  if (folder === '') throw new Refusal('usage: describe-catalog OLD.json FOLDER')
  const after = read('src/data/emulators.json')
  const difference = catalogDifference(read(old), after)
  setOutput('changed', String(difference !== undefined))
  if (difference === undefined) return
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder, { recursive: true })
  for (const path of changedPaths) cpSync(path, join(folder, 'files', path), { recursive: true })
  const text = differenceText(difference, after, knownProblems)
  writeFileSync(join(folder, 'title'), `${difference.title}\n`)
  writeFileSync(join(folder, 'body.md'), text)
  console.log(`${difference.title}\n\n${text}`)
})
