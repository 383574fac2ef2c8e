// How slow a server may be: it has to answer in time, to go on sending, and not to trickle. Sources: node's documentation of
// `request.setTimeout`, which is about a socket's silence alone, and curl's options --speed-limit and --speed-time for the idea of the last.
import type { IncomingMessage } from 'node:http'

/** So long an answer may take to begin, and so long may no byte of it come. */
export const idleMs = 30_000

/** Bytes a second: a server that gives fewer over the time of a silence would hold up a job for hours. */
const slowest = 4096

/** The chunks of a body as they come. Throws an Error when they trickle; time that the reader takes for itself is not the server's. */
export async function* paced(message: IncomingMessage, silenceMs: number): AsyncGenerator<Buffer> {
  let waitedMs = 0
  let size = 0
  let asked = performance.now()
  for await (const chunk of message as AsyncIterable<Buffer>) {
    waitedMs += performance.now() - asked
    size += chunk.length
    if (waitedMs >= silenceMs) {
      if (size < (slowest * waitedMs) / 1000) throw new Error(`only ${size} bytes in ${seconds(waitedMs)} s`)
      waitedMs = 0
      size = 0
    }
    yield chunk
    asked = performance.now()
  }
}

/** Milliseconds as seconds with one place at most. */
export function seconds(ms: number): number {
  return Math.round(ms / 100) / 10
}
