// Debian's kernels as QEMU boots them: the image, and the modules that an initramfs needs.
// Source: the packages linux-image-cloud-*; from 7.x on image, modules and the rest are packages of their own.
import { cpSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { outputOf } from '../../../scripts/catalog/command.js'
import type { Host } from '../../../src/core/model/catalog.js'
import { type Archive, kept, vmCache } from './packages.js'

export interface Kernel {
  readonly image: string
  /** Holds `lib/modules/<release>`. */
  readonly modules: string
}

/** The module that setup-qemu loads; it needs no other. */
const module = /\/binfmt_misc\.ko(\.xz)?$/

/** A suite's newest kernel for virtual machines, from the cache if it is there. */
export function kernelOf(suite: string, host: Host, archive: Archive): Kernel {
  const folder = kept(`kernels/${host}-${suite}`, (path) => {
    const unpacked = mkdtempSync(join(vmCache, 'work-'))
    try {
      unpackKernel(archive, suite, host, unpacked)
      layOut(unpacked, path)
    } finally {
      rmSync(unpacked, { recursive: true, force: true })
    }
  })
  return { image: join(folder, 'vmlinuz'), modules: join(folder, 'root') }
}

/** The package that always names the newest kernel, and the kernel's own packages of that version. */
function unpackKernel(archive: Archive, suite: string, host: Host, into: string): void {
  const waiting = [`linux-image-cloud-${host}`]
  for (const name of waiting) {
    const { depends } = archive.unpack(name, host, suite, into)
    waiting.push(...depends.filter((other) => /^linux-(image|binary|modules)-/.test(other) && !waiting.includes(other)))
  }
}

function layOut(unpacked: string, path: string): void {
  const files = readdirSync(unpacked, { recursive: true, encoding: 'utf8' })
  const image = files.find((file) => /(^|\/)vmlinuz[^/]*$/.test(file))
  const found = files.find((file) => module.test(file))
  const release = /lib\/modules\/([^/]+)\//.exec(found ?? '')?.[1]
  if (image === undefined || found === undefined || release === undefined)
    throw new Error(`the kernel's packages hold no vmlinuz or no binfmt_misc: ${files.length} files`)
  const modules = join(path, 'root/lib/modules', release)
  const copy = join(modules, found.slice(found.indexOf(release) + release.length + 1))
  mkdirSync(dirname(copy), { recursive: true })
  cpSync(join(unpacked, found), copy)
  // not every modprobe can unpack a module
  if (copy.endsWith('.xz')) outputOf('xz', ['-d', copy])
  for (const list of ['modules.builtin', 'modules.order']) {
    const file = files.find((name) => name.endsWith(`/${release}/${list}`))
    if (file !== undefined) cpSync(join(unpacked, file), join(modules, list))
  }
  outputOf('depmod', ['-b', join(path, 'root'), release])
  renameSync(join(unpacked, image), join(path, 'vmlinuz'))
}
