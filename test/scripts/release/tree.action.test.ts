// A release laid out, packed by npm, installed from the tarball into an empty folder, and run from there where there is no network.
import { execFileSync, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import {
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { brotliDecompressSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { bundledEmulators, releaseFiles, writeFiles } from '../../../scripts/release/tree.js'
import { assetName } from '../../../src/core/sources/release.js'
import { npmInstalled, npmPacked, treeFiles, treeRepository } from '../../support/npm/release-package.js'
import {
  machineNode,
  main,
  node24,
  noNetwork,
  play,
  post,
  type Step,
  shell,
  temporary,
} from '../../support/runner/runner.js'

const folder = mkdtempSync(join(tmpdir(), 'setup-qemu-release-'))
const [tree, again] = [join(folder, 'one', 'tree'), join(folder, 'two', 'tree')]
let tarball = ''
let installed = ''

beforeAll(async () => {
  // neither of them out of the cache
  for (const place of [tree, again]) writeFiles(place, await treeFiles({ quality: 1, cache: temporary() }))
  tarball = npmPacked(tree, join(folder, 'packed'))
  installed = npmInstalled(tarball, join(folder, 'installed'))
}, 300_000)
afterAll(() => rmSync(folder, { recursive: true, force: true }))

function sha256Of(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex')
}

/** Everything below a folder: path, mode, time of change in seconds, and of a file its bytes' hash. */
function listing(root: string): string[] {
  return readdirSync(root, { recursive: true, encoding: 'utf8' })
    .sort()
    .map((path) => {
      const status = lstatSync(join(root, path))
      const bytes = status.isFile() ? sha256Of(readFileSync(join(root, path))) : ''
      return `${status.mode.toString(8)} ${status.mtimeMs / 1000} ${path} ${bytes}`
    })
}

/** Modes and paths of a tarball's files, and their bytes' hashes. */
function tarListing(path: string): string[] {
  const into = join(folder, 'unpacked')
  mkdirSync(into)
  execFileSync('tar', ['-xpf', path, '-C', into])
  return listing(join(into, 'package')).filter((line) => line.startsWith('100'))
}

describe('a release tree', () => {
  it('has what users need, and nothing else', () => {
    const paths = readdirSync(tree, { recursive: true, encoding: 'utf8' })
    const isDist = (path: string) => /^dist\/[a-z-]+\/[\w.-]+\.js$/.test(path)
    const rest = paths.filter((path) => lstatSync(join(tree, path)).isFile() && !isDist(path))
    const docs = readdirSync('docs').map((name) => `docs/${name}`)
    const emulators = ['qemu-aarch64-11.1.3-linux-amd64.br', 'qemu-x86_64-11.1.3-linux-arm64.br']
    const licenses = ['GPL-2.0.txt', 'LGPL-2.1.txt', 'README.md', 'qemu-user.copyright']
    expect(rest.sort()).toEqual(
      [
        ...['CHANGELOG.md', 'LICENSE', 'README.md', 'action.yml', 'compare/action.yml', 'package.json', ...docs],
        ...['dist/licenses.txt', 'dist/main/problem-matcher.json', 'dist/package.json'],
        ...emulators.map((name) => `dist/emulators/${name}`),
        ...licenses.map((name) => `licenses/${name}`),
      ].sort(),
    )
    for (const path of ['action.yml', 'compare/action.yml', 'LICENSE', ...paths.filter(isDist)])
      expect(readFileSync(join(tree, path)).equals(readFileSync(path)), path).toBe(true)
  })

  it.each(['action.yml', 'compare/action.yml'])('has the programs that %s names', (path) => {
    const programs = [...readFileSync(join(tree, path), 'utf8').matchAll(/^ +(?:main|post): (\S+\.js)$/gm)]
    expect(programs.length).toBeGreaterThan(0)
    for (const [, program = ''] of programs) expect(existsSync(join(tree, dirname(path), program)), program).toBe(true)
  })

  it('has the emulators of the catalog, each for the other host', () => {
    const emulators = bundledEmulators()
    expect(emulators.map(({ binary, host, qemuVersion }) => [binary, host, qemuVersion])).toEqual([
      ['qemu-aarch64', 'amd64', '11.1.3'],
      ['qemu-x86_64', 'arm64', '11.1.3'],
    ])
    for (const emulator of emulators) {
      const bytes = brotliDecompressSync(readFileSync(join(tree, 'dist/emulators', assetName(emulator))))
      expect([bytes.length, sha256Of(bytes)]).toEqual([emulator.size, emulator.sha256])
    }
  })

  it('says under which licence the emulators are, and where their source is', () => {
    const text = (name: string) => readFileSync(join(tree, 'licenses', name), 'utf8')
    expect(text('GPL-2.0.txt')).toContain('GNU GENERAL PUBLIC LICENSE\n                       Version 2, June 1991')
    expect(text('LGPL-2.1.txt')).toContain('GNU LESSER GENERAL PUBLIC LICENSE')
    expect(text('qemu-user.copyright')).toContain('\nFiles: *\nCopyright:\n')
    const release = 'https://github.com/acme/setup-qemu/releases/tag/qemu-11.1.3%2Bds-1_bpo13%2B1'
    expect(text('README.md')).toContain(`[\`qemu-11.1.3+ds-1_bpo13+1\`](${release})`)
    expect(text('README.md')).toContain('https://snapshot.debian.org/package/qemu/1%3A11.1.3%2Bds-1~bpo13%2B1/')
    expect(text('README.md')).toMatch(/^- glibc 2\.\d\d-\S+$/m)
    for (const { sha256, package: from } of bundledEmulators())
      for (const hash of [sha256, from.sha256]) expect(text('README.md')).toContain(hash)
  })

  it('is the same twice, with modes and times', () => {
    expect(listing(tree)).toEqual(listing(again))
    const modes = Object.fromEntries(listing(tree).map((line) => [line.split(' ')[2], line.split(' ')[0]]))
    expect(modes).toMatchObject({ 'README.md': '100644', 'dist/cli/index.js': '100755', dist: '40755' })
    expect(sha256Of(readFileSync(npmPacked(again, join(folder, 'packed again'))))).toBe(sha256Of(readFileSync(tarball)))
  })

  it('is not written where something is already, and leaves nothing behind', async () => {
    const place = join(folder, 'taken')
    mkdirSync(join(place, 'full'), { recursive: true })
    writeFileSync(join(place, 'full', 'mine'), '')
    writeFileSync(join(place, 'file'), '')
    symlinkSync('nowhere', join(place, 'link'))
    const files = new Map([['a/b', { bytes: Buffer.from('x'), isExecutable: false }]])
    for (const name of ['full', 'file', 'link'])
      expect(() => writeFiles(join(place, name), files)).toThrow(/exists and is not an empty folder/)
    const impossible = new Map([...files, ['a', { bytes: Buffer.from('x'), isExecutable: false }]])
    expect(() => writeFiles(join(place, 'new'), impossible)).toThrow('EISDIR')
    expect(readdirSync(place).sort()).toEqual(['file', 'full', 'link'])
    mkdirSync(join(place, 'empty'))
    writeFiles(join(place, 'empty'), files)
    expect(readFileSync(join(place, 'empty/a/b'), 'utf8')).toBe('x')
  })

  it('is refused at once by the command, too', () => {
    const run = (...words: string[]) =>
      spawnSync(process.execPath, ['build/scripts/release-tree.js', ...words], { encoding: 'utf8', env: {} })
    expect(run(tree)).toMatchObject({ status: 1, stderr: expect.stringContaining('exists and is not an empty folder') })
    expect(run()).toMatchObject({ status: 1, stderr: expect.stringMatching(/^usage: /) })
    expect(run(join(folder, 'new'), '--repository', 'x')).toMatchObject({
      status: 1,
      stderr: expect.stringContaining('owner/name'),
    })
  })

  it('takes no link of the checkout for a file', async () => {
    const checkout = temporary()
    for (const name of ['compare', 'dist', 'docs']) mkdirSync(join(checkout, name))
    for (const name of ['action.yml', 'package.json']) writeFileSync(join(checkout, name), '{}')
    symlinkSync('/etc/passwd', join(checkout, 'dist/index.js'))
    await expect(releaseFiles({ checkout })).rejects.toThrow(/dist\/index\.js is neither a regular file nor a folder/)
  })
})

describe('the npm package', () => {
  it('is the tree, byte for byte', () => {
    const ofTree = listing(tree).filter((line) => line.startsWith('100'))
    expect(tarListing(tarball)).toEqual(ofTree)
  })

  it('has at most 1 MB beside the emulators', () => {
    const emulators = readdirSync(join(tree, 'dist/emulators'))
    const size = emulators.reduce((sum, name) => sum + lstatSync(join(tree, 'dist/emulators', name)).size, 0)
    expect(lstatSync(tarball).size - size).toBeLessThanOrEqual(1e6)
  })

  it('is all that its installation brings', () => {
    expect(readdirSync(dirname(installed)).filter((name) => !name.startsWith('.'))).toEqual(['setup-qemu'])
    expect(existsSync(join(installed, 'dist/emulators'))).toBe(true)
    expect(JSON.parse(readFileSync(join(installed, 'package.json'), 'utf8')).repository.url).toBe(
      `git+${treeRepository.server}/${treeRepository.name}.git`,
    )
  })
})

/** What is bundled for this machine. */
const platform = process.arch === 'arm64' ? 'amd64' : 'arm64'
const [bundled] = bundledEmulators().filter(({ host }) => host !== platform)

describe.each([
  ['the oldest Node', machineNode],
  ['Node 24', node24],
])('without a network, under %s', (_, node) => {
  // neither an address nor a way out: not even loopback is up
  const wrapper = ['test/support/kernel/private.sh', 'unshare', '--net']

  it('npx setup-qemu sets up the platform whose emulator is bundled', async () => {
    const lines =
      'cd "$1" && export PATH="$2:$PATH" HOME="$3" XDG_CACHE_HOME="$3" && node --version >&2 && npx setup-qemu setup "$4" --json'
    const words = [join(folder, 'installed'), dirname(node), temporary(), platform]
    const { result } = await play([shell('npx', lines, ...words)], { wrapper })
    const said = result('npx')
    expect([said.status, said.stderr]).toEqual([0, expect.stringContaining(`${versionOf(node)}\n`)])
    expect(JSON.parse(said.stdout)).toMatchObject({
      ok: true,
      targets: [{ platform: `linux/${platform}`, locator: 'bundled', bytesFetched: 0, sha256: bundled?.sha256 }],
    })
    expect(Object.keys(said.table ?? {})).toEqual([bundled?.binary])
  })

  it('the action sets up, and puts back', async () => {
    const from = (step: Step, name: string): Step => ({
      ...step,
      file: node,
      args: [join(installed, 'dist', name, 'index.js')],
    })
    const env = { RUNNER_TOOL_CACHE: temporary() }
    const steps = [from(main({ platforms: platform }, { env }), 'main'), from(post('main', { env }), 'post')]
    const { result } = await play(steps, { wrapper })
    expect([result('main').status, result('main').stdout]).toEqual([0, expect.stringContaining(bundled?.binary ?? '')])
    expect(JSON.parse(result('main').outputs.status ?? '').targets).toMatchObject([
      { platform: `linux/${platform}`, locator: 'bundled', bytesFetched: 0, sha256: bundled?.sha256 },
    ])
    expect([result('post of main').status, result('post of main').table]).toEqual([0, {}])
  })

  it('and what is not bundled is red, with the places that were tried', async () => {
    const env = { RUNNER_TOOL_CACHE: temporary(), ...noNetwork }
    const step = {
      ...main({ platforms: 'riscv64' }, { env }),
      file: node,
      args: [join(installed, 'dist/main/index.js')],
    }
    const { result } = await play([step], { wrapper })
    expect([result('main').status, result('main').table]).toEqual([1, {}])
    expect(result('main').stdout).toContain('acme/setup-qemu/releases/download')
  })
})

function versionOf(node: string): string {
  return execFileSync(node, ['--version'], { encoding: 'utf8' }).trim()
}
