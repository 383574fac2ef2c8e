// Bundles the faces and the cache client into dist, which is committed: nothing is installed where setup-qemu runs. `--check` fails when it is not current.
import { execFileSync } from 'node:child_process'
import { copyFileSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const faces = ['main', 'post', 'cli', 'cache-client', 'zstd-decoder', 'compare'] as const
/** The program of a face, where it is not called like it. */
const programs: Partial<Record<(typeof faces)[number], string>> = { compare: 'compare-main' }

function bundle(face: (typeof faces)[number], folder: string): void {
  const into = join(folder, face)
  const ncc = 'node_modules/@vercel/ncc/dist/ncc/cli.js'
  execFileSync(
    process.execPath,
    [ncc, 'build', `build/src/${programs[face] ?? face}.js`, '--out', into, '--minify', '--quiet'],
    {
      stdio: ['ignore', 'ignore', 'inherit'],
    },
  )
  // node 20 must know that the bundle is a module, wherever it is copied to
  writeFileSync(join(into, 'package.json'), '{ "type": "module" }\n')
}

/**
 * The licences of everything that is bundled: all packages of the lock file but those for development, which the optional ones
 * (a Node for the tests) are, too.
 */
function licences(): string {
  const lock = JSON.parse(readFileSync('package-lock.json', 'utf8')) as {
    packages: Record<string, { dev?: boolean; optional?: boolean; version: string }>
  }
  const bundled = Object.entries(lock.packages).filter(
    ([folder, { dev, optional }]) => folder !== '' && dev !== true && optional !== true,
  )
  const texts = bundled.map(([folder, { version }]) => {
    const file = readdirSync(folder).find((name) => /^licen[cs]e/i.test(name))
    const manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as { license?: string }
    const text =
      file === undefined ? '(the package has no licence file)' : readFileSync(join(folder, file), 'utf8').trim()
    return `${folder.replace(/^.*node_modules\//, '')} ${version}\n${manifest.license ?? ''}\n\n${text}\n`
  })
  return texts.join('\n----------------------------------------\n\n')
}

function bundleAll(folder: string): void {
  for (const face of faces) bundle(face, folder)
  // the runner reads it, by its path
  copyFileSync('src/data/problem-matcher.json', join(folder, 'main', 'problem-matcher.json'))
  writeFileSync(join(folder, 'licenses.txt'), licences())
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
  bundleAll(fresh)
  const stale = differences(fresh, 'dist')
  rmSync(fresh, { recursive: true })
  console.log(stale.length === 0 ? 'dist is current' : `dist is not current (npm run dist): ${stale.join(', ')}`)
  process.exitCode = stale.length === 0 ? 0 : 1
} else {
  rmSync('dist', { recursive: true, force: true })
  bundleAll('dist')
}
