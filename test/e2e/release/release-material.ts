// What the part `release` works with: a release as it is published, the npm package, an asset of the release of emulators, and a certificate for the names
// of the servers.
import { execFileSync } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { bestQuality } from '../../../scripts/release/packed.js'
import { writeFiles } from '../../../scripts/release/tree.js'
import { bringTools } from '../../../scripts/tools.js'
import { npmPacked, treeFiles } from '../../support/npm/release-package.js'
import { emulator } from '../../support/programs/emulators.js'
import { assetsOf } from '../../support/releases/release-server.js'

/** Stands for npm's registry. */
export const registryName = 'registry.example'

/** The names under which `internet.ts` can be reached. */
export const hostNames: readonly string[] = [
  ...['github.com', 'release-assets.githubusercontent.com', registryName, 'snapshot.debian.org'],
]

/** Makes all of it in a folder; gives the words of the part. */
export async function releaseWords(folder: string): Promise<string[]> {
  bringTools([
    ['openssl', 'openssl'],
    ['ip', 'iproute2'],
  ])
  const tree = join(folder, 'tree')
  writeFiles(tree, await treeFiles({ quality: bestQuality }))
  const tarball = npmPacked(tree, join(folder, 'packed'))
  for (const [path, bytes] of await assetsOf(emulator('riscv64'))) {
    mkdirSync(join(folder, 'assets', dirname(path)), { recursive: true })
    writeFileSync(join(folder, 'assets', path), bytes)
  }
  const names = hostNames.map((name) => `DNS:${name}`).join(',')
  const [key, cert] = [join(folder, 'key'), join(folder, 'cert')]
  const subject = ['-subj', '/CN=the internet', '-addext', `subjectAltName=${names}`, '-days', '2']
  execFileSync('openssl', ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-keyout', key, '-out', cert, ...subject], {
    stdio: 'ignore',
  })
  return [folder, tarball]
}
