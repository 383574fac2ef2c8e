import { describe, expect, it } from 'vitest'
import { actionDocuments, type OwnPackage, packageDocuments, refPath } from '../../../src/core/report/document-base.js'

const github = { GITHUB_SERVER_URL: 'https://github.com' }
const nobody: OwnPackage = { repository: undefined, version: '0.1.0' }
const own: OwnPackage = { repository: { server: 'https://github.com', name: 'up/setup-qemu' }, version: '0.1.0' }
const ownPlace = 'https://github.com/up/setup-qemu/blob/v0.1.0/docs'
const inActions = (where: string) => `/home/runner/work/_actions/${where}/dist/main/index.js`
const elsewhere = '/var/run/act/actions/me-qemu@v1/dist/main/index.js'

type Row = readonly [string, Readonly<Record<string, string>>, string, OwnPackage, string | undefined]

const named = { ...github, GITHUB_ACTION_REPOSITORY: 'me/qemu', GITHUB_ACTION_REF: 'v1' }
const rows: readonly Row[] = [
  ['a tag', named, inActions('me/qemu/v1'), nobody, 'https://github.com/me/qemu/blob/v1/docs'],
  ['a fork of what the package names', named, inActions('me/qemu/v1'), own, 'https://github.com/me/qemu/blob/v1/docs'],
  [
    'a branch with slashes',
    { ...github, GITHUB_ACTION_REPOSITORY: 'me/qemu', GITHUB_ACTION_REF: 'feature/x/y' },
    inActions('me/qemu/feature/x/y'),
    nobody,
    'https://github.com/me/qemu/blob/feature/x/y/docs',
  ],
  [
    'a commit',
    github,
    inActions(`me/qemu/${'a1'.repeat(20)}`),
    nobody,
    `https://github.com/me/qemu/blob/${'a1'.repeat(20)}/docs`,
  ],
  [
    'a folder of actions that is itself below one',
    github,
    inActions('x/y/z/_actions/me/qemu/v1'),
    nobody,
    'https://github.com/me/qemu/blob/v1/docs',
  ],
  [
    'an action in a composite one',
    { ...named, GITHUB_ACTION_REPOSITORY: 'outer/one' },
    inActions('me/qemu/v2'),
    nobody,
    'https://github.com/me/qemu/blob/v2/docs',
  ],
  [
    'the same where the variables are empty',
    { ...github, GITHUB_ACTION_REPOSITORY: '', GITHUB_ACTION_REF: '' },
    inActions('me/qemu/v2'),
    nobody,
    'https://github.com/me/qemu/blob/v2/docs',
  ],
  ['another runner', named, elsewhere, nobody, 'https://github.com/me/qemu/blob/v1/docs'],
  [
    'another runner that says no ref',
    { ...named, GITHUB_ACTION_REF: '' },
    elsewhere,
    nobody,
    'https://github.com/me/qemu/blob/HEAD/docs',
  ],
  [
    'another server',
    { ...named, GITHUB_SERVER_URL: 'https://git.example:8443/' },
    elsewhere,
    nobody,
    'https://git.example:8443/me/qemu/blob/v1/docs',
  ],
  [
    'a server in a network of containers',
    { ...named, GITHUB_SERVER_URL: 'http://git_ea:3000' },
    elsewhere,
    nobody,
    'http://git_ea:3000/me/qemu/blob/v1/docs',
  ],
  [
    'an action of github.com on another server',
    { GITHUB_SERVER_URL: 'https://git.example', GITHUB_ACTION_REPOSITORY: 'Up/Setup-QEMU', GITHUB_ACTION_REF: 'v0' },
    elsewhere,
    own,
    'https://github.com/Up/Setup-QEMU/blob/v0/docs',
  ],
  [
    'a Gitea',
    { ...named, GITHUB_SERVER_URL: 'https://git.example', GITEA_ACTIONS: 'true' },
    elsewhere,
    nobody,
    'https://git.example/me/qemu/src/v1/docs',
  ],
  [
    'a Forgejo with an action of github.com',
    {
      GITHUB_SERVER_URL: 'https://git.example',
      GITHUB_ACTION_REPOSITORY: 'up/setup-qemu',
      GITHUB_ACTION_REF: 'v0',
      FORGEJO_ACTIONS: 'true',
    },
    elsewhere,
    own,
    'https://github.com/up/setup-qemu/blob/v0/docs',
  ],
  ['uses: ./', { ...github, GITHUB_ACTION_REPOSITORY: '' }, '/w/r/r/dist/main/index.js', own, ownPlace],
  ['uses: ./ of a package that names nobody', github, '/w/r/r/dist/main/index.js', nobody, undefined],
  [
    'uses: ./ in a composite action',
    { ...named, GITHUB_WORKSPACE: '/w/r/r' },
    '/w/r/r/dist/main/index.js',
    own,
    ownPlace,
  ],
  [
    'a workspace that only starts alike',
    { ...named, GITHUB_WORKSPACE: '/w/r/' },
    '/w/rest/dist/main/index.js',
    own,
    'https://github.com/me/qemu/blob/v1/docs',
  ],
  ['no runner', {}, '/x/dist/main/index.js', own, ownPlace],
  ['no server', { GITHUB_ACTION_REPOSITORY: 'me/qemu', GITHUB_ACTION_REF: 'v1' }, elsewhere, own, ownPlace],
  [
    'a package without a version',
    {},
    '/x/dist/main/index.js',
    { ...own, version: undefined },
    'https://github.com/up/setup-qemu/blob/HEAD/docs',
  ],
]

