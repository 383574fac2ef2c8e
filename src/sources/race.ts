// Asks places for emulators until all are in their place: one after the other, and beside one that is slow the next. Who is asked when is decided in
// core/sources/race.ts.

import { shownAddress } from '../core/request/input-values.js'
import type { NetworkPlace } from '../core/sources/network-place.js'
import { type Entrant, inOrder, nextMove } from '../core/sources/race.js'
import type { Log } from '../system/log.js'
import { Pace } from './pace.js'

/** Why an attempt ends that others have made needless. */
class Overtaken extends Error {}

/** The race that asks two places at once; there is one in the process. */
let hedging: Race | undefined

/** Addresses of places that lost a race because they were slow. */
const slowPlaces = new Set<string>()

const looksEveryMs = 200

/** What a race is about. */
export interface RaceOptions {
  /** In their order. */
  readonly places: readonly NetworkPlace[]
  /** What is raced for, in words. */
  readonly names: () => string
  /** Whether something is still missing. */
  readonly isOpen: () => boolean
  /** Asks a place for what is missing; resolves when it has given what it has. `signal` ends it. */
  readonly ask: (runner: AttemptInRace) => Promise<void>
  readonly log: Log
}

/** A place that is asked. */
export interface AttemptInRace {
  readonly place: NetworkPlace
  readonly pace: Pace
  readonly signal: AbortSignal
  /** To be called for each file that is in its place. */
  readonly onStored: () => void
}

/** Resolves when nothing is missing, or no place has more to give. Throws what an attempt throws, after all have ended. */
export function race(options: RaceOptions): Promise<void> {
  return new Race(options).run()
}

/** A place in the race, and its attempt. */
interface Runner {
  readonly place: NetworkPlace
  state: 'waiting' | 'running' | 'ended' | 'failed'
  pace: Pace
  end: AbortController
  attempt: Promise<void>
}

class Race {
  readonly #options: RaceOptions
  #runners: readonly Runner[]
  #winner: Runner | undefined
  #failure: { readonly error: unknown } | undefined
  #wake: () => void = () => undefined

  constructor(options: RaceOptions) {
    this.#options = options
    this.#runners = options.places.map((place) => ({
      place,
      state: 'waiting',
      pace: new Pace(),
      end: new AbortController(),
      attempt: Promise.resolve(),
    }))
  }

  async run(): Promise<void> {
    try {
      while (this.#options.isOpen() && this.#failure === undefined && this.#move()) await this.#change()
    } finally {
      await this.#finish()
    }
    if (this.#failure !== undefined) throw this.#failure.error
  }

  get #running(): Runner[] {
    return this.#runners.filter(({ state }) => state === 'running')
  }

  /** Starts and ends what is due; false when nobody is running. */
  #move(): boolean {
    // other races may have shown meanwhile who is slow
    this.#runners = inOrder(this.#runners, slowPlaces)
    const entrants = this.#runners.map(
      ({ place, state, pace }): Entrant => ({
        kind: place.kind,
        state: state === 'running' && pace.isSlow ? 'slow' : state,
        bytes: pace.bytes,
      }),
    )
    const { end, start } = nextMove(entrants, hedging === undefined || hedging === this)
    const ended = this.#runners[end ?? -1]
    if (ended !== undefined) this.#end(ended)
    const started = this.#runners[start ?? -1]
    if (started !== undefined) this.#start(started)
    if (this.#running.length > 1) hedging = this
    else if (hedging === this) hedging = undefined
    return this.#running.length > 0
  }

  #start(runner: Runner): void {
    for (const { place, pace } of this.#running)
      this.#tell(`${shownAddress(place.base)} is slow (${pace.text}); ${shownAddress(runner.place.base)} is asked, too`)
    const { place } = runner
    const pace = new Pace()
    const end = new AbortController()
    const onStored = () => {
      this.#winner = runner
      this.#wake()
    }
    const attempt = this.#options.ask({ place, pace, signal: end.signal, onStored }).then(
      () => {
        runner.state = 'failed'
      },
      (error: unknown) => {
        if (!end.signal.aborted) this.#failure ??= { error }
        runner.state = end.signal.aborted ? 'ended' : 'failed'
      },
    )
    runner.state = 'running'
    runner.pace = pace
    runner.end = end
    runner.attempt = attempt.finally(() => this.#wake())
  }

  #end(runner: Runner): void {
    runner.state = 'ended'
    runner.end.abort(new Overtaken('another place was faster'))
  }

  /** Resolves when an attempt has ended or stored something, and when it is time to look again. */
  async #change(): Promise<void> {
    let timer: NodeJS.Timeout | undefined
    await new Promise<void>((resolve) => {
      this.#wake = resolve
      timer = setTimeout(resolve, looksEveryMs)
    })
    clearTimeout(timer)
  }

  /** Ends all that others have overtaken, and waits until nothing of it is left. */
  async #finish(): Promise<void> {
    if (hedging === this) hedging = undefined
    const winner = this.#options.isOpen() ? undefined : this.#winner
    const losers = this.#runners.filter(
      (runner) => runner !== winner && (runner.state === 'running' || runner.state === 'ended'),
    )
    for (const { place, state, pace } of winner === undefined ? [] : losers)
      if (state === 'ended' || pace.isSlow) slowPlaces.add(place.base)
    for (const loser of losers) this.#end(loser)
    await Promise.all(this.#runners.map(({ attempt }) => attempt))
    if (winner === undefined) return
    const by = shownAddress(winner.place.base)
    for (const { place, pace } of losers)
      this.#tell(`${shownAddress(place.base)} was overtaken by ${by}, after ${pace.text}`)
  }

  #tell(line: string): void {
    this.#options.log.info(`${this.#options.names()}: ${line}`)
  }
}
