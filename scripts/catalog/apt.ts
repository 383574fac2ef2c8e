// What Debian's suites offer, and their packages, by an apt with a configuration of its own: apt checks the archive's signatures
// and hashes, and nothing of the machine's apt is changed. Source: apt.conf(5), sources.list(5), apt-get(8).
import { createHash } from 'node:crypto'
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import type { Host } from '../../src/core/model/catalog.js'
import { attempt, outputOf } from './command.js'
import { fieldOf, stanzaFields } from './deb822.js'
import { hosts, type Suite, suites } from './suites.js'

/** A package that a suite offers, as the suite's verified index describes it. */
export interface OfferedPackage {
  readonly suite: Suite
  /** Debian's name of the architecture: `amd64`. */
  readonly host: string
  readonly package: string
  /** Debian's version. */
  readonly version: string
  readonly path: string
  readonly size: number
  readonly sha256: string
  /** Names of the packages that it depends on, of alternatives the first. */
  readonly depends: readonly string[]
  /** Date of the suite's verified Release file. */
  readonly released: Date
}

/** One build of QEMU's user emulators. */
export interface Offer extends OfferedPackage {
  readonly host: Host
}

/** What is to be had: suites, and Debian's names of architectures, the first of them the native one. */
export interface Wanted {
  readonly suites: readonly Suite[]
  readonly architectures: readonly string[]
  /** The indexes of source packages, in place of those of packages. */
  readonly sources?: true
  /** Mirrors that the user named; for an archive that none of them has, and without any, the machine's own. */
  readonly mirrors?: readonly string[]
}

/** A file of a source package. */
export interface SourceFile {
  readonly name: string
  readonly size: number
  readonly sha256: string
}

/** A source package that a suite offers, as the suite's verified index describes it. */
export interface OfferedSource {
  readonly suite: Suite
  readonly name: string
  /** Debian's version, with its epoch. */
  readonly version: string
  /** The archive's folder that has the files: `pool/main/z/zlib`. */
  readonly folder: string
  /** All its files, the .dsc among them, by name. */
  readonly files: readonly SourceFile[]
}

export interface Apt {
  readonly environment: { readonly APT_CONFIG: string }
  readonly wanted: Wanted
  /** Suites that could not be downloaded, each with the reason. */
  readonly refused: ReadonlyMap<string, string>
}

const keyring = '/usr/share/keyrings/debian-archive-keyring.gpg'

/** The addresses of the machine's own mirrors of the two archives. */
function mirrors(): Record<Suite['archive'], string> {
  const lines = outputOf('apt-get', ['indextargets', '--format', '$(ORIGIN)|$(LABEL)|$(SITE)']).toString().split('\n')
  const siteOf = (label: string): string => {
    const site = lines.find((line) => line.startsWith(`Debian|${label}|`))?.split('|')[2]
    if (site === undefined)
      throw new Error(
        `this machine's apt has no index of ${label}: run it on a Debian machine (in a workflow in a container of debian:12), after apt-get update`,
      )
    return site
  }
  return { debian: siteOf('Debian'), 'debian-security': siteOf('Debian-Security') }
}

/** The mirror that the user named for an archive: by the end of its address, or because its address says nothing of an archive. */
function namedMirror(archive: Suite['archive'], named: readonly string[]): string | undefined {
  const plain = named.map((mirror) => mirror.replace(/\/+$/, ''))
  const own = plain.find((mirror) => mirror.endsWith(`/${archive}`))
  return own ?? plain.find((mirror) => !/\/debian(-security)?$/.test(mirror))
}

function configuration(root: string, architectures: readonly string[]): string {
  const lines = [
    'Dir::Etc::main "/dev/null"',
    'Dir::Etc::preferences "/dev/null"',
    'Dir::Etc::trusted "/dev/null"',
    ...['parts', 'sourceparts', 'preferencesparts', 'trustedparts'].map((part) => `Dir::Etc::${part} "${root}/none"`),
    `Dir::Etc::sourcelist "${root}/sources.list"`,
    `Dir::State "${root}/state"`,
    `Dir::State::lists "${root}/lists"`,
    `Dir::State::status "${root}/status"`,
    `Dir::Cache "${root}/cache"`,
    `APT::Architecture "${architectures[0]}"`,
    `APT::Architectures { ${architectures.map((name) => `"${name}";`).join(' ')} }`,
    'Acquire::Languages "none"',
    'Acquire::Retries "3"',
  ]
  return lines.map((line) => `${line};\n`).join('')
}

