// The programs of the sides: behaviour.c compiled for each, busybox from Debian, and sudo for the guest's root.
import { copyFileSync, mkdirSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { outputOf } from '../../../scripts/catalog/command.js'
import { bringTools, type Tool } from '../../../scripts/tools.js'
import { busyboxFor } from '../vm/busybox.js'
import { Archive, kept } from '../vm/packages.js'

const tools: readonly Tool[] = [
  ['gcc', 'gcc'],
  ['aarch64-linux-gnu-gcc', 'gcc-aarch64-linux-gnu'],
  // recommended by the compilers, not needed by them; the files are looked for as if they were programs
  ['/usr/include/stdio.h', 'libc6-dev'],
  ['/usr/aarch64-linux-gnu/lib/libc.a', 'libc6-dev-arm64-cross'],
  ['arm-linux-gnueabihf-gcc', 'gcc-arm-linux-gnueabihf'],
  ['/usr/arm-linux-gnueabihf/lib/libc.a', 'libc6-dev-armhf-cross'],
  ['setpriv', 'util-linux'],
  ['setcap', 'libcap2-bin'],
  ['sudo', 'sudo'],
]

const sources = join('test', 'e2e', 'semantics')

/** A folder for one side, which every user may write to, with `behaviour` and `busybox`. */
async function folderOf(place: string, compiler: string, target: 'x86_64' | 'aarch64' | 'arm'): Promise<string> {
  mkdirSync(place)
  const files = readdirSync(sources)
    .filter((name) => name.endsWith('.c'))
    .map((name) => join(sources, name))
  const options = ['-std=gnu11', '-O1', '-Wall', '-Werror', '-static', '-pthread']
  outputOf(compiler, [...options, '-o', join(place, 'behaviour'), ...files])
  copyFileSync(await busyboxFor(target), join(place, 'busybox'))
  return place
}

/**
 * Makes the programs of all sides in an empty folder, and gives sudo to an unpacked arm64 root; gives the folders for this machine, arm64 and 32-bit Arm.
 * Throws when a compiler or a package cannot be had.
 */
export async function programs(folder: string, root: string): Promise<readonly string[]> {
  bringTools(tools)
  const native = await folderOf(join(folder, 'native'), 'gcc', 'x86_64')
  const emulated = await folderOf(join(folder, 'emulated'), 'aarch64-linux-gnu-gcc', 'aarch64')
  const narrow = await folderOf(join(folder, 'narrow'), 'arm-linux-gnueabihf-gcc', 'arm')
  const sudo = kept('sudo/bookworm-arm64', (path) => {
    const archive = new Archive(['bookworm'], ['arm64'])
    try {
      archive.unpack('sudo', 'arm64', 'bookworm', path)
    } finally {
      archive.close()
    }
  })
  outputOf('cp', ['-a', '--', join(sudo, 'usr'), join(sudo, 'etc'), root])
  return [native, emulated, narrow]
}
