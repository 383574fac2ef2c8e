// Makes the release of one build of QEMU as a folder: emulators packed one by one, their source, licences, a manifest and sums. The same build gives
// the same bytes under one version of brotli.
import {
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import { targets as allTargets, type Target } from '../../src/core/model/targets.js'
import { assetName } from '../../src/core/sources/release.js'
import { mapLimit } from '../../src/system/map-limit.js'
import type { OfferedSource } from '../catalog/apt.js'
import { type ReleasedBuild, type ReleasedEmulator, releasedEmulators } from './builds.js'
import { checksumsText, parseChecksums } from './checksums.js'
import { controlOf, type DebianPackage, openedPackage, type PackagePlaces, packageBytes } from './debian-package.js'
import { licenceTexts } from './licences-text.js'
import {
  type ManifestAsset,
  type ManifestSource,
  type ReleaseFile,
  type ReleaseManifest,
  readmeText,
} from './manifest.js'
import { bestQuality, packedEmulator } from './packed.js'
import { sha256Of } from './pinned-file.js'
import { offeredSources, type SourceName, sourceArchive, sourceFileName, sourcesOfAll } from './source-packages.js'

/** How a release is made. */
export interface AssetOptions extends PackagePlaces {
  /** The checkout, which has the texts of licences. */
  readonly checkout: string
  /** brotli's quality. */
  readonly quality?: number
  /** The folder that keeps packed emulators. */
  readonly packedCache?: string
  /** The targets that get a file; without it all that are OCI platforms. */
  readonly targets?: readonly Target[]
  /** Which source packages the release has: all of them, unless it is not to be passed on. */
  readonly withSource?: (source: SourceName) => boolean
  /** What the archive's indexes say of source packages; tests have one that they know. */
  readonly offered?: typeof offeredSources
  /** Is told of each step that takes long. */
  readonly log?: (line: string) => void
}

/** What came of it: `there`: the folder was there already, with the same bytes. */
export interface MadeRelease {
  readonly folder: string
  readonly state: 'made' | 'there'
  readonly manifest: ReleaseManifest
}

const partOf = (tag: string) => `.${tag}.partial`

/**
 * Makes the release of a build as `folder/TAG`. It is written beside its place and renamed, so a run that was interrupted can be repeated. A folder of that
 * name that has other files or other bytes is refused and stays as it is.
 */
export async function madeRelease(build: ReleasedBuild, folder: string, options: AssetOptions): Promise<MadeRelease> {
  const place = join(folder, build.tag)
  refuseForeign(place)
  const isNew = mkdirSync(folder, { recursive: true }) !== undefined
  const partial = join(folder, partOf(build.tag))
  rmSync(partial, { recursive: true, force: true })
  mkdirSync(partial)
  try {
    const manifest = await filled(partial, build, options)
    return { folder: place, state: placed(partial, place), manifest }
  } finally {
    rmSync(partial, { recursive: true, force: true })
    if (isNew && readdirSync(folder).length === 0) rmdirSync(folder)
  }
}

/** Writes all files of a release into an empty folder. */
async function filled(folder: string, build: ReleasedBuild, options: AssetOptions): Promise<ReleaseManifest> {
  const files: ReleaseFile[] = []
  const add = (file: string, content: Uint8Array | string): ReleaseFile => {
    const bytes = typeof content === 'string' ? Buffer.from(content) : content
    writeFileSync(join(folder, file), bytes)
    const added = { file, size: bytes.length, sha256: sha256Of(bytes) }
    files.push(added)
    return added
  }
  // the source first: it takes seconds, and without it there is no release
  const sources = await addSources(build, options, add)
  const assets = await addEmulators(build, options, add)
  for (const name of licenceTexts) add(name, readFileSync(join(options.checkout, 'scripts/release/licenses', name)))
  const manifest: ReleaseManifest = {
    format: 1,
    tag: build.tag,
    qemuVersion: build.qemuVersion,
    build: build.build,
    packing: { brotli: process.versions.brotli ?? '', quality: options.quality ?? bestQuality },
    assets,
    sources,
    packages: build.packages.map(({ host, archive, path, size, sha256 }) => ({ host, archive, path, size, sha256 })),
  }
  add('README.md', readmeText(build, manifest))
  add('manifest.json', `${JSON.stringify(manifest, null, 2)}\n`)
  add('SHA256SUMS', checksumsText(new Map(files.map(({ file, sha256 }) => [file, sha256]))))
  return manifest
}

type Add = (file: string, content: Uint8Array | string) => ReleaseFile

async function addSources(
  { packages }: ReleasedBuild,
  options: AssetOptions,
  add: Add,
): Promise<readonly ManifestSource[]> {
  const { mirrors, withSource = () => true, offered = offeredSources, log } = options
  const snapshot = packages[0]?.snapshot ?? ''
  const controls = []
  for (const from of packages) {
    log?.(`package ${from.path}`)
    controls.push(controlOf(await packageBytes(from, options)))
  }
  const wanted = sourcesOfAll(controls).filter(withSource)
  if (wanted.length === 0) return []
  const added: ManifestSource[] = []
  for (const source of offered(wanted, packages, mirrors)) {
    log?.(`source ${source.name} ${source.version}`)
    added.push(addedSource(source, add(sourceFileName(source), await sourceArchive(source, snapshot, options))))
  }
  return added
}

function addedSource({ name, version, files }: OfferedSource, { file, size, sha256 }: ReleaseFile): ManifestSource {
  return { name, version, file, size, sha256, files }
}

/** Packs the emulators of each package, on all processors, and gives them in the order of hosts and targets. */
async function addEmulators(build: ReleasedBuild, options: AssetOptions, add: Add): Promise<readonly ManifestAsset[]> {
  const { targets = allTargets } = options
  const assets: ManifestAsset[] = []
  const copyrights = new Map<string, string>()
  for (const from of build.packages) {
    const opened = await openedPackage(from, options)
    try {
      const emulators = releasedEmulators(from, targets)
      const pack = (one: ReleasedEmulator) => packedAsset(one, opened, options)
      for (const [asset, bytes] of await mapLimit(emulators, availableParallelism(), pack))
        assets.push({ ...add(assetName(asset.emulator), bytes), ...described(asset) })
      copyrights.set(from.host, opened.file(`usr/share/doc/${from.package}/copyright`).toString())
    } finally {
      opened.close()
    }
  }
  addCopyrights(copyrights, add)
  return assets
}

async function packedAsset(
  asset: ReleasedEmulator,
  opened: DebianPackage,
  { quality, packedCache, log }: AssetOptions,
): Promise<[ReleasedEmulator, Buffer]> {
  const { emulator } = asset
  const started = performance.now()
  const bytes = await packedEmulator(opened.executable(emulator.binary), emulator.sha256, {
    ...(quality === undefined ? {} : { quality }),
    ...(packedCache === undefined ? {} : { cache: packedCache }),
  })
  const seconds = ((performance.now() - started) / 1000).toFixed(1)
  log?.(`${assetName(emulator)}: ${emulator.size} bytes packed to ${bytes.length} in ${seconds} s`)
  return [asset, bytes]
}

function described({ emulator, target, platforms }: ReleasedEmulator): Omit<ManifestAsset, keyof ReleaseFile> {
  return { target, platforms, host: emulator.host, emulator: { size: emulator.size, sha256: emulator.sha256 } }
}

/** The packages' copyright files; one where all hosts have the same. */
function addCopyrights(copyrights: ReadonlyMap<string, string>, add: Add): void {
  const [first] = copyrights.values()
  if (first !== undefined && new Set(copyrights.values()).size === 1) add('copyright.txt', first)
  else for (const [host, text] of copyrights) add(`copyright-${host}.txt`, text)
}

/** Throws at once, before minutes of work, when something is in the place of a release that this did not make, or that was changed since. */
function refuseForeign(place: string): void {
  if (!existsSync(place)) return
  const sums = join(place, 'SHA256SUMS')
  const problem = existsSync(sums) ? changedFile(place, readFileSync(sums, 'utf8')) : 'it has no SHA256SUMS'
  if (problem !== undefined) throw occupied(place, problem)
}

/** The first file that is not as SHA256SUMS says, in words; undefined when all are. */
function changedFile(place: string, sums: string): string | undefined {
  try {
    for (const [file, sha256] of parseChecksums(sums)) {
      const actual = hashOf(join(place, file))
      if (actual !== sha256) return `${file}: ${actual}, expected ${sha256}`
    }
    return undefined
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  }
}

function hashOf(path: string): string {
  if (!existsSync(path)) return 'missing'
  return lstatSync(path).isFile() ? sha256Of(readFileSync(path)) : 'not a regular file'
}

function occupied(place: string, problem: string): Error {
  return new Error(
    `${place} is there already, and is not this release: ${problem}\nremove it, or name another folder; it was left as it is`,
  )
}

function placed(partial: string, place: string): MadeRelease['state'] {
  if (!existsSync(place)) {
    renameSync(partial, place)
    return 'made'
  }
  for (const name of new Set([...readdirSync(partial), ...readdirSync(place)].sort())) {
    const [made, there] = [partial, place].map((folder) => hashOf(join(folder, name)))
    if (made !== there) throw occupied(place, `${name}: ${there}, expected ${made}`)
  }
  return 'there'
}
