// `setup` as the benchmark calls it: under the runner's Node, each time with an empty table, with emulators from one kind of place.
import { execFile, execFileSync } from 'node:child_process'
import { rmSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { promisify } from 'node:util'
import type { LocatorName } from '../src/core/model/emulator.js'
import { warmCache } from '../test/support/programs/emulators.js'
import type { Clocked } from './clock.js'
import type { PlaceAddresses } from './place.js'

export const node = resolve(`node_modules/node-linux-${process.arch}/bin/node`)
const cli = resolve('dist/cli/index.js')

/** The names of the places that are compared, as the JSON has them. */
export type PlaceName = Extract<LocatorName, 'tool-cache' | 'bundled' | 'release' | 'deb'>

/** A `setup` to be timed, and the place that every emulator must come from. */
export interface SetUp extends Clocked {
  readonly locator: PlaceName
}

interface Given {
  /** Words of `setup`: platforms and options. */
  readonly words: readonly string[]
  /** An empty folder for caches and a release tree. */
  readonly folder: string
  readonly place: PlaceAddresses
}

/** Takes away what a run has registered. */
export function emptied(): void {
  execFileSync(node, [cli, 'restore', '--all'], { stdio: 'ignore' })
  writeFileSync('/proc/sys/fs/binfmt_misc/status', '-1')
}

/** `setup` with emulators from a place: all but `tool-cache` begin with an empty cache; `bundled` runs in the release tree `folder/tree`. */
export function setUpFrom(locator: PlaceName, { words, folder, place }: Given): SetUp {
  const cache = join(folder, 'cache')
  const setup = [locator === 'bundled' ? join(folder, 'tree/dist/cli/index.js') : cli, 'setup', ...words]
  if (locator === 'tool-cache') return { locator, words: [node, ...setup, '--cache-dir', warmCache], before: emptied }
  const mirror = locator === 'deb' ? ['--mirror', place.mirror] : []
  const env = locator === 'release' ? { SETUP_QEMU_RELEASES: place.releases } : {}
  return {
    locator,
    words: [node, ...setup, '--cache-dir', cache, ...mirror],
    env,
    before: () => {
      emptied()
      rmSync(cache, { recursive: true, force: true })
    },
  }
}

/** Bytes over the network of one run. Throws when an emulator is not proven, or came from another place. */
export async function bytesOf({ words, env, before, locator }: SetUp): Promise<number> {
  before?.()
  const [file = '', ...args] = words
  const { stdout } = await promisify(execFile)(file, [...args, '--json'], { env: { ...process.env, ...env } })
  const { ok, targets }: Told = JSON.parse(stdout)
  // what runs natively comes from nowhere
  if (!ok || targets.some((target) => target.locator !== locator && target.state !== 'native'))
    throw new Error(`${words.join(' ')} has not proven emulators from ${locator}: ${stdout}`)
  return targets.reduce((total, { bytesFetched }) => total + bytesFetched, 0)
}

interface Told {
  readonly ok: boolean
  readonly targets: readonly { readonly bytesFetched: number; readonly locator: string; readonly state: string }[]
}
