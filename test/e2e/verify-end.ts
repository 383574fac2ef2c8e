// Runs with `verify-in` that are ended while something of theirs is in the engine.
import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { node24 } from '../support/node24.js'
import { expectEqual } from './check.js'
import { cliWords, dist, setup, setupWords } from './verify-call.js'

const words = ['--verify-in', 'docker']
const inDocker = (list: string) => spawnSync('docker', [list, '--quiet'], { encoding: 'utf8' }).stdout.trim()

/** Starts a run and ends it by a signal when `docker images` or `docker ps` shows something of it. */
async function endedWhile(list: 'images' | 'ps', signal: NodeJS.Signals): Promise<string | null> {
  const [file, ...args] = cliWords(...setupWords(['arm64'], words))
  const child = spawn(file, args, { stdio: 'ignore' })
  const end = once(child, 'exit')
  while (child.exitCode === null && inDocker(list) === '') await new Promise((ready) => setTimeout(ready, 20))
  child.kill(signal)
  const [, by] = await end
  return by
}

export function ended(signal: NodeJS.Signals, list: 'images' | 'ps'): () => Promise<string> {
  return async () => {
    expectEqual(await endedWhile(list, signal), signal)
    expectEqual([inDocker('images'), inDocker('ps')], ['', ''])
    return `ended by ${signal}, and nothing was left`
  }
}

async function leftByKill(): Promise<string> {
  expectEqual(await endedWhile('ps', 'SIGKILL'), 'SIGKILL')
  // the container ends by itself, as nobody speaks with it any more
  for (let tries = 0; tries < 100 && inDocker('ps') !== ''; tries++)
    await new Promise((ready) => setTimeout(ready, 100))
  expectEqual([inDocker('ps'), inDocker('images') === ''], ['', false])
  return spawnSync('docker', ['images', '--format', '{{.Repository}}:{{.Tag}}'], { encoding: 'utf8' }).stdout.trim()
}

export async function killed(): Promise<string> {
  const left = await leftByKill()
  const { ok, stderr } = setup(['arm64'], words)
  expectEqual([ok, stderr.includes(`${left} was left behind by a run that has ended`)], [true, true])
  return left
}

export async function swept(): Promise<string> {
  const left = await leftByKill()
  const env = { ...process.env, 'STATE_verify-in': 'docker' }
  const { stdout, status } = spawnSync(node24, [join(dist, 'post/index.js')], { encoding: 'utf8', env })
  expectEqual([status, stdout.includes(`${left} was left behind by a run that has ended`)], [0, true])
  return left
}
