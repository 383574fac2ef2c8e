// What a download and an attempt to get it from one place know of each other.
import { basename } from 'node:path'
import type { CatalogEmulator } from '../core/model/catalog.js'
import type { LocatorName } from '../core/model/emulator.js'
import { SetupError } from '../core/model/errors.js'
import { shownAddress } from '../core/request/input-values.js'
import type { NetworkPlace } from '../core/sources/network-place.js'
import { failureText, isAnnounced, type Pauses } from '../core/sources/retry.js'
import type { Log } from '../system/log.js'
import { FetchError, waitBeforeRetry } from './http.js'
import type { AttemptInRace } from './race.js'
import { place, WrongBytesError } from './store.js'

/** An emulator to download, where it goes on disk, and the places that may have it in the order in which they are asked. */
export interface DownloadOrder {
  readonly emulator: CatalogEmulator
  readonly path: string
  readonly places: readonly NetworkPlace[]
  /** What places that were asked before answered: `/srv/qemu: no such folder`. */
  readonly tried?: readonly string[]
}

/** One place that is asked, as part of a race. */
export interface Attempt extends AttemptInRace {
  readonly log: Log
  /** Between retries. */
  readonly pauses: Pauses
}

/** The progress of one order. */
export class Download {
  readonly order: DownloadOrder
  readonly #log: Log
  /** From the network, right or not. */
  bytes = 0
  /** Where it came from, once it is in its place. */
  locator: LocatorName | undefined
  source: NetworkPlace | undefined
  failure: SetupError | undefined
  readonly #settled = new AbortController()
  /** Why each address that was tried did not deliver it. */
  readonly #answers = new Map<string, string>()

  constructor(order: DownloadOrder, log: Log) {
    this.order = order
    this.#log = log
  }

  /** Whether it is neither in its place nor impossible. */
  get isOpen(): boolean {
    return this.locator === undefined && this.failure === undefined
  }

  isOpenAt(url: string): boolean {
    return this.isOpen && !this.#answers.has(url)
  }

  /** Ends what still fetches it when it is in its place, or cannot be. */
  get settled(): AbortSignal {
    return this.#settled.signal
  }

  /** Notes that it cannot be in its place. */
  fail(failure: SetupError): void {
    this.failure ??= failure
    this.#settled.abort()
  }

  /** Notes why an address did not deliver it. */
  refuse(url: string, answer: string): void {
    this.#note(url, answer, (line) => this.#log.detail(line))
  }

  #note(url: string, answer: string, say: (line: string) => void): void {
    say(`${basename(this.order.path)}: ${shownAddress(url)}: ${answer}`)
    this.#answers.set(url, answer)
  }

  /** Puts the bytes into place. Notes wrong bytes, and a place that cannot be written, which concern this emulator only; throws any other error. */
  async store(
    url: string,
    bytes: AsyncIterable<Uint8Array>,
    locator: LocatorName,
    { place: source, onStored }: AttemptInRace,
  ): Promise<void> {
    try {
      await place(this.order.path, this.order.emulator, bytes)
      // of two places that deliver at the same time, the first is told
      if (!this.isOpen) return
      this.locator = locator
      this.source = source
      onStored()
      this.#settled.abort()
    } catch (error) {
      // people want to know of a place with wrong bytes, also when another one has the right ones
      if (error instanceof WrongBytesError) this.#note(url, error.message, (line) => this.#log.info(line))
      else if (error instanceof SetupError) this.fail(error)
      else throw error
    }
  }

  /** Every place that was tried with its answer. */
  get tried(): string[] {
    const answers = [...this.#answers].map(([url, answer]) => `${shownAddress(url)}: ${answer}`)
    return [...(this.order.tried ?? []), ...answers]
  }
}

/** The last failure of a request, and its words with the number of tries. */
export interface FailedRequest {
  readonly error: FetchError
  readonly text: string
}

/**
 * Does `request` until it succeeds, with the pauses that the attempt allows. Returns the last failure; undefined after a success. Throws
 * what is not a failure of the network.
 */
export async function withRetries(
  url: string,
  { log, pauses, pace, signal }: Attempt,
  request: () => Promise<void>,
): Promise<FailedRequest | undefined> {
  const say = (line: string) => log.detail(`${shownAddress(url)}: ${line}`)
  for (let tries = 1; ; tries++) {
    try {
      await request()
      return undefined
    } catch (error) {
      if (!(error instanceof FetchError)) throw error
      // a server that says when to come again is not slow, even if it took long to say so; our own pauses are no time of its
      const heeded = isAnnounced(error) ? pace.bePatient() : undefined
      const isRetried = await waitBeforeRetry(error, tries, pauses, say, signal).finally(heeded)
      if (!isRetried) return { error, text: failureText(error, tries) }
    }
  }
}
