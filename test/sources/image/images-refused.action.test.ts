// Images and registries that must not be green, through the built action and command line: each with its code, with nothing registered, nothing
// half-written in the cache, and the password told nowhere. A registry that is silent is left to the system tests: its limit is 30 seconds.
import { readdirSync, readFileSync } from 'node:fs'
import { beforeAll, describe, expect, it } from 'vitest'
import { emulatorPath } from '../../support/programs/emulators.js'
import { emulatorImage, host, imageVersion, otherHost } from '../../support/registry/emulator-image.js'
import { type Content, digestOf, elf, executable, imageOf, indexOf, layer } from '../../support/registry/oci-layout.js'
import { type Hook, type Seen, serveImages, status } from '../../support/registry/registry.js'
import type { Member } from '../../support/registry/tar.js'
import {
  annotations,
  cli,
  halfWritten,
  main,
  noNetwork,
  play,
  post,
  readable,
  shell,
  temporary,
} from '../../support/runner/runner.js'

const password = 'very-secret-words'
const platform = { os: 'linux', architecture: host }

let real: Content
let aarch64: Buffer
beforeAll(async () => {
  real = await emulatorImage(['aarch64'])
  aarch64 = readFileSync(await emulatorPath('aarch64', imageVersion))
})

/** An image for this host with one layer of these members. */
const holding = (...members: Member[]) => imageOf([layer(members)], platform)

/** The largest blob: the layer with the emulator. */
function theLayer(): [digest: string, bytes: Buffer] {
  return [...real.blobs].reduce((one, other) => (other[1].length > one[1].length ? other : one))
}
const isLayer = ({ url }: Seen) => url.endsWith(theLayer()[0])

const wrongDigest: Hook = (request, response) => {
  if (!isLayer(request)) return false
  // gzip's time stamp: all unpacks well, so the whole executable is on the disk when the digest is known to be wrong
  const bytes = Buffer.from(theLayer()[1])
  bytes.writeUInt8(bytes.readUInt8(4) ^ 1, 4)
  response.end(bytes)
  return true
}
const cutShort: Hook = (request, response) => {
  if (!isLayer(request)) return false
  response.writeHead(200, { 'transfer-encoding': 'chunked' }).end(theLayer()[1].subarray(0, 100_000))
  return true
}

interface Bad {
  readonly code: string
  readonly text: RegExp
  readonly image?: () => Content
  readonly hook?: Hook
  readonly reference?: string
  readonly platforms?: string
  readonly inputs?: Record<string, string>
}

/** A run of both faces against a registry: none may be green, change anything, or tell the password. */
async function refused({ code, text, image = () => real, hook, reference, platforms = 'arm64', inputs = {} }: Bad) {
  await using registry = await serveImages({ t: image() }, hook)
  const [cache, other] = [temporary(), temporary()]
  const named = reference ?? `${registry.host}/a/b:t`
  const words = Object.entries(inputs).flatMap(([name, value]) => [`--${name}`, value])
  const login = { SETUP_QEMU_REGISTRY_USERNAME: 'me', SETUP_QEMU_REGISTRY_PASSWORD: password }
  const { result } = await play([
    main(
      { platforms, image: named, 'registry-username': 'me', 'registry-password': password, ...inputs },
      { env: { ...noNetwork, RUNNER_TOOL_CACHE: cache } },
    ),
    post(),
    cli('cli', ['setup', platforms, '--image', named, '--json', '--verbose', '--cache-dir', other, ...words], {
      ...noNetwork,
      ...login,
    }),
  ])
  const [error] = annotations('error', result('main'))
  expect(error?.text).toMatch(text)
  expect(error?.text).toMatch(new RegExp(`\nTo do: .+\nSee: \\S*docs/troubleshooting.md#${code}$`))
  for (const name of ['main', 'post of main', 'cli']) {
    expect(result(name)).toMatchObject({ table: {}, journals: [] })
    expect(readable(result(name))).not.toContain(password)
  }
  expect(result('main').status).toBe(1)
  const told = JSON.parse(result('cli').stdout)
  const findings = told.targets?.flatMap((target: { findings: object[] }) => target.findings)
  expect(told.error ?? findings[0]).toMatchObject({ code })
  for (const folder of [cache, other]) {
    expect(halfWritten(folder)).toEqual([])
    // what failed as a whole has left no executable, as little as a part of one
    if (told.error !== undefined) expect(readdirSync(folder, { recursive: true }).join()).not.toContain('qemu-aarch64')
  }
  return { result, told }
}

