// The part of the benchmark that tells what each place of emulators costs when nothing is cached, on loopback; inside
// test/support/kernel/private.sh. Writes its result as JSON.
import { writeFileSync } from 'node:fs'
import { alternating } from './clock.js'
import { startPlace } from './place.js'
import type { Side, Times } from './series.js'
import { bytesOf, emptied, type PlaceName, setUpFrom } from './set-up.js'

/** `setup` of some platforms with emulators from one kind of place. */
export interface PlaceRow {
  readonly platforms: string
  readonly locator: PlaceName
  readonly side: Side
}

/** Where the emulators of each platform come from; the first is what the others are compared with. */
const locatorsOf: Readonly<Record<string, readonly PlaceName[]>> = {
  arm64: ['tool-cache', 'bundled', 'release', 'deb'],
  riscv64: ['tool-cache', 'release', 'deb'],
  s390x: ['tool-cache', 'release', 'deb'],
  all: ['tool-cache', 'release', 'deb'],
}

const [results = '', folder = ''] = process.argv.slice(2)

async function main(): Promise<PlaceRow[]> {
  await using place = await startPlace()
  const rows = Object.entries(locatorsOf).flatMap(([platforms, locators]) =>
    locators.map((locator) => {
      const setUp = setUpFrom(locator, { words: [platforms], folder, place })
      return { name: `${platforms} ${locator}`, platforms, locator, setUp }
    }),
  )
  const sides = Object.fromEntries(rows.map(({ name, setUp }) => [name, setUp]))
  const found = await alternating(sides, { atLeast: 4, atMost: 8, seconds: 80 })
  const told: PlaceRow[] = []
  for (const { name, platforms, locator, setUp } of rows)
    told.push({ platforms, locator, side: { name, bytes: await bytesOf(setUp), ...(found.get(name) as Times) } })
  emptied()
  return told
}

writeFileSync(results, JSON.stringify(await main()))
