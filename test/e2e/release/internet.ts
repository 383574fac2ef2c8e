// The part of the internet that a set-up speaks with, on loopback, GitHub's and Debian's under their real names, in a process of its own: GitHub's releases, which redirect to an
// object store, npm's registry, and Debian's snapshot archive, which answers 429. Notes each request as a line of JSON in the file `seen`.
import { appendFileSync, existsSync, readFileSync } from 'node:fs'
import { createServer } from 'node:https'
import { join } from 'node:path'
import { npmRegistry } from '../../support/npm/one-package.js'
import { registryName } from './release-material.js'

const [folder = '', tarball = '', seen = ''] = process.argv.slice(2)

/** What a host answers for a path. */
type Answer = { status: number; headers?: Record<string, string>; body?: Buffer }

const store = 'release-assets.githubusercontent.com'
const registry = npmRegistry(tarball, `https://${registryName}`)

const hosts: Readonly<Record<string, (path: string, query: string) => Answer>> = {
  'github.com': (path) => {
    const [, file = ''] = /^\/acme\/setup-qemu\/releases\/download\/([^/]+\/[^/]+)$/.exec(path) ?? []
    if (!existsSync(join(folder, 'assets', decodeURIComponent(file))) || file === '') return { status: 404 }
    return { status: 302, headers: { location: `https://${store}/objects/${file}?sig=secret` } }
  },
  [store]: (path, query) => {
    if (query !== '?sig=secret') return { status: 403 }
    return {
      status: 200,
      body: readFileSync(join(folder, 'assets', decodeURIComponent(path.replace('/objects/', '')))),
    }
  },
  'snapshot.debian.org': () => ({ status: 429, headers: { 'retry-after': '1' } }),
  [registryName]: (path) => {
    const found = registry(path)
    return found === undefined
      ? { status: 404 }
      : { status: 200, headers: { 'content-type': found.type }, body: found.body }
  },
}

const [key, cert] = ['key', 'cert'].map((name) => readFileSync(join(folder, name)))
const server = createServer({ key, cert }, (request, response) => {
  const { host = '' } = request.headers
  const { pathname, search } = new URL(request.url ?? '/', `https://${host}`)
  const { status, headers = {}, body = Buffer.alloc(0) } = hosts[host]?.(pathname, search) ?? { status: 404 }
  appendFileSync(seen, `${JSON.stringify({ host, path: pathname, status })}\n`)
  response.writeHead(status, { ...headers, 'content-length': body.length }).end(body)
})
server.listen(443, '127.0.0.1', () => console.log('ready'))