const hostile = [
  'me/qemu\n::error::x',
  'me/qemu)[x](https://evil.example',
  'me/qe%0Amu',
  'me/qemu/more',
  'me',
  'me/..',
  'OWNER/setup-qemu',
  'me/q emu',
  'me/q]emu',
]
const hostileServers = [
  'https://github.com\n::error::x',
  'https://github.com)x',
  'https://github.com]x',
  'https://me@github.com',
  'https://github.com/path',
  'https://git%0Ahub.com',
  'javascript:alert(1)',
  'github.com',
  'https://github.com:x',
  'https://github.com?x',
  "https://github.com'",
]

describe('the documents of an action', () => {
  it.each(rows)('%s', (_, env, bundle, ownPackage, place) => {
    expect(actionDocuments({ env, bundle, own: ownPackage })).toBe(place)
  })

  it.each(hostile)('are not in the repository %j', (name) => {
    const env = { ...named, GITHUB_ACTION_REPOSITORY: name }
    expect(actionDocuments({ env, bundle: elsewhere, own })).toBe(ownPlace)
    expect(actionDocuments({ env, bundle: elsewhere, own: nobody })).toBeUndefined()
  })

  it.each(hostileServers)('are not on the server %j', (server) => {
    const env = { ...named, GITHUB_SERVER_URL: server }
    expect(actionDocuments({ env, bundle: elsewhere, own })).toBe(ownPlace)
  })

  it('are nowhere by a path that only looks like that of an action', () => {
    const env = { ...github }
    expect(actionDocuments({ env, bundle: inActions('me/v1'), own: nobody })).toBeUndefined()
    expect(actionDocuments({ env, bundle: inActions('m\ne/qemu/v1'), own: nobody })).toBeUndefined()
  })
})

describe('a ref in an address', () => {
  it.each([
    ['v1', 'v1'],
    ['feature/x', 'feature/x'],
    ['refs/tags/v1.2.3', 'refs/tags/v1.2.3'],
    ['a+b', 'a%2Bb'],
    ['50%', '50%25'],
    ['a#b', 'a%23b'],
    ['a(b)', 'a%28b%29'],
    ["it's!", 'it%27s%21'],
    ['a]b', 'a%5Db'],
    ['<b>', '%3Cb%3E'],
    ['größe', 'gr%C3%B6%C3%9Fe'],
    ['@', '%40'],
  ])('%s is %s', (ref, path) => {
    expect(refPath(ref)).toBe(path)
  })

  it.each([
    '',
    'a b',
    'a\nb',
    'a\u001b[31m',
    'a\u202eb',
    '\ud800',
    'a..b',
    '../x',
    '/a',
    'a/',
    'a//b',
    '-a',
    '.a',
    'a/.b',
    'a.',
    'a.lock',
    'a:b',
    'a?b',
    'a*',
    'a[b',
    'a\\b',
    'a~1',
    'a^',
    'a@{1}',
    'x'.repeat(251),
  ])('%j is none', (ref) => {
    expect(refPath(ref)).toBeUndefined()
    const env = { ...named, GITHUB_ACTION_REF: ref }
    expect(actionDocuments({ env, bundle: elsewhere, own })).toBe('https://github.com/me/qemu/blob/HEAD/docs')
  })
})

it('the documents of a package are those of its version', () => {
  expect(packageDocuments(own)).toBe(ownPlace)
  expect(packageDocuments(nobody)).toBeUndefined()
})
