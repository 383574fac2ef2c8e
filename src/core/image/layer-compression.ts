// How a layer is compressed: its media type says so, and its first bytes must agree. Sources: the OCI image specification (layer), RFC 1952
// (gzip), RFC 8878 (zstd).

/** `plain`: not compressed. */
export type LayerCompression = 'plain' | 'gzip' | 'zstd'

const ociLayer = /^application\/vnd\.oci\.image\.layer\.(?:nondistributable\.)?v1\.tar(?:\+(gzip|zstd))?$/
const dockerLayer = /^application\/vnd\.docker\.image\.rootfs\.(?:foreign\.)?diff\.tar(?:\.(gzip|zstd))?$/

/** The compression in a layer's media type; undefined for unsupported types (encrypted layers, artifacts other than images). */
export function compressionOfType(mediaType: string): LayerCompression | undefined {
  const found = ociLayer.exec(mediaType) ?? dockerLayer.exec(mediaType)
  if (found === null) return undefined
  return found[1] === 'gzip' || found[1] === 'zstd' ? found[1] : 'plain'
}

/** Exit status of the zstd decoder for bytes that are damaged or ask for too much; the reason is on its standard error. */
export const damagedStatus = 3

/** How many first bytes `matchesCompression` needs. */
export const magicBytes = 4

/** Whether a layer's first bytes (four, or all of a shorter one) fit this compression. */
export function matchesCompression(bytes: Uint8Array, compression: LayerCompression): boolean {
  return compressionOfBytes(bytes) === compression
}

function compressionOfBytes([first = 0, second = 0, third = 0, fourth = 0]: Uint8Array): LayerCompression {
  if (first === 0x1f && second === 0x8b) return 'gzip'
  const rest = (second << 16) | (third << 8) | fourth
  // a zstd frame; below, a skippable frame
  if (first === 0x28 && rest === 0xb52ffd) return 'zstd'
  return (first & 0xf0) === 0x50 && rest === 0x2a4d18 ? 'zstd' : 'plain'
}
