// `npm run inputs`: writes the table of inputs to both action.yml and to the tables of the documents; --check compares.
import { readFileSync, writeFileSync } from 'node:fs'
import { documents } from './inputs/documents.js'

const isCheck = process.argv.includes('--check')
for (const { file, written } of documents) {
  const before = readFileSync(file, 'utf8')
  const after = written(before)
  if (before === after) continue
  if (isCheck) {
    console.error(`${file} does not say what src/core/request/inputs.ts says: npm run inputs`)
    process.exitCode = 1
  } else {
    writeFileSync(file, after)
    console.log(`${file} is written`)
  }
}
