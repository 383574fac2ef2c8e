// A private dockerd, a private registry, and images that register emulators in the two ways of the field; all inside engine.sh.
import { type ChildProcess, execFileSync, spawn, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { once } from 'node:events'
import {
  chmodSync,
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { bringTools, type Tool } from '../../../scripts/tools.js'
import { targetNamed } from '../../../src/core/model/targets.js'
import { hostBusybox } from '../../e2e/vm/busybox.js'
import { emulatorPath } from '../programs/emulators.js'

/** QEMU in the images, and the targets that they usually have. */
export const imageVersion = '7.2.22'
export const imageTargets = ['aarch64', 'riscv64', 's390x', 'arm'] as const
/** Of two rules that do not tell their programs apart the later one counts. */
export const alikeTargets = ['mips', 'mipsn32'] as const

/** What engine.sh and this file call. */
const engineTools: readonly Tool[] = [
  ['dockerd', 'docker.io'],
  ['runc', 'runc'],
  ['podman', 'podman'],
  ['docker-registry', 'docker-registry'],
  ['ip', 'iproute2'],
  ['setpriv', 'util-linux'],
  ['sudo', 'sudo'],
]

/** Brings what engine.sh and the images made here are made with: inside there is no network. */
export async function bringEngines(): Promise<void> {
  bringTools(engineTools)
  await hostBusybox()
}

const dockerSocket = '/run/docker.sock'

/** Starts a process and waits until `ready` says so; its output goes to a file below /run. */
async function started(
  name: string,
  file: string,
  args: readonly string[],
  ready: () => boolean,
): Promise<ChildProcess> {
  const log = openSync(`/run/engine/${name}.log`, 'w')
  const child = spawn(file, args, { stdio: ['ignore', log, log] })
  for (let tries = 0; tries < 300; tries++) {
    if (ready()) return child
    if (child.exitCode !== null) break
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
  throw new Error(`${name} did not start: ${readFileSync(`/run/engine/${name}.log`, 'utf8').slice(-600)}`)
}

/** A dockerd of our own; `wrapper` is a program with arguments to start it by. vfs works everywhere, overlay2 is what people use. */
export function startDocker(
  wrapper: readonly string[] = [],
  storage: 'vfs' | 'overlay2' = 'vfs',
): Promise<ChildProcess> {
  const data = mkdtempSync('/run/engine/docker-')
  const [file = '', ...args] = [
    ...wrapper,
    'dockerd',
    ...['--iptables=false', '--ip6tables=false', '--bridge=none', `--storage-driver=${storage}`],
    ...['--data-root', data, '--exec-root', '/run/engine/exec', '--pidfile', '/run/engine/docker.pid'],
    ...['--host', `unix://${dockerSocket}`, '--cgroup-parent', process.env.ENGINE_CGROUP ?? ''],
  ]
  return started('dockerd', file, args, () => spawnSync('docker', ['version'], { stdio: 'ignore' }).status === 0)
}

/** Debian's registry on loopback, empty. */
export function startRegistry(port: number): Promise<ChildProcess> {
  const storage = { filesystem: { rootdirectory: '/run/engine/registry' } }
  writeFileSync(
    '/run/engine/registry.yml',
    JSON.stringify({ version: 0.1, storage, http: { addr: `127.0.0.1:${port}` } }),
  )
  const ready = () =>
    spawnSync('bash', ['-c', 'exec 3<>"/dev/tcp/127.0.0.1/$1"', 'bash', String(port)], { stdio: 'ignore' }).status === 0
  return started('registry', 'docker-registry', ['serve', '/run/engine/registry.yml'], ready)
}

export async function stopped(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const ended = once(child, 'exit')
  child.kill('SIGTERM')
  await ended
}

export interface ImageShape {
  /** `register`: multiarch's command line; `binfmt`: tonistiigi's; anything else is a program that does neither. */
  readonly program: 'register' | 'binfmt' | 'other'
  /** What it does in the end: exit status, or seconds to wait before that. */
  readonly status?: number
  readonly wait?: number
  /** The emulators in it, and their version. */
  readonly targets?: readonly string[]
  readonly version?: string
}

/** Makes an image as an archive that every engine can load; returns the archive's path. */
export async function makeImage(name: string, shape: ImageShape): Promise<string> {
  const work = mkdtempSync('/run/engine/image-')
  const config = await fillImage(join(work, 'root'), shape)
  const archive = `/run/engine/${name}.tar`
  pack(work, `${name}:1`, config, archive)
  rmSync(work, { recursive: true })
  return archive
}

/** Fills a folder with what is in an image. Returns the image's configuration. */
export async function fillImage(root: string, shape: ImageShape) {
  const { program, status = 0, wait = 0, targets = imageTargets, version = imageVersion } = shape
  for (const folder of ['bin', 'usr/bin', 'proc', 'sys', 'dev', 'tmp'])
    mkdirSync(join(root, folder), { recursive: true })
  copyFileSync(await hostBusybox(), join(root, 'bin/busybox'))
  for (const applet of ['sh', 'mount', 'sleep', 'rm', 'grep', 'sed']) symlinkSync('busybox', join(root, 'bin', applet))
  const suffix = program === 'register' ? '-static' : ''
  for (const target of targets)
    copyFileSync(await emulatorPath(target, version), join(root, 'usr/bin', `qemu-${target}${suffix}`))
  // tonistiigi's has a rule for all that it has a word for, multiarch's here for what is in the image
  const rules = program === 'register' ? targets : binfmtTargets
  writeFileSync(join(root, 'rules'), rules.map(ruleOf).join(''))
  const entrypoint = { register: '/register', binfmt: '/usr/bin/binfmt', other: '/bin/true' }[program]
  if (program !== 'other') {
    copyFileSync(`test/support/engines/image-${program}.sh`, join(root, entrypoint))
    chmodSync(join(root, entrypoint), 0o755)
  }
  const ends = [`END_STATUS=${status}`, `END_WAIT=${wait}`]
  return { Entrypoint: [entrypoint], Env: [...ends, 'PATH=/bin', 'QEMU_PRESERVE_ARGV0=1'] }
}

/** What tonistiigi/binfmt has a word for. */
const binfmtTargets = 'x86_64 aarch64 arm s390x ppc64le riscv64 i386 mips64el mips64 loongarch64'.split(' ')

/** The rule for both MIPS targets in the scripts/qemu-binfmt-conf.sh of QEMU that multiarch/qemu-user-static pins; it does not look at e_flags. */
const alikeRule = {
  magic: '7f454c4601020100000000000000000000020008',
  mask: 'ffffffffffffff00fffffffffffffffffffeffff',
}

/** A line of the file /rules in the images. */
export function ruleOf(target: string): string {
  const isAlike = (alikeTargets as readonly string[]).includes(target)
  const { magic, mask } = isAlike ? alikeRule : targetNamed(target)
  const escaped = (hex: string) => hex.replace(/../g, '\\x$&')
  return `${target} ${escaped(magic)} ${escaped(mask)}\n`
}

/** The format of `docker save`: a manifest, a configuration and one layer. */
export function pack(work: string, name: string, config: object, archive: string): void {
  execFileSync('tar', ['-C', join(work, 'root'), '-cf', join(work, 'layer.tar'), '.'])
  const diff = createHash('sha256')
    .update(readFileSync(join(work, 'layer.tar')))
    .digest('hex')
  const architecture = process.arch === 'arm64' ? 'arm64' : 'amd64'
  const rootfs = { type: 'layers', diff_ids: [`sha256:${diff}`] }
  const image = {
    architecture,
    os: 'linux',
    config,
    rootfs,
    created: '2026-01-01T00:00:00Z',
    history: [{ created: '2026-01-01T00:00:00Z' }],
  }
  writeFileSync(join(work, 'config.json'), JSON.stringify(image))
  const manifest = [{ Config: 'config.json', RepoTags: [name], Layers: ['layer.tar'] }]
  writeFileSync(join(work, 'manifest.json'), JSON.stringify(manifest))
  execFileSync('tar', ['-C', work, '-cf', archive, 'manifest.json', 'config.json', 'layer.tar'])
}
