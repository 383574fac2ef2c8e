// The part of the benchmark that sets ten platforms beside one, from a server on loopback and from the cache; inside test/support/kernel/private.sh.
// Writes its result as JSON.
import { execFile } from 'node:child_process'
import { rmSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { promisify } from 'node:util'
import { serve, withRanges } from '../test/support/archive/archive.js'
import { emulator, tenPlatforms, warmCache } from '../test/support/programs/emulators.js'
import { wholePackage } from '../test/support/programs/package.js'
import { alternating, type Clocked } from './clock.js'
import type { Side, Times } from './series.js'
import { emptied, node } from './set-up.js'

export interface Many {
  readonly build: string
  readonly platforms: number
  readonly oneCold: Side
  readonly allCold: Side
  readonly oneWarm: Side
  readonly allWarm: Side
}

const [results = '', folder = ''] = process.argv.slice(2)
const cli = resolve('dist/cli/index.js')
const cache = join(folder, 'cache')

function cold(platforms: readonly string[], mirror: string): Clocked {
  const words = [node, cli, 'setup', ...platforms, '--mirror', mirror, '--cache-dir', cache]
  const before = () => {
    emptied()
    rmSync(cache, { recursive: true, force: true })
  }
  return { words, env: { no_proxy: '127.0.0.1' }, before }
}

function warm(platforms: readonly string[]): Clocked {
  return { words: [node, cli, 'setup', ...platforms, '--cache-dir', warmCache], before: emptied }
}

/** Bytes over the network of one set-up. */
async function bytesOf({ words: [file = '', ...args], env, before }: Clocked): Promise<number> {
  before?.()
  const { stdout } = await promisify(execFile)(file, [...args, '--json'], { env: { ...process.env, ...env } })
  const targets: { bytesFetched: number }[] = JSON.parse(stdout).targets
  return targets.reduce((total, { bytesFetched }) => total + bytesFetched, 0)
}

async function main(): Promise<Many> {
  const one = emulator('aarch64')
  await using server = await serve(await wholePackage(one), withRanges)
  const clocked = {
    oneCold: cold(['arm64'], server.base),
    allCold: cold(tenPlatforms, server.base),
    oneWarm: warm(['arm64']),
    allWarm: warm(tenPlatforms),
  }
  const found = await alternating(clocked, { atLeast: 3, atMost: 6, seconds: 40 })
  const side = async (name: keyof typeof clocked): Promise<Side> => {
    return { name, bytes: await bytesOf(clocked[name]), ...(found.get(name) as Times) }
  }
  const sides = { oneCold: await side('oneCold'), allCold: await side('allCold') }
  const result = { ...sides, oneWarm: await side('oneWarm'), allWarm: await side('allWarm') }
  emptied()
  return { build: one.build, platforms: tenPlatforms.length, ...result }
}

writeFileSync(results, JSON.stringify(await main()))
