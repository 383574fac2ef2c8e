// What a release consists of, as files in memory: of the checkout what users need, documents that name the repository, a package.json that can be
// published, and the emulators that are bundled, with their licences. The same checkout gives the same bytes under one version of Node.
import {
  chmodSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { basename, dirname, join, resolve } from 'node:path'
import { type CatalogEmulator, emulatorFor } from '../../src/core/model/catalog.js'
import { targetNamed } from '../../src/core/model/targets.js'
import { assetName, type Repository } from '../../src/core/sources/release.js'
import { catalog } from '../../src/system/machine.js'
import { openedPackage, type PackagePlaces } from './debian-package.js'
import { releasedDocument } from './documents.js'
import { licencesText, licenceTexts } from './licences-text.js'
import { type MainPackage, releasedPackage } from './package-json.js'
import { type PackOptions, packedEmulator } from './packed.js'
import { sourcesOf } from './source-packages.js'

/** One file of a release. */
export interface TreeFile {
  readonly bytes: Buffer
  readonly isExecutable: boolean
}

/** What a release is made from. */
export interface ReleaseSource {
  /** The checkout, with a `dist` that is current. */
  readonly checkout: string
  /** The repository that the release belongs to; while none is known the placeholder stays. */
  readonly repository?: Repository | undefined
  readonly packages?: PackagePlaces
  readonly packing?: PackOptions
}

/** Files and folders that a release has as they are on main, but for the documents' placeholder. */
export const copiedPaths = ['action.yml', 'compare', 'dist', 'docs', 'CHANGELOG.md', 'LICENSE', 'README.md'] as const

/** The commonest emulator of each host, which a release brings along. */
const bundled = [
  ['amd64', 'aarch64'],
  ['arm64', 'x86_64'],
] as const

/** The emulators of the catalog's default version that a release brings along. */
export function bundledEmulators(): [CatalogEmulator, ...CatalogEmulator[]] {
  const [first, ...more] = bundled.map(([host, target]) => {
    const emulator = emulatorFor(catalog, catalog.default, host, targetNamed(target))
    if (emulator === undefined) throw new Error(`the catalog has no ${target} of QEMU ${catalog.default} for ${host}`)
    return emulator
  })
  if (first === undefined) throw new Error('no emulator is bundled')
  return [first, ...more]
}

/** All files of a release by their paths, in order. */
export async function releaseFiles(source: ReleaseSource): Promise<ReadonlyMap<string, TreeFile>> {
  const { checkout, repository } = source
  const own = JSON.parse(readFileSync(join(checkout, 'package.json'), 'utf8')) as MainPackage
  const files = new Map<string, TreeFile>()
  const add = (path: string, content: Buffer | string, isExecutable = false) =>
    files.set(path, { bytes: Buffer.from(content), isExecutable })
  for (const path of copiedPaths.flatMap((one) => filesAt(checkout, one)))
    add(path, readFileSync(join(checkout, path)), (lstatSync(join(checkout, path)).mode & 0o100) !== 0)
  for (const name of licenceTexts)
    add(`licenses/${name}`, readFileSync(join(checkout, 'scripts/release/licenses', name)))
  await addEmulators(source, add)
  add('package.json', releasedPackage(own, repository))
  if (repository !== undefined) {
    const has = (path: string) => [...files.keys()].some((file) => file === path || file.startsWith(`${path}/`))
    const context = { repository, version: own.version, has }
    for (const [path, { bytes }] of [...files].filter(([path]) => path.endsWith('.md')))
      add(path, releasedDocument(path, bytes.toString(), context))
  }
  return new Map([...files].sort(([one], [other]) => (one < other ? -1 : 1)))
}

/** The paths of the regular files at a path of the checkout. Throws for a link or a device, which a release cannot have. */
function filesAt(checkout: string, path: string): string[] {
  const status = lstatSync(join(checkout, path))
  if (status.isFile()) return [path]
  if (!status.isDirectory()) throw new Error(`${join(checkout, path)} is neither a regular file nor a folder`)
  // what may lie there in a checkout is not what this release brings along
  if (path === emulatorFolder) return []
  return readdirSync(join(checkout, path)).flatMap((name) => filesAt(checkout, `${path}/${name}`))
}

const emulatorFolder = 'dist/emulators'

/** The bundled emulators out of their packages, and what their licences ask for. */
async function addEmulators(
  { repository, packages, packing }: ReleaseSource,
  add: (path: string, content: Buffer | string) => void,
): Promise<void> {
  const emulators = bundledEmulators()
  const copyrights = new Set<string>()
  const builds = new Map<string, ReturnType<typeof sourcesOf>>()
  for (const emulator of emulators) {
    const { package: from, binary, sha256 } = emulator
    const opened = await openedPackage(from, packages)
    try {
      add(`${emulatorFolder}/${assetName(emulator)}`, await packedEmulator(opened.executable(binary), sha256, packing))
      copyrights.add(opened.file(`usr/share/doc/${from.package}/copyright`).toString())
      const sources = sourcesOf(opened.control)
      builds.set(JSON.stringify(sources), sources)
    } finally {
      opened.close()
    }
  }
  const [copyright = ''] = copyrights
  const [sources] = builds.values()
  if (copyrights.size !== 1) throw new Error("the packages' files of copyright are different")
  if (sources === undefined || builds.size !== 1)
    throw new Error(`the packages are built from different sources: ${[...builds.keys()].join(' and ')}`)
  if (sources.length === 1) throw new Error('the control file does not say what is linked into the package')
  add('licenses/qemu-user.copyright', copyright)
  add('licenses/README.md', licencesText({ emulators, sources }, repository))
}

/** What npm gives all files of a package, as a release's bytes are to be the same whenever it is laid out. */
const fileTime = new Date('1985-10-26T08:15:00Z')

/** Throws when there is something in a folder, or something else of its name. */
export function refuseTaken(folder: string): void {
  const there = lstatSync(folder, { throwIfNoEntry: false })
  if (there !== undefined && (!there.isDirectory() || readdirSync(folder).length > 0))
    throw new Error(`${folder} exists and is not an empty folder: name another one, or remove it`)
}

/** Writes files into a folder that does not exist or is empty: beside it, and renamed when all are there. Throws when there is something in it. */
export function writeFiles(folder: string, files: ReadonlyMap<string, TreeFile>): void {
  refuseTaken(folder)
  const target = resolve(folder)
  mkdirSync(dirname(target), { recursive: true })
  const staged = mkdtempSync(join(dirname(target), `.${basename(target)}-`))
  try {
    for (const [path, { bytes, isExecutable }] of files) {
      const file = join(staged, path)
      mkdirSync(dirname(file), { recursive: true })
      writeFileSync(file, bytes)
      settle(file, isExecutable ? 0o755 : 0o644)
    }
    for (const path of readdirSync(staged, { recursive: true, encoding: 'utf8' }))
      if (!files.has(path)) settle(join(staged, path), 0o755)
    settle(staged, 0o755)
    renameSync(staged, target)
  } finally {
    rmSync(staged, { recursive: true, force: true })
  }
}

/** Mode and times whatever the umask and the clock say. */
function settle(path: string, mode: number): void {
  chmodSync(path, mode)
  utimesSync(path, fileTime, fileTime)
}
