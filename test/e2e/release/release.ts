// A release as users get it, on a machine like a hosted runner: its apt is not Debian's, and Debian's snapshot archive answers 429. What is bundled needs no
// network, another platform comes from the release of emulators, and npx fetches one file. Runs inside test/support/kernel/alone.sh.
import { execFileSync, spawn, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { brotliDecompressSync } from 'node:zlib'
import { bundledEmulators } from '../../../scripts/release/tree.js'
import { assetName } from '../../../src/core/sources/release.js'
import { blocksOf } from '../../support/docs/markdown.js'
import { sumsProgram } from '../../support/programs/arm64-program.js'
import { node24 } from '../../support/runner/node24.js'
import { checker, expectEqual } from '../check.js'
import { playWorkflow } from '../printed/workflow-player.js'
import { hostNames, registryName } from './release-material.js'

const [results = '', folder = '', tarball = ''] = process.argv.slice(2)
const check = checker(results)
const tree = join(folder, 'tree')
const program = join(folder, 'test-arm64')
const seenFile = join(folder, 'seen')

writeFileSync(program, sumsProgram(), { mode: 0o755 })
writeFileSync(join(folder, 'os-release'), 'NAME="Ubuntu"\nID=ubuntu\nID_LIKE=debian\nVERSION_ID="24.04"\n')
writeFileSync(join(folder, 'hosts'), ['localhost', ...hostNames].map((name) => `127.0.0.1 ${name}\n`).join(''))
for (const name of ['os-release', 'hosts']) execFileSync('mount', ['--bind', join(folder, name), `/etc/${name}`])

/** A request that a server got. */
interface Seen {
  readonly host: string
  readonly path: string
  readonly status: number
}

function seen(): Seen[] {
  if (!existsSync(seenFile)) return []
  const lines = readFileSync(seenFile, 'utf8').split('\n')
  return lines.flatMap((line) => (line === '' ? [] : [JSON.parse(line) as Seen]))
}

/** The environment of a new runner: nothing in its tool cache, and the certificate of the servers is trusted. */
function environment(): Record<string, string> {
  const own = mkdtempSync(join(folder, 'runner-'))
  for (const name of ['temp', 'tools', 'home']) mkdirSync(join(own, name))
  return {
    PATH: process.env.PATH ?? '',
    HOME: join(own, 'home'),
    XDG_CACHE_HOME: join(own, 'home/.cache'),
    RUNNER_TEMP: join(own, 'temp'),
    RUNNER_TOOL_CACHE: join(own, 'tools'),
    NODE_EXTRA_CA_CERTS: join(folder, 'cert'),
    npm_config_registry: `https://${registryName}/`,
    GITHUB_ACTIONS: 'true',
    GITHUB_SERVER_URL: 'https://github.com',
    GITHUB_ACTION_REPOSITORY: 'acme/setup-qemu',
    GITHUB_ACTION_REF: 'v0',
  }
}

/** The first example of the release's README, with other inputs, and lines in place of those that need docker. */
function example(platform: string, lines: string, inputs: Readonly<Record<string, string>> = {}) {
  const [block] = blocksOf('README.md', readFileSync(join(tree, 'README.md'), 'utf8'))
  const text = (block?.text ?? '')
    .replace(/^( +)- run: docker .*$/m, `$1- run: ${lines}`)
    .replace(/platforms: \S+/, `platforms: ${platform}`)
    .replace(/^( +)- uses: .*$/m, '$&\n$1  id: qemu')
  const status = `      - run: printf '%s\\n' "$STATUS"\n        env:\n          STATUS: \${{ steps.qemu.outputs.status }}\n`
  const before = seen().length
  const played = playWorkflow(`${text}\n${status}`, {
    node: node24,
    workspace: tree,
    env: environment(),
    wrap: (file, args) => [file, ...args],
    actions: {},
    inputs,
    vars: {},
  })
  return { ...played, asked: seen().slice(before) }
}

/** What a green set-up says of its one platform, in the JSON that a step printed. */
function target({ status, log }: { readonly status: number; readonly log: string }): Record<string, unknown> {
  if (status !== 0) throw new Error(`it ended with ${status}: ${log.slice(-2500)}`)
  const line = log.split('\n').find((one) => one.startsWith('{"ok":true'))
  if (line === undefined) throw new Error(`no step printed the status: ${log.slice(-2500)}`)
  return JSON.parse(line).targets[0]
}

await check('the npm package has at most 8 MB, and 1 MB beside the emulators', () => {
  const emulators = readdirSync(join(tree, 'dist/emulators')).map(
    (name) => statSync(join(tree, 'dist/emulators', name)).size,
  )
  const [whole, packed] = [statSync(tarball).size, emulators.reduce((sum, size) => sum + size)]
  const said = `${(whole / 1e6).toFixed(2)} MB, of which emulators ${emulators.map((size) => (size / 1e6).toFixed(2)).join(' and ')} MB`
  if (whole > 8e6 || whole - packed > 1e6) throw new Error(said)
  return said
})

await check('a release has the emulators of the catalog, for hosts of both kinds', () => {
  for (const one of bundledEmulators()) {
    const bytes = brotliDecompressSync(readFileSync(join(tree, 'dist/emulators', assetName(one))))
    expectEqual(createHash('sha256').update(bytes).digest('hex'), one.sha256)
  }
  return bundledEmulators().map(assetName).join(', ')
})

await check('arm64 is green without a network, where apt is not Debian’s', () => {
  const { asked, ...played } = example('arm64', program)
  expectEqual(asked, [])
  const { locator, bytesFetched, qemuVersion } = target(played)
  expectEqual([locator, bytesFetched], ['bundled', 0])
  return `QEMU ${qemuVersion}, ${locator}`
})

const internet = spawn(process.execPath, ['build/test/e2e/release/internet.js', folder, tarball, seenFile], {
  stdio: ['ignore', 'pipe', 'inherit'],
})
await once(internet.stdout, 'data')

await check('arm64 asks nobody where there is a network', () => {
  const { asked, ...played } = example('arm64', program)
  expectEqual([target(played).locator, asked], ['bundled', []])
  return 'no request'
})

await check('riscv64 comes from the release, and the snapshot archive is not asked', () => {
  const { asked, ...played } = example('riscv64', 'true')
  expectEqual(target(played).locator, 'release')
  expectEqual(
    asked.map(({ host, status }) => `${host} ${status}`),
    ['github.com 302', 'release-assets.githubusercontent.com 200'],
  )
  return asked[0]?.path ?? ''
})

await check('what no release has is red: 404 there, 429 from the snapshot archive, and apt is not asked', () => {
  const { status, log, asked } = example('arm64', 'true', { 'qemu-version': '7.2.22' })
  if (status === 0) throw new Error('it is green')
  const answers = [...new Set(asked.map((one) => `${one.host} ${one.status}`))]
  expectEqual(answers, ['github.com 404', 'snapshot.debian.org 429'])
  for (const words of ['answered 404', 'answered 429'])
    if (!log.includes(words)) throw new Error(`${words}: ${log.slice(-2500)}`)
  if (/\/\/(?!snapshot\.debian\.org)[^/\s]+\S*\/pool\//.test(log)) throw new Error(`apt was asked: ${log.slice(-2500)}`)
  return answers.join(', ')
})

await check('npx setup-qemu setup arm64 fetches the package and nothing else', () => {
  const { GITHUB_ACTIONS: _, ...env } = environment()
  const before = seen().length
  const call = ['--yes', 'setup-qemu', 'setup', 'arm64', '--json', '--quiet']
  const { status, stdout, stderr } = spawnSync('npx', call, { cwd: folder, env, encoding: 'utf8' })
  if (status !== 0) throw new Error(`it ended with ${status}: ${stdout}${stderr}`)
  const { locator, sha256 } = JSON.parse(stdout).targets[0]
  expectEqual([locator, sha256], ['bundled', bundledEmulators()[0].sha256])
  const asked = seen().slice(before)
  expectEqual([...new Set(asked.map(({ host }) => host))], [registryName])
  expectEqual(asked.filter(({ path }) => path.endsWith('.tgz')).length, 1)
  const restored = spawnSync('npx', ['--offline', 'setup-qemu', 'restore'], { cwd: folder, env, encoding: 'utf8' })
  expectEqual(restored.status, 0)
  return asked.map(({ path }) => path).join(', ')
})

internet.kill()
