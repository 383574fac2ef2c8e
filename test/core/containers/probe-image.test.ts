import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { probeArchive } from '../../../src/core/containers/probe-archive.js'
import { isLeftBehind, ownerIn, probeNames } from '../../../src/core/containers/probe-name.js'
import { targets } from '../../../src/core/model/targets.js'

const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex')
const bytes = (length: number) => new Uint8Array(length).fill(7)

function archiveOf(platform: string, probe = bytes(299)): Uint8Array {
  return probeArchive({ reference: 'localhost/x:1', platform, probe, reader: bytes(512) }, sha256)
}

/** What tar itself makes of an archive. */
function member(archive: Uint8Array, name: string): Buffer {
  return execFileSync('tar', ['-xOf', '-', name], { input: archive })
}

function listed(archive: Uint8Array): string[] {
  const text = execFileSync('tar', ['--list', '--verbose', '--utc', '-f', '-'], { input: archive, encoding: 'utf8' })
  return text.trim().split('\n')
}

describe('the image of a probe', () => {
  it('is an archive whose manifest leads to a configuration and a layer', () => {
    const archive = archiveOf('linux/arm/v7')
    const [manifest] = JSON.parse(member(archive, 'manifest.json').toString())
    expect(manifest.RepoTags).toEqual(['localhost/x:1'])
    const config = member(archive, manifest.Config)
    expect(manifest.Config).toBe(`${sha256(config)}.json`)
    const { os, architecture, variant, config: run, rootfs } = JSON.parse(config.toString())
    expect([os, architecture, variant, run.Entrypoint]).toEqual(['linux', 'arm', 'v7', ['/probe']])
    const layer = member(archive, manifest.Layers[0])
    expect(rootfs.diff_ids).toEqual([`sha256:${sha256(layer)}`])
    expect(listed(layer)).toEqual([
      '-rwxr-xr-x 0/0             299 1970-01-01 00:00 probe',
      '-rwxr-xr-x 0/0             512 1970-01-01 00:00 read',
    ])
    expect(member(layer, 'probe')).toEqual(Buffer.from(bytes(299)))
  })

  it('has no variant where the platform has none, and is the same each time', () => {
    const archive = archiveOf('linux/sparc64')
    const [{ Config }] = JSON.parse(member(archive, 'manifest.json').toString())
    expect(JSON.parse(member(archive, Config).toString())).not.toHaveProperty('variant')
    expect(sha256(archive)).toBe(sha256(archiveOf('linux/sparc64')))
  })

  it.each([0, 1, 511, 512, 513])('can be read with a probe of %i bytes', (length) => {
    const archive = archiveOf('linux/arm64', bytes(length))
    expect(member(member(archive, 'layer.tar'), 'probe')).toHaveLength(length)
  })
})

describe('the names', () => {
  const owner = { bootId: '3c947206-de5d-4c78-a090-91ca24bd23fe', pidNamespace: '4026531836', pid: 77, start: '1234' }
  const known = { ...owner, bootId: '3c947206' }

  it.each(targets.map(({ name }) => name))('say whose they are, in words that engines take: %s', (target) => {
    const { image, container, looker } = probeNames(target, owner, '1a2b3c4d')
    expect(image).toMatch(/^localhost\/setup-qemu-probe:[A-Za-z0-9_][\w.-]{0,127}$/)
    for (const name of [container, looker]) expect(name).toMatch(/^[a-zA-Z0-9][a-zA-Z0-9_.-]+$/)
    for (const name of [image, container, looker]) expect(ownerIn(name)).toEqual(known)
  })

  it.each([
    '',
    'alpine:latest',
    'localhost/setup-qemu-probe:latest',
    'localhost/setup-qemu-probe:mine-3c947206-1-2-3-1a2b3c4d',
    'docker.io/setup-qemu-probe:aarch64-3c947206-1-2-3-1a2b3c4d',
    'setup-qemu-probe-aarch64',
    'my-setup-qemu-probe-aarch64-3c947206-1-2-3-1a2b3c4d',
    'setup-qemu-probe-aarch64-3c947206-1-2-3-1a2b3c4d;x',
  ])('are nobody’s: %j', (name) => {
    expect(ownerIn(name)).toBeUndefined()
  })

  it('tell what was left behind from what is in use', () => {
    const startOf = (pid: number) => (pid === 77 ? '1234' : undefined)
    const left = (change: Partial<typeof owner>) => isLeftBehind({ ...known, ...change }, owner, startOf)
    expect([left({}), left({ start: '9' }), left({ pid: 78 }), left({ bootId: '00000000' })]).toEqual([
      false,
      true,
      true,
      true,
    ])
    expect(left({ pid: 78, pidNamespace: '1' })).toBe(false)
  })
})
