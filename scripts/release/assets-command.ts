// The command line of `npm run release-assets`.
import { parseArgs } from 'node:util'
import { platformOf, type Target } from '../../src/core/model/targets.js'
import { shownAddress } from '../../src/core/request/input-values.js'
import { catalog } from '../../src/system/machine.js'
import { bringTools } from '../tools.js'
import { type AssetOptions, madeRelease } from './assets.js'
import { buildsOf } from './builds.js'

/** Where the command says what it does, and what it takes from its surroundings. */
export interface AssetCommand extends Pick<AssetOptions, 'checkout' | 'cache' | 'packedCache' | 'withSource'> {
  out(line: string): void
  error(line: string): void
}

const usage = `usage: npm run release-assets -- VERSION FOLDER [options]
  --mirror ADDRESS     a Debian mirror for packages, indexes and sources; several times for several
  --platforms LIST     only these: arm64,riscv64; to try it out
  --without-sources    no source: for machines of your own, not to be passed on or published
  --quality NUMBER     of brotli, 0 to 11 (releases: 11); a lower one is much faster, to try it out`

class UsageError extends Error {}

interface Words {
  readonly version: string
  readonly folder: string
  readonly mirrors: readonly string[]
  readonly targets: readonly Target[] | undefined
  readonly withoutSources: boolean
  readonly quality: number | undefined
}

function parsed(args: readonly string[]): Words {
  const { values, positionals } = parseArgs({
    args: [...args],
    options: {
      mirror: { type: 'string', multiple: true },
      platforms: { type: 'string' },
      'without-sources': { type: 'boolean' },
      quality: { type: 'string' },
    },
    allowPositionals: true,
  })
  const [version, folder, ...more] = positionals
  if (version === undefined || folder === undefined || more.length > 0)
    throw new UsageError('it takes a version of QEMU and a folder')
  return {
    version,
    folder,
    mirrors: (values.mirror ?? []).map(mirrorAddress),
    targets: values.platforms?.split(',').map((word) => platformOf(word).target),
    withoutSources: values['without-sources'] === true,
    quality: values.quality === undefined ? undefined : qualityOf(values.quality),
  }
}

function mirrorAddress(word: string): string {
  if (!/^https?:\/\/[^/\s]+/.test(word))
    throw new UsageError(`--mirror ${shownAddress(word)}: expected an http or https address`)
  return word.replace(/\/+$/, '')
}

function qualityOf(word: string): number {
  if (!/^(?:\d|1[01])$/.test(word)) throw new UsageError(`--quality ${word}: expected a number from 0 to 11`)
  return Number(word)
}

function wordsOrError(args: readonly string[]): Words | Error {
  try {
    return parsed(args)
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error))
  }
}

/** Makes the releases that the words ask for. The exit status: 0 they are there, 1 one could not be made, 2 the words are wrong. */
export async function releaseAssets(args: readonly string[], command: AssetCommand): Promise<0 | 1 | 2> {
  const words = wordsOrError(args)
  if (words instanceof Error) {
    command.error(`${words.message}\n${usage}`)
    return 2
  }
  try {
    await makeAll(words, command)
    return 0
  } catch (error) {
    command.error(error instanceof Error ? error.message : String(error))
    return 1
  }
}

async function makeAll(words: Words, command: AssetCommand): Promise<void> {
  const { version, folder, mirrors, targets, withoutSources, quality } = words
  const builds = buildsOf(catalog, version)
  bringTools([['xz', 'xz-utils']])
  for (const build of builds) {
    const { out, error: _, ...given } = command
    const options: AssetOptions = {
      ...given,
      mirrors,
      log: out,
      ...(withoutSources ? { withSource: () => false } : {}),
      ...(targets === undefined ? {} : { targets }),
      ...(quality === undefined ? {} : { quality }),
    }
    const { folder: place, state, manifest } = await madeRelease(build, folder, options)
    const sizes = [manifest.assets, manifest.sources].map(
      (files) => files.reduce((sum, { size }) => sum + size, 0) / 1e6,
    )
    const [emulators, sources] = sizes.map((size) => `${size.toFixed(1)} MB`)
    out(
      `${place}: ${manifest.assets.length} emulators (${emulators}), ${manifest.sources.length} source packages (${sources}); ${state === 'made' ? 'made' : 'it was there already, with the same bytes'}`,
    )
  }
}
