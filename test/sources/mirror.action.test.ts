// The real package from servers on loopback that serve it well and badly, through the built command line.
import { describe, expect, it } from 'vitest'
import { type Behaviour, rangeOf, serve, withoutRanges, withRanges } from '../support/archive/archive.js'
import { emulator } from '../support/programs/emulators.js'
import { wholePackage } from '../support/programs/package.js'
import { cli, halfWritten, noNetwork, play, type Step, temporary } from '../support/runner/runner.js'

const wanted = emulator('aarch64')
const file = await wholePackage(wanted)
const { sha256 } = wanted

const status =
  (code: number): Behaviour =>
  (_, response) =>
    void response.writeHead(code).end('<html>no</html>')

const flipped: Behaviour = (request, response) => {
  const other = Buffer.from(file)
  const { start } = rangeOf(request, other)
  other.writeUInt8(other.readUInt8(start + 1_000_000) ^ 1, start + 1_000_000)
  withRanges(request, response, other)
}

const short: Behaviour = (request, response) => {
  const { start, bytes } = rangeOf(request, file)
  response.writeHead(206, {
    'content-range': `bytes ${start}-${start + bytes.length - 1}/${file.length}`,
    'content-length': bytes.length,
  })
  response.write(bytes.subarray(0, 500_000), () => response.destroy())
}

/** The command line with these mirrors and no other network. */
function setup(bases: readonly string[], cache: string): Step {
  const words = bases.flatMap((base) => ['--mirror', base])
  return cli('setup', ['setup', 'arm64', '--json', '--cache-dir', cache, ...words], noNetwork)
}

async function run(bases: readonly string[]) {
  const cache = temporary()
  const { result } = await play([setup(bases, cache)])
  const target = JSON.parse(result('setup').stdout).targets[0]
  expect(halfWritten(cache)).toEqual([])
  return { ...result('setup'), target }
}

describe('a mirror', () => {
  it('with ranges gives a small part of the package', async () => {
    await using good = await serve(file, withRanges)
    const { status: exit, target } = await run([good.base])
    expect(exit).toBe(0)
    expect(target).toMatchObject({ locator: 'deb', proof: { fingerprint: sha256 } })
    expect(target.bytesFetched).toBeGreaterThan(1_000_000)
    expect(target.bytesFetched).toBeLessThan(wanted.package.size / 10)
    expect(good.seen.map(({ url }) => url)).toEqual([`/debian/${wanted.package.path.replaceAll('+', '%2B')}`])
  })

  it('without ranges is left as soon as the emulator is whole', async () => {
    await using plain = await serve(file, withoutRanges)
    const { status: exit, target } = await run([plain.base])
    expect([exit, target.proof.fingerprint]).toEqual([0, sha256])
  })

  it.each([
    ['with a flipped byte', flipped],
    ['that has no such file', status(404)],
    ['that breaks off each time', short],
    ['of another size', withRangesOf(file.subarray(0, -1))],
  ])('%s is skipped, and the next one is used', async (_, bad) => {
    await using one = await serve(file, bad)
    await using two = await serve(file, withRanges)
    const { status: exit, target } = await run([one.base, two.base])
    expect([exit, target.proof.fingerprint, two.seen.length]).toEqual([0, sha256, 1])
    expect(one.seen.length).toBeGreaterThan(0)
  })

  it('none of which delivers: each is named with its answer, nothing is registered, nothing half-written', async () => {
    await using one = await serve(file, flipped)
    await using two = await serve(file, status(404))
    const { status: exit, target, table, journals } = await run([one.base, two.base])
    const [finding] = target.findings
    expect([exit, target.state, finding.code, table, journals]).toEqual([1, 'failed', 'download-failed', {}, []])
    expect(finding.reason).toMatch(
      new RegExp(
        `127\\.0\\.0\\.1:${one.port}/.*: .*gave damaged bytes.*\\n.*127\\.0\\.0\\.1:${two.port}/.*: answered 404`,
      ),
    )
    expect(finding.reason).toContain('snapshot.debian.org')
  })

  it('that is busy for a moment is asked again', async () => {
    await using busy = await serve(file, status(503), withRanges)
    const { status: exit } = await run([busy.base])
    expect([exit, busy.seen.length]).toEqual([0, 2])
  })
})

function withRangesOf(other: Buffer): Behaviour {
  return (request, response) => withRanges(request, response, other)
}
