// `setup-qemu known-problems`: all known problems, those of the given ids, or those of a version and some platforms.

import { platformOf } from '../core/model/targets.js'
import { emulatorsNamed, filtered, problemNamed, problemsJson, problemsText } from '../core/problems/problem-list.js'
import { wordsOf } from '../core/request/input-values.js'
import { knownProblems } from '../problems/known-problems.js'
import { paintFor } from '../system/console.js'
import { catalog } from '../system/machine.js'
import type { Values } from './arguments.js'
import type { CommandCall, Result } from './result.js'

/** The list of known problems, of a version and of targets where they are named. Throws `usage`, `unknown-version` and `unknown-platform`. */
export function knownProblemsResult({ operands, values, links }: CommandCall): Result {
  const emulators = emulatorsNamed(values['qemu-version'] ?? '', catalog)
  const named = operands.length === 0 ? knownProblems : operands.map((id) => problemNamed(knownProblems, id))
  const list = filtered(named, { emulators, targets: targetsOf(values) })
  return { text: problemsText(list, links, paintFor(process.stdout)), json: problemsJson(list, links), ok: true }
}

/** Names of the targets that `--platforms` lists. Throws `unknown-platform`. */
export function targetsOf({ platforms }: Values): string[] {
  return wordsOf(platforms ?? '').map((word) => platformOf(word).target.name)
}
