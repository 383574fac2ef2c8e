// What registries, token services and the places that they redirect to are told of us.
import type { ServerResponse } from 'node:http'
import { describe, expect, it } from 'vitest'
import { cleanAfterEach } from '../../support/kernel/table.js'
import { isBlob, tags, taken } from '../../support/registry/one-image.js'
import { failure, serveImages, status } from '../../support/registry/registry.js'
import { credentials, granting, mine, tokenRequests, wants, withTokens } from '../../support/registry/token-service.js'

cleanAfterEach()

describe('credentials', () => {
  it('that are given are used for Basic', async () => {
    await using registry = await serveImages(
      tags,
      wants(mine, () => 'Basic realm="x"'),
    )
    expect((await taken(registry.host, { credentials })).found.size).toBe(1)
    expect(registry.seen.filter(({ headers }) => headers.authorization === undefined)).toHaveLength(1)
  })

  it('are not needed for an anonymous token, which is requested once', async () => {
    await using registry = await withTokens(granting)
    expect((await taken(registry.host)).found.size).toBe(1)
    const [request, ...more] = tokenRequests(registry)
    expect(more).toEqual([])
    expect(request?.url).toBe('/token?x=1&service=me+%26+you&scope=repository%3Aa%2Fb%3Apull')
    expect(request?.headers.authorization).toBeUndefined()
  })

  it('go to the token service; the registry only gets the token', async () => {
    await using registry = await withTokens((_, response) => void response.end('{"access_token":"TOKEN"}'))
    expect((await taken(registry.host, { credentials })).found.size).toBe(1)
    expect(tokenRequests(registry).map(({ headers }) => headers.authorization)).toEqual([mine])
    const others = registry.seen.filter(({ url }) => !url.startsWith('/token'))
    expect(new Set(others.map(({ headers }) => headers.authorization))).toEqual(new Set([undefined, 'Bearer TOKEN']))
  })

  it('are sent again when a token expires', async () => {
    let number = 0
    let host = ''
    await using registry = await serveImages(tags, (request, response) => {
      if (request.url.startsWith('/token')) {
        number++
        response.end(JSON.stringify({ token: `T${number}` }))
        return true
      }
      const valid = isBlob(request) ? 'Bearer T2' : 'Bearer T1'
      return wants(valid, () => `Bearer realm="http://${host}/token"`)(request, response)
    })
    host = registry.host
    expect((await taken(registry.host)).found.size).toBe(1)
    expect(tokenRequests(registry).at(-1)?.url).toBe('/token?scope=repository%3Aa%2Fb%3Apull')
  })

  it.each<[string, (response: ServerResponse) => void, string, RegExp]>([
    ['401', (response) => response.writeHead(401).end(), 'image-denied', /its token service answered 401/],
    [
      '503',
      (response) => response.writeHead(503).end(),
      'image-unreachable',
      /its token service answered 503.*tried 3/,
    ],
    ['HTML', (response) => response.end('<html>'), 'image-unreachable', /something that is no token/],
    ['a token with a line feed', (response) => response.end('{"token":"a\\nb"}'), 'image-unreachable', /no token/],
    [
      'a token that does not help',
      (response) => response.end('{"token":"X"}'),
      'image-denied',
      /answered 401 \(the cred/,
    ],
  ])('that bring %s from the token service are told, and not shown', async (_, grant, code, message) => {
    await using registry = await withTokens((_request, response) => grant(response))
    const error = await failure(taken(registry.host, { credentials }))
    expect(error).toMatchObject({ code, message: expect.stringMatching(message) })
    expect(`${error.message}${error.hint}`).not.toMatch(/sec:ret|TOKEN|bWU6/)
  })

  it.each(['http://far.example/token', 'file:///token', 'nonsense'])(
    'do not go to the token service %s',
    async (realm) => {
      await using registry = await withTokens(granting, () => `Bearer realm="${realm}"`)
      expect(await failure(taken(registry.host, { credentials }))).toMatchObject({ code: 'image-refused' })
    },
  )

  it('are sent neither to hosts that a registry redirects to nor to their token services', async () => {
    await using store = await serveImages(tags)
    await using greedy = await serveImages(tags, status(401, { 'www-authenticate': 'Basic realm="give"' }))
    for (const [target, works] of [
      [store, true],
      [greedy, false],
    ] as const) {
      await using registry = await serveImages(tags, (request, response) => {
        if (wants(mine, () => 'Basic realm="x"')(request, response)) return true
        if (!isBlob(request)) return false
        response.writeHead(307, { location: `http://${target.host}${request.url}?signature=s` }).end()
        return true
      })
      // the store made by hand knows no query
      const attempt = taken(registry.host, { credentials })
      if (works) await expect(attempt).rejects.toMatchObject({ code: 'image-not-found' })
      else await expect(attempt).rejects.toMatchObject({ code: 'image-denied', message: /redirected to a place/ })
      expect(target.seen.length).toBeGreaterThan(0)
      for (const { headers } of target.seen) expect(headers.authorization).toBeUndefined()
    }
  })

  it('are kept on a redirect to the same host', async () => {
    await using registry = await serveImages(tags, (request, response) => {
      if (wants(mine, () => 'Basic realm="x"')(request, response)) return true
      if (!request.url.startsWith('/v2/a/b/blobs')) return false
      response.writeHead(302, { location: request.url.replace('/v2/a/b/', '/v2/moved/') }).end()
      return true
    })
    expect((await taken(registry.host, { credentials })).found.size).toBe(1)
  })
})
