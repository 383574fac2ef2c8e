// A registry that requires a login: with user name and password, or with a token from its token service.
import type { ServerResponse } from 'node:http'
import { tags } from './one-image.js'
import { type Hook, type Seen, serveImages } from './registry.js'

export const basicOf = (text: string) => `Basic ${Buffer.from(text).toString('base64')}`
export const credentials = { username: 'me', password: 'sec:ret' }
export const mine = basicOf('me:sec:ret')

/** Requires `authorization` for everything below /v2/, and answers `challenge` without it. */
export const wants =
  (authorization: string, challenge: () => string): Hook =>
  ({ url, headers }, response) => {
    if (!url.startsWith('/v2/') || headers.authorization === authorization) return false
    response.writeHead(401, { 'www-authenticate': challenge() }).end()
    return true
  }

/** A registry with a token service; `grant` answers requests for tokens. */
export async function withTokens(
  grant: (request: Seen, response: ServerResponse) => void,
  challenge?: (host: string) => string,
) {
  let host = ''
  const words =
    challenge ?? ((at) => `Bearer realm="http://${at}/token?x=1",service="me & you",scope="repository:a/b:pull"`)
  const registry = await serveImages(tags, (request, response) => {
    if (!request.url.startsWith('/token')) return wants('Bearer TOKEN', () => words(host))(request, response)
    grant(request, response)
    return true
  })
  host = registry.host
  return registry
}

export const granting = (_: Seen, response: ServerResponse) => void response.end('{"token":"TOKEN"}')

/** The requests to the token service. */
export const tokenRequests = (registry: { seen: readonly Seen[] }) =>
  registry.seen.filter(({ url }) => url.startsWith('/token'))
