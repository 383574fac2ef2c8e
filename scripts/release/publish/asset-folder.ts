// A folder whose files become the assets of a release: read, and compared with the SHA256SUMS in it.
import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { checksumFaults, parseChecksums } from '../checksums.js'
import { type LocalAsset, nameFault } from './asset-plan.js'
import { Refusal } from './step.js'

/** SHA-256 of a file, in hex. */
export function sha256OfFile(path: string): string {
  return createHash('sha256').update(readFileSync(path)).digest('hex')
}

/** The files, sorted by name. Throws Refusal when one is not listed in SHA256SUMS or not as listed, or cannot have its name in a release. */
export function readAssetFolder(folder: string): LocalAsset[] {
  const entries = readdirSync(folder, { withFileTypes: true })
  const odd = entries.filter((entry) => !entry.isFile()).map(({ name }) => `${name} is not a regular file`)
  const names = entries.map(({ name }) => name).sort()
  if (!names.includes('SHA256SUMS')) throw new Refusal(`${folder} has no SHA256SUMS`)
  const badNames = names.flatMap((name) => {
    const fault = nameFault(name)
    return fault === undefined ? [] : [`${name}: ${fault}`]
  })
  if (odd.length + badNames.length > 0) throw new Refusal(`${folder}: ${[...odd, ...badNames].join('; ')}`)
  const files = names.map((name) => {
    const path = join(folder, name)
    return { name, size: readFileSync(path).length, sha256: sha256OfFile(path) }
  })
  const others = new Map(files.filter(({ name }) => name !== 'SHA256SUMS').map(({ name, sha256 }) => [name, sha256]))
  const faults = checksumFaults(parseChecksums(readFileSync(join(folder, 'SHA256SUMS'), 'utf8')), others)
  if (faults.length > 0) throw new Refusal(`${folder}: ${faults.join('; ')}`)
  return files
}
