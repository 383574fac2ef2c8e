// Real roots for dynamic foreign programs, out of Debian's packages: the C libraries of its cross compilers, which are roots without programs
// and stay the same for the life of a release; musl; and a shell. The packages are kept outside the checkout, the roots are made anew.
import { execFileSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type PinnedPackage, wholePackage } from './package.js'

type Row = readonly [path: string, size: number, sha256: string]

const rows = {
  'libc6 aarch64': [
    'c/cross-toolchain-base/libc6-arm64-cross_2.36-8cross1_all.deb',
    1_004_648,
    '91936cbbee75771c360ed16513f6e734a25ca5517fe7c3e13dfd7835d7553186',
  ],
  'libc6 riscv64': [
    'c/cross-toolchain-base-ports/libc6-riscv64-cross_2.36-8cross1_all.deb',
    1_004_648,
    '93f10d4bb0f279812121194e7dbdb61b14a70065d9cd6f25de4b08899a878195',
  ],
  'libc6 s390x': [
    'c/cross-toolchain-base/libc6-s390x-cross_2.36-8cross1_all.deb',
    1_002_916,
    'd1680ee6344fca9fa4995dbed2bab82a96d464a8f78ff29c4438995d8fa792d0',
  ],
  'libc6 ppc64le': [
    'c/cross-toolchain-base/libc6-ppc64el-cross_2.36-8cross1_all.deb',
    1_352_540,
    '7dc83c625a2051927ca9d5063bbe5ce8adc8e0fb09564b68ade28e8136c9c23c',
  ],
  'libc6 mips': [
    'c/cross-toolchain-base-mipsen/libc6-mips-cross_2.36-8cross2_all.deb',
    935_008,
    'd6172dbbf56ff443b8742867959553a25e0891f8bd8e8b85001b35f002e2a26c',
  ],
  'libc6 alpha': [
    'c/cross-toolchain-base-ports/libc6.1-alpha-cross_2.36-8cross1_all.deb',
    1_164_772,
    '59fb9d1bbe2f44fdd55dcbe09cc188f36d407cef75d62056e559d640c90d5015',
  ],
  'musl aarch64': [
    'm/musl/musl_1.2.3-1_arm64.deb',
    391_916,
    '6ccf2bf0f479b00411cb8e1eeb048e648718170db5d63bbb4bf4a89350b81468',
  ],
  'dash aarch64': [
    'd/dash/dash_0.5.12-2_arm64.deb',
    88_808,
    'c1358e2a8054eb93efd460adf480224a16ea9e0b4d7b4c6cbcf8c8c91902a1d7',
  ],
} as const satisfies Record<string, Row>

export type GuestPackage = keyof typeof rows

/** Where the C library of a cross compiler lies in its package: a root by itself. */
const triplets: Readonly<Record<string, string>> = {
  aarch64: 'aarch64-linux-gnu',
  riscv64: 'riscv64-linux-gnu',
  s390x: 's390x-linux-gnu',
  ppc64le: 'powerpc64le-linux-gnu',
  mips: 'mips-linux-gnu',
  alpha: 'alpha-linux-gnu',
}

/** Unpacks a package into a folder. */
export async function unpack(name: GuestPackage, folder: string): Promise<void> {
  const [path, size, sha256] = rows[name]
  const pinned: PinnedPackage = {
    archive: 'debian',
    path: `pool/main/${path}`,
    size,
    sha256,
    snapshot: '20230701T000000Z',
  }
  const file = join(folder, `${sha256}.deb`)
  writeFileSync(file, await wholePackage({ package: pinned }))
  execFileSync('dpkg-deb', ['-x', file, folder])
}

/** Makes a root with the C library of a target in a folder, and gives its path. */
export async function libraryRoot(target: keyof typeof triplets, folder: string): Promise<string> {
  await unpack(`libc6 ${target}` as GuestPackage, folder)
  return join(folder, 'usr', triplets[target] ?? '')
}
