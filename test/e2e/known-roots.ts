// Roots of Debian packages of other architectures, no more than the programs of known-problems.ts need. Nothing in them is configured.
import { existsSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { Archive, kept } from './vm/packages.js'

const perl = ['libc6', 'libcrypt1', 'perl-base']
const erlang = [
  ...['erlang-base', 'libtinfo6', 'libstdc++6', 'libgcc-s1', 'zlib1g', 'libsystemd0', 'libcap2', 'libgcrypt20'],
  ...['liblz4-1', 'liblzma5', 'libzstd1', 'libgpg-error0'],
]
const python = [
  ...['python3.11-minimal', 'libpython3.11-minimal', 'libpython3.11-stdlib', 'libffi8', 'zlib1g', 'libexpat1'],
  ...['libc6', 'libgcc-s1'],
]

const wanted = {
  'bullseye-arm64': ['libc6', 'libc-bin'],
  'bookworm-arm64': [...perl, ...erlang],
  'bookworm-armhf': python,
  'bookworm-amd64': ['libc6'],
  'trixie-arm64': perl,
} as const

export type RootName = keyof typeof wanted

/** The folder of a root, made when it is first asked for. */
export function guestRoot(name: RootName): string {
  return kept(`known-${name}`, (folder) => {
    const [suite = '', architecture = ''] = name.split('-')
    const archive = new Archive([suite], [architecture])
    try {
      for (const one of wanted[name]) archive.unpack(one, architecture, suite, folder)
    } finally {
      archive.close()
    }
    // from trixie on the packages have no /lib of their own
    if (!existsSync(join(folder, 'lib'))) symlinkSync('usr/lib', join(folder, 'lib'))
  })
}
