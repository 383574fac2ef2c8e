// How a layer's bytes are packed: its media type says it, its first bytes must agree. Sources: the OCI image specification (layer), RFC 1952
// (gzip), RFC 8878 (zstd).

export type LayerCompression = 'plain' | 'gzip' | 'zstd'

const ociLayer = /^application\/vnd\.oci\.image\.layer\.(?:nondistributable\.)?v1\.tar(?:\+(gzip|zstd))?$/
const dockerLayer = /^application\/vnd\.docker\.image\.rootfs\.(?:foreign\.)?diff\.tar(?:\.(gzip|zstd))?$/

/** The form that a layer's media type names; undefined for a type that is not read (encrypted layers, artifacts that are no images). */
export function compressionOfType(mediaType: string): LayerCompression | undefined {
  const found = ociLayer.exec(mediaType) ?? dockerLayer.exec(mediaType)
  if (found === null) return undefined
  return found[1] === 'gzip' || found[1] === 'zstd' ? found[1] : 'plain'
}

/** The exit status of the decoder of zstd that says: the bytes are damaged, or ask for too much. Its standard error says why. */
export const damagedStatus = 3

/** So many first bytes tell the form. */
export const magicBytes = 4

/** Whether a layer's first bytes (four, or all of a shorter one) may begin what `form` says. */
export function matchesCompression(bytes: Uint8Array, form: LayerCompression): boolean {
  return formOf(bytes) === form
}

function formOf([first = 0, second = 0, third = 0, fourth = 0]: Uint8Array): LayerCompression {
  if (first === 0x1f && second === 0x8b) return 'gzip'
  const behind = (second << 16) | (third << 8) | fourth
  // a frame, or a skippable frame
  if (first === 0x28 && behind === 0xb52ffd) return 'zstd'
  return (first & 0xf0) === 0x50 && behind === 0x2a4d18 ? 'zstd' : 'plain'
}
