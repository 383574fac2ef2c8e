// The image for a target's probe in a container: the probe, and a native program that reads files of the container. It has the format of `docker save`,
// which docker, podman and nerdctl load: a manifest, a configuration and one layer. Sources: Docker's image specification 1.2 ("combined image JSON and
// file system changeset"), the OCI image configuration, and POSIX.1-2017 ustar.
import { tarOf } from '../image/tar-writer.js'

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
