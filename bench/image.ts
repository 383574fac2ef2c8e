// The part of the benchmark that sets an image read by us beside the same image pulled and run by docker, from the same registry; inside
// test/support/engines/engine.sh. Everything lies in memory, for both sides. Writes its result as JSON.
import { execFileSync, spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { hostBusybox } from '../test/e2e/vm/busybox.js'
import { imageVersion, ruleOf, startDocker, startRegistry, stopped } from '../test/support/engines/engine.js'
import { emulatorPath } from '../test/support/programs/emulators.js'
import { type Content, imageOf, indexOf, type LayerBytes, layer } from '../test/support/registry/oci-layout.js'
import { push } from '../test/support/registry/registry.js'
import { alternating, type Clocked, cpuOfAll } from './clock.js'
import { startPlace } from './place.js'
import type { Side, Times } from './series.js'
import { bytesOf, emptied, node, setUpFrom } from './set-up.js'

export interface ImageSides {
  /** Sizes of the layers, the lowest first. */
  readonly layers: readonly number[]
  /** How many executables the one that has them has. */
  readonly emulators: number
  readonly version: string
  readonly setupCold: Side
  /** The same version from a release. */
  readonly setupRelease: Side
  readonly dockerCold: Side
  readonly setupWarm: Side
  readonly dockerWarm: Side
}

// the targets are in the warm cache: there is no network in here
const [results = '', ...targets] = process.argv.slice(2)
const cli = resolve('dist/cli/index.js')
const registryPort = 5000
const name = `127.0.0.1:${registryPort}/bench/binfmt`
const cache = '/run/engine/cache'
const warmCache = '/run/engine/warm'
const platform = { os: 'linux', architecture: process.arch === 'arm64' ? 'arm64' : 'amd64' }

async function layersOfImage(): Promise<LayerBytes[]> {
  const applets = ['sh', 'mount'].map((path) => ({ path: `bin/${path}`, type: '2', link: 'busybox' }))
  const folders = ['proc/', 'sys/', 'dev/', 'tmp/'].map((path) => ({ path, type: '5' }))
  const base = [...folders, { path: 'bin/busybox', content: readFileSync(await hostBusybox()) }, ...applets]
  const emulators = await Promise.all(
    targets.map(async (target) => ({
      path: `usr/bin/qemu-${target}`,
      content: readFileSync(await emulatorPath(target, imageVersion)),
    })),
  )
  const program = { path: 'usr/bin/binfmt', content: readFileSync('test/support/engines/image-binfmt.sh') }
  return [layer(base), layer(emulators), layer([program, { path: 'rules', content: ruleOf('aarch64') }])]
}

function imageHere(layers: readonly LayerBytes[]): Content {
  const run = { Entrypoint: ['/usr/bin/binfmt'], Env: ['END_STATUS=0', 'PATH=/bin'] }
  return indexOf([platform, imageOf(layers, platform, run)])
}

function registered(): void {
  if (!existsSync('/proc/sys/fs/binfmt_misc/qemu-aarch64')) throw new Error('nothing is registered for aarch64')
}

/** What a person types; where the machine itself lacks a capability, docker cannot give it, and what is left of `--privileged` is given. */
function dockerRun(): string[] {
  const privileged = ['docker', 'run', '--rm', '--privileged', `${name}:1`, '--install', 'arm64']
  if (spawnSync('docker', privileged.slice(1), { stdio: 'ignore' }).status === 0) return privileged
  const almost = ['--cap-add', 'ALL', '--cap-drop', 'SYS_RESOURCE', '--security-opt', 'seccomp=unconfined']
  return privileged.flatMap((word) => (word === '--privileged' ? almost : [word]))
}

function setupSides(digest: string): { cold: Clocked; warm: Clocked } {
  const setup = (image: string, folder: string) => [
    node,
    cli,
    'setup',
    'arm64',
    '--image',
    image,
    '--cache-dir',
    folder,
  ]
  const cold = () => {
    emptied()
    rmSync(cache, { recursive: true, force: true })
  }
  return {
    cold: { words: setup(`${name}:1`, cache), before: cold, after: registered },
    warm: { words: setup(`${name}@${digest}`, warmCache), before: emptied, after: registered },
  }
}

function dockerSides(registry: number): { cold: Clocked; warm: Clocked } {
  const run = dockerRun()
  const elsewhere = () => cpuOfAll([process.pid, registry])
  const removed = () => {
    emptied()
    execFileSync('docker', ['rmi', '--force', `${name}:1`], { stdio: 'ignore' })
  }
  const fetched = () => {
    emptied()
    execFileSync('docker', ['pull', '--quiet', `${name}:1`], { stdio: 'ignore' })
  }
  const pullAndRun = ['bash', '-c', 'docker pull --quiet "$0" && "$@"', `${name}:1`, ...run]
  return {
    cold: { words: pullAndRun, before: removed, after: registered, elsewhere },
    warm: { words: run, before: fetched, after: registered, elsewhere },
  }
}

/** Bytes over the network of one setup. */
function bytesOfImage({ words, before }: Clocked): number {
  before?.()
  const [file = '', ...args] = words
  const text = execFileSync(file, [...args, '--json'], { encoding: 'utf8' })
  const outcome = JSON.parse(text)
  if (outcome.ok !== true) throw new Error(`the setup from the image is not proven: ${text}`)
  return outcome.targets[0].bytesFetched
}

async function main(): Promise<ImageSides> {
  const docker = await startDocker([], 'overlay2')
  const registry = await startRegistry(registryPort)
  const layers = await layersOfImage()
  const image = imageHere(layers)
  push(image, `127.0.0.1:${registryPort}`, 'bench/binfmt:1', mkdtempSync('/run/engine/layout-'))
  const ours = setupSides(image.digest)
  const theirs = dockerSides(registry.pid ?? 0)
  await using place = await startPlace({ versions: [imageVersion] })
  mkdirSync('/run/engine/release')
  const words = ['arm64', '--qemu-version', imageVersion]
  const setupRelease = setUpFrom('release', { words, folder: '/run/engine/release', place })
  const sides = {
    setupCold: ours.cold,
    setupRelease,
    dockerCold: theirs.cold,
    setupWarm: ours.warm,
    dockerWarm: theirs.warm,
  }
  const found = await alternating(sides, { atLeast: 4, atMost: 8, seconds: 60 })
  const side = (key: keyof typeof sides, label: string, bytes: number): Side => {
    return { name: label, bytes, ...(found.get(key) as Times) }
  }
  const sizes = layers.map(({ bytes }) => bytes.length)
  const result: ImageSides = {
    layers: sizes,
    emulators: targets.length,
    version: imageVersion,
    setupCold: side('setupCold', 'setup', bytesOfImage(ours.cold)),
    setupRelease: side('setupRelease', 'setup', await bytesOf(setupRelease)),
    dockerCold: side(
      'dockerCold',
      'docker',
      sizes.reduce((total, size) => total + size, 0),
    ),
    setupWarm: side('setupWarm', 'setup', bytesOfImage(ours.warm)),
    dockerWarm: side('dockerWarm', 'docker', 0),
  }
  await stopped(registry)
  await stopped(docker)
  return result
}

writeFileSync(results, JSON.stringify(await main()))
