// Writes src/data/emulators.json, the catalog of emulators, out of the packages that Debian's suites offer today.
// `--check` writes nothing and exits with 1 when the committed file differs. SETUP_QEMU_SUITES=trixie,trixie-backports looks at these suites alone, and
// leaves the packages of the others as the catalog has them. Source of truth: Debian's signed archive.
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Catalog, Host, Package } from '../src/core/model/catalog.js'
import { blocksFor } from '../src/core/sources/xz-blocks.js'
import { packageCache } from './cache.js'
import { type Apt, downloaded, type Offer, offersOf, updatedApt } from './catalog/apt.js'
import { catalogText } from './catalog/catalog-text.js'
import { attempt } from './catalog/command.js'
import { measured } from './catalog/measure.js'
import { hosts, type Suite, snapshotAfter, suites } from './catalog/suites.js'
import { bringTools } from './tools.js'

const root = join(import.meta.dirname, '../..')
const catalogFile = join(root, 'src/data/emulators.json')

function wantedBinaries(): Set<string> {
  const targets = JSON.parse(readFileSync(join(root, 'src/data/targets.json'), 'utf8')) as { binary: string }[]
  return new Set(targets.map(({ binary }) => binary))
}

function placeOf(host: string): number {
  return hosts.indexOf(host as Host)
}

/** The offers without repeats; amd64 before arm64, for an arm64 package takes its version from its amd64 sibling. */
function uniqueOffers(apt: Apt): Offer[] {
  const bySha256 = new Map<string, Offer>()
  for (const offer of offersOf(apt)) if (!bySha256.has(offer.sha256)) bySha256.set(offer.sha256, offer)
  return [...bySha256.values()].sort((one, other) => placeOf(one.host) - placeOf(other.host))
}

/** Debian's version without the number of a rebuild, which each architecture counts for itself. */
function sourceVersion(version: string): string {
  return version.replace(/\+b\d+$/, '')
}

/**
 * The stamp of a new package comes from its suite's Release. A package that the catalog has already keeps its stamp: the
 * snapshot archive is permanent, and some suites' dates change several times a day, a difference without a meaning.
 */
function snapshotOf(offer: Offer, known: readonly Package[]): string {
  const latest = snapshotAfter(offer.released)
  const same = known.find(
    ({ sha256, path, archive }) => sha256 === offer.sha256 && path === offer.path && archive === offer.suite.archive,
  )
  return same !== undefined && /^\d{8}T\d{6}Z$/.test(same.snapshot) && same.snapshot < latest ? same.snapshot : latest
}

function measuredPackages(apt: Apt, known: readonly Package[]): { packages: Package[]; leftOut: string[] } {
  const wanted = wantedBinaries()
  const packages: Package[] = []
  const leftOut = [...apt.refused].map(([suite, reason]) => `${suite}: ${reason}`)
  const versions = new Map<string, { version: string }>()
  for (const offer of uniqueOffers(apt)) {
    const title = `${offer.suite.name}: ${offer.package} ${offer.version} ${offer.host}`
    console.error(title)
    const file = downloaded(apt, offer, packageCache)
    const key = sourceVersion(offer.version)
    if (file === undefined) {
      leftOut.push(`${title}: its mirror lists it but does not have it (404)`)
      continue
    }
    const { check, blocks, emulators, ...header } = measured(offer, file, wanted, versions.get(key))
    if (offer.host === 'amd64') versions.set(key, header)
    packages.push({ ...header, snapshot: snapshotOf(offer, known), check, blocks, emulators })
  }
  return { packages, leftOut }
}

function byQemuVersion(one: string, other: string): number {
  return one.localeCompare(other, 'en', { numeric: true })
}

function debianIsLater(one: Package, other: Package): boolean {
  const [first, second] = [one, other].map(({ build }) => build.replace(/^Debian /, ''))
  return attempt('dpkg', ['--compare-versions', first ?? '', 'gt', second ?? '']).status === 0
}

function rankOf(entry: Package): number {
  return suites.find(({ name }) => name === entry.suite)?.rank ?? Number.POSITIVE_INFINITY
}

/** The newest QEMU version first, then the rule of scripts/catalog/suites.ts, then amd64 before arm64. */
function byPreference(one: Package, other: Package): number {
  return (
    byQemuVersion(other.version, one.version) ||
    rankOf(one) - rankOf(other) ||
    Number(debianIsLater(other, one)) - Number(debianIsLater(one, other)) ||
    placeOf(one.host) - placeOf(other.host)
  )
}

/** The newest version that every host has. */
function defaultVersion(packages: readonly Package[]): string {
  const found = packages.find(({ version }) =>
    hosts.every((host) => packages.some((entry) => entry.version === version && entry.host === host)),
  )
  if (found === undefined) throw new Error(`no QEMU version is there for all of ${hosts.join(', ')}`)
  return found.version
}

function summary(packages: readonly Package[]): object[] {
  return packages.map((entry) => {
    const [, offset = 0, size = 0] = entry.emulators.find(([name]) => name === 'qemu-aarch64') ?? []
    const { start, end } = blocksFor(entry.blocks, offset, size)
    const { version, build, host, suite, emulators } = entry
    return {
      version,
      build,
      host,
      suite,
      emulators: emulators.length,
      'package MB': (entry.size / 1e6).toFixed(1),
      'bytes for aarch64': end - start,
    }
  })
}

/** The suites that are looked at. */
function wantedSuites(named = process.env.SETUP_QEMU_SUITES ?? ''): readonly Suite[] {
  if (named === '') return suites
  return named.split(',').map((name) => {
    const suite = suites.find((one) => one.name === name)
    if (suite === undefined) throw new Error(`SETUP_QEMU_SUITES: scripts/catalog/suites.ts has no suite ${name}`)
    return suite
  })
}

function main(): void {
  if (process.arch !== 'x64')
    throw new Error(`the emulators for amd64 are run to see their version: not possible on ${process.arch}`)
  bringTools([['xz', 'xz-utils']])
  const committed = existsSync(catalogFile) ? readFileSync(catalogFile, 'utf8') : ''
  const known = committed === '' ? [] : (JSON.parse(committed) as Catalog).packages
  const folder = mkdtempSync(join(tmpdir(), 'catalog-apt-'))
  try {
    const looked = wantedSuites()
    const apt = updatedApt(folder, { suites: looked, architectures: hosts })
    const { packages: found, leftOut } = measuredPackages(apt, known)
    // a suite that was taken out of the list is looked at no more, and its packages go
    const others = looked === suites ? [] : known.filter(({ suite }) => !looked.some(({ name }) => name === suite))
    const packages = [...found, ...others].sort(byPreference)
    const text = catalogText({ format: 1, default: defaultVersion(packages), packages })
    console.table(summary(packages))
    for (const reason of leftOut) console.log(`left out: ${reason}`)
    const same = text === committed
    if (process.argv.includes('--check')) process.exitCode = same ? 0 : 1
    else writeFileSync(catalogFile, text)
    console.log(`${catalogFile}: ${text.length} bytes, ${same ? 'unchanged' : 'changed'}`)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

main()
