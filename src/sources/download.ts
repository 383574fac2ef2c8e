// Several emulators on their way from the network to their places: what shares bytes comes together, what is missing is asked for again and
// then elsewhere, and none waits for another one's failure. Loaded only when something must be fetched.
import { basename } from 'node:path'
import type { CatalogEmulator } from '../core/model/catalog.js'
import { asSetupError, SetupError } from '../core/model/errors.js'
import { withoutLogin } from '../core/request/input-values.js'
import { type Haul, haulsAtOnce, haulsOf, neededBytes } from '../core/sources/range-request.js'
import { lastWords, type Pauses, usualPauses } from '../core/sources/retry.js'
import type { Log } from '../system/log.js'
import { mapLimit } from '../system/map-limit.js'
import { executablesFrom } from './deb.js'
import { FetchError } from './http.js'
import { pausedFor } from './retry-wait.js'
import { place, WrongBytesError } from './store.js'
import { CorruptError } from './xz-decoder.js'

/** An emulator that is to be fetched, its place on disk, and the addresses of its package in the order in which they are tried. */
export interface Wanted {
  readonly emulator: CatalogEmulator
  readonly path: string
  readonly urls: readonly string[]
}

/** What came of it: bytes over the network that are booked on this emulator (haul.ts), and why it is not in its place. */
export interface Delivery {
  readonly bytesFetched: number
  readonly failure?: SetupError
}

export interface DeliveryOptions {
  readonly log: Log
  readonly pauses?: Pauses
}

/** An emulator on its way. */
class Order {
  readonly wanted: Wanted
  bytes = 0
  isPlaced = false
  failure: SetupError | undefined
  /** What each place said that did not deliver it. */
  readonly answers = new Map<string, string>()

  constructor(wanted: Wanted) {
    this.wanted = wanted
  }

  isOpenAt(url: string): boolean {
    return !this.isPlaced && this.failure === undefined && !this.answers.has(url)
  }

  get delivery(): Delivery {
    if (this.isPlaced) return { bytesFetched: this.bytes }
    return { bytesFetched: this.bytes, failure: this.failure ?? downloadFailed(this.wanted.emulator, this.answers) }
  }
}

/** Fetches emulators and puts them in their places; never throws: what went wrong with one is its failure. In the order of `wanted`. */
export async function deliver(
  wanted: readonly Wanted[],
  { log, pauses = usualPauses }: DeliveryOptions,
): Promise<Delivery[]> {
  const orders = new Map(wanted.map((one) => [one.emulator, new Order(one)]))
  const van = new Van(orders, log, pauses)
  await mapLimit(haulsOf([...orders.keys()]), haulsAtOnce, (haul) => van.fetch(haul))
  return wanted.map(({ emulator }) => (orders.get(emulator) as Order).delivery)
}

class Van {
  readonly #orders: ReadonlyMap<CatalogEmulator, Order>
  readonly #log: Log
  readonly #pauses: Pauses

  constructor(orders: ReadonlyMap<CatalogEmulator, Order>, log: Log, pauses: Pauses) {
    this.#orders = orders
    this.#log = log
    this.#pauses = pauses
  }

  /** Asks one place after the other for what is in a haul. */
  async fetch({ pieces }: Haul): Promise<void> {
    const orders = pieces.flatMap(({ emulator }) => this.#orders.get(emulator) ?? [])
    try {
      for (const url of orders[0]?.wanted.urls ?? []) await this.#ask(url, orders)
    } catch (error) {
      for (const order of orders) if (!order.isPlaced) order.failure ??= asSetupError(error)
    }
  }

  /** One place, tried again after a pause while that may help. Where its bytes are damaged each one is asked for alone: others may be whole. */
  async #ask(url: string, orders: readonly Order[]): Promise<void> {
    const missing = () => orders.filter((order) => order.isOpenAt(url))
    for (let tries = 1; missing().length > 0; tries++) {
      const error = await this.#haul(url, missing())
      const left = missing()
      if (error === undefined || left.length === 0) return
      if (error instanceof FetchError) {
        const say = (line: string) => this.#log.detail(`${withoutLogin(url)}: ${line}`)
        if (await pausedFor(error, tries, this.#pauses, say)) continue
        for (const order of left) this.#refused(order, url, lastWords(error, tries))
      } else if (left.length > 1) {
        for (const order of left) await this.#ask(url, [order])
      } else for (const order of left) this.#refused(order, url, error.message)
    }
  }

  #refused(order: Order, url: string, answer: string): void {
    this.#log.detail(`${basename(order.wanted.path)}: ${withoutLogin(url)}: ${answer}`)
    order.answers.set(url, answer)
  }

  /** What is missing, by as few requests as can be. What stopped it; undefined when all bytes came, right or not. */
  async #haul(url: string, orders: readonly Order[]): Promise<FetchError | CorruptError | undefined> {
    for (const haul of haulsOf(orders.map(({ wanted }) => wanted.emulator))) {
      try {
        await this.#carry(url, haul)
      } catch (error) {
        if (error instanceof FetchError || error instanceof CorruptError) return error
        throw error
      }
    }
    return undefined
  }

  async #carry(url: string, haul: Haul): Promise<void> {
    const transfer = this.#log.transfer(...haul.pieces.map(({ emulator }) => emulator.binary))
    transfer.expect(neededBytes(haul))
    try {
      const executables = executablesFrom(url, haul, (booked) => {
        for (const { emulator, bytes } of booked) {
          transfer.add(bytes)
          const order = this.#orders.get(emulator)
          if (order !== undefined) order.bytes += bytes
        }
      })
      for await (const { piece, bytes } of executables) {
        const order = this.#orders.get(piece.emulator)
        if (order !== undefined) await this.#put(order, url, bytes)
      }
    } finally {
      transfer.end()
    }
  }

  /** Into its place. Wrong bytes and a place that cannot be written to are this emulator's matter alone. */
  async #put(order: Order, url: string, bytes: AsyncIterable<Uint8Array>): Promise<void> {
    const { emulator, path } = order.wanted
    try {
      await place(path, emulator, bytes)
      order.isPlaced = true
    } catch (error) {
      if (error instanceof WrongBytesError) this.#refused(order, url, error.message)
      else if (error instanceof SetupError) order.failure = error
      else throw error
    }
  }
}

function downloadFailed(emulator: CatalogEmulator, answers: ReadonlyMap<string, string>): SetupError {
  return new SetupError(
    'download-failed',
    `${emulator.binary} of QEMU ${emulator.qemuVersion} (${emulator.build}) could not be had from any of ${answers.size} places:`,
    {
      hint: 'name an archive that this machine can reach with mirror, or set https_proxy',
      tried: [...answers].map(([url, answer]) => `${withoutLogin(url)}: ${answer}`),
    },
  )
}
