// A real program of each Debian port that runs anywhere: Debian's busybox-static, pinned by hash. bookworm's, but riscv64 came with trixie and
// loong64 after it.
import { existsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { outputOf } from '../../../scripts/catalog/command.js'
import { type PinnedPackage, wholePackage } from '../../support/programs/package.js'
import { kept } from './packages.js'

/** Ports that there is a busybox for, by QEMU's names; `armel` is the second port of the target `arm`. */
export type BusyboxName = keyof typeof packages

const folder = 'pool/main/b/busybox/busybox-static'
const bookworm = { archive: 'debian', snapshot: '20260712T101637Z' }
const trixie = { archive: 'debian', snapshot: '20261122T091544Z' }
const sid = { archive: 'debian', snapshot: '20261031T080801Z' }

const packages = {
  aarch64: {
    ...bookworm,
    path: `${folder}_1.35.0-4+deb12u1+b1_arm64.deb`,
    size: 822236,
    sha256: '732c9135564fc71337e0e05fb4da4d11e6c28c1834bce3e405e575afef2a52f5',
  },
  arm: {
    ...bookworm,
    path: `${folder}_1.35.0-4+deb12u1+b1_armhf.deb`,
    size: 815288,
    sha256: '2f68dbeaebeda49f3cde34ac421d5add85fb1c837ff7c4a4971945340d9d66ff',
  },
  armel: {
    ...bookworm,
    path: `${folder}_1.35.0-4+deb12u1+b1_armel.deb`,
    size: 812140,
    sha256: '061813bf602fdec8f81f07afd196a0e1b8ab0223fbbe9d7b4e003ee44130a60f',
  },
  i386: {
    ...bookworm,
    path: `${folder}_1.35.0-4+deb12u1+b1_i386.deb`,
    size: 958344,
    sha256: '725ef9e6fbac4ab79b353165b05005e8c140d6e42177ebbc202ff1e13ded8b7c',
  },
  loongarch64: {
    ...sid,
    path: `${folder}_1.38.0-3+b1_loong64.deb`,
    size: 908784,
    sha256: 'd5dc29174cd393bd100b958e2965fa18a63be5581177d076fa1e599a1703a957',
  },
  mips64el: {
    ...bookworm,
    path: `${folder}_1.35.0-4+deb12u1+b1_mips64el.deb`,
    size: 905976,
    sha256: 'dccccdabb87cf616c950b72987116c0c5a4f3781e95dac4759899126ac7a285b',
  },
  ppc64le: {
    ...bookworm,
    path: `${folder}_1.35.0-4+deb12u1+b1_ppc64el.deb`,
    size: 965108,
    sha256: '932deb885b840a8cf529708c03a1e87833dc64e66a70585721f8a356d9fe995b',
  },
  riscv64: {
    ...trixie,
    path: `${folder}_1.37.0-6+b9_riscv64.deb`,
    size: 941532,
    sha256: '4add476d2b185c5b487c285b38d790f0881a7e4a8e2ddde835f917e770eb8633',
  },
  s390x: {
    ...bookworm,
    path: `${folder}_1.35.0-4+deb12u1+b1_s390x.deb`,
    size: 853260,
    sha256: '65e29a4dea3ca365e9ee73a6b4fa2a42c8cbbd3b13753250e68b4835876fe316',
  },
  x86_64: {
    ...bookworm,
    path: `${folder}_1.35.0-4+deb12u1+b1_amd64.deb`,
    size: 928188,
    sha256: '3d3fdbe91d4660c873e14b092c213fe81c1da6362daa236eb25d0171eb108744',
  },
} as const satisfies Record<string, PinnedPackage>

/** The host's own, which runs in an empty root: what a machine has by that name may be dynamic. */
export function hostBusybox(): Promise<string> {
  return busyboxFor(process.arch === 'arm64' ? 'aarch64' : 'x86_64')
}

/** Path of the target's busybox, from the cache if it is there. */
export async function busyboxFor(target: BusyboxName): Promise<string> {
  const deb = await wholePackage({ package: packages[target] })
  const unpacked = kept(`busybox/${target}-${packages[target].sha256.slice(0, 16)}`, (path) => {
    const file = `${path}.deb`
    writeFileSync(file, deb)
    outputOf('dpkg-deb', ['-x', file, path])
  })
  // from trixie on there is /usr/bin only
  return join(unpacked, existsSync(join(unpacked, 'usr/bin/busybox')) ? 'usr/bin/busybox' : 'bin/busybox')
}
