// What registries and configuration files say: challenges, pauses, credentials.
import { describe, expect, it } from 'vitest'
import { helperCredential, registryLoginIn } from '../../../src/core/image/docker-config.js'
import { parseChallenges } from '../../../src/core/image/www-authenticate.js'
import { cpuMsOf } from '../../support/cpu-time.js'

describe('WWW-Authenticate', () => {
  const bearer = (realm: string, service: string | null = null, scope: string | null = null) => ({
    kind: 'bearer',
    realm,
    service,
    scope,
  })
  it.each([
    ['Basic realm="x"', [{ kind: 'basic' }]],
    ['basic', [{ kind: 'basic' }]],
    [
      'Bearer realm="https://auth.example/token",service="registry.example",scope="repository:a/b:pull"',
      [bearer('https://auth.example/token', 'registry.example', 'repository:a/b:pull')],
    ],
    ['bearer REALM = "r" , Service=s', [bearer('r', 's')]],
    ['Bearer realm="a\\"b\\\\c"', [bearer('a"b\\c')]],
    ['Bearer realm="a, Basic b"', [bearer('a, Basic b')]],
    ['Bearer realm="r", Basic realm="s"', [bearer('r'), { kind: 'basic' }]],
    ['Negotiate, Basic realm="x", Digest nonce="y"', [{ kind: 'basic' }]],
    ['Negotiate dG9rZW4=, Bearer realm="r"', [bearer('r')]],
    ['Bearer', []],
    ['Bearer service="s"', []],
    ['', []],
    ['=,="', []],
    ['Bearer realm="never closed', []],
    ['\u0000\u0001', []],
    [`Bearer ${'a='.repeat(5000)}`, []],
  ])('%j', (header, expected) => expect(parseChallenges(header)).toEqual(expected))

  it('takes no longer for a long header that fits nowhere', () => {
    const ms = cpuMsOf(() => {
      for (const header of ['"\\'.repeat(20_000), 'a '.repeat(20_000), ' '.repeat(40_000)]) parseChallenges(header)
    })
    expect(ms).toBeLessThan(1000)
  })
})

describe('a docker configuration', () => {
  const auth = (text: string) => ({ auth: Buffer.from(text).toString('base64') })
  const password = (username: string, word: string) => ({ kind: 'password', username, password: word })
  const credential = (config: unknown, registry = 'registry.example', repository = 'a/b') =>
    registryLoginIn(JSON.stringify(config), registry, repository)?.credential

  it.each([
    ['the host', { 'registry.example': auth('me:word') }, password('me', 'word')],
    ['an address', { 'https://registry.example/v1/': auth('me:word') }, password('me', 'word')],
    ['a password with a colon', { 'registry.example': auth('me:a:b') }, password('me', 'a:b')],
    ['letters beyond ASCII', { 'registry.example': auth('mé:wörd') }, password('mé', 'wörd')],
    ['padding', { 'registry.example': auth('me:word\0\0') }, password('me', 'word')],
    ['plain fields', { 'registry.example': { username: 'me', password: 'word' } }, password('me', 'word')],
    [
      'a refresh token',
      { 'registry.example': { ...auth('me:'), identitytoken: 't' } },
      { kind: 'identity', token: 't' },
    ],
    [
      'the longest part of the repository',
      {
        'registry.example': auth('host:1'),
        'registry.example/a/b': auth('best:2'),
        'registry.example/a': auth('part:3'),
        'registry.example/a/bc': auth('other:4'),
      },
      password('best', '2'),
    ],
    ['another host', { 'other.example': auth('me:word') }, null],
    ['no base64', { 'registry.example': { auth: '!!!' } }, null],
    ['no colon', { 'registry.example': auth('me') }, null],
    ['a list', { 'registry.example': ['me', 'word'] }, null],
    ['nothing', {}, null],
  ])('by %s', (_, auths, expected) => expect(credential({ auths })).toEqual(expected))

  it.each(['https://index.docker.io/v1/', 'docker.io', 'index.docker.io', 'registry-1.docker.io'])(
    'knows docker.io as %s',
    (key) => expect(credential({ auths: { [key]: auth('me:word') } }, 'docker.io')).toEqual(password('me', 'word')),
  )

  it.each([
    [{ credHelpers: { 'registry.example': 'ecr' }, credsStore: 'pass' }, 'registry.example', 'ecr', 'registry.example'],
    [{ credsStore: 'pass' }, 'registry.example', 'pass', 'registry.example'],
    [{ credsStore: 'pass' }, 'docker.io', 'pass', 'https://index.docker.io/v1/'],
    [{ credHelpers: { 'docker.io': 'x' } }, 'docker.io', 'x', 'https://index.docker.io/v1/'],
  ])('names the helper of %j', (config, registry, name, server) => {
    expect(registryLoginIn(JSON.stringify(config), registry, 'a')?.helper).toEqual({ name, server })
  })

  it.each(['../../evil', '/bin/sh', 'a b', '', '-x', 7])('passes over the helper %j', (name) => {
    expect(registryLoginIn(JSON.stringify({ credsStore: name }), 'registry.example', 'a')?.helper).toBeNull()
  })

  it.each(['', 'x', '[]', 'null', '"x"', '{'])('that is %j is none', (text) => {
    expect(registryLoginIn(text, 'registry.example', 'a')).toBeUndefined()
  })

  it.each([
    ['{"ServerURL":"x","Username":"me","Secret":"word"}', password('me', 'word')],
    ['{"Username":"<token>","Secret":"t"}', { kind: 'identity', token: 't' }],
    ['{"Username":"me","Secret":""}', null],
    ['{"Username":1,"Secret":"x"}', null],
    ['nonsense', null],
  ])('a helper printed %j', (output, expected) => expect(helperCredential(output)).toEqual(expected))
})
