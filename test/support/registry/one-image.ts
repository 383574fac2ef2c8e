// The image that the tests of registries ask for: `a/b:t`, with qemu-aarch64 in an uncompressed layer.
import { type AccessChange, take } from './image-access.js'
import { digestOf, executable, imageOf, layer } from './oci-layout.js'
import type { Seen } from './registry.js'

export const good = executable('amd64', 'good', 200_000)
export const goodLayer = layer([{ path: 'qemu-aarch64', content: good }], 'plain')
export const image = imageOf([goodLayer])
export const tags = { t: image }
/** Whether a request is for the layer. */
export const isBlob = ({ url }: Seen) => url.includes(digestOf(goodLayer.bytes))

/** Gets qemu-aarch64 from it, from a registry on `host`. */
export function taken(host: string, change: AccessChange = {}, reference = `${host}/a/b:t`) {
  return take(reference, ['qemu-aarch64'], change)
}
