// What is to be done before a signal ends this process: what it made elsewhere would stay.

const endingSignals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const

/** All that is to be done: whoever is done first must not end the process under the others. */
const handlers = new Set<() => unknown>()

/**
 * Does `work` when this process is told to end, and then hands the signal to whoever else listens, or lets it end the process. Gives what takes
 * that back.
 */
export function onSignal(work: () => unknown): () => void {
  // the same function may be given twice
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
  // the next signal waits for nothing
  forget()
  await Promise.allSettled(due.map(async (work) => work()))
  process.kill(process.pid, signal)
}

function forget(): void {
  for (const signal of endingSignals) process.off(signal, end)
}
