// A registry of npm packages on loopback, as far as `npm view` and `npm publish` need one.
// Source of truth: https://github.com/npm/registry/blob/main/docs/REGISTRY-API.md
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'

interface Packument {
  versions: Record<string, { dist: { integrity: string; tarball: string } }>
  'dist-tags': Record<string, string>
  _attachments?: Record<string, { data: string }>
}

export class NpmRegistry {
  readonly packages = new Map<string, Packument>()
  /** By name and version the tarball. */
  readonly tarballs = new Map<string, Buffer>()

  private constructor(
    private readonly server: Server,
    readonly token: string,
  ) {}

  static async start(token: string): Promise<NpmRegistry> {
    const server = createServer()
    const registry = new NpmRegistry(server, token)
    server.on('request', async (request, response) => {
      const chunks: Buffer[] = []
      for await (const chunk of request) chunks.push(chunk as Buffer)
      const name = decodeURIComponent((request.url ?? '/').slice(1))
      const answer = (status: number, json: object) => {
        response.writeHead(status, { 'content-type': 'application/json' })
        response.end(JSON.stringify(json))
      }
      if (request.method === 'PUT' && request.headers.authorization !== `Bearer ${token}`) return answer(401, {})
      if (request.method === 'PUT')
        return answer(...registry.#publish(name, JSON.parse(Buffer.concat(chunks).toString())))
      const found = registry.packages.get(name)
      return found === undefined ? answer(404, { error: 'Not found' }) : answer(200, found)
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    return registry
  }

  get address(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}/`
  }

  async close(): Promise<void> {
    this.server.closeAllConnections()
    await new Promise((resolve) => this.server.close(resolve))
  }

  #publish(name: string, sent: Packument): [number, object] {
    const there = this.packages.get(name)
    const [version = ''] = Object.keys(sent.versions)
    if (there?.versions[version] !== undefined) return [403, { error: `cannot publish over ${version}` }]
    const { _attachments: attachments = {}, ...rest } = sent
    const [attached] = Object.values(attachments)
    this.tarballs.set(`${name}@${version}`, Buffer.from(attached?.data ?? '', 'base64'))
    this.packages.set(name, {
      ...rest,
      versions: { ...there?.versions, ...sent.versions },
      'dist-tags': { ...there?.['dist-tags'], ...sent['dist-tags'] },
    })
    return [201, {}]
  }
}
