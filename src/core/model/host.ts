// The host, as Debian (amd64) and uname (x86_64) name it.
import type { Host } from './catalog.js'
import { SetupError } from './errors.js'

const hosts: Readonly<Record<string, { host: Host; machine: string }>> = {
  x64: { host: 'amd64', machine: 'x86_64' },
  arm64: { host: 'arm64', machine: 'aarch64' },
}

/** The host for node's platform (`linux`) and architecture (`x64`). Throws `not-linux` and `unsupported-host`. */
export function hostOf(platform: string, arch: string): { host: Host; machine: string } {
  if (platform !== 'linux') {
    throw new SetupError('not-linux', `binfmt_misc is a feature of the Linux kernel, and this is ${platform}`, {
      hint: "run this step on a Linux machine (runs-on: ubuntu-latest), or skip it: if: runner.os == 'Linux'",
    })
  }
  const found = hosts[arch]
  if (found !== undefined) return found
  throw new SetupError(
    'unsupported-host',
    `the catalog has emulators for amd64 and arm64 hosts, and this host is ${arch}`,
    {
      hint: "install the distribution's QEMU user emulators on this host",
    },
  )
}
