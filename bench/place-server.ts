// Serves the default emulators until standard input ends: their package as a mirror does, with ranges, and one packed file for each as a release has
// them. A process of its own, as one that holds a package in memory takes longer to start others, which is what is measured. Usage:
// place-server.js ADDRESS [KEY CERTIFICATE VERSION...]. With a key it speaks https, and the releases send on to another port, as GitHub sends on to
// its object store: another name, another connection. Prints the addresses of both, then each request that was answered with a file.
import { readFileSync } from 'node:fs'
import { createServer, type RequestListener, type Server } from 'node:http'
import { createServer as createSecureServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { assetAddress } from '../src/core/sources/release.js'
import { rangeOf } from '../test/support/archive/archive.js'
import { emulator } from '../test/support/programs/emulators.js'
import { wholePackage } from '../test/support/programs/package.js'
import { assetOf, everyTarget } from './packed-emulators.js'
import type { Delivery, PlaceAddresses } from './place.js'

const [address = '127.0.0.1', key = '', certificate = '', ...versions] = process.argv.slice(2)
const releases = '/owner/name/releases/download'
const isSecure = key !== ''

const { package: from } = emulator('aarch64')
const packagePath = `/debian/${from.path}`
const packageBytes = await wholePackage({ package: from })
const emulators = [
  ...everyTarget().map((target) => emulator(target.name)),
  ...versions.map((version) => emulator('aarch64', version)),
]
const assets = new Map(emulators.map((one) => [pathOf(assetAddress(releases, one)), assetOf(one)]))

/** The path of a request, which may be encoded in more than one way. */
function pathOf(url = ''): string {
  return decodeURIComponent(url.replace(/\?.*/, ''))
}

function say(line: PlaceAddresses | Delivery): void {
  process.stdout.write(`${JSON.stringify(line)}\n`)
}

async function listening(listener: RequestListener): Promise<string> {
  const secrets = isSecure ? { key: readFileSync(key), cert: readFileSync(certificate) } : undefined
  const server: Server = secrets === undefined ? createServer(listener) : createSecureServer(secrets, listener)
  await new Promise<void>((resolve) => server.listen(0, address, resolve))
  return `${isSecure ? 'https' : 'http'}://${address}:${(server.address() as AddressInfo).port}`
}

const sendAsset: RequestListener = async ({ url }, response) => {
  const asset = await assets.get(pathOf(url))
  if (asset === undefined) response.writeHead(404).end()
  else response.writeHead(200, { 'content-length': asset.length }).end(asset)
}

await Promise.all(assets.values())
const store = isSecure ? await listening(sendAsset) : ''
const base = await listening((request, response) => {
  const { url = '', headers } = request
  const path = pathOf(url)
  if (path !== packagePath && !assets.has(path)) return void response.writeHead(404).end()
  say({ url: `${base}${url}`, range: headers.range })
  if (assets.has(path)) {
    if (!isSecure) return void sendAsset(request, response)
    return void response.writeHead(302, { location: `${store}${url}?expires=1` }).end()
  }
  const { start, bytes } = rangeOf(request, packageBytes)
  const end = start + bytes.length - 1
  response.writeHead(206, {
    'content-range': `bytes ${start}-${end}/${packageBytes.length}`,
    'content-length': bytes.length,
  })
  response.end(bytes)
})
say({ mirror: `${base}/debian`, releases: `${base}${releases}` })
process.stdin.resume().on('end', () => process.exit())
