// Containers with some rights on engines that share one host: rootful docker and podman, and podman as an ordinary user. Inside engine.sh.
import { execFileSync } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { warmCache } from '../programs/emulators.js'
import { node24 } from '../runner/node24.js'
import { call, type Engine, prepareRootless } from './engine-call.js'
import { makePodImage, podImage } from './pod.js'

/** What containers share with the host, where an ordinary user's engine can reach it too. */
export const share = '/run/engine/share'

/** Makes what containers and an ordinary user's engine share, and that engine's storage. */
export function prepareShare(): void {
  mkdirSync(`${share}/dist`, { recursive: true })
  mkdirSync(`${share}/cache`)
  writeFileSync(`${share}/node`, '')
  for (const [from, to] of [
    [node24, 'node'],
    [resolve(process.env.SETUP_QEMU_DIST ?? 'dist'), 'dist'],
    [warmCache, 'cache'],
  ] as const)
    execFileSync('mount', ['--bind', from, `${share}/${to}`])
  prepareRootless()
}

/** Makes what containers share, and gives the image to each engine; dockerd must run. */
export async function preparePods(): Promise<void> {
  prepareShare()
  const archive = await makePodImage()
  for (const engine of ['docker', 'podman', 'rootless'] as const) {
    const { status, stderr } = call(engine, ['load', '--input', archive])
    if (status !== 0) throw new Error(`${engine} does not take the image: ${stderr}`)
  }
}

/** Options of a container with some rights. */
function optionsWith(rights: readonly string[]): string[] {
  const mounts = ['node:/usr/bin/node:ro', 'dist:/dist:ro', 'cache:/cache'].flatMap((one) => ['-v', `${share}/${one}`])
  return ['--rm', '--network', 'none', ...mounts, ...rights]
}

/** A container with some rights that carries out a shell script. */
export function inside(engine: Engine, rights: readonly string[], script: string) {
  return call(engine, ['run', ...optionsWith(rights), podImage, 'sh', '-c', script])
}

/** Starts a container with some rights that waits for steps, as the runner does for a container job. */
export function waiting(engine: Engine, name: string, rights: readonly string[]) {
  return call(engine, [
    'run',
    '--detach',
    '--name',
    name,
    ...optionsWith(rights),
    podImage,
    'busybox',
    'tail',
    '-f',
    '/dev/null',
  ])
}
