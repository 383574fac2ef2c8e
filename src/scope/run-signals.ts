// Signals that come to us while a command runs for us: they are its own. What a terminal sends has reached it already, as it is in the same group.
import { readFileSync } from 'node:fs'

/** What signals are handed on to. */
export interface Signalled {
  /** Before that nothing is there that could take one. */
  readonly isStarted: boolean
  signal(signal: NodeJS.Signals): void
  kill(): void
}

const handedOn = [
  'SIGHUP',
  'SIGINT',
  'SIGQUIT',
  'SIGTERM',
  'SIGUSR1',
  'SIGUSR2',
  'SIGALRM',
  'SIGTSTP',
  'SIGCONT',
] as const
/** Those that the keys of a terminal send, to everybody in front of it. */
const ofKeys: readonly NodeJS.Signals[] = ['SIGINT', 'SIGQUIT', 'SIGTSTP']

/** Hands signals on to a run until it is stopped. */
export class RunSignals {
  readonly #run: Signalled
  readonly #handlers: readonly (readonly [NodeJS.Signals, () => void])[]

  constructor(run: Signalled) {
    this.#run = run
    this.#handlers = handedOn.map((signal) => [signal, () => this.#take(signal)] as const)
    for (const [signal, handler] of this.#handlers) process.on(signal, handler)
  }

  stop(): void {
    for (const [signal, handler] of this.#handlers) process.off(signal, handler)
  }

  #take(signal: NodeJS.Signals): void {
    const stops = signal === 'SIGTSTP'
    if (!this.#run.isStarted && !stops && signal !== 'SIGCONT') {
      this.stop()
      this.#run.kill()
      process.kill(process.pid, signal)
      return
    }
    if (!(ofKeys.includes(signal) && isInFront())) this.#run.signal(signal)
    if (stops) process.kill(process.pid, 'SIGSTOP')
  }
}

/** Whether our group is the one in front of its terminal (fields 5 and 8 of proc(5) stat): then what its keys send comes to all of it. */
function isInFront(): boolean {
  const stat = readFileSync('/proc/self/stat', 'latin1')
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  return fields[2] === fields[5]
}
