// The sections of docs/benchmarks.md about where the bytes come from, on loopback and over a link, and what is wanted of them.
import type { Link, LinkRow } from './link.js'
import type { PlaceRow } from './places.js'
import { difference, median, ratio, type Series, type Side } from './series.js'
import type { PlaceName } from './set-up.js'
import { type Aim, head, memoryOf, row, short, sizeOf, spread, times } from './table.js'

const placeWords: Readonly<Record<PlaceName, string>> = {
  'tool-cache': 'in the tool cache',
  bundled: 'in the release itself (`dist/emulators`), the tool cache empty',
  release: 'in a release on loopback, nothing there',
  deb: 'in the package on loopback, nothing there',
}

function placeOf(rows: readonly PlaceRow[], platforms: string, locator: PlaceName): Side {
  const found = rows.find((one) => one.platforms === platforms && one.locator === locator)
  if (found === undefined) throw new Error(`${platforms} from ${locator} was not measured`)
  return found.side
}

/** What is wanted of the places on loopback. */
export function placeAims(rows: readonly PlaceRow[]): Aim[] {
  const of = (platforms: string, locator: PlaceName) => placeOf(rows, platforms, locator).seconds
  const toWarm = (platforms: string, locator: PlaceName) => ratio(of(platforms, locator), of(platforms, 'tool-cache'))
  return [
    { name: '`arm64` in the release itself, to the tool cache: time', aim: 1.3, found: toWarm('arm64', 'bundled') },
    ...['riscv64', 's390x'].map((platforms) => ({
      name: `\`${platforms}\` from a release on loopback, to the tool cache: time`,
      aim: 1.6,
      found: toWarm(platforms, 'release'),
    })),
    {
      name: '`all` to `arm64`, both from a release on loopback: time',
      aim: 4,
      found: ratio(of('all', 'release'), of('arm64', 'release')),
    },
  ]
}

/** The section about the places on loopback. */
export function placesText(rows: readonly PlaceRow[]): string {
  const of = (platforms: string, locator: PlaceName) => placeOf(rows, platforms, locator)
  const many = ratio(of('all', 'release').seconds, of('arm64', 'release').seconds)
  const lines = rows.map(({ platforms, locator, side }) =>
    row(`\`setup ${platforms}\`, ${placeWords[locator]}`, side, of(platforms, 'tool-cache')),
  )
  return `## Where the bytes come from

Each \`setup\` begins with an empty table and ends with proven entries, under node 24. A released version has arm64's emulator in it, packed by
brotli; a release of emulators has one such file for each platform; Debian's package has blocks of xz, of which those that hold the emulator are
fetched. Releases and package come from a server on loopback. \`all\` is every platform of the catalog; from a release it takes
${times(many)} times as long as \`arm64\`.

${head}
${lines.join('\n')}`
}

/** What is wanted of a release over the link. */
export function linkAims({ rows }: Link): Aim[] {
  return rows
    .filter(({ locator }) => locator === 'release')
    .map(({ platforms, side, plain }) => ({
      name: `\`${platforms}\` from a release over a link of 50 Mbit/s, beyond a plain download`,
      aim: 0.5,
      found: difference(side.seconds, plain),
      unit: ' s',
    }))
}

function linkRow({ platforms, locator, side, plain }: LinkRow, bitsPerSecond: number): string {
  const { bytes, seconds } = side
  const timed = (series: Series) => [short(median(series.rounds)), spread(series)]
  const from = locator === 'release' ? 'a release' : 'the package'
  const needed = short((bytes * 8) / bitsPerSecond)
  const cells = [`\`setup ${platforms}\` from ${from}`, sizeOf(bytes), needed, ...timed(plain), ...timed(seconds)]
  return `| ${[...cells, `${times(difference(seconds, plain))} s`, memoryOf(side)].join(' | ')} |`
}

/** The section about the link. */
export function linkText({ bitsPerSecond, roundTripSeconds, congestionControl, rows }: Link): string {
  return `## Over a link

A link of ${bitsPerSecond / 1e6} Mbit/s and a round trip of ${roundTripSeconds * 1000} ms between two network namespaces: the kernel paces
(tc-tbf), and each packet is held back for half a round trip by a process of its own, as tc-netem, which does that, is not in every kernel. The server
speaks https with a certificate of its own and sends on to another port for a release's files, as GitHub does, so that each file takes two
connections; its kernel's congestion control is ${congestionControl}. The plain download is curl with the same requests, all at once, to /dev/null, in the
same round.

| nothing there | bytes | their bits alone | plain download | spread | \`setup\` | spread | beyond the download | peak memory |
| --- | --- | --- | --- | --- | --- | --- | --- | --- |
${rows.map((one) => linkRow(one, bitsPerSecond)).join('\n')}`
}
