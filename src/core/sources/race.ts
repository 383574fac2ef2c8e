// Which place is asked next while others are slow, and which one is given up for it. Places are asked in their order; beside a slow one the next is started,
// and the first that delivers wins. The idea is that of hedged requests (Dean and Barroso, The Tail at Scale, 2013).
import type { NetworkPlace, PlaceKind } from './network-place.js'

/** A place in a race. `waiting`: not asked yet; `ended`: given up for being slow, before it answered; `failed`: it does not have what is missing. */
export interface Entrant {
  readonly kind: PlaceKind
  readonly state: 'waiting' | 'running' | 'slow' | 'ended' | 'failed'
  /** What has arrived from it. */
  readonly bytes: number
}

/** Indexes of the entrants to end and to start. */
export interface Move {
  readonly end?: number
  readonly start?: number
}

/**
 * What to do now. `mayHedge`: no other race of this process asks two places at once.
 *
 * Where nobody is running, the next one is started, and when all have had their turn, one that was ended. Beside those that run one is started only when all
 * of them are slow, and never the snapshot archive, which limits how often it is asked. When two are slow, the slower one is ended for the third; but a mirror,
 * which the user named, is given up only when it fails.
 */
export function nextMove(entrants: readonly Entrant[], mayHedge: boolean): Move {
  const states = entrants.map(({ state }) => state)
  const running = entrants.filter(({ state }) => state === 'running' || state === 'slow')
  if (running.length === 0) return startOf(states.indexOf('waiting'), states.indexOf('ended'))
  if (!mayHedge || states.includes('running')) return {}
  const next = entrants.findIndex(({ kind, state }) => state === 'waiting' && kind !== 'snapshot')
  if (next < 0) return {}
  const givenUp = running.length === 1 ? undefined : slowest(running)
  return { start: next, ...(givenUp === undefined ? {} : { end: entrants.indexOf(givenUp) }) }
}

function startOf(...indexes: readonly number[]): Move {
  const start = indexes.find((index) => index >= 0)
  return start === undefined ? {} : { start }
}

/** The one that has delivered least, of those that are not a user's mirror. */
function slowest(running: readonly Entrant[]): Entrant | undefined {
  return running.filter(({ kind }) => kind !== 'mirror').toSorted((one, other) => one.bytes - other.bytes)[0]
}

/**
 * What is to be done with places, in the order in which they are asked now: those that lost a race for being slow after the others, but before the snapshot
 * archive.
 */
export function inOrder<T extends { readonly place: NetworkPlace }>(all: readonly T[], slow: ReadonlySet<string>): T[] {
  const rank = ({ place: { kind, base } }: T) => (kind === 'snapshot' ? 2 : slow.has(base) ? 1 : 0)
  return all.toSorted((one, other) => rank(one) - rank(other))
}
