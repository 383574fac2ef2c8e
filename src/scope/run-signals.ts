// Signals that reach us while a command runs for us belong to the command. A terminal's have reached it already: it is in the same process group.
import { readProcessStat } from '../system/process.js'

/** What signals are forwarded to. */
export interface SignalTarget {
  /** Before it is started there is nothing to signal. */
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
/** Those that a terminal's keys send, to the whole foreground group. */
const ofKeys: readonly NodeJS.Signals[] = ['SIGINT', 'SIGQUIT', 'SIGTSTP']

/** Forwards signals to a run until it is stopped. */
export class RunSignals {
  readonly #run: SignalTarget
  readonly #handlers: readonly (readonly [NodeJS.Signals, () => void])[]

  constructor(run: SignalTarget) {
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
    if (!(ofKeys.includes(signal) && isInForeground())) this.#run.signal(signal)
    if (stops) process.kill(process.pid, 'SIGSTOP')
  }
}

/** Whether our group is in the foreground of its terminal: then what the keys send reaches the whole group. */
function isInForeground(): boolean {
  const stat = readProcessStat('self')
  return stat !== undefined && stat.group === stat.foreground
}
