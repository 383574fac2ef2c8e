// `npm run lint-workflows`: actionlint and zizmor on the workflows and actions of this checkout, or of the folder that is named.
import { join } from 'node:path'
import { bringLinters, linted } from './linters/workflow-linters.js'

bringLinters()
const reports = linted(process.argv[2] ?? join(import.meta.dirname, '../..'))
for (const { linter, ok, text } of reports) console.log(`${linter}: ${ok ? 'nothing found' : `\n${text}`}`)
process.exitCode = reports.every(({ ok }) => ok) ? 0 : 1
