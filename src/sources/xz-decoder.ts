// Decodes an xz stream while its bytes arrive: with the host's xz if there is one, else with WebAssembly, which takes about twice as long.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { withStreams } from '../system/open-files.js'

/** Compressed bytes that are not valid. */
export class CorruptError extends Error {}

/** Memory limit of a decoder: twice what `xz -9` needs, and more than the WebAssembly decoder allows. */
const mostMemory = '128MiB'

/**
 * Yields decoded bytes in chunks, as they arrive. `xz`: path of the host's xz; undefined: WebAssembly. Throws CorruptError, and whatever
 * `source` throws. Leaving the loop ends the decoder.
 */
export function decoded(source: AsyncIterable<Uint8Array>, xz: string | undefined): AsyncGenerator<Uint8Array> {
  return xz === undefined ? decodedByWebAssembly(source) : decodedByHost(source, xz)
}

async function* decodedByHost(source: AsyncIterable<Uint8Array>, xz: string): AsyncGenerator<Uint8Array> {
  const { XZ_OPT, XZ_DEFAULTS, ...env } = process.env
  // several threads would read ahead by whole blocks, and damaged input has crashed them (CVE-2025-31115)
  const options = ['--decompress', '--stdout', '--quiet', '--threads=1', `--memlimit-decompress=${mostMemory}`]
  const child = withStreams(spawn(xz, options, { stdio: ['pipe', 'pipe', 'ignore'], env }))
  const closed = once(child, 'close') as Promise<[number | null, NodeJS.Signals | null]>
  let failure: { readonly error: unknown } | undefined
  const failed = (error: unknown) => {
    failure = { error }
  }
  const fed = pipeline(Readable.from(tapErrors(source, failed)), child.stdin)
  // awaited below; until then a rejection must not count as unhandled
  fed.catch(() => undefined)
  try {
    yield* child.stdout as AsyncIterable<Uint8Array>
    const [status, signal] = await closed
    // the source's own error comes first, because it leaves xz with half a stream; when xz gives up, the pipe's error says little
    if (failure !== undefined) throw failure.error
    if (status !== 0) throw new CorruptError(`gave damaged bytes: xz ended with ${signal ?? `exit status ${status}`}`)
    await fed
  } finally {
    child.kill('SIGKILL')
    await Promise.allSettled([fed, closed])
  }
}

/** Passes a source through; `failed` is told of errors that the source throws itself, but not of those that its reader throws into it. */
async function* tapErrors(
  source: AsyncIterable<Uint8Array>,
  failed: (error: unknown) => void,
): AsyncGenerator<Uint8Array> {
  const chunks = source[Symbol.asyncIterator]()
  try {
    for (;;) {
      const next = await chunks.next().catch((error: unknown) => {
        failed(error)
        throw error
      })
      if (next.done === true) return
      yield next.value
    }
  } finally {
    await chunks.return?.()
  }
}

/** Loads the CommonJS package: in a bundle its names are exports, in plain node they are properties of `default`. */
async function xzDecompress(): Promise<typeof import('xz-decompress')> {
  const loaded = await import('xz-decompress')
  return 'XzReadableStream' in loaded ? loaded : (loaded as { default: typeof loaded }).default
}

async function* decodedByWebAssembly(source: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const { XzReadableStream } = await xzDecompress()
  const chunks = source[Symbol.asyncIterator]()
  let failure: unknown
  const input = new ReadableStream<Uint8Array>({
    async pull(controller) {
      try {
        const next = await chunks.next()
        if (next.done === true) controller.close()
        else controller.enqueue(new Uint8Array(next.value))
      } catch (error) {
        failure = error
        controller.error(error)
      }
    },
  })
  const reader = new XzReadableStream(input).getReader()
  try {
    for (let next = await reader.read(); !next.done; next = await reader.read()) {
      yield next.value
      // a few bytes may unpack to very many, and the library's promises alone would starve timers and signals
      await new Promise((resolve) => setImmediate(resolve))
    }
  } catch (error) {
    throw failure ?? new CorruptError(`gave damaged bytes: ${error instanceof Error ? error.message : String(error)}`)
  } finally {
    // the library decodes one stream at a time: without cancelling one that is left early, all later ones would wait for it
    await reader.cancel().catch(() => 'already failed')
    await chunks.return?.()
  }
}