/** Lines for a sources.list: the suites on the mirrors that were named, else on this machine's own; their signatures are checked. */
export function sourceLines(
  wanted: readonly Suite[],
  named: readonly string[] = [],
  type: 'deb' | 'deb-src' = 'deb',
): string {
  let own: ReturnType<typeof mirrors> | undefined
  const siteOf = (archive: Suite['archive']): string => {
    const mirror = namedMirror(archive, named)
    if (mirror !== undefined) return mirror
    own ??= mirrors()
    return own[archive]
  }
  return wanted
    .map(({ name, archive, ended }) => {
      // A release that gets no more updates gets no new Release file either, so one that has expired is still the last word.
      // Everywhere else an expired file means a mirror that lags or an attacker who hides updates: it is refused.
      // Sources are asked for by their exact version, so nothing newer can be hidden, and the snapshot archive may serve them.
      const validity = ended || type === 'deb-src' ? ' check-valid-until=no' : ''
      return `${type} [signed-by=${keyring}${validity}] ${siteOf(archive)} ${name} main\n`
    })
    .join('')
}

/** Suites that an update refused although the mirror answered, with the reason. Throws on every other error, bad signatures above all. */
function refusals(messages: string): Map<string, string> {
  const refused = new Map<string, string>()
  for (const line of messages.split('\n').filter((text) => text.startsWith('E: '))) {
    const expired = /^E: Release file for \S+\/dists\/(\S+)\/InRelease is expired /.exec(line)
    const missing = /^E: The repository '\S+ (\S+) Release' does not have a Release file/.exec(line)
    if (expired?.[1] !== undefined) refused.set(expired[1], 'its Release file on this mirror is expired')
    else if (missing?.[1] !== undefined) refused.set(missing[1], 'this mirror does not have it')
    else throw new Error(`apt-get update: ${line}\na missing key comes with a newer debian-archive-keyring`)
  }
  return refused
}

/** An apt of our own below an existing empty folder, its indexes fetched and verified; for the catalog's suites and hosts if nothing else is wanted. */
export function updatedApt(root: string, wanted: Wanted = { suites, architectures: hosts }): Apt {
  chmodSync(root, 0o755) // apt fetches as its own unprivileged user
  for (const folder of ['none', 'state', 'lists/partial', 'cache/archives/partial'])
    mkdirSync(join(root, folder), { recursive: true })
  writeFileSync(join(root, 'status'), '')
  writeFileSync(join(root, 'apt.conf'), configuration(root, wanted.architectures))
  writeFileSync(
    join(root, 'sources.list'),
    sourceLines(wanted.suites, wanted.mirrors, wanted.sources ? 'deb-src' : 'deb'),
  )
  const environment = { APT_CONFIG: join(root, 'apt.conf') }
  const update = attempt('apt-get', ['update'], { env: environment })
  const refused = refusals(update.stderr.toString())
  if (update.status !== 0 && refused.size === 0) throw new Error(`apt-get update ended with status ${update.status}`)
  return { environment, wanted, refused }
}

interface IndexFile {
  readonly suite: Suite
  /** Debian's name of the architecture; empty for an index of source packages. */
  readonly host: string
  readonly file: string
  readonly released: Date
}

/** The verified indexes, in the order of the suites; a suite that was refused has none. */
function indexFiles(apt: Apt): IndexFile[] {
  const { suites: wanted, architectures, sources } = apt.wanted
  const format = '$(RELEASE)|$(ARCHITECTURE)|$(FILENAME)|$(METAKEY)'
  const kind = `Created-By: ${sources ? 'Sources' : 'Packages'}`
  const listing = outputOf('apt-get', ['indextargets', '--format', format, kind], { env: apt.environment })
  const rows = listing
    .toString()
    .trim()
    .split('\n')
    .map((line) => line.split('|') as [string, string, string, string])
  return wanted.flatMap((suite) => {
    if (apt.refused.has(suite.name)) return []
    const found = rows.filter(([name, , file]) => name === suite.name && existsSync(file))
    // A fetch that fails is only a warning to apt; here it would silently take a suite's versions out of the catalog.
    const expected = sources ? 1 : architectures.length
    if (found.length !== expected) throw new Error(`${suite.name}: apt fetched ${found.length} of ${expected} indexes`)
    return found.map(([, host, file, key]) => ({ suite, host, file, released: releaseDate(file, key) }))
  })
}

/** The Date of the Release file beside an index file: apt names both after the address, with `_` for `/`. */
function releaseDate(indexFile: string, metaKey: string): Date {
  const release = `${indexFile.slice(0, -metaKey.length)}InRelease`
  const date = new Date(/^Date: (.+)$/m.exec(readFileSync(release, 'utf8'))?.[1] ?? '')
  if (Number.isNaN(date.getTime())) throw new Error(`${release} has no Date`)
  return date
}

