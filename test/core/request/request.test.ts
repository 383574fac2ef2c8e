import { describe, expect, it } from 'vitest'
import type { Catalog } from '../../../src/core/model/catalog.js'
import { targets } from '../../../src/core/model/targets.js'
import type { RequestInputs } from '../../../src/core/request/inputs.js'
import { parseRequest } from '../../../src/core/request/request.js'
import data from '../../../src/data/emulators.json' with { type: 'json' }
import probes from '../../../src/data/probes.json' with { type: 'json' }
import { noInputs } from '../../support/runner/inputs.js'

const catalog = data as unknown as Catalog
const provable = new Set(Object.keys(probes.probes))
const words = { ...noInputs, platforms: 'arm64' }
const reset = { method: 'container', image: 'a/b', reset: 'true' }

describe('a request', () => {
  it('names engines to verify in once each, and no others', () => {
    const of = (verifyIn: string) => parseRequest({ ...words, verifyIn }, catalog, 'amd64', provable).verifyIn
    expect([of(''), of('podman, docker\n podman')]).toEqual([[], ['podman', 'docker']])
    expect(() => of('docker,dokcer')).toThrow(
      expect.objectContaining({ code: 'invalid-input', hint: expect.stringContaining('did you mean "docker"') }),
    )
  })

  it('takes platforms in any form, each target once', () => {
    const { platforms } = parseRequest(
      { ...words, platforms: 'arm64, linux/arm64\naarch64,,riscv64' },
      catalog,
      'amd64',
      provable,
    )
    expect(platforms.map(({ target }) => target.name)).toEqual(['aarch64', 'riscv64'])
  })

  it('takes all OCI platforms that the catalog serves', () => {
    const { platforms } = parseRequest({ ...words, platforms: 'all' }, catalog, 'amd64', provable)
    expect(platforms.map(({ target }) => target.name)).toEqual(
      targets.filter(({ oci }) => oci.length > 0).map(({ name }) => name),
    )
    const old = parseRequest({ ...words, platforms: 'ALL', qemuVersion: '5.2' }, catalog, 'amd64', provable)
    expect(old.platforms.map(({ target }) => target.name)).not.toContain('loongarch64')
  })

  it('names "all" where that is the nearest word', () => {
    expect(() => parseRequest({ ...words, platforms: 'alll' }, catalog, 'amd64', provable)).toThrow(
      expect.objectContaining({ code: 'unknown-platform', hint: 'did you mean "all"?' }),
    )
  })

  it('resets for a container that registers, when that is asked for', () => {
    const of = (change: object) => parseRequest({ ...words, ...reset, ...change }, catalog, 'amd64', provable).source
    expect([of({}), of({ reset: 'false' }), of({ reset: '' })]).toMatchObject([
      { kind: 'container', reset: true },
      { kind: 'container', reset: false },
      { kind: 'container', reset: false },
    ])
    expect(parseRequest({ ...words, reset: 'false' }, catalog, 'amd64', provable).source.kind).toBe('catalog')
  })

  it('takes several mirrors and trims them', () => {
    const { mirrors } = parseRequest({ ...words, mirror: 'http://a/debian/ https://b/x\n' }, catalog, 'amd64', provable)
    expect(mirrors).toEqual({ addresses: ['http://a/debian', 'https://b/x'], folders: [] })
  })

  it('takes all targets where the rules are wide, and no other kind of rules by default', () => {
    const all = targets.map(({ name }) => name).join()
    const wide = parseRequest({ ...words, platforms: all, rules: 'wide' }, catalog, 'amd64', provable)
    expect([wide.platforms.length, wide.rules, parseRequest(words, catalog, 'amd64', provable).rules]).toEqual([
      targets.length,
      'wide',
      'upstream',
    ])
    expect(() => parseRequest({ ...words, platforms: all }, catalog, 'amd64', provable)).toThrow(
      expect.objectContaining({
        message: expect.stringContaining("upstream's rule for microblaze"),
        hint: expect.stringContaining('set rules to wide'),
      }),
    )
  })

  it('is refused for a target without a probe', () => {
    expect(() => parseRequest(words, catalog, 'amd64', new Set(['arm']))).toThrow(
      expect.objectContaining({ code: 'not-in-catalog' }),
    )
  })

  it.each([
    ['no platform', { platforms: ' , ' }, 'invalid-input'],
    ['an unknown platform', { platforms: 'arm64,vax' }, 'unknown-platform'],
    ['an unknown version', { qemuVersion: '12' }, 'unknown-version'],
    ['a mirror that is no address', { mirror: 'ftp://x' }, 'invalid-input'],
    ['a mirror that is a bare name', { mirror: 'srv/qemu' }, 'invalid-input'],
    ['a target whose upstream rule matches nothing', { platforms: 'microblaze' }, 'invalid-input'],
    ['rules that are none', { rules: 'wider' }, 'invalid-input'],
    ['a reset that keeps what is there', { ...reset, ifRegistered: 'keep', qemuVersion: '7' }, 'invalid-input'],
    ['a reset that fails for what is there', { ...reset, ifRegistered: 'fail' }, 'invalid-input'],
    ['a reset without a container', { reset: 'true' }, 'invalid-input'],
    ['a reset that is neither', { ...reset, reset: 'yes' }, 'invalid-input'],
    ['wide rules of a container', { rules: 'wide', method: 'container', image: 'a/b' }, 'invalid-input'],
  ])('is refused with %s', (_, change, code) => {
    expect(() => parseRequest({ ...words, ...change }, catalog, 'amd64', provable)).toThrow(
      expect.objectContaining({ code }),
    )
  })
})

describe('a request that is sent to a private scope', () => {
  it.each([
    ['with everything', { qemuVersion: '10.0', onConflict: 'wait', sysroot: '/r', cpu: 'max', rules: 'wide' }],
    ['for an image', { image: 'a/b:c', registryUsername: 'u', registryPassword: 'p', sha256: 'a'.repeat(64) }],
    ['for all platforms', { platforms: 'all', mirror: 'http://a/debian', cache: 'true' }],
  ])('is the same behind JSON: %s', (_, change) => {
    const request = parseRequest({ ...words, scope: 'private', ...change }, catalog, 'amd64', provable)
    expect(JSON.parse(JSON.stringify(request))).toStrictEqual(request)
  })
})

it('reads every input that the table has for it', () => {
  const unread = new Set(Object.keys(noInputs))
  const seen = (inputs: RequestInputs) =>
    new Proxy(inputs, {
      get: (object, name) => {
        unread.delete(String(name))
        return Reflect.get(object, name)
      },
    })
  parseRequest(seen(words), catalog, 'amd64', provable)
  expect([...unread]).toEqual([])
})
