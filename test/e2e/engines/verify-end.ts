// Runs with `verify-in` that are ended while something of theirs is in the engine.
import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { node24 } from '../../support/runner/node24.js'
import { expectEqual } from '../check.js'
import { cliWords, dist, setup, setupWords } from './verify-call.js'

const words = ['--verify-in', 'docker']
const inDocker = (list: 'images' | 'ps', ...more: readonly string[]) =>
  spawnSync('docker', [list, '--quiet', ...more], { encoding: 'utf8' }).stdout.trim()
/** Also containers that have ended and that dockerd has not yet removed: they hold the image. */
const anyContainer = () => inDocker('ps', '--all')

/** Does something again that came too late: a run may have come to its own end before it was told to. */
async function inTime<T>(work: () => Promise<T | null>): Promise<T> {
  for (let tries = 0; tries < 10; tries++) {
    const done = await work()
    if (done !== null) return done
  }
  throw new Error('ten runs came to their own end before they were ended')
}

/** Starts a run and ends it by a signal when `docker images` or `docker ps` shows something of it; gives the signal, null when it was too late. */
async function endedWhile(list: 'images' | 'ps', signal: NodeJS.Signals): Promise<NodeJS.Signals | null> {
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
    expectEqual(await inTime(() => endedWhile(list, signal)), signal)
    expectEqual([inDocker('images'), anyContainer()], ['', ''])
    return `ended by ${signal}, and nothing was left`
  }
}

/** Ends a run by SIGKILL and gives the image that it leaves; null when it had begun to remove it. */
async function imageLeft(): Promise<string | null> {
  if ((await endedWhile('ps', 'SIGKILL')) === null) return null
  // the container ends by itself, as nobody speaks with it any more
  for (let tries = 0; tries < 600 && anyContainer() !== ''; tries++)
    await new Promise((ready) => setTimeout(ready, 100))
  expectEqual(anyContainer(), '')
  const left = spawnSync('docker', ['images', '--format', '{{.Repository}}:{{.Tag}}'], {
    encoding: 'utf8',
  }).stdout.trim()
  return left === '' ? null : left
}

export async function killed(): Promise<string> {
  const left = await inTime(imageLeft)
  const { ok, stderr } = setup(['arm64'], words)
  expectEqual([ok, stderr.includes(`${left} was left behind by a run that has ended`)], [true, true])
  return left
}

export async function swept(): Promise<string> {
  const left = await inTime(imageLeft)
  const env = { ...process.env, 'STATE_verify-in': 'docker' }
  const { stdout, status } = spawnSync(node24, [join(dist, 'post/index.js')], { encoding: 'utf8', env })
  expectEqual([status, stdout.includes(`${left} was left behind by a run that has ended`)], [0, true])
  return left
}
