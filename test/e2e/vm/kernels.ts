// Bare kernels of Debian in VMs without a disk: an initramfs has Node, dist, a warm cache, and a foreign program for each target.
import {
  chmodSync,
  closeSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readdirSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { outputOf } from '../../../scripts/catalog/command.js'
import type { Host } from '../../../src/core/model/catalog.js'
import { busyboxFor } from './busybox.js'
import { type Kernel, kernelOf } from './kernel.js'
import type { KernelScenario } from './kernel-guest.js'
import type { Vm } from './machine.js'
import { emulatorOn, fillHome, type GuestName, guestTarget, placeBundled, placeEmulator } from './material.js'
import { librariesFor, nodeFor, scopeProgramsFor } from './node.js'
import { Archive } from './packages.js'

/** One kernel, and what is to be so under it. */
interface KernelRow {
  readonly host: Host
  readonly suite: string
  readonly cpu: string
  readonly native: readonly GuestName[]
  readonly words?: readonly string[]
  /** Older than Linux 5.12. */
  readonly withoutArgv0?: true
  readonly old?: GuestName
}

// QEMU 7.2, Debian 12's, does not boot newer kernels on x86 with cx16
const newCpu = 'max,-cx16'

const rows: readonly KernelRow[] = [
  { host: 'amd64', suite: 'bullseye', cpu: 'max', native: ['x86_64', 'i386'], withoutArgv0: true },
  { host: 'amd64', suite: 'bookworm', cpu: 'max', native: ['x86_64', 'i386'], old: 'aarch64' },
  { host: 'amd64', suite: 'trixie', cpu: newCpu, native: ['x86_64', 'i386'] },
  // a kernel that runs no 32-bit programs: there 386 is emulated
  { host: 'amd64', suite: 'trixie-backports', cpu: newCpu, native: ['x86_64'], words: ['ia32_emulation=0'] },
  { host: 'arm64', suite: 'bookworm', cpu: 'cortex-a72', native: ['aarch64', 'arm'], old: 'x86_64' },
  // a processor without 32-bit Arm: there it is emulated
  { host: 'arm64', suite: 'trixie', cpu: 'a64fx', native: ['aarch64'] },
]

const targetsOf: Readonly<Record<Host, readonly GuestName[]>> = {
  amd64: ['aarch64', 'riscv64', 'arm', 's390x', 'ppc64le', 'i386', 'x86_64'],
  arm64: ['x86_64', 'i386', 'riscv64', 'arm', 'aarch64'],
}

const limitSeconds = 480

/** The VMs, their parts made where they are missing; initramfs archives go below `folder`. */
export async function kernelVms(folder: string): Promise<Vm[]> {
  const suites = [...new Set(rows.map(({ suite }) => suite))]
  const archive = new Archive(suites, ['amd64', 'arm64'])
  try {
    const vms: Vm[] = []
    for (const host of ['amd64', 'arm64'] as const) {
      const own = rows.filter((row) => row.host === host)
      const kernels = new Map(own.map((row) => [row, kernelOf(row.suite, host, archive)]))
      const initrd = await initramfs(host, [...kernels.values()], folder, archive)
      for (const [row, { image }] of kernels) vms.push(vmOf(row, image, initrd))
    }
    return vms
  } finally {
    archive.close()
  }
}

function nameOf({ host, suite }: KernelRow): string {
  return `${host}-${suite}`
}

function vmOf(row: KernelRow, image: string, initrd: string): Vm {
  const { host, cpu, words = [] } = row
  const name = nameOf(row)
  const targets = targetsOf[host].map((target) => guestTarget(host, target).platform).join(' ')
  return { name, host, cpu, image, initrd, disks: [], targets, words: [`vm.row=${name}`, ...words], limitSeconds }
}

function scenarioOf({ host, native, withoutArgv0, old }: KernelRow): KernelScenario {
  const targets = targetsOf[host].map((target) => guestTarget(host, target))
  const platform = targets.find(({ target }) => target === old)?.platform
  return {
    targets,
    native,
    argv0: withoutArgv0 !== true,
    old:
      old === undefined || platform === undefined ? null : { platform, sha256: emulatorOn(host, old, '5.2.0').sha256 },
  }
}

/** The archive that all kernels of a host boot with: QEMU loads it, the kernel unpacks it into its first root. */
async function initramfs(host: Host, kernels: readonly Kernel[], folder: string, archive: Archive): Promise<string> {
  const root = mkdtempSync(join(folder, 'root-'))
  const home = join(root, 'opt/setup-qemu')
  layOutRoot(root)
  cpSync(await busyboxFor(host === 'amd64' ? 'x86_64' : 'aarch64'), join(root, 'usr/bin/busybox'))
  cpSync('test/e2e/vm/init.sh', join(root, 'init'))
  chmodSync(join(root, 'init'), 0o755)
  cpSync(nodeFor(host), join(root, 'usr/bin/node'))
  cpSync(librariesFor(host, archive), root, { recursive: true, verbatimSymlinks: true })
  for (const { modules } of kernels) cpSync(join(modules, 'lib'), join(root, 'usr/lib'), { recursive: true })
  await fillHome(home, targetsOf[host])
  await placeBundled(host, join(home, 'dist'))
  // not on PATH: everything else is to work with BusyBox's programs
  const scope = scopeProgramsFor(host, archive)
  cpSync(join(scope, 'bin'), join(home, 'bin'), { recursive: true })
  cpSync(join(scope, 'lib'), join(root, 'usr/lib'), { recursive: true, verbatimSymlinks: true })
  for (const target of targetsOf[host]) await placeEmulator(emulatorOn(host, target), join(home, 'cache'))
  const own = rows.filter((row) => row.host === host)
  for (const { old } of own)
    if (old !== undefined) await placeEmulator(emulatorOn(host, old, '5.2.0'), join(home, 'cache'))
  const scenarios = Object.fromEntries(own.map((row) => [nameOf(row), scenarioOf(row)]))
  writeFileSync(join(home, 'rows.json'), JSON.stringify(scenarios))
  const file = join(folder, `${host}.cpio`)
  pack(root, file)
  rmSync(root, { recursive: true })
  return file
}

function layOutRoot(root: string): void {
  for (const name of ['usr/bin', 'usr/lib', 'usr/lib64', 'proc', 'sys', 'dev', 'run', 'tmp', 'root'])
    mkdirSync(join(root, name), { recursive: true })
  chmodSync(join(root, 'tmp'), 0o1777)
  for (const name of ['bin', 'lib', 'lib64']) symlinkSync(`usr/${name}`, join(root, name))
  symlinkSync('usr/bin', join(root, 'sbin'))
}

function pack(root: string, file: string): void {
  const names = readdirSync(root, { recursive: true, encoding: 'utf8' }).sort()
  const output = openSync(file, 'w')
  try {
    const options = { cwd: root, input: Buffer.from(`${names.join('\n')}\n`), output }
    outputOf('cpio', ['--quiet', '-o', '-H', 'newc', '-R', '0:0'], options)
  } finally {
    closeSync(output)
  }
}
