// The image for a target's probe in a container: the probe, and a native program that reads files of the container. It has the format of `docker save`,
// which docker, podman and nerdctl load: a manifest, a configuration and one layer. Sources: Docker's image specification 1.2 ("combined image JSON and
// file system changeset"), the OCI image configuration, and POSIX.1-2017 ustar.
import { tarRecordBytes } from '../image/tar-entry.js'

/** Paths of the programs in the image. */
export const probePath = '/probe'
export const readerPath = '/read'

export interface ProbeImage {
  /** Name and tag: `localhost/setup-qemu-probe:aarch64-7-1a2b3c4d`. */
  readonly reference: string
  /** The image's platform in OCI form: `linux/arm/v7`. */
  readonly platform: string
  readonly probe: Uint8Array
  /** A native program of the engine's host: see probes/README.md. */
  readonly reader: Uint8Array
}

interface Member {
  readonly name: string
  readonly bytes: Uint8Array
  readonly mode: number
}

/** The archive of an image; the same bytes for the same image. `sha256` gives the hexadecimal hash of some bytes. */
export function probeArchive(image: ProbeImage, sha256: (bytes: Uint8Array) => string): Uint8Array {
  const { reference, platform, probe, reader } = image
  const layer = tarOf([
    { name: probePath.slice(1), bytes: probe, mode: 0o755 },
    { name: readerPath.slice(1), bytes: reader, mode: 0o755 },
  ])
  const [os, architecture, variant] = platform.split('/')
  const config = jsonOf({
    created: '1970-01-01T00:00:00Z',
    architecture,
    os,
    ...(variant === undefined ? {} : { variant }),
    config: { Entrypoint: [probePath], Env: ['PATH=/'] },
    rootfs: { type: 'layers', diff_ids: [`sha256:${sha256(layer)}`] },
    history: [{ created: '1970-01-01T00:00:00Z', created_by: 'setup-qemu' }],
  })
  const configName = `${sha256(config)}.json`
  const manifest = jsonOf([{ Config: configName, RepoTags: [reference], Layers: ['layer.tar'] }])
  return tarOf([
    { name: 'layer.tar', bytes: layer, mode: 0o644 },
    { name: configName, bytes: config, mode: 0o644 },
    { name: 'manifest.json', bytes: manifest, mode: 0o644 },
  ])
}

function jsonOf(value: unknown): Uint8Array {
  return new TextEncoder().encode(JSON.stringify(value))
}

/** A tar archive of plain files, owned by root and dated 1970. */
function tarOf(members: readonly Member[]): Uint8Array {
  const sizes = members.map(({ bytes }) => tarRecordBytes + paddedSize(bytes))
  // two empty records end an archive
  const archive = new Uint8Array(sizes.reduce((sum, size) => sum + size, 2 * tarRecordBytes))
  let at = 0
  for (const member of members) {
    archive.set(headerOf(member), at)
    archive.set(member.bytes, at + tarRecordBytes)
    at += tarRecordBytes + paddedSize(member.bytes)
  }
  return archive
}

function paddedSize({ length }: Uint8Array): number {
  return Math.ceil(length / tarRecordBytes) * tarRecordBytes
}

function headerOf({ name, bytes, mode }: Member): Uint8Array {
  const header = new Uint8Array(tarRecordBytes)
  const write = (at: number, text: string) => header.set(new TextEncoder().encode(text), at)
  const octal = (value: number, digits: number) => value.toString(8).padStart(digits, '0')
  write(0, name)
  write(100, octal(mode, 7))
  write(108, octal(0, 7))
  write(116, octal(0, 7))
  write(124, octal(bytes.length, 11))
  write(136, octal(0, 11))
  // the checksum counts its own field as spaces
  write(148, '        ')
  write(156, '0')
  write(257, 'ustar\u000000')
  const sum = header.reduce((total, byte) => total + byte, 0)
  write(148, `${octal(sum, 6)}\0 `)
  return header
}
