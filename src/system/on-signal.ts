// Clean-up before a signal ends this process: without it, what the process made elsewhere would stay.

const endingSignals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const

/** All handlers together: the first one to finish must not end the process while the others still run. */
const handlers = new Set<() => unknown>()

/**
 * Does `work` when a signal asks this process to end, and then raises the signal again, for other listeners or to end the process. Returns a function
 * that cancels this.
 */
export function onSignal(work: () => unknown): () => void {
  // the same function may be passed twice
  const own = () => work()
  if (handlers.size === 0) for (const signal of endingSignals) process.on(signal, end)
  handlers.add(own)
  return () => {
    handlers.delete(own)
    if (handlers.size === 0) forget()
  }
}

async function end(signal: NodeJS.Signals): Promise<void> {
  const due = [...handlers]
  handlers.clear()
  // the next signal does not wait
  forget()
  await Promise.allSettled(due.map(async (work) => work()))
  process.kill(process.pid, signal)
}

function forget(): void {
  for (const signal of endingSignals) process.off(signal, end)
}
