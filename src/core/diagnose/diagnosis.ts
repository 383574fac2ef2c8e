// Reads a build log as a stream, in memory that does not depend on its size, and names each known cause once: how often it is seen, and where first.

import { setupErrorCodes } from '../model/errors.js'
import { printable } from '../model/targets.js'
import { findingKinds } from '../outcome/finding.js'
import type { DiagnosisRule } from './diagnosis-rules.js'
import { rules } from './diagnosis-rules.js'
import { decoded, type LogChunk, LogSplitter, plain, withoutTimestamp } from './log-line.js'

/** A cause that a log shows. */
export interface Cause {
  readonly rule: DiagnosisRule
  /** The rule's code, or for a message of setup-qemu its own code. */
  readonly code: string
  readonly see: string
  /** Number of lines that show it. */
  readonly count: number
  /** The first of them, counted from 1, and its text, printable and shortened. */
  readonly line: number
  readonly text: string
}

export interface Diagnosis {
  /** Number of lines of the whole log. */
  readonly lines: number
  /** In the order in which they first appear. */
  readonly causes: readonly Cause[]
}

/** How much of a line the patterns see on each side of a mark. */
const widestLook = 1024
const literal = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
const marks = new RegExp([...new Set(rules.flatMap((rule) => rule.marks))].map(literal).join('|'), 'gi')
const ownCodes: ReadonlySet<string> = new Set([...setupErrorCodes, ...findingKinds])

interface CountedCause {
  readonly rule: DiagnosisRule
  readonly see: string
  readonly line: number
  readonly text: string
  count: number
  last: number
}

/** The reader of one log: `add` portions in their order, each character one byte, then `end`. */
export class LogReader {
  readonly #splitter = new LogSplitter()
  readonly #causes = new Map<string, CountedCause>()

  add(portion: string): void {
    const chunk = this.#splitter.add(portion)
    if (chunk !== undefined) this.#look(chunk)
  }

  end(): Diagnosis {
    const rest = this.#splitter.end()
    if (rest !== undefined) this.#look(rest)
    const causes = [...this.#causes].map(([code, { rule, see, line, text, count }]) => ({
      ...{ rule, code, see, count, line, text },
    }))
    return { lines: this.#splitter.lines + (rest === undefined ? 0 : 1), causes }
  }

  #look({ text: raw, firstLine }: LogChunk): void {
    // there may be control sequences within a message
    const text = plain(raw)
    let [line, counted] = [firstLine, 0]
    marks.lastIndex = 0
    for (let hit = marks.exec(text); hit !== null; hit = marks.exec(text)) {
      const start = text.lastIndexOf('\n', hit.index) + 1
      const feed = text.indexOf('\n', hit.index)
      const end = feed < 0 ? text.length : feed
      for (let at = text.indexOf('\n', counted); at >= 0 && at < hit.index; at = text.indexOf('\n', at + 1)) line++
      counted = hit.index
      const from = Math.max(start, hit.index - widestLook)
      const to = Math.min(end, hit.index + widestLook)
      this.#judge(text.slice(from, to), line)
      // a very long line may have another message further on
      marks.lastIndex = Math.max(to, hit.index + 1)
    }
  }

  #judge(line: string, number: number): void {
    for (const rule of rules) {
      const match = rule.pattern.exec(line)
      if (match === null) continue
      const code = rule.own === true ? (match[1] ?? '') : rule.code
      if (rule.own === true && !ownCodes.has(code)) continue
      const known = this.#causes.get(code)
      if (known === undefined) {
        const text = shown(line, match.index)
        const see = rule.own === true ? code : rule.see
        this.#causes.set(code, { rule, see, line: number, text, count: 1, last: number })
      } else if (known.last !== number) {
        known.count++
        known.last = number
      }
    }
  }
}

/** A line for a person: printable, and of a long one the part that matched. */
function shown(line: string, at: number): string {
  const whole = withoutTimestamp(line)
  const from = at > 120 ? at - (line.length - whole.length) - 40 : 0
  return printable(decoded(`${from > 0 ? '...' : ''}${whole.slice(from)}`.trim()), 200)
}
