// Makes of a laid out release what the next job publishes: `node build/scripts/release/publish/pack-release.js TREE OUT VERSION`.
//   OUT/assets/             the npm tarball and SHA256SUMS
//   OUT/tree.tar            the tree; a workflow's artifacts would lose the executable bits
//   OUT/attested            names and SHA-256 of what is attested: the tarball and each file of the tree
//   OUT/notes.md            the release's text, out of CHANGELOG.md
import { spawnSync } from 'node:child_process'
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join, relative, resolve } from 'node:path'
import { checksumsText } from '../checksums.js'
import { sha256OfFile } from './asset-folder.js'
import { notesOf, withAddresses } from './changelog.js'
import { needed, Refusal, runStep } from './step.js'

function run(program: string, args: readonly string[], cwd: string): void {
  const { status, error } = spawnSync(program, args, { cwd, stdio: ['ignore', 'ignore', 'inherit'] })
  if (status !== 0) throw new Refusal(`${program} ${args[0]} failed: ${error ?? `exit status ${status}`}`)
}

/** Regular files below a folder, by their paths in it. */
function filesOf(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)))
    .sort()
}

await runStep(() => {
  const [tree = '', out = '', version = ''] = process.argv.slice(2)
  if (version === '') throw new Refusal('usage: pack-release TREE OUT VERSION')
  const repository = `${needed('GITHUB_SERVER_URL')}/${needed('GITHUB_REPOSITORY')}`
  rmSync(out, { recursive: true, force: true })
  const assets = join(out, 'assets')
  mkdirSync(assets, { recursive: true })
  run('npm', ['pack', '--ignore-scripts', '--silent', '--pack-destination', resolve(assets)], tree)
  const [tarball = '', ...more] = readdirSync(assets)
  if (!tarball.endsWith(`-${version}.tgz`) || more.length > 0)
    throw new Refusal(`npm pack made ${[tarball, ...more].join(', ')}, expected one tarball of ${version}`)
  const sha256 = sha256OfFile(join(assets, tarball))
  writeFileSync(join(assets, 'SHA256SUMS'), checksumsText(new Map([[tarball, sha256]])))
  const order = ['--sort=name', '--owner=0', '--group=0', '--numeric-owner', '--mtime=@0', '--format=gnu']
  run('tar', [...order, '-C', resolve(tree), '-cf', resolve(out, 'tree.tar'), '.'], '.')
  const files = new Map(filesOf(tree).map((name) => [name, sha256OfFile(join(tree, name))]))
  writeFileSync(join(out, 'attested'), checksumsText(new Map([...files, [tarball, sha256]])))
  const notes = notesOf(readFileSync('CHANGELOG.md', 'utf8'), version)
  if (notes === undefined) throw new Refusal(`CHANGELOG.md has no "## ${version}"`)
  writeFileSync(join(out, 'notes.md'), `${withAddresses(notes, repository, `v${version}`)}\n`)
  console.log(`${tarball}, and ${files.size} files in the tree`)
})
