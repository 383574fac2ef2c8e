// Real Debian packages, whole, fetched once from this machine's own archive and kept outside the checkout.
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { Package } from '../../../src/core/model/catalog.js'
import { packageAddress, placesFor } from '../../../src/core/sources/network-place.js'
import { aptSites } from '../../../src/sources/catalog.js'
import { bytesFrom } from '../../../src/sources/http.js'
import { warmCache } from './emulators.js'

/** A package whose bytes are known beforehand. */
export type PinnedPackage = Pick<Package, 'archive' | 'path' | 'size' | 'sha256' | 'snapshot'>

/** The package that holds an emulator, all its bytes, its SHA-256 checked. */
export async function wholePackage({ package: from }: { readonly package: PinnedPackage }): Promise<Buffer> {
  const path = join(warmCache, 'packages', from.sha256)
  if (!existsSync(path)) {
    mkdirSync(dirname(path), { recursive: true })
    writeFileSync(`${path}.part`, await fetched(await addressesOf(from), from.size))
    renameSync(`${path}.part`, path)
  }
  const bytes = readFileSync(path)
  const sha256 = createHash('sha256').update(bytes).digest('hex')
  if (sha256 !== from.sha256) throw new Error(`${path} has SHA-256 ${sha256}, expected ${from.sha256}`)
  return bytes
}

async function addressesOf(from: PinnedPackage): Promise<string[]> {
  const known = { mirrors: [], releases: [], aptSites: await aptSites() }
  return placesFor(from, known).map(({ base }) => packageAddress(base, from))
}

async function fetched(urls: readonly string[], size: number): Promise<Buffer> {
  const answers: string[] = []
  for (const url of urls) {
    const chunks: Uint8Array[] = []
    try {
      for await (const chunk of bytesFrom(url, 0, size, size)) chunks.push(chunk)
      return Buffer.concat(chunks)
    } catch (error) {
      answers.push(`${url}: ${error}`)
    }
  }
  throw new Error(`the package could not be fetched:\n${answers.join('\n')}`)
}
