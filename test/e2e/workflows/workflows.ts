// The workflows that release, carried out against a local GitHub: the run of each job's steps as they are in the files, in fresh clones.
// What is smaller than there: brotli's quality and no source packages, of `npm test` form and dist alone, and of Debian's suites the one with the newest QEMU.
import { execFileSync, spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { homedir, tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { expectedAssets } from '../../../scripts/release/publish/expected-assets.js'
import type { Catalog } from '../../../src/core/model/catalog.js'
import { releaseTag } from '../../../src/core/sources/release.js'
import { catalog } from '../../../src/system/machine.js'
import { GitHubApi } from '../../support/github-api/github-api.js'
import { gitIn, repository, token } from '../../support/github-api/scene.js'
import { NpmRegistry } from '../../support/npm/registry.js'
import { node24 } from '../../support/runner/node24.js'
import { checker, expectEqual } from '../check.js'
import { type Event, WorkflowRun } from './workflow-run.js'

const [results = ''] = process.argv.slice(2)
const check = checker(results)
const version = '99.0.0'
const folder = mkdtempSync(join(tmpdir(), 'setup-qemu-workflows-'))
const bare = join(folder, 'origin.git')
const checkout = join(folder, 'maintainer')
const origin = (...args: string[]) => gitIn(bare, ...args)

/** This checkout as it is, in a repository of its own; then what a maintainer does for a release. */
function makeOrigin(): void {
  gitIn(folder, 'init', '--quiet', '--bare', '--initial-branch=main', bare)
  gitIn(bare, 'config', 'uploadpack.allowAnySHA1InWant', 'true')
  gitIn(folder, 'clone', '--quiet', bare, checkout)
  const files = gitIn('.', 'ls-files', '-z', '--cached', '--others', '--exclude-standard').split('\0')
  for (const file of new Set(files.filter((name) => name !== ''))) {
    mkdirSync(dirname(join(checkout, file)), { recursive: true })
    cpSync(file, join(checkout, file), { force: true })
  }
  commitAll('All that there is')
  edit('package.json', (text) => text.replace(/"version": "[^"]+"/, `"version": "${version}"`))
  edit('CHANGELOG.md', (text) => text.replace('## [Unreleased]', `## [Unreleased]\n\n## [${version}] - 2026-12-01`))
  for (const words of [
    ['ci', '--prefer-offline', '--no-audit', '--no-fund'],
    ['run', 'dist'],
  ])
    execFileSync('npm', words, { cwd: checkout, stdio: ['ignore', 'ignore', 'inherit'] })
  commitAll(`Version ${version}`)
}

function edit(file: string, change: (text: string) => string): void {
  const [before, path] = [readFileSync(join(checkout, file), 'utf8'), join(checkout, file)]
  if (change(before) === before) throw new Error(`${file} was not changed`)
  writeFileSync(path, change(before))
}

function commitAll(words: string): void {
  gitIn(checkout, 'add', '--all')
  gitIn(checkout, 'commit', '--quiet', '-m', words)
  gitIn(checkout, 'push', '--quiet', bare, 'HEAD:refs/heads/main')
}

makeOrigin()
const github = await GitHubApi.start({ repository, bare, token })
const registry = await NpmRegistry.start('npm_0123456789')
const cacheHome = process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache')
const npmrc = join(folder, 'npmrc')
writeFileSync(npmrc, `${registry.address.replace('http:', '')}:_authToken=${registry.token}\n`)

const around = {
  github,
  folder,
  nodes: { '20': process.execPath, '24': node24 },
  env: {
    PATH: process.env.PATH ?? '',
    XDG_CACHE_HOME: cacheHome,
    npm_config_cache: join(homedir(), '.npm'),
    npm_config_prefer_offline: 'true',
    npm_config_update_notifier: 'false',
    npm_config_audit: 'false',
    SETUP_QEMU_TEST: 'form,dist',
    // not every mirror of Debian's has the source of a backport
    SETUP_QEMU_ASSETS: '--quality 1 --without-sources',
    SETUP_QEMU_WITHOUT_SOURCE: 'true',
    SETUP_QEMU_SUITES: catalog.packages[0]?.suite ?? '',
  },
  jobEnv: {
    npm: { npm_config_registry: registry.address, npm_config_userconfig: npmrc, SETUP_QEMU_PROVENANCE: 'false' },
  },
}

function run(file: string, name: Event['name'], inputs: Record<string, string> = {}): Promise<WorkflowRun> {
  return new WorkflowRun(around, { file: `.github/workflows/${file}.yml`, name, inputs }).play()
}

/** Runs a program to its end; the server that it asks is in this process. */
function ended(
  program: string,
  args: readonly string[],
  env: Record<string, string>,
): Promise<{ status: number | null; output: string }> {
  const child = spawn(program, args, { env, stdio: ['ignore', 'pipe', 'pipe'] })
  let output = ''
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk) => {
      output += chunk
    })
  return new Promise((done) => child.on('close', (status) => done({ status, output })))
}

/** Throws with the end of the log when the jobs did not end so. */
function expectJobs(ran: WorkflowRun, expected: readonly string[]): void {
  if (JSON.stringify(ran.summary) !== JSON.stringify(expected))
    throw new Error(`expected ${expected.join(', ')}; got ${ran.summary.join(', ')}\n${ran.log.slice(-4000)}`)
}

function expectWords(ran: WorkflowRun, words: string): void {
  if (!ran.log.includes(words)) throw new Error(`the log lacks ${JSON.stringify(words)}:\n${ran.log.slice(-4000)}`)
}

const tags = [
  ...new Set(catalog.packages.filter((one) => one.version === catalog.default).map(({ build }) => releaseTag(build))),
]
const releaseOf = (tag: string) => {
  const release = github.store.releases.find((one) => one.tag === tag && !one.draft)
  if (release === undefined) throw new Error(`there is no release ${tag}`)
  return release
}
const sha256 = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex')
const refs = () => origin('for-each-ref', '--format=%(refname) %(objectname)')

try {
  await check('release.yml refuses while the emulators are not published', async () => {
    const before = refs()
    const ran = await run('release', 'workflow_dispatch', { version })
    expectJobs(ran, ['check failure', 'test skipped', 'build skipped', 'publish skipped', 'npm skipped'])
    expectWords(ran, `there is no release ${tags[0]} with the emulators of QEMU ${catalog.default}`)
    expectEqual([github.store.releases.length, refs() === before], [0, true])
    return `no release ${tags[0]}`
  })

  await check('emulators.yml publishes a build; uploads that break off are made again', async () => {
    github.faults.push(
      { method: 'POST', path: /name=qemu-arm-.*arm64/, status: 502, leavesStarter: true },
      { method: 'POST', path: /name=manifest\.json/, status: 502, leavesStarter: true, cuts: true },
      { method: 'POST', path: /name=SHA256SUMS/, status: 429, headers: { 'retry-after': '1' } },
    )
    const ran = await run('emulators', 'workflow_dispatch', { version: catalog.default })
    expectJobs(ran, ['missing success', 'build success', 'publish success'])
    expectEqual(github.faults, [])
    for (const tag of tags) {
      const { assets, immutable } = releaseOf(tag)
      expectEqual([immutable, assets.every(({ state }) => state === 'uploaded')], [true, true])
      const names = new Set(assets.map(({ name }) => name))
      expectEqual(
        expectedAssets(catalog, tag).filter((name) => !names.has(name)),
        [],
      )
      // every asset is attested, and nothing else
      const [attested, published] = [
        ran.attested.map((one) => `${one.sha256} ${one.name}`),
        assets.map(({ bytes, name }) => `${sha256(bytes)} ${name}`),
      ]
      expectEqual(attested.sort(), published.sort())
    }
    return tags.map((tag) => `${tag}: ${releaseOf(tag).assets.length} assets`).join(', ')
  })

  await check('emulators.yml has nothing to do then', async () => {
    const posts = () => github.requests.filter((line) => line.startsWith('POST /repos/')).length
    const before = posts()
    const ran = await run('emulators', 'workflow_dispatch', { version: catalog.default })
    expectJobs(ran, ['missing success', 'build skipped', 'publish skipped'])
    expectEqual(posts(), before)
    return 'versions=[]'
  })

  const release = new WorkflowRun(around, {
    file: '.github/workflows/release.yml',
    name: 'workflow_dispatch',
    inputs: { version },
  })
  await check('release.yml: a release that could not be published stays a draft', async () => {
    github.faults.push({ method: 'PATCH', path: /\/releases\/\d+$/, status: 403, message: 'not now' })
    await release.play()
    expectJobs(release, ['check success', 'test success', 'build success', 'publish failure', 'npm skipped'])
    expectEqual(
      [github.store.releases.filter(({ draft }) => draft).length, origin('tag', '--list', 'v0', 'v99')],
      [1, ''],
    )
    return 'HTTP 403 while publishing'
  })

  await check('release.yml: "Re-run failed jobs" ends it, with the same commit', async () => {
    const commit = origin('rev-parse', `v${version}`)
    await release.play()
    expectJobs(release, ['check success', 'test success', 'build success', 'publish success', 'npm success'])
    expectEqual(origin('rev-parse', `v${version}`), commit)
    return commit
  })

  await check('the tag is a release: its tree, its parent, the branch, and the tag of the major version', () => {
    const commit = origin('rev-parse', `v${version}`)
    expectEqual(origin('rev-parse', `${commit}^@`), origin('rev-parse', 'main'))
    expectEqual([origin('rev-parse', 'releases'), origin('rev-parse', 'v99')], [commit, commit])
    const files = origin('ls-tree', '-r', '--name-only', commit).split('\n')
    const lacking = [
      'action.yml',
      'compare/action.yml',
      'dist/main/index.js',
      'dist/cli/index.js',
      'package.json',
      'README.md',
      'LICENSE',
    ].filter((file) => !files.includes(file))
    expectEqual([lacking, files.filter((file) => /^(src|test|scripts|node_modules|\.github)\//.test(file))], [[], []])
    expectEqual(files.filter((file) => file.startsWith('dist/emulators/')).length, 2)
    const own = JSON.parse(origin('show', `${commit}:package.json`)) as { version: string; repository: unknown }
    expectEqual([own.version, JSON.stringify(own.repository).includes(repository)], [version, true])
    return `${files.length} files`
  })

  await check('the release has the package and its sum, is the latest, and each file is attested', () => {
    const { assets, body, immutable, name } = releaseOf(`v${version}`)
    const tarball = `setup-qemu-${version}.tgz`
    expectEqual([name, immutable, assets.map((one) => one.name).sort()], [version, true, ['SHA256SUMS', tarball]])
    expectEqual([github.store.latestRelease().tag, /^### Added/.test(body)], [`v${version}`, true])
    const published = assets.find((one) => one.name === tarball)
    if (published === undefined) throw new Error('no tarball')
    const npm = registry.tarballs.get(`setup-qemu@${version}`)
    expectEqual(
      [registry.packages.get('setup-qemu')?.['dist-tags'].latest, npm?.equals(published.bytes)],
      [version, true],
    )
    const attested = new Map(release.attested.map((one) => [one.name, one.sha256]))
    expectEqual(attested.get(tarball), sha256(published.bytes))
    const commit = origin('rev-parse', `v${version}`)
    for (const file of origin('ls-tree', '-r', '--name-only', commit).split('\n')) {
      const bytes = execFileSync('git', ['--git-dir', bare, 'show', `${commit}:${file}`], { maxBuffer: 1 << 26 })
      expectEqual([file, attested.get(file)], [file, sha256(bytes)])
    }
    return `${attested.size} files are attested`
  })

  await check('setup of the released version gets an emulator from the release that emulators.yml made', async () => {
    const place = join(folder, 'release')
    mkdirSync(place)
    const archive = execFileSync('git', ['--git-dir', bare, 'archive', `v${version}`], { maxBuffer: 1 << 28 })
    execFileSync('tar', ['-x', '-C', place], { input: archive })
    const cli = join(place, 'dist/cli/index.js')
    const words = ['setup', 'riscv64', '--json', '--cache-dir', join(folder, 'empty-cache')]
    const environment = {
      PATH: around.env.PATH,
      HOME: folder,
      SETUP_QEMU_RELEASES: `${github.server}/${repository}/releases/download`,
    }
    const { status, output } = await ended('test/support/kernel/private.sh', [node24, cli, ...words], environment)
    expectEqual([status, /"locator": ?"release"/.test(output) ? 'release' : output], [0, 'release'])
    const asset = releaseOf(tags[0] ?? '').assets.find(
      ({ name }) =>
        name.startsWith('qemu-riscv64-') && name.includes(`-linux-${process.arch === 'arm64' ? 'arm64' : 'amd64'}`),
    )
    expectEqual(asset?.downloads, 1)
    return `${asset?.name}, by ${github.server.replace(/\d+$/, 'PORT')}`
  })

  await check('release.yml refuses the same version a second time', async () => {
    const before = refs()
    const ran = await run('release', 'workflow_dispatch', { version })
    expectJobs(ran, ['check failure', 'test skipped', 'build skipped', 'publish skipped', 'npm skipped'])
    expectWords(ran, `${version} is released already`)
    expectEqual(refs() === before, true)
    return `${version} is released already`
  })

  await check('catalog.yml proposes a catalog with the packages that are missing', async () => {
    const first = catalog.packages[0]
    const without = (all: Catalog): Catalog => {
      const packages = all.packages.filter((one) => one.version !== first?.version)
      return { ...all, packages, default: packages[0]?.version ?? '' }
    }
    edit('src/data/emulators.json', (text) => JSON.stringify(without(JSON.parse(text) as Catalog)))
    commitAll('A catalog of yesterday')
    const ran = await run('catalog', 'schedule')
    expectJobs(ran, ['catalog success', 'propose success'])
    const [pull] = github.store.pulls
    expectEqual([pull?.head, pull?.base, pull?.title.startsWith('Catalog: QEMU')], ['catalog', 'main', true])
    expectEqual(
      ['### New', '**The default changes', '### Known problems of QEMU'].filter(
        (words) => pull?.body.includes(words) !== true,
      ),
      [],
    )
    expectEqual(origin('rev-parse', 'catalog^'), origin('rev-parse', 'main'))
    const changed = origin('diff', '--name-only', 'main', 'catalog').split('\n')
    expectEqual(changed.includes('src/data/emulators.json'), true)
    return `${pull?.title}: ${changed.length} files`
  })
} finally {
  await github.close()
  await registry.close()
  rmSync(folder, { recursive: true, force: true })
}
