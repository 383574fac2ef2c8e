// The part of the benchmark that sets every source but the image beside an installation by apt; inside test/support/kernel/range.sh, where apt can work.
// All that is kept lies in memory, for both sides. Writes its result as JSON.
import { execFileSync } from 'node:child_process'
import { copyFileSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import type { CatalogEmulator } from '../src/core/model/catalog.js'
import { emulatorFor } from '../src/core/model/catalog.js'
import { targetNamed } from '../src/core/model/targets.js'
import { catalog } from '../src/system/machine.js'
import { type CacheService, cacheService } from '../test/support/github-cache/cache-service.js'
import { emulator, emulatorPath, warmCache } from '../test/support/programs/emulators.js'
import { alternating, type Clocked, clocked } from './clock.js'
import { type Place, startPlace } from './place.js'
import type { Side, Times } from './series.js'
import { bytesOf, emptied, node, type SetUp, setUpFrom } from './set-up.js'

export interface Sources {
  /** What `setup` fetches, in Debian's words. */
  readonly build: string
  /** What apt installs. */
  readonly candidate: string
  readonly apt: Side
  readonly unpack: Side
  readonly setups: readonly Side[]
}

const [results = '', ownApt = ''] = process.argv.slice(2)
const cli = resolve('dist/cli/index.js')
const work = '/run/bench'
const root = join(work, 'apt')
const cache = join(work, 'cache')
const packageName = 'qemu-user-static'
const aptWords = ['apt-get', 'install', '-y', '--no-install-recommends']

function aptRoot(deed: 'make' | 'drop'): void {
  execFileSync('bench/apt-root.sh', [deed, root], { stdio: ['ignore', 'ignore', 'inherit'] })
}

/** Throws when a run has ended without an entry. */
function registered(): void {
  if (!existsSync('/proc/sys/fs/binfmt_misc/qemu-aarch64')) throw new Error('nothing is registered for aarch64')
}

/** What apt would install, and the emulator of just that package; where the catalog has no such build, its default. */
function wantedHere(): { candidate: string; wanted: CatalogEmulator } {
  const policy = execFileSync('apt-cache', ['policy', packageName], { encoding: 'utf8' })
  const candidate = /Candidate: (\S+)/.exec(policy)?.[1] ?? 'none'
  const usual = emulator('aarch64')
  const found = catalog.packages.find(({ build, host }) => build === `Debian ${candidate}` && host === usual.host)
  const wanted = found && emulatorFor(catalog, found.version, usual.host, targetNamed('aarch64'))
  return { candidate, wanted: wanted?.build === found?.build ? (wanted ?? usual) : usual }
}

/** How many bytes apt would fetch. */
function bytesOfInstallation(): number {
  aptRoot('make')
  const words = [join(root, 'root'), ...aptWords, '--print-uris', packageName]
  const lines = execFileSync('chroot', words, { encoding: 'utf8' }).split('\n')
  aptRoot('drop')
  return lines.reduce((total, line) => total + Number(/^'\S+' \S+ (\d+) /.exec(line)?.[1] ?? 0), 0)
}

function aptSide(): Clocked {
  const words = `DEBIAN_FRONTEND=noninteractive ${aptWords.join(' ')} ${packageName} && /usr/lib/systemd/systemd-binfmt`
  return {
    words: ['chroot', join(root, 'root'), 'sh', '-c', words],
    before: () => {
      emptied()
      aptRoot('drop')
      aptRoot('make')
    },
    after: registered,
  }
}

/** What a person types who wants the file alone: fetch the package, unpack it. */
function unpackSide(wanted: CatalogEmulator): Clocked {
  const name = `${wanted.package.package}:${wanted.host}=${wanted.package.build.replace(/^Debian /, '')}`
  const folder = join(work, 'unpacked')
  const script = 'cd "$1" && apt-get -o APT::Sandbox::User=root download "$2" && dpkg-deb -x *.deb root'
  return {
    words: ['bash', '-c', script, 'bash', folder, name],
    env: { APT_CONFIG: ownApt },
    before: () => {
      rmSync(folder, { recursive: true, force: true })
      mkdirSync(folder)
    },
  }
}

/** The environment of a job's main step with `cache: true` and an empty tool cache. */
function jobEnv(service: CacheService, version: string): Record<string, string> {
  const folder = join(work, 'job')
  mkdirSync(folder, { recursive: true })
  const names = ['OUTPUT', 'ENV', 'PATH', 'STATE', 'STEP_SUMMARY']
  for (const name of names) writeFileSync(join(folder, name), '')
  const files = names.map((name) => [`GITHUB_${name}`, join(folder, name)])
  const inputs = { INPUT_PLATFORMS: 'arm64', 'INPUT_QEMU-VERSION': version, INPUT_CACHE: 'true' }
  const runner = { RUNNER_TEMP: folder, RUNNER_TOOL_CACHE: join(folder, 'tools') }
  return { ...Object.fromEntries(files), ...inputs, ...runner, ...service.env, APT_CONFIG: ownApt }
}

/** A job that fetches and leaves the emulator in the GitHub cache; then what the next one does, on a machine of its own. */
async function gitHubCacheSide(service: CacheService, version: string): Promise<Clocked> {
  const env = jobEnv(service, version)
  await clocked({ words: [node, resolve('dist/main/index.js')], env })
  const state = readFileSync(env.GITHUB_STATE ?? '', 'utf8')
  const blocks = [...state.matchAll(/^([^=\n]+?)<<(.+)\n([\s\S]*?)\n?\2$/gm)]
  const saved = Object.fromEntries(blocks.map(([, name, , value = '']) => [`STATE_${name}`, value]))
  await clocked({ words: [node, resolve('dist/post/index.js')], env: { ...env, ...saved } })
  if (service.entries.length === 0) throw new Error('the post step has kept nothing in the GitHub cache')
  const before = () => {
    emptied()
    rmSync(env.RUNNER_TOOL_CACHE ?? '', { recursive: true, force: true })
    jobEnv(service, version)
  }
  return { words: [node, resolve('dist/main/index.js')], env, before }
}

/** The setups, by name: each ends with the proof, or the run fails. */
async function setupSides(
  wanted: CatalogEmulator,
  service: CacheService,
  place: Place,
): Promise<Record<string, Clocked | SetUp>> {
  const version = wanted.qemuVersion
  const file = join(work, 'own', 'qemu-aarch64-static')
  mkdirSync(join(work, 'own'))
  copyFileSync(await emulatorPath('aarch64', version), file)
  const setup = (...options: string[]) => [node, cli, 'setup', 'arm64', ...options]
  const catalogued = (folder: string) => setup('--qemu-version', version, '--cache-dir', folder)
  const env = { APT_CONFIG: ownApt }
  const before = emptied
  return {
    'release, nothing there': setUpFrom('release', {
      words: ['arm64', '--qemu-version', version],
      folder: work,
      place,
    }),
    'catalog, nothing there': {
      words: catalogued(cache),
      env,
      before: () => {
        emptied()
        rmSync(cache, { recursive: true, force: true })
      },
    },
    'GitHub cache': await gitHubCacheSide(service, version),
    'catalog, in the tool cache': { words: catalogued(warmCache), before },
    path: { words: setup('--path', file), before },
    host: { words: setup('--qemu-version', 'host'), env: { PATH: `${join(work, 'own')}:${process.env.PATH}` }, before },
  }
}

/** Bytes over the network of each setup. */
async function bytesOfSide(name: string, side: Clocked | SetUp, service: CacheService): Promise<number> {
  if ('locator' in side) return await bytesOf(side)
  const { words, env, before } = side
  if (name === 'GitHub cache') return service.entries[0]?.bytes?.length ?? Number.NaN
  before?.()
  const [file = '', ...args] = words
  const text = execFileSync(file, [...args, '--json'], { encoding: 'utf8', env: { ...process.env, ...env } })
  const outcome = JSON.parse(text)
  if (outcome.ok !== true) throw new Error(`${name} is not proven: ${text}`)
  return outcome.targets[0].bytesFetched
}

async function main(): Promise<Sources> {
  mkdirSync(work)
  const { candidate, wanted } = wantedHere()
  await using service = await cacheService()
  await using place = await startPlace({ versions: [wanted.qemuVersion] })
  const setups = await setupSides(wanted, service, place)
  const apt = aptSide()
  const unpack = unpackSide(wanted)
  const found = await alternating({ apt, unpack, ...setups }, { atLeast: 3, atMost: 6, seconds: 60 })
  aptRoot('drop')
  const side = (name: string, bytes: number): Side => ({ name, bytes, ...(found.get(name) as Times) })
  const sides: Side[] = []
  for (const [name, one] of Object.entries(setups)) sides.push(side(name, await bytesOfSide(name, one, service)))
  return {
    build: wanted.build,
    candidate,
    apt: side('apt', bytesOfInstallation()),
    unpack: side('unpack', wanted.package.size),
    setups: sides,
  }
}

writeFileSync(results, JSON.stringify(await main()))
