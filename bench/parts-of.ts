// What a watched step's time went to: each moment of it belongs to one part.
import type { Span } from './parts.js'

export const parts = [
  'main: node starts',
  'main: load',
  'main: look',
  'main: hash',
  'main: probes',
  'main: register and tell',
  'main: node ends',
  'post: node starts',
  'post: load',
  'post: put back',
  'post: node ends',
] as const

export type Part = (typeof parts)[number]

/**
 * Seconds by part of a step that ran from `start` to `end`. A file is hashed or another program runs, in this order; all else is the step's own
 * work, cut where all of the bundle is loaded, where the table is written to, and where the last thing is done. The watching itself is left out.
 */
export function partsOf(face: 'main' | 'post', start: number, end: number, spans: readonly Span[]): Map<Part, number> {
  const of = (kind: Span['kind']) => spans.filter((span) => span.kind === kind)
  const [preload = { start, end: start }] = of('preload')
  const own = spans.filter((span) => span.kind !== 'preload')
  const loaded = of('output')[0]?.start ?? end
  const registered = of('register')[0]?.start ?? loaded
  const last = Math.max(...own.map((span) => span.end))
  const edges = [...new Set([start, end, loaded, registered, last, ...spans.flatMap((span) => [span.start, span.end])])]
  const found = new Map<Part, number>()
  const sorted = edges.sort((a, b) => a - b)
  for (const [at, from] of sorted.entries()) {
    const to = sorted[at + 1] ?? from
    const isIn = (kind: Span['kind']) => of(kind).some((span) => span.start <= from && to <= span.end)
    const part = partAt()
    if (part !== undefined) found.set(part, (found.get(part) ?? 0) + (to - from) / 1e9)

    function partAt(): Part | undefined {
      if (from >= preload.start && to <= preload.end) return undefined
      if (from < preload.start) return `${face}: node starts`
      if (from < loaded) return `${face}: load`
      if (from >= last) return `${face}: node ends`
      if (face === 'post') return 'post: put back'
      if (isIn('hash')) return 'main: hash'
      if (isIn('program')) return 'main: probes'
      return from < registered ? 'main: look' : 'main: register and tell'
    }
  }
  return found
}
