// Ten platforms out of the real package, from a server on loopback, through the built command line.
import { describe, expect, it } from 'vitest'
import { type Behaviour, rangeOf, requestedRanges, serve, where, withRanges } from '../support/archive/archive.js'
import { emulator, tenPlatforms as platforms } from '../support/programs/emulators.js'
import { wholePackage } from '../support/programs/package.js'
import { cli, halfWritten, noNetwork, play, temporary } from '../support/runner/runner.js'

const from = emulator('aarch64').package
const file = await wholePackage(emulator('aarch64'))

interface Target {
  readonly target: string
  readonly platform: string
  readonly state: string
  readonly bytesFetched: number
  readonly findings: readonly { readonly code: string; readonly reason: string }[]
}

/** A cold set-up of all ten, from these mirrors and no other network. */
async function setup(...bases: string[]) {
  const cache = temporary()
  const words = bases.flatMap((base) => ['--mirror', base])
  const { result } = await play([
    cli('setup', ['setup', ...platforms, '--json', '--cache-dir', cache, ...words], noNetwork),
  ])
  expect(halfWritten(cache)).toEqual([])
  const { ok, targets } = JSON.parse(result('setup').stdout) as { ok: boolean; targets: Target[] }
  return { ...result('setup'), ok, targets }
}

/** A byte of the package in the block that holds the middle of `target`'s executable. */
function byteOf(target: string): number {
  const { offset, size } = emulator(target)
  let decoded = 0
  for (const [at, packed, uncompressed] of from.blocks) {
    const middle = offset + size / 2 - decoded
    if (middle < uncompressed) return at + Math.floor((middle / uncompressed) * packed)
    decoded += uncompressed
  }
  throw new Error(`${target} lies in no block`)
}

function damagedAt(at: number): Behaviour {
  return (request, response, whole) => {
    const { start, bytes } = rangeOf(request, whole)
    const copy = Buffer.concat([Buffer.alloc(start), bytes])
    if (start <= at && at < copy.length) copy.writeUInt8(copy.readUInt8(at) ^ 1, at)
    const headers = { 'content-range': `bytes ${start}-${start + bytes.length - 1}/${whole.length}` }
    response.writeHead(206, { ...headers, 'content-length': bytes.length }).end(copy.subarray(start))
  }
}

describe('ten platforms', () => {
  it('take each byte of the package at most once, and few requests', async () => {
    await using server = await serve(file, withRanges)
    const { status, ok, targets, table } = await setup(server.base)
    expect([status, ok, Object.keys(table ?? {}).length]).toEqual([0, true, 10])
    expect(targets.map(({ platform, state }) => [platform, state])).toEqual(
      platforms.map((name) => [`linux/${name}`, 'emulated']),
    )
    const { bytes, once } = requestedRanges(server.seen)
    expect([once, server.seen.length <= 6]).toEqual([true, true])
    // each request is left at the end of its last executable, where the server may have sent more
    const sum = targets.reduce((total, { bytesFetched }) => total + bytesFetched, 0)
    expect(sum).toBeLessThanOrEqual(bytes)
    expect(sum).toBeGreaterThan(bytes * 0.7)
    expect(bytes).toBeLessThan(file.length * 0.75)
  })

  it('of which one is damaged and one refused: the others run, all are told, and it is red', async () => {
    const missing: Behaviour = (_, response) => void response.writeHead(404).end()
    const refused = where(byteOf('loongarch64'), missing, damagedAt(byteOf('ppc64')))
    await using server = await serve(file, refused)
    const { status, ok, targets, table, stderr } = await setup(server.base)
    expect([status, ok]).toEqual([1, false])
    const failed = ['ppc64', 'loong64']
    expect(targets.map(({ platform, state }) => [platform, state])).toEqual(
      platforms.map((name) => [`linux/${name}`, failed.includes(name) ? 'failed' : 'emulated']),
    )
    const emulated = targets.filter(({ state }) => state === 'emulated')
    expect(Object.keys(table ?? {}).sort()).toEqual(emulated.map(({ target }) => `qemu-${target}`).sort())
    const findings = targets.flatMap((target) => target.findings)
    expect(findings.map(({ code }) => code)).toEqual(['download-failed', 'download-failed'])
    expect(findings.map(({ reason }) => reason)).toEqual([
      expect.stringMatching(new RegExp(`qemu-ppc64 .*\\n  .*:${server.port}/.*: (gave damaged bytes|delivered bytes)`)),
      expect.stringMatching(new RegExp(`qemu-loongarch64 .*\\n  .*:${server.port}/.*: answered 404`)),
    ])
    expect(stderr).toBe('')
  })
})
