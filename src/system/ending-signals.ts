// What is to be done before a signal ends this process: what it made elsewhere would stay.

const endingSignals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const

/**
 * Does `work` when this process is told to end, and then hands the signal to whoever else listens, or lets it end the process. Gives what takes
 * that back.
 */
export function onEnding(work: () => unknown): () => void {
  const handler = async (signal: NodeJS.Signals) => {
    try {
      await work()
    } finally {
      process.kill(process.pid, signal)
    }
  }
  for (const signal of endingSignals) process.once(signal, handler)
  return () => {
    for (const signal of endingSignals) process.off(signal, handler)
  }
}
