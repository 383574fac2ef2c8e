import { describe, expect, it } from 'vitest'
import type { Catalog } from '../../../src/core/model/catalog.js'
import {
  type EmulatorSource,
  hashesOf,
  loginOf,
  requiredVersionOf,
  sourceOf,
  sourceText,
} from '../../../src/core/request/emulator-source.js'
import type { RequestInputs } from '../../../src/core/request/inputs.js'
import data from '../../../src/data/emulators.json' with { type: 'json' }
import { noInputs } from '../../support/runner/inputs.js'

const catalog = data as unknown as Catalog
const words = (change: Partial<RequestInputs>): RequestInputs => ({ ...noInputs, ...change })
const of = (change: Partial<RequestInputs>) => sourceOf(words(change), catalog)
const image = expect.objectContaining({ repository: 'a/b' })

describe('where emulators come from', () => {
  it.each<[string, Partial<RequestInputs>, object]>([
    ['the catalog by default', {}, { kind: 'catalog', qemuVersion: catalog.default }],
    ['the catalog, by a part of a version', { qemuVersion: '7.2' }, { kind: 'catalog', qemuVersion: '7.2.22' }],
    ['this machine', { qemuVersion: ' host ' }, { kind: 'host' }],
    ['a path', { path: '/p' }, { kind: 'path', path: '/p' }],
    ['an image', { image: 'a/b', method: 'direct' }, { kind: 'image', image }],
    [
      'a container of the first engine that is there',
      { image: 'a/b', method: 'container' },
      { kind: 'container', image, engine: null, reset: false },
    ],
    [
      'a container of podman, with what was there removed',
      { image: 'a/b', method: 'container', containerEngine: 'podman', reset: 'true' },
      { kind: 'container', image, engine: 'podman', reset: true },
    ],
  ])('is %s', (_, change, wanted) => {
    expect(of(change)).toEqual(wanted)
  })

  it.each<[string, Partial<RequestInputs>, RegExp]>([
    ['image and path', { image: 'a/b', path: '/p' }, /image and path both say/],
    ['a container without an image', { method: 'container' }, /no image is named/],
    ['a container of a path', { method: 'container', path: '/p' }, /no image is named/],
    ['reset without a container', { reset: 'true' }, /reset is given, and method is direct/],
    ['an engine without a container', { image: 'a/b', containerEngine: 'docker' }, /container-engine is given/],
    ['an unknown engine', { image: 'a/b', method: 'container', containerEngine: 'lxc' }, /container-engine is "lxc"/],
  ])('cannot be %s', (_, change, message) => {
    expect(() => of(change)).toThrow(
      expect.objectContaining({ code: 'invalid-input', message: expect.stringMatching(message) }),
    )
  })
})

const path: EmulatorSource = { kind: 'path', path: '/p' }
const catalogs: EmulatorSource = { kind: 'catalog', qemuVersion: '7.2.22' }

describe('conditions', () => {
  it.each<[string, EmulatorSource, string | null]>([
    ['', path, null],
    ['default', path, null],
    [' 10.2 ', path, '10.2'],
    ['v10.2.3', path, '10.2.3'],
    // the catalog's hash says more, and the machine's own is whatever it is
    ['7.2', catalogs, null],
    ['host', { kind: 'host' }, null],
  ])('of qemu-version %j', (qemuVersion, wanted, version) => {
    expect(requiredVersionOf(words({ qemuVersion }), wanted)).toBe(version)
  })

  it.each(['latest', 'host', '10.x', 'v'])('qemu-version %j is none', (qemuVersion) => {
    expect(() => requiredVersionOf(words({ qemuVersion }), path)).toThrow(
      expect.objectContaining({ code: 'invalid-input', message: expect.stringMatching(/emulators come from path$/) }),
    )
  })

  it('of sha256 hold everywhere but for the catalog, which has its own', () => {
    const sha256 = 'a'.repeat(64)
    expect([hashesOf(words({ sha256 }), path), hashesOf(words({}), catalogs)]).toEqual([[sha256], []])
    expect(() => hashesOf(words({ sha256 }), catalogs)).toThrow(expect.objectContaining({ code: 'invalid-input' }))
  })
})

describe('a login', () => {
  const login = (registryUsername: string, registryPassword: string) =>
    loginOf(words({ registryUsername, registryPassword }))

  it('is a user and a password, or nothing', () => {
    expect(login('', '')).toBeNull()
    expect(login('me', 'secret')).toEqual({ username: 'me', password: 'secret' })
  })

  it.each([
    ['me', '', 'registry-username is given, and registry-password is empty'],
    ['', 'secret', 'registry-password is given, and registry-username is empty'],
  ])('of "%s" and "%s" is refused, and the value never shown', (username, password, message) => {
    expect(() => login(username, password)).toThrow(expect.objectContaining({ code: 'invalid-input', message }))
  })
})

describe('a heading', () => {
  it.each<[Partial<RequestInputs>, RegExp]>([
    [{ qemuVersion: '7.2' }, /^QEMU 7\.2\.22$/],
    [{ qemuVersion: 'host' }, /^this machine's own QEMU$/],
    [{ path: '/a\u001bb' }, /^QEMU at \/a\\u001bb$/],
    [{ image: 'a/b' }, /^QEMU of the image docker\.io\/a\/b/],
    [{ image: 'a/b', method: 'container' }, /^QEMU, registered by a container of docker\.io\/a\/b.*,$/],
  ])('for %j', (change, text) => {
    expect(sourceText(of(change))).toMatch(text)
  })
})
