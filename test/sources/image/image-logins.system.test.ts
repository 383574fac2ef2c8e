// The credentials that this machine's docker configuration has.
import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { cleanAfterEach, temporaryFolder } from '../../support/kernel/table.js'
import { tags, taken } from '../../support/registry/one-image.js'
import { failure, serveImages } from '../../support/registry/registry.js'
import {
  basicOf,
  credentials,
  granting,
  mine,
  tokenRequests,
  wants,
  withTokens,
} from '../../support/registry/token-service.js'

cleanAfterEach()

describe('credentials of this machine', () => {
  const path = process.env.PATH
  afterAll(() => {
    process.env.PATH = path
  })
  const wrong = basicOf('me:wrong')

  function configured(file: string, config: unknown): string {
    const whole = join(temporaryFolder(), file)
    mkdirSync(dirname(whole), { recursive: true })
    writeFileSync(whole, typeof config === 'string' ? config : JSON.stringify(config))
    return whole
  }

  it.each<[string, (config: unknown) => Record<string, string>]>([
    ['DOCKER_CONFIG', (config) => ({ DOCKER_CONFIG: dirname(configured('config.json', config)) })],
    ['HOME', (config) => ({ HOME: dirname(dirname(configured('.docker/config.json', config))) })],
    ['REGISTRY_AUTH_FILE', (config) => ({ REGISTRY_AUTH_FILE: configured('any.json', config) })],
    [
      'XDG_RUNTIME_DIR',
      (config) => ({ XDG_RUNTIME_DIR: dirname(dirname(configured('containers/auth.json', config))) }),
    ],
  ])('are found by %s', async (_, env) => {
    await using registry = await serveImages(
      tags,
      wants(mine, () => 'Basic realm="x"'),
    )
    const auths = { [registry.host]: { auth: mine.slice(6) } }
    expect((await taken(registry.host, { env: { HOME: '/nowhere', ...env({ auths }) } })).found.size).toBe(1)
  })

  it('are not used when others are given, and not looked up unless needed', async () => {
    await using registry = await serveImages(
      tags,
      wants(mine, () => 'Basic realm="x"'),
    )
    const env = {
      DOCKER_CONFIG: dirname(configured('config.json', { auths: { [registry.host]: { auth: wrong.slice(6) } } })),
    }
    expect((await taken(registry.host, { env, credentials })).found.size).toBe(1)
    expect(await failure(taken(registry.host, { env }))).toMatchObject({ code: 'image-denied' })
    await using open = await serveImages(tags)
    expect((await taken(open.host, { env: { DOCKER_CONFIG: '/dev/null' } })).found.size).toBe(1)
  })

  it('that are a refresh token are exchanged with POST', async () => {
    await using registry = await withTokens(granting)
    const auths = { [registry.host]: { identitytoken: 'refresh me' } }
    const env = { DOCKER_CONFIG: dirname(configured('config.json', { auths })) }
    expect((await taken(registry.host, { env })).found.size).toBe(1)
    const [request] = tokenRequests(registry)
    expect(request).toMatchObject({ method: 'POST', url: '/token?x=1' })
    expect(Object.fromEntries(new URLSearchParams(request?.body))).toEqual({
      grant_type: 'refresh_token',
      service: 'me & you',
      client_id: 'setup-qemu',
      refresh_token: 'refresh me',
      scope: 'repository:a/b:pull',
    })
  })

  it.each<[string, string, object, RegExp, boolean]>([
    ['used', 'Basic realm="x"', { auth: wrong.slice(6) }, /the credentials for it were used/, true],
    ['a refresh token where it wants a password', 'Basic realm="x"', { identitytoken: 'x' }, /were not sent/, false],
    ['a password where it wants what nobody knows', 'Other realm="x"', { auth: mine.slice(6) }, /were not sent/, false],
  ])('are told to be used only where they were sent: %s', async (_, challenge, auth, message, isSent) => {
    await using registry = await serveImages(
      tags,
      wants(mine, () => challenge),
    )
    const env = { DOCKER_CONFIG: dirname(configured('config.json', { auths: { [registry.host]: auth } })) }
    const error = await failure(taken(registry.host, { env }))
    expect(error).toMatchObject({ code: 'image-denied', message: expect.stringMatching(message) })
    expect(registry.seen.some(({ headers }) => headers.authorization !== undefined)).toBe(isSent)
  })

  /** A helper program on the PATH; `$server` holds what it was asked for. */
  function helper(script: string): void {
    const folder = temporaryFolder()
    writeFileSync(join(folder, 'docker-credential-test'), `#!/bin/sh\nread -r server\n${script}\n`)
    chmodSync(join(folder, 'docker-credential-test'), 0o755)
    process.env.PATH = `${folder}:${path}`
  }

  it('come from the credential helper that is named', async () => {
    await using registry = await serveImages(
      tags,
      wants(mine, () => 'Basic realm="x"'),
    )
    const log = join(temporaryFolder(), 'log')
    helper(`echo "$1 $server" >>${log}; echo '{"Username":"me","Secret":"sec:ret"}'`)
    const env = { DOCKER_CONFIG: dirname(configured('config.json', { credHelpers: { [registry.host]: 'test' } })) }
    expect((await taken(registry.host, { env })).found.size).toBe(1)
    expect(readFileSync(log, 'utf8')).toBe(`get ${registry.host}\n`)
  })

  it.each([
    ['fails', 'echo "secret words" >&2; exit 3', /docker-credential-test for 127.*failed: exit status 3$/],
    ['prints nonsense', 'echo secret words', /docker-credential-test printed no credentials$/],
    ['has none', 'echo "credentials not found in native keychain"; exit 1', /there are no credentials for it\)$/],
  ])('are told to be missing when the helper %s', async (_, script, message) => {
    await using registry = await serveImages(
      tags,
      wants(mine, () => 'Basic realm="x"'),
    )
    helper(script)
    const env = { DOCKER_CONFIG: dirname(configured('config.json', { credsStore: 'test' })) }
    const error = await failure(taken(registry.host, { env }))
    expect(error).toMatchObject({ code: 'image-denied', message: expect.stringMatching(message) })
    expect(error.message).not.toContain('secret words')
  })

  it('reports a damaged file and a missing helper', async () => {
    await using registry = await serveImages(
      tags,
      wants(mine, () => 'Basic realm="x"'),
    )
    const env = {
      DOCKER_CONFIG: dirname(configured('config.json', '{')),
      REGISTRY_AUTH_FILE: configured('x', { credsStore: 'gone' }),
    }
    const { message } = await failure(taken(registry.host, { env }))
    expect(message).toContain('config.json is no JSON object')
    expect(message).toMatch(/docker-credential-gone for .* failed: ENOENT/)
  })
})
