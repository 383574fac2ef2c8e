// The local GitHub itself: what the publishing scripts rely on, as GitHub's documentation has it.
import { afterEach, expect, it } from 'vitest'
import { Scene, token } from '../../../support/github-api/scene.js'
import { storedName } from '../../../support/github-api/store.js'

let scene: Scene
afterEach(() => scene.close())

async function call(url: string, options: { method?: string; body?: unknown; bytes?: string; token?: string } = {}) {
  const { method = 'GET', body, bytes } = options
  const answer = await fetch(url, {
    method,
    redirect: 'manual',
    headers: {
      ...(options.token === undefined ? {} : { authorization: `Bearer ${options.token}` }),
      ...(bytes === undefined ? {} : { 'content-type': 'application/octet-stream' }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    ...(bytes === undefined ? {} : { body: bytes }),
  })
  const text = await answer.text()
  const json = (text.startsWith('{') || text.startsWith('[') ? JSON.parse(text) : undefined) as never
  return {
    status: answer.status,
    headers: answer.headers,
    text,
    json: json as Record<string, never> & { id: number }[],
  }
}

it('releases: drafts are seen with the token, tags are made on publishing, and what is immutable stays', async () => {
  scene = await Scene.open({ 'a.txt': 'a' })
  const { api, server, store } = scene.github
  const releases = `${api}/repos/someone/setup-qemu/releases`
  const create = (body: object) => call(releases, { method: 'POST', body, token })
  expect((await call(releases, { method: 'POST', body: { tag_name: 'v1' } })).status).toBe(401)
  expect((await call(releases, { token: 'wrong' })).status).toBe(401)
  expect((await create({})).status).toBe(422)
  const { json: draft } = await create({ tag_name: 'v1', draft: true })
  expect(store.ref('tags/v1')).toBeUndefined()
  expect((await call(releases)).json).toEqual([])
  expect((await call(`${releases}/${draft.id}`)).status).toBe(404)
  expect((await call(`${releases}/tags/v1`, { token })).status).toBe(404)
  const upload = `${String(draft.upload_url).replace(/\{.*/, '')}?name=`
  expect(new URL(upload).port).not.toBe(new URL(api).port)
  const asset = (await call(`${upload}a%2Bb~c.br`, { method: 'POST', bytes: 'bytes', token })).json
  expect(asset).toMatchObject({ name: 'a+b.c.br', state: 'uploaded', size: 5 })
  expect(String(asset.digest)).toMatch(/^sha256:[0-9a-f]{64}$/)
  expect((await call(`${upload}a%2Bb.c.br`, { method: 'POST', bytes: 'other', token })).status).toBe(422)
  expect((await call(`${server}/someone/setup-qemu/releases/download/v1/a+b.c.br`)).status).toBe(404)
  expect(
    (await call(`${releases}/${draft.id}`, { method: 'PATCH', body: { draft: false }, token })).json,
  ).toMatchObject({
    draft: false,
    immutable: true,
  })
  expect(store.ref('tags/v1')).toBe(store.ref('heads/main'))
  expect((await create({ tag_name: 'v1' })).status).toBe(422)
  expect((await call(`${upload}late`, { method: 'POST', bytes: 'x', token })).status).toBe(422)
  expect((await call(String(asset.url), { method: 'DELETE', token })).status).toBe(422)
  const ref = `${api}/repos/someone/setup-qemu/git/refs/tags/v1`
  expect((await call(ref, { method: 'DELETE', token })).status).toBe(422)
  expect((await call(ref.replace('/refs/', '/ref/'))).json).toMatchObject({ ref: 'refs/tags/v1' })
})

it('an asset is behind a redirect to another host, whose address expires and takes no token', async () => {
  scene = await Scene.open({ 'a.txt': 'a' }, { addressSeconds: 1 })
  const { server, store } = scene.github
  const release = store.create({ tag: 'v1', draft: true })
  Object.assign(store.startUpload(release, 'x', ''), { bytes: Buffer.from('0123456789'), state: 'uploaded' })
  store.update(release, { draft: false })
  const { status, headers } = await call(`${server}/someone/setup-qemu/releases/download/v1/x`)
  const address = headers.get('location') ?? ''
  expect([status, new URL(address).host === new URL(server).host]).toEqual([302, false])
  expect((await call(address)).text).toBe('0123456789')
  expect(await fetch(address, { headers: { range: 'bytes=2-4' } }).then((it) => it.text())).toBe('234')
  expect((await call(address, { token })).status).toBe(400)
  expect((await call(address.replace(/signature=./, 'signature=z'))).status).toBe(403)
  await new Promise((resolve) => setTimeout(resolve, 1100))
  expect((await call(address)).status).toBe(403)
})

it('lists have 30 a page, 100 at most, and links to the next', async () => {
  scene = await Scene.open({ 'a.txt': 'a' })
  const { api, store } = scene.github
  const release = store.create({ tag: 'v1', draft: true })
  for (let at = 0; at < 130; at++) store.startUpload(release, `asset-${at}`, '')
  const address = `${api}/repos/someone/setup-qemu/releases/${release.id}/assets`
  const sizes = []
  for (const query of ['', '?per_page=100', '?per_page=500', '?per_page=100&page=2', '?page=9']) {
    const { json, headers } = await call(`${address}${query}`, { token })
    sizes.push([json.length, /rel="next"/.test(headers.get('link') ?? '')])
  }
  expect(sizes).toEqual([
    [30, true],
    [100, true],
    [100, true],
    [30, false],
    [0, false],
  ])
})

it('too many creations in a time get 403 and retry-after', async () => {
  scene = await Scene.open({ 'a.txt': 'a' }, { createdPerMinute: 2, retryAfterSeconds: 7 })
  const create = (tag: string) =>
    call(`${scene.github.api}/repos/someone/setup-qemu/releases`, {
      method: 'POST',
      body: { tag_name: tag, draft: true },
      token,
    })
  await create('a')
  await create('b')
  const { status, headers, text } = await create('c')
  expect([status, headers.get('retry-after')]).toEqual([403, '7'])
  expect(text).toContain('secondary rate limit')
})

it.each([
  ['qemu_1~2.dsc', 'qemu_1.2.dsc'],
  ['a b(c).txt', 'a.b.c.txt'],
  ['.hidden.', 'hidden'],
  ['a+b_c-d.br', 'a+b_c-d.br'],
])('the name %s becomes %s', async (name, stored) => {
  scene = await Scene.open({ 'a.txt': 'a' })
  expect(storedName(name)).toBe(stored)
})
