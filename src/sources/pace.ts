// Measures how fast a place delivers, by the time for which it is waited for.
import { type Arrival, arrivalText, isSlow, recentArrivals } from '../core/sources/pace.js'

/** Called when waiting begins; gives what to call when it ends, more than once if need be. */
export type Waiting = () => () => void

/** What has arrived from one place, from any number of requests side by side. */
export class Pace {
  bytes = 0
  /** How many requests heed a time that the place named. */
  #patience = 0
  #waiting = 0
  #since = 0
  #waitedMs = 0
  #arrivals: Arrival[] = [{ waitedMs: 0, bytes: 0 }]
  /** Whose answer this one waits for. */
  #leader: Pace | undefined

  /** Counts the time until what it gives is called; the time of several at once is counted once. */
  readonly wait: Waiting = () => {
    if (this.#waiting++ === 0) this.#since = performance.now()
    let isOver = false
    return () => {
      if (isOver) return
      isOver = true
      if (--this.#waiting === 0) this.#waitedMs += performance.now() - this.#since
    }
  }

  /** The same, while another attempt finds out for this one: until then this one is as slow as that. `hasFound`: from now on it is judged by itself. */
  waitFor(leader: Pace): (hasFound: boolean) => void {
    const end = this.wait()
    this.#leader = leader
    return (hasFound) => {
      this.#leader = undefined
      end()
      if (hasFound) this.#restart()
    }
  }

  /** Heeds a time that the place named until what it gives is called: it is not slow until then, and what came before no longer counts. */
  bePatient(): () => void {
    this.#patience++
    return () => {
      this.#patience--
      this.#restart()
    }
  }

  #restart(): void {
    this.#waitedMs = 0
    this.#since = performance.now()
    this.#arrivals = []
  }

  get #now(): Arrival {
    const waitedMs = this.#waitedMs + (this.#waiting > 0 ? performance.now() - this.#since : 0)
    return { waitedMs, bytes: this.bytes }
  }

  /** What has arrived, in words. */
  get text(): string {
    return arrivalText(this.#now)
  }

  /** Whether it is slow now; to be asked several times a second. */
  get isSlow(): boolean {
    if (this.#leader !== undefined) return this.#leader.isSlow
    this.#arrivals = recentArrivals([...this.#arrivals, this.#now])
    return this.#patience === 0 && isSlow(this.#arrivals)
  }
}
