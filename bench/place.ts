// A place that has emulators, served by a process of its own (place-server.ts).
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'

/** For `mirror`, and for SETUP_QEMU_RELEASES. */
export interface PlaceAddresses {
  readonly mirror: string
  readonly releases: string
}

/** A request that was answered with a file, or with the address of one. */
export interface Delivery {
  readonly url: string
  /** The header: `bytes=0-99`. */
  readonly range?: string | undefined
}

/** A running place; `deliveries` grows with each request. */
export interface Place extends PlaceAddresses, AsyncDisposable {
  readonly deliveries: readonly Delivery[]
}

/** The server's own address, files with its key and certificate when it speaks https, and words that lead into its namespaces. */
export interface PlaceOptions {
  readonly address?: string
  readonly secrets?: readonly [key: string, certificate: string]
  readonly within?: readonly string[]
  /** Further versions of arm64's emulator that its releases have. */
  readonly versions?: readonly string[]
}

/** Starts a place. It ends when disposed of, or with this process. */
export async function startPlace({
  address = '127.0.0.1',
  secrets = ['', ''],
  within = [],
  versions = [],
}: PlaceOptions = {}): Promise<Place> {
  const words = [...within, process.execPath, 'build/bench/place-server.js', address, ...secrets, ...versions]
  const [file = '', ...args] = words
  const server = spawn(file, args, { stdio: ['pipe', 'pipe', 'inherit'] })
  const lines = createInterface({ input: server.stdout })
  const [first] = await Promise.race([
    once(lines, 'line'),
    once(server, 'exit').then(([status]) => Promise.reject(new Error(`${words.join(' ')} ended with ${status}`))),
  ])
  const addresses: PlaceAddresses = JSON.parse(first)
  const deliveries: Delivery[] = []
  lines.on('line', (line) => deliveries.push(JSON.parse(line)))
  return {
    ...addresses,
    deliveries,
    async [Symbol.asyncDispose]() {
      const ended = once(server, 'exit')
      server.stdin.end()
      await ended
    },
  }
}
