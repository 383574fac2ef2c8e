// Bundles the faces and the cache client into dist, which is committed: nothing is installed where setup-qemu runs. `--check` fails when it is not current.
import { execFileSync } from 'node:child_process'
import {
  chmodSync,
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import { minify } from 'terser'
import { withEagerModules } from './eager-modules.js'
import { withLazyBuiltins } from './lazy-builtins.js'
import { stage } from './left-out.js'

/** What one run of ncc makes: a folder of dist. */
interface Bundle {
  readonly folder: string
  /** The program, or by the folder of its face each of several, which share what is the same. */
  readonly programs: string | Readonly<Record<string, string>>
  /** Packages that these programs import and never call. */
  readonly leftOut?: readonly string[]
}

/** It comes with @actions/core, for tokens of OpenID Connect, and brings undici, which was half of what each job loaded. */
const http = '@actions/http-client'

const bundles: readonly Bundle[] = [
  // these two run in each job: what is shared comes in more files and less closely packed, which costs a face 5 to 10 ms of a processor
  { folder: 'main', programs: 'main', leftOut: [http] },
  { folder: 'post', programs: 'post', leftOut: [http] },
  { folder: 'shared', programs: { cli: 'cli', compare: 'compare-main' }, leftOut: [http] },
  { folder: 'cache-client', programs: 'cache-client' },
  { folder: 'zstd-decoder', programs: 'zstd-decoder' },
]

/** Makes a bundle in `dist`; gives the folders of the packages that are in it. */
async function bundle({ folder, programs, leftOut = [] }: Bundle, dist: string): Promise<Set<string>> {
  const staged = join('build/bundles', folder)
  const into = join(dist, folder)
  await stage(staged, leftOut)
  const program = typeof programs === 'string' ? programs : writeShared(programs, staged, dist, folder)
  const stats = join(staged, 'stats.json')
  const ncc = 'node_modules/@vercel/ncc/dist/ncc/cli.js'
  execFileSync(
    process.execPath,
    [ncc, 'build', join(staged, `src/${program}.js`), '--out', into, '--no-cache', '--quiet', '--stats-out', stats],
    { stdio: ['ignore', 'ignore', 'inherit'] },
  )
  // dist has one for all
  rmSync(join(into, 'package.json'))
  // ncc would minify the first file alone
  for (const name of filesUnder(into).filter((file) => file.endsWith('.js'))) await minifyFile(join(into, name))
  const inStage = leftOut.map((name) => join(staged, 'node_modules', name))
  const packages = packagesOf(JSON.parse(readFileSync(stats, 'utf8')) as Stats).filter(
    (path) => !inStage.includes(path),
  )
  return new Set(packages.map((path) => (path.startsWith(staged) ? relative(staged, path) : path)))
}

/** Writes the program that opens one of several, and a face for each of these. Returns its name. */
function writeShared(programs: Readonly<Record<string, string>>, staged: string, dist: string, folder: string): string {
  const faces = Object.entries(programs)
  const rows = faces.map(([face, program]) => `  ${JSON.stringify(face)}: () => import('./${program}.js'),\n`)
  const open = 'export const open = (face) => programs[face]()\n'
  writeFileSync(join(staged, `src/${folder}.js`), `const programs = {\n${rows.join('')}}\n${open}`)
  for (const [face, program] of faces) {
    const file = join(dist, face, 'index.js')
    const [first = ''] = readFileSync(join(staged, `src/${program}.js`), 'utf8').split('\n')
    const interpreter = first.startsWith('#!') ? `${first}\n` : ''
    mkdirSync(join(dist, face))
    writeFileSync(file, `${interpreter}import { open } from '../${folder}/index.js'\nawait open('${face}')\n`)
    if (interpreter !== '') chmodSync(file, 0o755)
  }
  return folder
}

async function minifyFile(path: string): Promise<void> {
  // names are told in messages
  const mangle = { keep_classnames: true, keep_fnames: true }
  const { code } = await minify(withLazyBuiltins(readFileSync(path, 'utf8')), {
    module: true,
    ecma: 2020,
    compress: { passes: 2 },
    mangle,
  })
  if (code === undefined) throw new Error(`nothing is left of ${path}`)
  writeFileSync(path, withEagerModules(code))
}

/** The part of webpack's statistics that says what is in a bundle. */
interface Stats {
  readonly modules?: readonly (Stats & { readonly nameForCondition?: string | null; readonly orphan?: boolean })[]
}

/** Folders of the packages that modules come from. ncc's own stand-in for a module that is not installed is no package of ours. */
function packagesOf({ modules = [] }: Stats): string[] {
  return modules.flatMap((module) => {
    // what nothing needs is in no file
    if (module.orphan === true) return []
    const [folder] = /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(module.nameForCondition ?? '') ?? []
    const own = folder === undefined || folder.endsWith('/@vercel/ncc') ? [] : [relative('.', folder)]
    return [...own, ...packagesOf(module)]
  })
}

/** The licences of the packages of these folders. */
function licences(folders: readonly string[]): string {
  const texts = folders.map((folder) => {
    const file = readdirSync(folder).find((name) => /^licen[cs]e/i.test(name))
    const { version, license = '' } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as {
      version: string
      license?: string
    }
    const text =
      file === undefined ? '(the package has no licence file)' : readFileSync(join(folder, file), 'utf8').trim()
    return `${folder.replace(/^.*node_modules\//, '')} ${version}\n${license}\n\n${text}\n`
  })
  return texts.join('\n----------------------------------------\n\n')
}

async function bundleAll(dist: string): Promise<void> {
  rmSync('build/bundles', { recursive: true, force: true })
  mkdirSync(dist, { recursive: true })
  const packages: string[] = []
  for (const one of bundles) packages.push(...(await bundle(one, dist)))
  // node 20 must know that the bundles are modules, wherever dist is copied to
  writeFileSync(join(dist, 'package.json'), '{ "type": "module" }\n')
  // the runner reads it, by its path
  copyFileSync('src/data/problem-matcher.json', join(dist, 'main', 'problem-matcher.json'))
  writeFileSync(join(dist, 'licenses.txt'), licences([...new Set(packages)].sort()))
}

function filesUnder(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((file) => file.isFile())
    .map((file) => join(file.parentPath, file.name).slice(folder.length + 1))
    .sort()
}

function differences(fresh: string, committed: string): string[] {
  const names = [...new Set([...filesUnder(fresh), ...filesUnder(committed)])]
  const text = (folder: string, name: string) =>
    filesUnder(folder).includes(name) ? readFileSync(join(folder, name), 'utf8') : undefined
  return names.filter((name) => text(fresh, name) !== text(committed, name))
}

if (process.argv.includes('--check')) {
  const fresh = mkdtempSync(join(tmpdir(), 'setup-qemu-dist-'))
  await bundleAll(fresh)
  const stale = differences(fresh, 'dist')
  rmSync(fresh, { recursive: true })
  console.log(stale.length === 0 ? 'dist is current' : `dist is not current (npm run dist): ${stale.join(', ')}`)
  process.exitCode = stale.length === 0 ? 0 : 1
} else {
  rmSync('dist', { recursive: true, force: true })
  await bundleAll('dist')
}
