// What an ordinary user's restore does to one entry, over and over: a line on standard input that is an entry, an answer on standard output.
import { createInterface } from 'node:readline'
import type { JournalEntry } from '../../../src/core/journal/journal.js'
import { removeOwn } from '../../../src/system/binfmt.js'
import { acquireRoot } from '../../../src/system/root.js'

const root = await acquireRoot()
process.stdout.write(`${root.kind}\n`)
for await (const line of createInterface({ input: process.stdin }))
  process.stdout.write(`${await removeOwn(JSON.parse(line) as JournalEntry, root, () => 'theirs')}\n`)
