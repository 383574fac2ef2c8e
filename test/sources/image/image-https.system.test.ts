// Registries that speak https, with a certificate made for the test.
import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { createServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { cleanAfterEach, temporaryFolder } from '../../support/kernel/table.js'
import { take } from '../../support/registry/image-access.js'
import { executable, imageOf, layer } from '../../support/registry/oci-layout.js'
import { serveImages } from '../../support/registry/registry.js'

cleanAfterEach()
afterEach(() => {
  delete process.env.NODE_TLS_REJECT_UNAUTHORIZED
})

const image = imageOf([layer([{ path: 'qemu-aarch64', content: executable('amd64', 'good') }])])

/** An https server that sends everybody on to `to`. */
async function redirecting(to: string) {
  const folder = temporaryFolder()
  const [key, cert] = ['key', 'cert'].map((name) => join(folder, name))
  const subject = ['-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost', '-days', '2']
  const words = ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-keyout', key!, '-out', cert!, ...subject]
  execFileSync('openssl', words, { stdio: 'ignore' })
  const seen: string[] = []
  const server = createServer({ key: readFileSync(key!), cert: readFileSync(cert!) }, ({ url = '' }, response) => {
    seen.push(url)
    response.writeHead(307, { location: `${to}${url}` }).end()
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    host: `localhost:${(server.address() as AddressInfo).port}`,
    seen,
    [Symbol.asyncDispose]: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

describe('a place with https', () => {
  it('with an untrusted certificate is refused', async () => {
    await using server = await redirecting('http://localhost')
    const attempt = take('registry.invalid/x:t', ['qemu-aarch64'], { registryMirrors: [`https://${server.host}`] })
    await expect(attempt).rejects.toThrow(/self.signed certificate/)
    expect(server.seen).toEqual([])
  })

  it('must not redirect to plain http, not even on this machine', async () => {
    process.env.NODE_TLS_REJECT_UNAUTHORIZED = '0'
    await using plain = await serveImages({ t: image })
    await using server = await redirecting(`http://${plain.host}`)
    const attempt = take('registry.invalid/x:t', ['qemu-aarch64'], { registryMirrors: [`https://${server.host}`] })
    await expect(attempt).rejects.toThrow(/redirected to "http:.*", which is not https/)
    expect(server.seen).not.toEqual([])
    expect(plain.seen).toEqual([])
  })

  it('is required for registries on other machines', async () => {
    await expect(take('registry.invalid/x:t')).rejects.toMatchObject({
      code: 'image-unreachable',
      message: expect.stringContaining('https://registry.invalid/v2/x: '),
    })
  })
})
