// Docker's plugin buildx, out of Debian's package, pinned by hash: it is kept in the tests' cache and not installed. Debian 12 has none of its own.
import { cpSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { outputOf } from '../../../scripts/catalog/command.js'
import { kept } from '../../e2e/vm/packages.js'
import { type PinnedPackage, wholePackage } from '../programs/package.js'

const trixie = { archive: 'debian', snapshot: '20261122T091544Z' }
const file = 'pool/main/d/docker-buildx/docker-buildx_0.13.1+ds1-3'

const packages: Readonly<Record<'amd64' | 'arm64', PinnedPackage>> = {
  amd64: {
    ...trixie,
    path: `${file}_amd64.deb`,
    size: 13239200,
    sha256: 'fcf8c48204d1603c8f209451d7827eb91bf30759578baf7704e9e1a87e5f1d7f',
  },
  arm64: {
    ...trixie,
    path: `${file}_arm64.deb`,
    size: 11322920,
    sha256: '6cf361ab892b55753b728adcbd1a99f0616711df853dba64a5297a4a676d96b0',
  },
}

/** Path of the plugin for this host, from the cache if it is there. */
export async function buildxPath(): Promise<string> {
  const from = packages[process.arch === 'arm64' ? 'arm64' : 'amd64']
  const deb = await wholePackage({ package: from })
  return kept(`buildx/${from.sha256.slice(0, 16)}`, (path) => {
    const work = `${path}.package`
    writeFileSync(`${path}.deb`, deb)
    outputOf('dpkg-deb', ['-x', `${path}.deb`, work])
    cpSync(join(work, 'usr/libexec/docker/cli-plugins/docker-buildx'), path)
    rmSync(work, { recursive: true })
  })
}

/** Puts the plugin where this namespace's docker finds it. */
export function placeBuildx(plugin: string): void {
  const folder = join(process.env.HOME ?? '', '.docker/cli-plugins')
  mkdirSync(folder, { recursive: true })
  cpSync(plugin, join(folder, 'docker-buildx'))
}
