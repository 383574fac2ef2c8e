// Registries that refuse, fail, redirect, or lie. All on loopback.
import { describe, expect, it } from 'vitest'
import { cleanAfterEach } from '../../support/kernel/table.js'
import { digestOf, indexOf, jsonBytes, sha256 } from '../../support/registry/oci-layout.js'
import { good, goodLayer, image, isBlob, tags, taken } from '../../support/registry/one-image.js'
import { atFirst, failure, type Hook, serveImages, status } from '../../support/registry/registry.js'

cleanAfterEach()

describe('a registry', () => {
  it('is asked by tag with HEAD, and by digest for everything else', async () => {
    await using registry = await serveImages(tags)
    expect((await taken(registry.host)).found.size).toBe(1)
    const config = [...image.blobs.keys()].find((digest) => digest !== digestOf(goodLayer.bytes))
    expect(registry.seen.map(({ method, url }) => `${method} ${url}`)).toEqual([
      'HEAD /v2/a/b/manifests/t',
      `GET /v2/a/b/manifests/${image.digest}`,
      `GET /v2/a/b/blobs/${config}`,
      `GET /v2/a/b/blobs/${digestOf(goodLayer.bytes)}`,
    ])
    expect(registry.seen[0]?.headers.accept).toContain('application/vnd.oci.image.index.v1+json')
  })

  it('is asked by digest when there is one, whatever the tag is', async () => {
    await using registry = await serveImages(tags)
    const reference = `${registry.host}/a/b:other@${image.digest}`
    const fetch = await taken(registry.host, {}, reference)
    expect(fetch).toMatchObject({ image: reference, digest: image.digest })
    expect(registry.seen[0]?.url).toBe(`/v2/a/b/manifests/${image.digest}`)
  })

  it.each<[string, Hook]>([
    ['HEAD', status(405, {}, ({ method }) => method === 'HEAD')],
    ['the header with the digest', status(200, {}, ({ method }) => method === 'HEAD')],
    ['a right header', status(200, { 'docker-content-digest': 'sha256:x' }, ({ method }) => method === 'HEAD')],
  ])('without %s is asked for the tag with GET', async (_, hook) => {
    await using registry = await serveImages(tags, hook)
    expect(await taken(registry.host)).toMatchObject({ digest: image.digest })
  })

  it('that breaks off is asked for the rest', async () => {
    let times = 0
    await using registry = await serveImages(tags, (request, response) => {
      if (!isBlob(request) || times++ > 0) return false
      response.writeHead(200, { 'content-length': goodLayer.bytes.length })
      response.write(goodLayer.bytes.subarray(0, 100_000), () => response.destroy())
      return true
    })
    expect((await taken(registry.host)).found.get('qemu-aarch64')?.sha256).toBe(sha256(good))
    const ranges = registry.seen.filter(isBlob).map(({ headers }) => headers.range)
    expect(ranges).toEqual([undefined, expect.stringMatching(/^bytes=[1-9]\d*-\d+$/)])
  })

  it.each([408, 425, 429, 500, 502, 503, 504])('that answers %s at first is asked again', async (code) => {
    await using registry = await serveImages(tags, atFirst(2, status(code)))
    expect((await taken(registry.host)).found.size).toBe(1)
  })

  it('is retried after the time that it asks for, in seconds or as a date', async () => {
    // a date has whole seconds: this one is 1 to 2 seconds ahead
    for (const wait of [() => '1', () => new Date(Date.now() + 2000).toUTCString()]) {
      const limited: Hook = (request, response) =>
        request.method === 'GET' && status(429, { 'retry-after': wait() })(request, response)
      await using registry = await serveImages(tags, atFirst(2, limited))
      const started = performance.now()
      expect((await taken(registry.host)).found.size).toBe(1)
      expect(performance.now() - started).toBeGreaterThan(900)
    }
  })

  it('is not retried when it asks for more than the limit', async () => {
    await using registry = await serveImages(tags, status(429, { 'retry-after': '3600' }))
    const { code, message, hint } = await failure(taken(registry.host))
    expect(code).toBe('image-unreachable')
    expect(message).toMatch(/answered 429 Too Many Requests, and asks to wait 3600 s$/)
    expect(hint).toMatch(/^log in .* anonymous users share one limit/)
  })

  const short: Hook = (request, response) => {
    if (!isBlob(request)) return false
    response.writeHead(200, { 'transfer-encoding': 'chunked' }).end(goodLayer.bytes.subarray(0, 1000))
    return true
  }
  const flipped: Hook = (request, response) => {
    if (!isBlob(request)) return false
    response.end(Buffer.from(goodLayer.bytes).fill(7, 5000, 5001))
    return true
  }
  const otherManifest: Hook = (request, response) => {
    if (request.method !== 'GET') return false
    response.end('{"layers":[]}')
    return true
  }
  const big: Hook = (request, response) => {
    if (request.method !== 'GET') return false
    response.end(Buffer.alloc(5 << 20, ' '))
    return true
  }
  const half: Hook = (request, response) => {
    if (!isBlob(request)) return false
    response.writeHead(200, { 'content-length': goodLayer.bytes.length }).write(goodLayer.bytes.subarray(0, 1000))
    return true
  }
  it.each<[string, Hook, string, RegExp]>([
    ['404', status(404), 'image-not-found', /the tag "t" could not be fetched: .*: answered 404 Not Found$/],
    ['404 for the layer', status(404, {}, isBlob), 'image-not-found', /the layer sha256:\w+ could not be fetched/],
    ['401 without a challenge', status(401), 'image-denied', /answered 401 \(there are no credentials for it\)/],
    ['403', status(403), 'image-denied', /answered 403/],
    ['503 always', status(503), 'image-unreachable', /answered 503 Service Unavailable \(tried 3 times\)/],
    ['418', status(418), 'image-unreachable', /answered 418/],
    ['HTML', status(200), 'image-damaged', /answered "<html>no<\/html>" where a manifest/],
    ['HTML for the layer', status(200, {}, isBlob), 'image-damaged', /ended after \d+ of \d+ bytes/],
    [
      'a layer of another size',
      status(200, { 'content-length': '15' }, isBlob),
      'image-damaged',
      /has a file of 15 bytes/,
    ],
    ['a short layer', short, 'image-damaged', /ended after \d+ of \d+ bytes/],
    [
      'a layer with another byte',
      flipped,
      'image-damaged',
      /delivered bytes with the digest sha256:\w+, expected sha256:/,
    ],
    ['another manifest', otherManifest, 'image-damaged', /expected sha256:\w+; they begin "{\\"layers\\":\[\]}"/],
    ['a manifest of 5 MB', big, 'image-refused', /more than 4194304 bytes/],
    ['silence', () => true, 'image-unreachable', /no (?:byte|answer) for 0.3 s \(tried 3 times\)/],
    [
      'half a layer and silence',
      half,
      'image-unreachable',
      /broke off after 1000 of \d+ bytes: no byte for 0.3 s|broke off/,
    ],
    ['a redirect that never ends', status(302, { location: '/again' }), 'image-unreachable', /more than 5 times/],
    [
      'a redirect out of the web',
      status(302, { location: 'file:///etc/passwd' }),
      'image-unreachable',
      /no web address/,
    ],
    [
      'a redirect to plain http',
      status(302, { location: 'http://far.example/?secret' }),
      'image-unreachable',
      /another host/,
    ],
  ])('that answers %s is told so', async (_, hook, code, message) => {
    await using registry = await serveImages(tags, hook)
    const error = await failure(taken(registry.host, { limits: { silenceMs: 300 } }))
    expect(error).toMatchObject({ code, message: expect.stringMatching(message) })
    expect(error.message).not.toContain('secret')
    expect(error.hint).not.toBe('')
  })

  it('that cannot be reached is reported', async () => {
    const registry = await serveImages(tags)
    await registry[Symbol.asyncDispose]()
    const { code, message } = await failure(taken(registry.host))
    expect(code).toBe('image-unreachable')
    expect(message).toMatch(/ECONNREFUSED .*\(tried 3 times\)/)
  })

  it('whose index has a wrong size for a manifest is reported', async () => {
    const index = indexOf([{ os: 'linux', architecture: 'amd64' }, image])
    const text = index.manifests.get(index.digest)?.bytes.toString() ?? ''
    const bytes = jsonBytes({ ...JSON.parse(text), manifests: [{ ...JSON.parse(text).manifests[0], size: 1 }] })
    const digest = digestOf(bytes)
    const lying = { ...index, digest, manifests: new Map([...image.manifests, [digest, { mediaType: 'x', bytes }]]) }
    await using registry = await serveImages({ t: lying })
    expect(await failure(taken(registry.host))).toMatchObject({
      code: 'image-damaged',
      message: expect.stringMatching(/delivered \d+ bytes for sha256:\w+, expected 1$/),
    })
  })
})
