// The part of the benchmark that downloads over a link of 50 Mbit/s and a round trip of 30 ms, `setup` and a plain download of the same bytes in the
// same round; inside test/support/kernel/private.sh. Writes its result as JSON.
import { execFileSync } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { alternating, type Clocked } from './clock.js'
import { type Delivery, type Place, startPlace } from './place.js'
import type { Series, Side, Times } from './series.js'
import { bytesOf, emptied, type PlaceName, type SetUp, setUpFrom } from './set-up.js'
import { shapedLink } from './shaped-link.js'

/** `setup` of some platforms over the link. */
export interface LinkRow {
  readonly platforms: string
  readonly locator: PlaceName
  readonly side: Side
  /** Seconds of a plain download of the same bytes, in the same rounds. */
  readonly plain: Series
}

export interface Link {
  readonly bitsPerSecond: number
  readonly roundTripSeconds: number
  /** How the server's kernel paces: `cubic`. */
  readonly congestionControl: string
  readonly rows: readonly LinkRow[]
}

const [results = '', folder = ''] = process.argv.slice(2)
const work = join(folder, 'link')
const bitsPerSecond = 50_000_000
const roundTripSeconds = 0.03

/** A key and a certificate for an address, as files. */
function secretsFor(address: string): readonly [key: string, certificate: string] {
  const [key, certificate] = [join(work, 'key.pem'), join(work, 'certificate.pem')]
  const curve = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes']
  const subject = ['-subj', '/CN=bench', '-addext', `subjectAltName=IP:${address}`, '-days', '2']
  execFileSync('openssl', ['req', '-x509', ...curve, '-keyout', key, '-out', certificate, ...subject], {
    stdio: 'ignore',
  })
  return [key, certificate]
}

/** curl with the same requests, all at once; ranges are shortened until they have `bytes`, as `setup` stops reading where its last executable ends. */
function plainDownload(deliveries: readonly Delivery[], bytes: number, certificate: string, file: string): string[] {
  const ranges = deliveries.map(({ range = '' }) => /^bytes=(\d+)-(\d+)$/.exec(range)?.slice(1).map(Number))
  const size = ([start = 0, last = 0]: readonly number[]) => last + 1 - start
  const asked = ranges.reduce((total, range) => total + (range === undefined ? 0 : size(range)), 0)
  const transfers = deliveries.map(({ url }, at) => {
    const range = ranges[at]
    const [start = 0] = range ?? []
    return [
      `url = "${url}"`,
      'output = /dev/null',
      `cacert = ${certificate}`,
      ...['silent', 'show-error', 'fail', 'location'],
      ...(range === undefined ? [] : [`range = ${start}-${start + Math.ceil((size(range) * bytes) / asked) - 1}`]),
    ]
  })
  writeFileSync(file, transfers.map((lines) => lines.join('\n')).join('\nnext\n'))
  return ['curl', '--parallel', '--parallel-immediate', '--config', file]
}

/** A set-up over the link, the bytes that it fetches, and the plain download of them. */
async function pairOf(
  locator: PlaceName,
  platforms: string,
  { place, client, certificate }: { place: Place; client: readonly string[]; certificate: string },
): Promise<{ bytes: number; ours: SetUp; plain: Clocked }> {
  const given = setUpFrom(locator, { words: [platforms], folder: work, place })
  const env = { ...given.env, NODE_EXTRA_CA_CERTS: certificate }
  const ours = { ...given, words: [...client, ...given.words], env }
  const before = place.deliveries.length
  const bytes = await bytesOf(ours)
  const file = join(work, `${platforms}-${locator}`)
  const words = plainDownload(place.deliveries.slice(before), bytes, certificate, file)
  return { bytes, ours, plain: { words: [...client, ...words] } }
}

async function main(): Promise<Link> {
  mkdirSync(work)
  await using link = await shapedLink(bitsPerSecond, roundTripSeconds)
  const { client, address, server } = link
  const secrets = secretsFor(address)
  await using place = await startPlace({ address, secrets, within: server })
  const pairs = new Map<string, Awaited<ReturnType<typeof pairOf>> & { platforms: string; locator: PlaceName }>()
  for (const platforms of ['arm64', 'all'])
    for (const locator of ['release', 'deb'] as const) {
      const pair = await pairOf(locator, platforms, { place, client, certificate: secrets[1] })
      pairs.set(`${platforms} ${locator}`, { ...pair, platforms, locator })
    }
  const sides = [...pairs].flatMap(([name, { ours, plain }]) => [
    [name, ours] as const,
    [`${name} plain`, plain] as const,
  ])
  const found = await alternating(Object.fromEntries(sides), { atLeast: 3, atMost: 5, seconds: 90, isWarmedUp: true })
  const times = (name: string) => found.get(name) as Times
  const rows = [...pairs].map(([name, { platforms, locator, bytes }]) => {
    return { platforms, locator, side: { name, bytes, ...times(name) }, plain: times(`${name} plain`).seconds }
  })
  emptied()
  const sysctl = [...server, 'cat', '/proc/sys/net/ipv4/tcp_congestion_control'] as const
  const congestionControl = execFileSync(sysctl[0] ?? '', sysctl.slice(1), { encoding: 'utf8' }).trim()
  return { bitsPerSecond, roundTripSeconds, congestionControl, rows }
}

writeFileSync(results, JSON.stringify(await main()))
