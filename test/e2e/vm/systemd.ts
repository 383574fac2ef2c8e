// Debian with systemd as process 1: root images by mmdebstrap, and beside them a disk with Node, dist, a warm cache and the scenario.
import { createHash } from 'node:crypto'
import { chmodSync, cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { sourceLines } from '../../../scripts/catalog/apt.js'
import { outputOf } from '../../../scripts/catalog/command.js'
import type { Vm } from './machine.js'
import { emulatorOn, fillHome, placeEmulator } from './material.js'
import { nodeFor } from './node.js'
import { kept, suiteNamed, vmCache } from './packages.js'
import type { SystemdScenario } from './systemd-guest.js'

interface SystemdRow {
  readonly name: string
  readonly suite: string
  readonly words: readonly string[]
  readonly scenario: Omit<SystemdScenario, 'sha256'>
}

const units = 'test/e2e/vm/units'

function packagesFor(suite: string): string[] {
  const base = ['systemd-sysv', 'udev', 'kmod', 'sudo', 'libstdc++6', 'linux-image-cloud-amd64']
  return [...base, ...(suite === 'bookworm' ? ['qemu-user-static', 'binfmt-support'] : ['qemu-user-binfmt'])]
}

const rows: readonly SystemdRow[] = [
  {
    name: 'systemd-bookworm',
    suite: 'bookworm',
    words: [],
    scenario: { theirs: '/usr/bin/qemu-aarch64-static', binfmtSupport: true },
  },
  {
    name: 'systemd-trixie',
    suite: 'trixie',
    words: [],
    scenario: { theirs: '/usr/bin/qemu-aarch64', binfmtSupport: false },
  },
  {
    name: 'systemd-trixie-untouched',
    suite: 'trixie',
    words: ['systemd.mask=systemd-binfmt.service'],
    scenario: { theirs: null, binfmtSupport: false },
  },
]

const imageSize = '1536M'
const limitSeconds = 420

interface Root {
  readonly disk: string
  readonly image: string
  readonly initrd: string
}

/** The VMs, their root images made where they are missing; the disk with what is under test goes below `folder`. */
export async function systemdVms(folder: string): Promise<Vm[]> {
  const home = await homeDisk(folder)
  return rows.map(({ name, suite, words }) => {
    const { disk, image, initrd } = rootOf(suite)
    return {
      name,
      host: 'amd64',
      // QEMU 7.2, Debian 12's, does not boot newer kernels with cx16
      cpu: 'max,-cx16',
      image,
      initrd,
      disks: [disk, home],
      targets: 'arm64',
      words: [
        'root=/dev/vda',
        'rw',
        'systemd.unit=scenario.service',
        'systemd.show_status=0',
        `vm.row=${name}`,
        ...words,
      ],
      limitSeconds,
    }
  })
}

/** A suite's root image with its kernel and initramfs, from the cache if one of these packages and units is there. */
function rootOf(suite: string): Root {
  const unitTexts = readdirSync(units).map((name) => readFileSync(join(units, name), 'utf8'))
  const parts = JSON.stringify([packagesFor(suite), unitTexts, imageSize])
  const version = createHash('sha256').update(parts).digest('hex').slice(0, 8)
  const folder = kept(`systemd/${suite}-${version}`, (path) => {
    const work = mkdtempSync(join(vmCache, 'work-'))
    try {
      makeRoot(suite, work, path)
    } finally {
      rmSync(work, { recursive: true, force: true })
    }
  })
  return { disk: join(folder, 'root.ext4'), image: join(folder, 'vmlinuz'), initrd: join(folder, 'initrd.img') }
}

/** In a namespace with a binfmt_misc of its own: the packages' scripts register what they bring. */
function makeRoot(suite: string, work: string, path: string): void {
  const root = join(work, 'root')
  const list = join(work, 'sources.list')
  writeFileSync(list, sourceLines([suiteNamed(suite)]))
  chmodSync(work, 0o755)
  const include = `--include=${packagesFor(suite).join(',')}`
  const options = ['--mode=root', '--variant=minbase', '--quiet', include]
  outputOf('test/support/kernel/range.sh', ['mmdebstrap', ...options, suite, root, list])
  cpSync(units, join(root, 'etc/systemd/system'), { recursive: true })
  mkdirSync(join(root, 'opt/setup-qemu'))
  mkdirSync(path)
  for (const name of ['vmlinuz', 'initrd.img']) {
    const file = readdirSync(join(root, 'boot')).find((one) => one.startsWith(`${name}-`))
    if (file === undefined) throw new Error(`${suite}: the kernel's package left no ${name} in /boot`)
    cpSync(join(root, 'boot', file), join(path, name))
  }
  outputOf('mke2fs', ['-q', '-t', 'ext4', '-d', root, join(path, 'root.ext4'), imageSize])
}

async function homeDisk(folder: string): Promise<string> {
  const home = mkdtempSync(join(folder, 'home-'))
  const disk = join(folder, 'home.ext4')
  chmodSync(home, 0o755)
  await fillHome(home, ['aarch64'])
  const emulator = emulatorOn('amd64', 'aarch64')
  await placeEmulator(emulator, join(home, 'cache'))
  cpSync(nodeFor('amd64'), join(home, 'node'))
  const scenarios = rows.map(({ name, scenario }) => [name, { ...scenario, sha256: emulator.sha256 }])
  writeFileSync(join(home, 'rows.json'), JSON.stringify(Object.fromEntries(scenarios)))
  outputOf('mke2fs', ['-q', '-t', 'ext4', '-d', home, disk, '512M'])
  rmSync(home, { recursive: true })
  return disk
}
