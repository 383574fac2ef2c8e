// Images with real emulators that look like published ones: an index for two hosts, and each executable in a layer of its own.
import { readFileSync } from 'node:fs'
import type { LayerCompression } from '../../../src/core/image/layer-compression.js'
import { emulatorPath } from '../programs/emulators.js'
import { type Content, executable, imageOf, indexOf, layer } from './oci-layout.js'

/** The QEMU version of the emulators in test images. */
export const imageVersion = '7.2.22'
export const host = process.arch === 'arm64' ? 'arm64' : 'amd64'
export const otherHost = host === 'arm64' ? 'amd64' : 'arm64'

/** The emulators of `targets`, one layer each, above a base layer. Those for the other host only look like executables. */
export async function emulatorImage(
  targets: readonly string[],
  version = imageVersion,
  compression: LayerCompression = 'gzip',
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
      imageOf([base, ...own.map((one) => layer([one], compression))], { os: 'linux', architecture: host }),
    ],
  )
}
