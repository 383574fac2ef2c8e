// Registries on loopback: a small one that serves images from memory and can be made to misbehave, and the real one of Debian's package
// docker-registry.
import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, writeFileSync } from 'node:fs'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { type AddressInfo, createServer as createSocketServer } from 'node:net'
import { join } from 'node:path'
import { type Content, writeLayout } from './oci-layout.js'

/** A request that a registry received. */
export interface Seen {
  readonly method: string
  readonly url: string
  readonly headers: IncomingMessage['headers']
  readonly body: string
}

/** Answers a request itself and returns true, or leaves it to the registry. */
export type Hook = (request: Seen, response: ServerResponse) => boolean | undefined

/** Serves images in any repository, by digest and by these tags. `seen` lists the requests. */
export async function serveImages(tags: Readonly<Record<string, Content>>, hook: Hook = () => false) {
  const images = Object.values(tags)
  const seen: Seen[] = []
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk as Buffer)
    const { method = '', url = '', headers } = request
    const asked = { method, url, headers, body: Buffer.concat(chunks).toString() }
    seen.push(asked)
    if (hook(asked, response) !== true) answer(asked, response)
  })
  function answer({ method, url, headers }: Seen, response: ServerResponse): void {
    const [, kind, name = ''] = /^\/v2\/.+\/(manifests|blobs)\/([^/]+)$/.exec(url) ?? []
    const digest = tags[name]?.digest ?? name
    const manifest = images.map(({ manifests }) => manifests.get(digest)).find((found) => found !== undefined)
    const blob = images.map(({ blobs }) => blobs.get(digest)).find((found) => found !== undefined)
    const bytes = kind === 'manifests' ? manifest?.bytes : blob
    if (bytes === undefined) return void response.writeHead(404).end('{"errors":[{"code":"NAME_UNKNOWN"}]}')
    const start = Number(/^bytes=(\d+)-/.exec(headers.range ?? '')?.[1] ?? 0)
    response.writeHead(headers.range === undefined ? 200 : 206, {
      ...(kind === 'manifests' ? { 'docker-content-digest': digest } : {}),
      'content-type': manifest?.mediaType ?? 'application/octet-stream',
      'content-length': bytes.length - start,
      ...(headers.range === undefined ? {} : { 'content-range': `bytes ${start}-${bytes.length - 1}/${bytes.length}` }),
    })
    response.end(method === 'HEAD' ? undefined : bytes.subarray(start))
  }
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  return {
    host: `127.0.0.1:${port}`,
    seen,
    /** Digests of the blobs that were requested. */
    get blobsAsked(): string[] {
      return seen.flatMap(({ url }) => /\/blobs\/(sha256:[0-9a-f]+)$/.exec(url)?.[1] ?? [])
    },
    [Symbol.asyncDispose]: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

/** The code and message of the failure; throws when there is none. */
export async function failure(attempt: Promise<unknown>): Promise<{ code: string; message: string; hint: string }> {
  return attempt.then(
    () => Promise.reject(new Error('it did not fail')),
    (error) => error,
  )
}

/** Answers the requests that `when` selects with a status and a page. */
export const status =
  (code: number, headers: Record<string, string> = {}, when: (request: Seen) => boolean = () => true): Hook =>
  (request, response) => {
    if (!when(request)) return false
    response.writeHead(code, headers).end('<html>no</html>')
    return true
  }

/** Answers the first `times` requests with `hook`, later ones as usual. */
export function atFirst(times: number, hook: Hook): Hook {
  let seen = 0
  return (request, response) => seen++ < times && hook(request, response)
}

/** A user of the real registry, and the line of its password file (bcrypt). */
export const registryUser = { username: 'tester', password: 'a:password' }
const passwordLine = 'tester:$2y$05$5sOn.E8wbBiJtTFaq7mDQeHqsgNeOlY94e5vgYOEd3izELSDtbSpC'

/** Starts Debian's registry in `folder`; `login`: it requires the user above. The caller disposes of it. */
export async function startRegistry(folder: string, { login = false } = {}) {
  const port = await freePort()
  mkdirSync(join(folder, 'data'), { recursive: true })
  writeFileSync(join(folder, 'passwords'), `${passwordLine}\n`)
  const auth = login ? `auth:\n  htpasswd:\n    realm: test\n    path: ${join(folder, 'passwords')}\n` : ''
  const config = `version: 0.1
log:
  level: error
  accesslog:
    disabled: true
storage:
  filesystem:
    rootdirectory: ${join(folder, 'data')}
http:
  addr: 127.0.0.1:${port}
${auth}`
  writeFileSync(join(folder, 'config.yml'), config)
  const registry = spawn('docker-registry', ['serve', join(folder, 'config.yml')], { stdio: 'ignore' })
  const ended = once(registry, 'exit')
  await answering(`http://127.0.0.1:${port}/v2/`)
  return {
    host: `127.0.0.1:${port}`,
    [Symbol.asyncDispose]: async () => {
      registry.kill()
      await ended
    },
  }
}

/** Pushes an image to a registry as `NAME:TAG` with skopeo; `login`: as the user above. `work`: an empty folder to write to. */
export function push(image: Content, registry: string, name: string, work: string, { login = false } = {}): void {
  writeLayout(work, image, 'image')
  const words = ['--insecure-policy', 'copy', '--all', '--preserve-digests', '--dest-tls-verify=false']
  const user = login ? ['--dest-creds', `${registryUser.username}:${registryUser.password}`] : []
  const places = [`oci:${work}:image`, `docker://${registry}/${name}`]
  execFileSync('skopeo', [...words, ...user, ...places], { stdio: ['ignore', 'ignore', 'inherit'] })
}

async function freePort(): Promise<number> {
  const server = createSocketServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  server.close()
  await once(server, 'close')
  return port
}

async function answering(url: string): Promise<void> {
  for (let tries = 0; tries < 200; tries++) {
    const answer = await fetch(url).catch(() => undefined)
    if (answer !== undefined) return
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  throw new Error(`docker-registry does not answer at ${url}`)
}
