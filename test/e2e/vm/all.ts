// Every VM that there is, by the makers of their parts, and the programs that these call.
import type { Tool } from '../../../scripts/tools.js'
import { kernelVms } from './kernels.js'
import type { Vm } from './machine.js'
import { systemdVms } from './systemd.js'

/** Makes what is missing in the cache, and below a folder what belongs to this run. */
export const vmMakers: Readonly<Record<string, (folder: string) => Promise<Vm[]>>> = {
  kernels: kernelVms,
  systemd: systemdVms,
}

export const vmTools: readonly Tool[] = [
  ['qemu-system-x86_64', 'qemu-system-x86'],
  ['qemu-system-aarch64', 'qemu-system-arm'],
  ['cpio', 'cpio'],
  ['depmod', 'kmod'],
  ['xz', 'xz-utils'],
  ['mmdebstrap', 'mmdebstrap'],
  ['mke2fs', 'e2fsprogs'],
]

const names = (process.env.SETUP_QEMU_VM ?? '').split(',').filter((name) => name !== '')

/** Whether the environment asks for this VM. */
export function isWanted({ name }: Vm): boolean {
  return names.length === 0 || names.includes(name)
}
