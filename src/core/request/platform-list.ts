// The requested platforms: a list separated by commas or white space, in any usual spelling, or `all`.
import { type Catalog, emulatorFor, type Host } from '../model/catalog.js'
import { SetupError } from '../model/errors.js'
import { type Platform, platformOf, type Target, targets } from '../model/targets.js'
import type { EmulatorSource } from './emulator-source.js'
import { wordsOf } from './input-values.js'

/** Targets that have a probe. Others cannot be proven, so they cannot be requested. */
export type Provable = ReadonlySet<string>

export interface RequestedPlatforms {
  readonly platforms: readonly Platform[]
  /** Whether `all` was requested: then a platform that an image lacks is left out instead of failing. */
  readonly all: boolean
}

/**
 * Reads a list of platforms, each target once. `all` is every OCI platform that can be proven and, where the emulators come from the catalog,
 * that it serves for this version and host. Throws `unknown-platform`, `not-in-catalog` and `invalid-input`.
 */
export function platformsOf(
  text: string,
  source: EmulatorSource,
  catalog: Catalog,
  host: Host,
  provable: Provable,
): RequestedPlatforms {
  const asked = wordsOf(text)
  if (asked.length === 0) {
    throw new SetupError('invalid-input', 'no platform is named', {
      hint: 'name one or more, for example: arm64, or linux/arm64,linux/riscv64, or all',
    })
  }
  const isAll = (word: string) => word.toLowerCase() === 'all'
  const platforms = asked.flatMap((word) =>
    isAll(word) ? allPlatforms(catalog, source, host, provable) : [platformOf(word, ['all'])],
  )
  const unproven = platforms.find(({ target }) => !provable.has(target.name))
  if (unproven !== undefined) {
    const name = unproven.target.name
    throw new SetupError('not-in-catalog', `there is no probe for ${name}, so nothing could be proven for it`, {
      hint: `targets that can be proven: ${[...provable].join(', ')}`,
    })
  }
  return { platforms: oncePerTarget(platforms), all: asked.some(isAll) }
}

function allPlatforms(catalog: Catalog, source: EmulatorSource, host: Host, provable: Provable): Platform[] {
  return targets
    .filter((target) => target.oci[0] !== undefined && provable.has(target.name))
    .filter(
      (target) => source.kind !== 'catalog' || emulatorFor(catalog, source.qemuVersion, host, target) !== undefined,
    )
    .map((target) => ({ target, platform: target.oci[0] ?? null }))
}

function oncePerTarget(platforms: readonly Platform[]): Platform[] {
  return platforms.filter((platform, at) => platforms.findIndex(({ target }) => target === platform.target) === at)
}

/** What a host's processor may run beside its own programs. */
const narrower: Readonly<Record<Host, string>> = { amd64: 'i386', arm64: 'arm' }

/**
 * The platform (`riscv64`) that a program of this target needs beside those that are emulated; undefined when it is one of them, or when the host
 * runs it natively as far as that can be known without trying.
 */
export function missingPlatform(target: Target, emulated: readonly Platform[], host: Host): string | undefined {
  const isServed = emulated.some((platform) => platform.target === target)
  if (isServed || target.oci.includes(`linux/${host}`) || target.name === narrower[host]) return undefined
  return target.oci[0]?.replace(/^linux\//, '') ?? target.name
}
