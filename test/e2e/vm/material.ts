// What the scenarios in a VM work with, for one host architecture: dist, a warm cache of emulators, foreign programs, the guest's scripts.
import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { packed } from '../../../scripts/release/packed.js'
import { bundledEmulators } from '../../../scripts/release/tree.js'
import { type CatalogEmulator, emulatorFor, type Host, versionNamed } from '../../../src/core/model/catalog.js'
import { targetNamed } from '../../../src/core/model/targets.js'
import { assetName } from '../../../src/core/sources/release.js'
import { cachePath } from '../../../src/sources/store.js'
import { catalog } from '../../../src/system/machine.js'
import { acquire, sources, warmCache } from '../../support/programs/emulators.js'
import { type BusyboxName, busyboxFor } from './busybox.js'
import type { GuestTarget } from './guest.js'

/** A target: how it is asked for, and what `uname -m` says under its emulator. */
const guests = {
  aarch64: { platform: 'arm64', machine: 'aarch64' },
  arm: { platform: 'arm/v7', machine: 'armv7l' },
  i386: { platform: '386', machine: 'i686' },
  ppc64le: { platform: 'ppc64le', machine: 'ppc64le' },
  riscv64: { platform: 'riscv64', machine: 'riscv64' },
  s390x: { platform: 's390x', machine: 's390x' },
  x86_64: { platform: 'amd64', machine: 'x86_64' },
} as const satisfies Partial<Record<BusyboxName, object>>

/** Targets that are tried in VMs. */
export type GuestName = keyof typeof guests

/** The catalog's emulator of a target for a host. Throws when it has none. */
export function emulatorOn(host: Host, target: GuestName, version = 'default'): CatalogEmulator {
  const found = emulatorFor(catalog, versionNamed(version, catalog), host, targetNamed(target))
  if (found === undefined) throw new Error(`the catalog has no ${target} of ${version} for ${host}`)
  return found
}

/** What a scenario is told of a target. */
export function guestTarget(host: Host, target: GuestName): GuestTarget {
  const { platform, machine } = guests[target]
  return { target, platform, machine, sha256: emulatorOn(host, target).sha256 }
}

/** Puts an emulator into the place that `--cache-dir` has for it. */
export async function placeEmulator(emulator: CatalogEmulator, cacheFolder: string): Promise<void> {
  const { path } = await acquire(emulator, { ...sources, cacheFolder: warmCache })
  const place = join(cacheFolder, relative(warmCache, cachePath(warmCache, emulator)))
  mkdirSync(dirname(place), { recursive: true })
  cpSync(path, place)
  writeFileSync(`${dirname(place)}.complete`, '')
}

/** Puts the emulator that a release brings along for a host into its dist. */
export async function placeBundled(host: Host, dist: string): Promise<void> {
  const emulator = bundledEmulators().find((one) => one.host === host)
  if (emulator === undefined) throw new Error(`a release has no emulator for ${host}`)
  const { path } = await acquire(emulator, { ...sources, cacheFolder: warmCache })
  mkdirSync(join(dist, 'emulators'))
  writeFileSync(join(dist, 'emulators', assetName(emulator)), packed(readFileSync(path), 1))
}

/** Fills the folder that the guest knows as its home: dist, scripts, foreign programs of some targets. */
export async function fillHome(home: string, targets: readonly GuestName[]): Promise<void> {
  const dist = process.env.SETUP_QEMU_DIST ?? 'dist'
  for (const target of targets) {
    const root = join(home, 'foreign', target)
    mkdirSync(root, { recursive: true })
    cpSync(await busyboxFor(target), join(root, 'busybox'))
  }
  cpSync(dist, join(home, 'dist'), { recursive: true })
  for (const script of ['guest.js', 'kernel-guest.js', 'private-guest.js', 'words-guest.js', 'systemd-guest.js'])
    cpSync(join('build/test/e2e/vm', script), join(home, script))
  writeFileSync(join(home, 'package.json'), '{ "type": "module" }\n')
}