const bad: readonly (readonly [string, Bad])[] = [
  ['a reference that does not parse', { code: 'invalid-image', text: /no image reference/, reference: 'Team/B@x' }],
  ['401', { code: 'image-denied', text: /answered 401/, hook: status(401) }],
  ['403', { code: 'image-denied', text: /answered 403/, hook: status(403) }],
  ['404', { code: 'image-not-found', text: /answered 404/, hook: status(404) }],
  [
    '429 that asks for an hour',
    { code: 'image-unreachable', text: /wait 3600 s/, hook: status(429, { 'retry-after': '3600' }) },
  ],
  ['500 each time', { code: 'image-unreachable', text: /answered 500 .*\(tried 3 times\)/, hook: status(500) }],
  ['HTML', { code: 'image-damaged', text: /answered "<html>no<\/html>"/, hook: status(200) }],
  ['a layer with another byte', { code: 'image-damaged', text: /digest sha256:\w+, expected/, hook: wrongDigest }],
  ['a layer cut short', { code: 'image-damaged', text: /ended after \d+ of \d+ bytes/, hook: cutShort }],
  [
    'other platforms only',
    {
      code: 'image-other-platform',
      text: new RegExp(`not for linux/${host}; it has linux/${otherHost}`),
      image: () => {
        const other = { os: 'linux', architecture: otherHost }
        return indexOf([other, imageOf([layer([{ path: 'qemu-aarch64', content: aarch64 }])], other)])
      },
    },
  ],
  [
    'a layer that leads out of the image',
    {
      code: 'image-refused',
      text: /leads out of it/,
      image: () => holding({ path: '../../usr/bin/qemu-aarch64', content: aarch64 }),
    },
  ],
  [
    'a device of the wanted name',
    { code: 'image-refused', text: /is a device/, image: () => holding({ path: 'usr/bin/qemu-aarch64', type: '4' }) },
  ],
  [
    'a dynamic executable',
    {
      code: 'emulator-unusable',
      text: /is not static: it names an interpreter/,
      image: () =>
        holding({ path: 'qemu-aarch64', content: elf({ machine: host === 'amd64' ? 62 : 183, segments: [3] }) }),
    },
  ],
  [
    'no emulator for the platform',
    { code: 'emulator-missing', text: /has no file qemu-aarch64/, image: () => holding({ path: 'x' }) },
  ],
  [
    'a wrong sha256',
    { code: 'emulator-unusable', text: /has the SHA-256 \w+, expected 0{64}/, inputs: { sha256: '0'.repeat(64) } },
  ],
  [
    'a wrong sha256 for all platforms',
    { code: 'emulator-unusable', text: /expected 0{64}/, platforms: 'all', inputs: { sha256: '0'.repeat(64) } },
  ],
  [
    'platforms: all and none of them in the image',
    {
      code: 'emulator-missing',
      text: /has no emulator: none of the files qemu-/,
      image: () => holding({ path: 'bin/sh', content: aarch64 }),
      platforms: 'all',
    },
  ],
  ['another version', { code: 'wrong-version', text: /expected QEMU 9\.1, got/, inputs: { 'qemu-version': '9.1' } }],
  [
    'an executable that is none',
    {
      code: 'probe-crashed',
      text: /SIG/,
      image: () => holding({ path: 'qemu-aarch64', content: executable(host, 'nothing') }),
    },
  ],
]

describe('both faces are red', () => {
  it.each(bad)('with %s, say why and what to do, and leave nothing', async (_, one) => {
    const { result, told } = await refused(one)
    expect(told.ok).toBe(false)
    expect(result('cli').status).toBe(one.code === 'invalid-image' ? 2 : 1)
  })

  it('with a full disk', async () => {
    const cache = temporary()
    await using registry = await serveImages({ t: real })
    const { result } = await play([
      shell('prepare', 'mount -t tmpfs -o size=4m tmpfs "$1"', cache),
      main({ image: `${registry.host}/a/b:t` }, { env: { ...noNetwork, RUNNER_TOOL_CACHE: cache } }),
      shell('look', 'find "$1" -type f', cache),
      post(),
    ])
    const [error] = annotations('error', result('main'))
    expect([error?.title, error?.text]).toEqual(['setup-qemu: cache-unwritable', expect.stringMatching(/ENOSPC/)])
    expect(result('main')).toMatchObject({ status: 1, table: {}, journals: [] })
    expect([result('look').stdout, result('post of main').status]).toEqual(['', 0])
  })

  it('with an image of which something is missing, and the other platform stays until post', async () => {
    await using registry = await serveImages({ t: real })
    const inputs = { image: `${registry.host}/a/b:t@${real.digest}`, platforms: 'arm64, s390x' }
    const { result } = await play([main(inputs, { env: { ...noNetwork, RUNNER_TOOL_CACHE: temporary() } }), post()])
    expect(result('main')).toMatchObject({ status: 1, outputs: { platforms: 'linux/arm64' } })
    expect(annotations('error', result('main'))[0]?.text).toContain('#emulator-missing')
    expect(Object.keys(result('main').table ?? {})).toEqual(['qemu-aarch64'])
    expect(result('post of main')).toMatchObject({ status: 0, table: {}, journals: [] })
  })
})

it('refuses a manifest with another digest than the reference', async () => {
  const lie: Hook = ({ method, url }, response) => {
    if (method !== 'GET' || !url.includes('/manifests/')) return false
    response.end('{"layers":[]}')
    return true
  }
  await using registry = await serveImages({ t: real }, lie)
  const reference = `${registry.host}/a/b@${digestOf(Buffer.from('another'))}`
  const { result } = await play([main({ image: reference }, { env: { ...noNetwork, RUNNER_TOOL_CACHE: temporary() } })])
  expect(annotations('error', result('main'))[0]?.title).toBe('setup-qemu: image-damaged')
  expect(result('main')).toMatchObject({ status: 1, table: {}, journals: [] })
})
