// Images with real emulators, as the real ones look: an index of two hosts, several layers, each executable in one of them.
import { readFileSync } from 'node:fs'
import type { LayerCompression } from '../../../src/core/image/layer-compression.js'
import { emulatorPath } from '../programs/emulators.js'
import { type Content, executable, imageOf, indexOf, layer } from './oci-layout.js'

export const imageVersion = '7.2.22'
export const host = process.arch === 'arm64' ? 'arm64' : 'amd64'
export const otherHost = host === 'arm64' ? 'amd64' : 'arm64'

/** The emulators of `targets` in layers of their own above one that has none; the other host's are executables in form only. */
export async function emulatorImage(
  targets: readonly string[],
  version = imageVersion,
  form: LayerCompression = 'gzip',
): Promise<Content> {
  const own = await Promise.all(
    targets.map(async (target) => ({
      path: `usr/bin/qemu-${target}`,
      content: readFileSync(await emulatorPath(target, version)),
    })),
  )
  const other = targets.map((target) => ({
    path: `usr/bin/qemu-${target}`,
    content: executable(otherHost, `qemu-${target}`),
  }))
  const base = layer([
    { path: 'etc/', type: '5' },
    { path: 'etc/os-release', content: 'ID=test\n' },
  ])
  return indexOf(
    [{ os: 'linux', architecture: otherHost }, imageOf([base, layer(other)], { os: 'linux', architecture: otherHost })],
    [
      { os: 'linux', architecture: host },
      imageOf([base, ...own.map((one) => layer([one], form))], { os: 'linux', architecture: host }),
    ],
  )
}
