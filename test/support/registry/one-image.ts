// The one image that the tests of registries ask for: `a/b:t` with qemu-aarch64 in a layer that is not packed.
import { type AccessChange, take } from './image-access.js'
import { digestOf, executable, imageOf, layer } from './oci-layout.js'
import type { Seen } from './registry.js'

export const good = executable('amd64', 'good', 200_000)
export const goodLayer = layer([{ path: 'qemu-aarch64', content: good }], 'plain')
export const image = imageOf([goodLayer])
export const tags = { t: image }
/** Whether the layer is asked for. */
export const isBlob = ({ url }: Seen) => url.includes(digestOf(goodLayer.bytes))

/** Takes qemu-aarch64 out of it, at a registry on `host`. */
export function taken(host: string, change: AccessChange = {}, reference = `${host}/a/b:t`) {
  return take(reference, ['qemu-aarch64'], change)
}
