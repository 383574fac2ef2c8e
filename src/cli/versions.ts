// `setup-qemu versions`: the QEMU versions of the catalog, and how many known problems each has.
import { problemCounts } from '../core/problems/known-problems.js'
import { versionsJson, versionsText } from '../core/report/versions-text.js'
import { knownProblems } from '../problems/known-problems.js'
import { catalog } from '../system/machine.js'
import type { Result } from './result.js'

/** The versions of the catalog, each build with the number of its known problems. */
export function versionsResult(): Result {
  const counts = problemCounts(knownProblems, catalog)
  return { text: versionsText(catalog, counts), json: versionsJson(catalog, counts), ok: true }
}
