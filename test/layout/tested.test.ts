// Every file of src/core is imported by a test, or by a file of its own room that a test imports: a rule that only other rooms reach may lose half
// of what it says, and nothing fails.
import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { expect, it } from 'vitest'

const filesUnder = (folder: string, end: string) =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith(end))
    .map((name) => join(folder, name))

const importsOf = (file: string): string[] =>
  [...readFileSync(file, 'utf8').matchAll(/ from '(\.[^']+)\.js'/g)].map(([, path = '']) =>
    join(dirname(file), `${path}.ts`),
  )

const imported = new Set(filesUnder('test', '.test.ts').flatMap(importsOf))
const rules = filesUnder('src/core', '.ts')

it.each(rules)('%s is imported by a test', (file) => {
  const room = rules.filter((other) => dirname(other) === dirname(file) && imported.has(other))
  expect([...imported, ...room.flatMap(importsOf)]).toContain(file)
})
