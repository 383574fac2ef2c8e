import { describe, expect, it } from 'vitest'
import type { Catalog } from '../../../src/core/model/catalog.js'
import {
  actionRepository,
  assetAddress,
  assetName,
  hasAsset,
  releasesOf,
  releaseTag,
  repositoryOf,
} from '../../../src/core/sources/release.js'
import data from '../../../src/data/emulators.json' with { type: 'json' }

const catalog = data as unknown as Catalog

describe('the tag of a build', () => {
  it.each([
    ['Debian 1:11.1.3+ds-1~bpo13+1', 'qemu-11.1.3+ds-1_bpo13+1'],
    ['Debian 1:7.2+dfsg-7+deb12u18+b3', 'qemu-7.2+dfsg-7+deb12u18+b3'],
  ])('of %s is %s', (build, tag) => expect(releaseTag(build)).toBe(tag))

  it('is there for every build of the catalog, and differs where the builds do', () => {
    const builds = [...new Set(catalog.packages.map(({ build }) => build))]
    expect(new Set(builds.map(releaseTag)).size).toBe(builds.length)
  })

  it.each([
    '',
    'v11.1.3',
    'Debian 11.1.3+ds-1',
    'Debian 2:11.1.3-1',
    'Debian 1:11..3',
    'Debian 1:11.1/..',
    'Debian 1:1 2',
    'Debian 1:1_2',
    'Debian 1:1.',
  ])('is none for "%s"', (build) => expect(() => releaseTag(build)).toThrow(RangeError))
})

it('an emulator has one name and one address in a place', () => {
  const emulator = {
    binary: 'qemu-aarch64',
    qemuVersion: '11.1.3',
    host: 'amd64',
    build: 'Debian 1:11.1.3+ds-1~bpo13+1',
  } as const
  expect(assetName(emulator)).toBe('qemu-aarch64-11.1.3-linux-amd64.br')
  expect(assetAddress('https://example.org/x', emulator)).toBe(
    'https://example.org/x/qemu-11.1.3%2Bds-1_bpo13%2B1/qemu-aarch64-11.1.3-linux-amd64.br',
  )
})

it('releases have what OCI has a name for', () => {
  expect(hasAsset({ binary: 'qemu-aarch64' })).toBe(true)
  expect(hasAsset({ binary: 'qemu-alpha' })).toBe(false)
})

describe('the repository', () => {
  const repository = { server: 'https://github.com', name: 'someone/setup-qemu' }

  it.each([
    'github:someone/setup-qemu',
    'https://github.com/someone/setup-qemu',
    'git+https://github.com/someone/setup-qemu.git',
    { type: 'git', url: 'git+https://github.com/someone/setup-qemu.git' },
  ])('is read from %j', (field) => expect(repositoryOf(field)).toEqual(repository))

  it.each([
    undefined,
    null,
    7,
    {},
    { url: 7 },
    '',
    'github:OWNER/setup-qemu',
    'https://github.com/OWNER/setup-qemu',
    'github:someone',
    'github:a/b/c',
    'github:../setup-qemu',
    'https://user@github.com/someone/setup-qemu',
    'http://github.com/someone/setup-qemu',
    'git@github.com:someone/setup-qemu.git',
  ])('is unknown for %j', (field) => expect(repositoryOf(field)).toBeUndefined())

  it('of an action comes from the runner', () => {
    const env = { GITHUB_SERVER_URL: 'https://git.example:8443/', GITHUB_ACTION_REPOSITORY: 'team/setup-qemu' }
    expect(actionRepository(env)).toEqual({ server: 'https://git.example:8443', name: 'team/setup-qemu' })
    expect(actionRepository({ ...env, GITHUB_ACTION_REPOSITORY: '' })).toBeUndefined()
    expect(actionRepository({ ...env, GITHUB_ACTION_REPOSITORY: 'team/../x' })).toBeUndefined()
    expect(actionRepository({ ...env, GITHUB_SERVER_URL: 'https://user:secret@git.example' })).toBeUndefined()
    expect(actionRepository({})).toBeUndefined()
    expect(actionRepository({ ...env, GITHUB_SERVER_URL: 'http://git_ea:3000/' })?.server).toBe('http://git_ea:3000')
    expect(actionRepository({ ...env, GITHUB_SERVER_URL: 'http://[::1]:3000' })?.server).toBe('http://[::1]:3000')
    for (const server of ['https://git.example)x', 'https://git%0A.example', 'https://git.example?x', 'https://a]b'])
      expect(actionRepository({ ...env, GITHUB_SERVER_URL: server })).toBeUndefined()
  })

  it('has its releases below it', () =>
    expect(releasesOf(repository)).toBe('https://github.com/someone/setup-qemu/releases/download'))
})
