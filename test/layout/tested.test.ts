// Every file of src/core is imported by a test itself: a rule that only other rules reach may lose half of what it says, and nothing fails.
import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { expect, it } from 'vitest'

const filesUnder = (folder: string, end: string) =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith(end))
    .map((name) => join(folder, name))

const imported = new Set(
  filesUnder('test', '.test.ts').flatMap((test) =>
    [...readFileSync(test, 'utf8').matchAll(/ from '(\.[^']+)\.js'/g)].map(([, path = '']) =>
      join(dirname(test), `${path}.ts`),
    ),
  ),
)

it.each(filesUnder('src/core', '.ts'))('%s is imported by a test', (file) => {
  expect(imported).toContain(file)
})
