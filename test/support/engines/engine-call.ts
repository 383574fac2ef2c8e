// How the engines of engine.sh are called: rootful docker and podman, and podman as an ordinary user with storage of its own.
import { spawnSync } from 'node:child_process'
import { chownSync, mkdirSync, writeFileSync } from 'node:fs'
import { podUser } from './pod.js'

export type Engine = 'docker' | 'podman' | 'rootless'

/** A program with its arguments and, where it differs from ours, its environment. */
export interface Command {
  readonly file: string
  readonly args: readonly string[]
  readonly env?: NodeJS.ProcessEnv
}

const rootlessFolder = '/run/engine/rootless'

/** Makes the ordinary user's storage; to be done once. */
export function prepareRootless(): void {
  mkdirSync(rootlessFolder)
  chownSync(rootlessFolder, podUser, podUser)
  const storage = { driver: 'vfs', graphroot: `${rootlessFolder}/graph`, runroot: `${rootlessFolder}/run` }
  const lines = Object.entries(storage).map(([name, value]) => `${name} = "${value}"\n`)
  const options = '[storage.options.vfs]\nignore_chown_errors = "true"\n'
  writeFileSync('/run/engine/rootless.conf', `[storage]\n${lines.join('')}${options}`)
}

/** The environment of an ordinary user with podman. */
export function rootlessEnvironment(): NodeJS.ProcessEnv {
  return {
    ...process.env,
    HOME: rootlessFolder,
    // where names are looked up, podman asks the accounts for the home of root, whom it takes itself for
    XDG_CACHE_HOME: `${rootlessFolder}/cache`,
    XDG_RUNTIME_DIR: rootlessFolder,
    CONTAINERS_STORAGE_CONF: '/run/engine/rootless.conf',
  }
}

/** What makes a program an ordinary user's. */
export const asPodUser = ['setpriv', '--reuid', String(podUser), '--regid', String(podUser), '--clear-groups'] as const

/** An engine's command line; to be called in `/`, where every user may be. */
export function engineCommand(engine: Engine, words: readonly string[]): Command {
  if (engine !== 'rootless') return { file: engine, args: words }
  const [file, ...user] = asPodUser
  return { file, args: [...user, 'podman', ...words], env: rootlessEnvironment() }
}

/** Calls an engine. */
export function call(engine: Engine, words: readonly string[]) {
  const { file, args, env = process.env } = engineCommand(engine, words)
  return spawnSync(file, args, { encoding: 'utf8', cwd: '/', env })
}
