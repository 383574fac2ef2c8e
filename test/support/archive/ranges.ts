// What a server on loopback was asked for, as ranges of one file.
import type { IncomingHttpHeaders } from 'node:http'

export interface Asked {
  /** Sizes of all ranges together. */
  readonly bytes: number
  /** No byte was asked for twice. */
  readonly once: boolean
  /** First byte of each range, in the order of the file. */
  readonly starts: readonly number[]
}

export function asked(seen: readonly { readonly headers: IncomingHttpHeaders }[]): Asked {
  const ranges = seen.map(({ headers }) => {
    const [, start, last] = /^bytes=(\d+)-(\d+)$/.exec(headers.range ?? '') ?? []
    if (start === undefined || last === undefined) throw new Error(`no range was asked for, but ${headers.range}`)
    return { start: Number(start), end: Number(last) + 1 }
  })
  const inOrder = ranges.toSorted((one, other) => one.start - other.start)
  return {
    bytes: ranges.reduce((total, { start, end }) => total + end - start, 0),
    once: inOrder.every(({ start }, at) => at === 0 || start >= (inOrder[at - 1]?.end ?? 0)),
    starts: inOrder.map(({ start }) => start),
  }
}