/** The stanzas of an index whose `Package` is one of these names. */
function stanzasOf(file: string, names: readonly string[]): ReadonlyMap<string, string>[] {
  return readFileSync(file, 'utf8')
    .split('\n\n')
    .filter((stanza) => names.includes(/^Package: (.+)$/m.exec(stanza)?.[1] ?? ''))
    .map(stanzaFields)
}

/** The packages of such names, in the order of the suites; a build that several suites offer comes several times. */
export function packagesNamed(apt: Apt, names: readonly string[]): OfferedPackage[] {
  return indexFiles(apt).flatMap(({ suite, host, file, released }) =>
    stanzasOf(file, names).map((stanza) => ({
      suite,
      host,
      package: fieldOf(stanza, 'Package'),
      version: fieldOf(stanza, 'Version'),
      path: fieldOf(stanza, 'Filename'),
      size: Number(fieldOf(stanza, 'Size')),
      sha256: fieldOf(stanza, 'SHA256'),
      depends: (stanza.get('depends') ?? '').split(/, */).map((text) => text.split(/[ :|(]/)[0] ?? ''),
      released,
    })),
  )
}

/** The source packages of such names in every version that the suites list, in the order of the suites; for an apt that wants `sources`. */
export function sourcesNamed(apt: Apt, names: readonly string[]): OfferedSource[] {
  return indexFiles(apt).flatMap(({ suite, file }) =>
    stanzasOf(file, names).map((stanza) => ({
      suite,
      name: fieldOf(stanza, 'Package'),
      version: fieldOf(stanza, 'Version'),
      folder: fieldOf(stanza, 'Directory'),
      files: sourceFiles(fieldOf(stanza, 'Checksums-Sha256')),
    })),
  )
}

/** The lines `sha256 size name` of an index of source packages. Throws on any other: a name with a slash would lead out of the folder. */
function sourceFiles(lines: string): SourceFile[] {
  const rows = lines.split('\n').filter((line) => line !== '')
  const files = rows.map((line) => {
    const [, sha256 = '', size, name = ''] = /^([0-9a-f]{64}) (\d{1,15}) ([A-Za-z0-9][\w.+~-]*)$/.exec(line) ?? []
    if (name === '') throw new Error(`not a file of a source package: "${line}"`)
    return { name, size: Number(size), sha256 }
  })
  return files.sort((one, other) => (one.name < other.name ? -1 : 1))
}

function isForHost(offer: OfferedPackage): offer is Offer {
  return hosts.some((host) => host === offer.host)
}

/** Every build that the suites offer, in the order of the suites; a build that several offer comes several times. */
export function offersOf(apt: Apt): Offer[] {
  const offers = packagesNamed(apt, ['qemu-user', 'qemu-user-static']).filter(isForHost)
  // Up to 7.2 qemu-user-static holds the static executables and qemu-user the much smaller dynamic ones;
  // from 10.0 on qemu-user holds the static ones and qemu-user-static next to nothing.
  return offers.filter(
    (offer) =>
      !offers.some(
        ({ suite, host, version, size }) =>
          suite === offer.suite && host === offer.host && version === offer.version && size > offer.size,
      ),
  )
}

function hasHash(file: string, sha256: string): boolean {
  return existsSync(file) && createHash('sha256').update(readFileSync(file)).digest('hex') === sha256
}

/**
 * The file of an offered package in the cache folder, where it is fetched to if it is not there yet.
 * Undefined when the mirror does not have it, which happens to the archives of releases that have ended.
 */
export function downloaded(apt: Apt, offer: OfferedPackage, cache: string): string | undefined {
  const file = join(cache, offer.sha256)
  if (hasHash(file, offer.sha256)) return file
  mkdirSync(cache, { recursive: true })
  const folder = mkdtempSync(join(cache, 'partial-'))
  try {
    const name = `${offer.package}:${offer.host}=${offer.version}`
    const download = attempt('apt-get', ['download', name], { cwd: folder, env: apt.environment })
    const messages = download.stderr.toString()
    if (/^E: Failed to fetch \S+ {2}404 /m.test(messages)) return undefined
    if (download.status !== 0) throw new Error(`apt-get download ${name}: ${messages}`)
    renameSync(join(folder, readdirSync(folder)[0] ?? ''), file)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
  if (!hasHash(file, offer.sha256)) {
    throw new Error(`${offer.path}: what apt fetched is not what the index of ${offer.suite.name} says`)
  }
  return file
}
