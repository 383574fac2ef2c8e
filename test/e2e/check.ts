// One thing that a part of the end-to-end run shows, and the report of all of them.

import { writeFileSync } from 'node:fs'
import { tableText } from '../../src/core/text/table.js'

export interface Check {
  readonly name: string
  readonly ok: boolean
  readonly seconds: number
  /** What was seen: a fingerprint, an answer, a reason. */
  readonly detail: string
}

export type Checker = (name: string, work: () => Promise<string> | string) => Promise<void>

/** Carries checks out one after the other; all that were made so far stand in the file `results`. */
export function checker(results: string): Checker {
  const checks: Check[] = []
  return async (name, work) => {
    const started = performance.now()
    let outcome: { ok: boolean; detail: string }
    try {
      outcome = { ok: true, detail: await work() }
    } catch (error) {
      outcome = { ok: false, detail: error instanceof Error ? error.message : String(error) }
    }
    const seconds = (performance.now() - started) / 1000
    checks.push({ name, seconds, ...outcome })
    console.log(`${outcome.ok ? 'ok    ' : 'FAILED'} ${name} (${seconds.toFixed(1)} s)`)
    if (!outcome.ok) console.log(outcome.detail)
    writeFileSync(results, JSON.stringify(checks))
  }
}

export function expectEqual(got: unknown, expected: unknown): void {
  const [a, b] = [JSON.stringify(got), JSON.stringify(expected)]
  if (a !== b) throw new Error(`expected ${b}, got ${a}`)
}

/** All checks, and once more those that failed, as the end of a long output is what is looked at first. */
export function reportText(checks: readonly Check[]): string {
  const rows = checks.map(({ name, ok, seconds, detail }) => [ok ? 'ok' : 'FAILED', name, seconds.toFixed(1), detail])
  const failed = checks.filter(({ ok }) => !ok).map(({ name, detail }) => `FAILED ${name}: ${detail}`)
  return [tableText([['result', 'step', 'seconds', 'seen'], ...rows]), ...failed].join('\n')
}
