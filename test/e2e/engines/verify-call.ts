// Calls of the built command line with `verify-in`, what the engines have, and a daemon in namespaces of its own. Inside test/support/engines/engine.sh.

import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { openContainers } from '../../../src/containers/verify-in.js'
import type { EngineName } from '../../../src/core/model/engine-name.js'
import type { Platform } from '../../../src/core/model/targets.js'
import { ownerOf } from '../../../src/system/journal-file.js'
import { thisMachine } from '../../../src/system/machine.js'
import { processNumbers } from '../../../src/system/process.js'
import { stopped } from '../../support/engines/engine.js'
import { call } from '../../support/engines/engine-call.js'
import { share } from '../../support/engines/pod-engine.js'
import { silentLog, warmCache } from '../../support/programs/emulators.js'
import { node24 } from '../../support/runner/node24.js'

export const dist = resolve(process.env.SETUP_QEMU_DIST ?? 'dist')

/** The words of a call of the command line, for whoever may read where it lies. */
export function cliWords(...words: readonly string[]): [file: string, ...args: string[]] {
  const shared = existsSync(`${share}/dist/cli`)
  const [node, folder] = shared ? [`${share}/node`, `${share}/dist`] : [node24, dist]
  return [node, join(folder, 'cli/index.js'), ...words, '--json']
}

export function cli(...words: readonly string[]) {
  return called(cliWords(...words), {})
}

/** `setup` from the tests' cache, without a network. */
export function setup(
  platforms: readonly string[],
  words: readonly string[],
  env: NodeJS.ProcessEnv = {},
  wrapper: readonly string[] = [],
) {
  return called([...wrapper, ...cliWords(...setupWords(platforms, words))], env)
}

export function setupWords(platforms: readonly string[], words: readonly string[]): string[] {
  return ['setup', ...platforms, '--offline', '--cache-dir', warmCache, ...words]
}

function called([file = '', ...args]: readonly string[], env: NodeJS.ProcessEnv) {
  const { stdout, stderr, status } = spawnSync(file, args, {
    encoding: 'utf8',
    cwd: '/',
    env: { ...process.env, ...env },
  })
  try {
    return { status, stderr, ...JSON.parse(stdout) }
  } catch {
    throw new Error(`the command line said: ${stdout}${stderr}`)
  }
}

/** The proof in containers alone, as this process. */
export async function inContainers(engine: EngineName, platform: Platform, sha256: string) {
  const machine = thisMachine({ cacheFolder: warmCache, owner: ownerOf('cli', process.pid), log: silentLog })
  const containers = await openContainers([engine], machine, 'upstream')
  try {
    return await containers.prove(platform, sha256)
  } finally {
    containers.close()
  }
}

const hosts: string[] = []

/** Every image and container of every engine that answers. */
export function held(): string {
  const questions = [
    ['images', '--all', '--no-trunc', '--format', '{{.ID}} {{.Repository}}:{{.Tag}}'],
    ['ps', '--all', '--no-trunc'],
  ] as const
  const rootless = existsSync('/run/engine/rootless.conf') ? (['rootless'] as const) : []
  const answers = (['docker', 'podman', ...rootless] as const).flatMap((engine) =>
    questions.map((question) => call(engine, question).stdout),
  )
  const remote = hosts.flatMap((host) =>
    questions.map((question) => spawnSync('docker', ['--host', host, ...question], { encoding: 'utf8' }).stdout),
  )
  return [...answers, ...remote].join('\n')
}

export interface Elsewhere {
  readonly host: string
  /** Writes a line to its table. */
  register(line: string): void
  stop(): Promise<void>
}

const port = 5078
const script = `mkdir -p /run/engine "$TMPDIR" && exec dockerd --iptables=false --ip6tables=false --ip-forward=false --bridge=none --storage-driver=vfs \\
  --data-root /run/engine/elsewhere --exec-root /run/engine/exec --pidfile /run/engine/pid --host "$1" --tls=false --cgroup-parent "$ENGINE_CGROUP"`

/** A dockerd in a user namespace with a table of its own, reached over loopback. */
export async function startElsewhere(): Promise<Elsewhere> {
  const host = `tcp://127.0.0.1:${port}`
  const child = spawn('test/support/kernel/range.sh', ['bash', '-c', script, 'bash', host], {
    stdio: ['ignore', 'ignore', 'pipe'],
    // fewer ids, so that the map of its namespace differs
    env: { ...process.env, RANGE_IDS: '60000' },
  })
  let said = ''
  child.stderr.on('data', (chunk) => {
    said = (said + chunk).slice(-600)
  })
  const isReady = () => spawnSync('docker', ['--host', host, 'version'], { stdio: 'ignore' }).status === 0
  for (let tries = 0; !isReady(); tries++) {
    if (tries > 300 || child.exitCode !== null) throw new Error(`dockerd did not start: ${said}`)
    await new Promise((ready) => setTimeout(ready, 100))
  }
  hosts.push(host)
  const pid = daemonOf()
  return {
    host,
    register: (line) => writeFileSync(`/proc/${pid}/root/proc/sys/fs/binfmt_misc/register`, line),
    stop: () => end(pid, child),
  }
}

function daemonOf(): number {
  const isIt = (pid: number) => {
    try {
      const text = readFileSync(`/proc/${pid}/cmdline`, 'latin1')
      return text.startsWith('dockerd\0') && text.includes('\0/run/engine/elsewhere\0')
    } catch {
      // no process, or one that ended meanwhile
      return false
    }
  }
  const found = processNumbers().find(isIt)
  if (found === undefined) throw new Error('dockerd is not among the processes')
  return found
}

async function end(pid: number, child: ChildProcess): Promise<void> {
  hosts.pop()
  process.kill(pid, 'SIGTERM')
  await new Promise((gone) => child.once('exit', gone))
  await stopped(child)
}
