// Something learned about one target that a person should know. Each kind has its shape in the union of its theme and, below it in the same
// file, its row: severity and words. Its code is also the anchor in docs/troubleshooting.md.
import type { SetupError } from '../model/errors.js'
import { visible } from '../text/visible.js'
import { type ContainerFinding, containerFindings } from './container-findings.js'
import { type EmulatorFinding, emulatorFindings } from './emulator-findings.js'
import { type EntryFinding, entryFindings } from './entry-findings.js'
import type { Explanation, FindingRow, FindingTable } from './finding-table.js'
import { type ProbeFinding, probeFindings } from './probe-findings.js'

export type Finding = ProbeFinding | EntryFinding | ContainerFinding | EmulatorFinding | NotSetUp

/** The entry could not be registered, or its emulator not be acquired: an error about one target. */
interface NotSetUp {
  readonly kind: 'not-set-up'
  readonly code: string
  readonly reason: string
  readonly hint: string
}

const table = {
  ...probeFindings,
  ...entryFindings,
  ...containerFindings,
  ...emulatorFindings,
  'not-set-up': {
    severity: 'failure',
    explain: ({ reason, hint }, target) => ({ title: `${target} is not set up`, reason, remedy: hint }),
  },
} satisfies FindingTable<Finding>

/** Every kind of finding, for the documents' anchors. */
export const findingKinds = Object.keys(table) as readonly Finding['kind'][]

/** Whether a finding means that the target is not proven. */
export function isFailure({ kind }: Finding): boolean {
  return table[kind].severity === 'failure'
}

/** A finding about a target (`aarch64`) in words: each one line, but for the reason of an error, which may list what was tried. */
export function explanation(finding: Finding, target: string): Explanation {
  const row: FindingRow<Finding> = table[finding.kind]
  const words = row.explain(finding, target)
  // an error has escaped its own words, and keeps its lines
  if (finding.kind === 'not-set-up') return words
  // names and paths in the table come from others
  return { title: visible(words.title), reason: visible(words.reason), remedy: visible(words.remedy) }
}

/** The code under which a finding is in docs/troubleshooting.md. */
export function codeOf(finding: Finding): string {
  return finding.kind === 'not-set-up' ? finding.code : finding.kind
}

/** The finding of a target that cannot be set up because of an error. */
export function notSetUp({ code, message, hint }: Pick<SetupError, 'code' | 'message' | 'hint'>): NotSetUp {
  return { kind: 'not-set-up', code, reason: message, hint }
}
