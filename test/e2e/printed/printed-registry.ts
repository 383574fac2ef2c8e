// Registries on loopback in a process of their own, as whoever asks them waits for what is asked: one of images, and one of npm that has the package of a
// tarball. Tells their addresses and the image's digest as JSON.
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { npmRegistry } from '../../support/npm/one-package.js'
import { emulatorImage } from '../../support/registry/emulator-image.js'
import { serveImages } from '../../support/registry/registry.js'

const [tarball = ''] = process.argv.slice(2)

/** The address of npm's registry. */
async function serveNpm(): Promise<string> {
  const server = createServer((request, response) => {
    const found = answer(request.url ?? '')
    if (found === undefined) response.writeHead(404).end()
    else response.writeHead(200, { 'content-type': found.type }).end(found.body)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const answer = npmRegistry(tarball, base)
  return base
}

const image = await emulatorImage(['aarch64'])
const { host } = await serveImages({ 'qemu-v10.2.3-68': image })
const npm = tarball === '' ? '' : await serveNpm()
console.log(JSON.stringify({ host, digest: image.digest, npm }))
