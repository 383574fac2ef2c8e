// Registry mirrors that deliver, and that do not.
import { describe, expect, it } from 'vitest'
import { cleanAfterEach } from '../../support/kernel/table.js'
import { imageAccess } from '../../support/registry/image-access.js'
import { sha256 } from '../../support/registry/oci-layout.js'
import { good, goodLayer, isBlob, tags, taken } from '../../support/registry/one-image.js'
import { failure, type Hook, serveImages, status } from '../../support/registry/registry.js'

cleanAfterEach()

describe('mirrors', () => {
  it('are tried first, under their prefix, without the registry’s credentials', async () => {
    await using registry = await serveImages(tags)
    await using mirror = await serveImages(
      tags,
      status(401, { 'www-authenticate': 'Basic realm="x"' }, ({ url }) => url.includes('/locked/')),
    )
    const credentials = { username: 'me', password: 'secret' }
    const registryMirrors = [`http://${mirror.host}/locked/`, `http://${mirror.host}/some/prefix`]
    expect((await taken(registry.host, { registryMirrors, credentials })).found.size).toBe(1)
    expect(registry.seen).toEqual([])
    expect(mirror.seen.map(({ url }) => url.replace(/(manifests|blobs).*/, ''))).toEqual([
      '/v2/locked/a/b/',
      ...Array.from({ length: 4 }, () => '/v2/some/prefix/a/b/'),
    ])
    for (const { headers } of mirror.seen) expect(headers.authorization).toBeUndefined()
  })

  const liar: Hook = (request, response) => {
    if (!isBlob(request)) return false
    response.end(Buffer.from(goodLayer.bytes).fill(9, 3000, 3001))
    return true
  }
  it.each<[string, Hook]>([
    ['has nothing', status(404)],
    ['is broken', status(500)],
    ['lacks the layer', status(404, {}, isBlob)],
    ['gives another layer', liar],
    ['gives HTML', status(200)],
    ['gives HTML for the layer', status(200, {}, isBlob)],
  ])('one that %s is skipped', async (_, hook) => {
    await using registry = await serveImages(tags)
    await using mirror = await serveImages(tags, hook)
    const said: string[] = []
    const log = { ...imageAccess().log, detail: (line: string) => void said.push(line) }
    const fetch = await taken(registry.host, { registryMirrors: [`http://${mirror.host}`], log })
    expect(fetch.found.get('qemu-aarch64')?.sha256).toBe(sha256(good))
    expect(said.join('\n')).toContain(mirror.host)
    expect(registry.seen.length).toBeGreaterThan(0)
  })

  it('are named with their answers when none delivers', async () => {
    await using registry = await serveImages({})
    await using mirror = await serveImages(tags, status(403))
    const { code, message } = await failure(taken(registry.host, { registryMirrors: [`http://${mirror.host}/m`] }))
    expect(code).toBe('image-not-found')
    expect(message).toBe(
      `${registry.host}/a/b:t: the tag "t" could not be fetched:\n  http://${mirror.host}/v2/m/a/b: answered 403 Forbidden\n` +
        `  http://${registry.host}/v2/a/b: answered 404 Not Found`,
    )
  })
})
