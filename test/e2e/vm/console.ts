// What a VM says on its serial console: lines of JSON behind a mark that only this run knows, between whatever kernel and init print.
// All of it is hostile until parsed. Form: `MARK {"kind":"check",...}`; the guest's half is guest.ts.
import type { Check } from '../check.js'

/** What a VM told of itself and of its checks. `complete`: the scenario went to its end and no line of it was lost. */
export interface Told {
  readonly kernel: string
  readonly init: string
  readonly checks: readonly Check[]
  readonly complete: boolean
}

const detailLimit = 2000

/** The results in the text of a console; lines that are not ours or not as they should be count for nothing. */
export function toldOn(text: string, mark: string): Told {
  const lines = text.split('\n').flatMap((line) => parseLine(line, mark))
  const checks = lines.map(checkOf).filter((check) => check !== undefined)
  const about = lines.find(({ kind }) => kind === 'about')
  const ends = lines.filter(({ kind }) => kind === 'end')
  return {
    kernel: words(about?.kernel),
    init: words(about?.init),
    checks,
    complete: checks.length > 0 && ends.length === 1 && ends[0]?.checks === checks.length,
  }
}

type Line = Readonly<Record<string, unknown>>

function parseLine(line: string, mark: string): Line[] {
  const at = line.indexOf(`${mark} `)
  if (at < 0) return []
  try {
    const value: unknown = JSON.parse(line.slice(at + mark.length + 1))
    return typeof value === 'object' && value !== null ? [value as Line] : []
  } catch {
    // broken by a line of the kernel's: it is missing, and the count at the end shows it
    return []
  }
}

function checkOf({ kind, name, ok, seconds, detail }: Line): Check | undefined {
  if (kind !== 'check' || typeof ok !== 'boolean' || typeof seconds !== 'number') return undefined
  return { name: words(name), ok, seconds, detail: words(detail) }
}

function words(value: unknown): string {
  return typeof value === 'string' ? value.slice(0, detailLimit).replace(/[^ -~]+/g, ' ') : '?'
}
