// A link of a chosen rate and round trip (link.py), in namespaces of its own.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'

/** A running link. The server's end has an address; words lead into the namespace of each end. */
export interface ShapedLink extends AsyncDisposable {
  readonly address: string
  readonly server: readonly string[]
  readonly client: readonly string[]
}

/** Lays a link as root of a user namespace. It ends when disposed of, or with this process. */
export async function shapedLink(bitsPerSecond: number, roundTripSeconds: number): Promise<ShapedLink> {
  const words = ['bench/link.py', `${bitsPerSecond}bit`, String(roundTripSeconds * 1000)]
  const relay = spawn('python3', words, { stdio: ['pipe', 'pipe', 'inherit'] })
  const ended = once(relay, 'exit')
  const paths: string[] = []
  for await (const path of createInterface({ input: relay.stdout })) if (paths.push(path) === 2) break
  const [server, client] = paths
  if (server === undefined || client === undefined) throw new Error(`python3 ${words.join(' ')} has laid no link`)
  return {
    address: '10.0.0.1',
    server: ['nsenter', `--net=${server}`],
    client: ['nsenter', `--net=${client}`],
    async [Symbol.asyncDispose]() {
      relay.stdin.end()
      await ended
    },
  }
}
