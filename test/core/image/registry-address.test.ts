import { describe, expect, it } from 'vitest'
import { endpointsOf, isLoopback, refusalOf } from '../../../src/core/image/registry-address.js'
import { parseImageReference } from '../../../src/core/model/image-reference.js'

describe('the places of an image', () => {
  const bases = (text: string, ...mirrors: string[]) =>
    endpointsOf(parseImageReference(text), mirrors).map(({ base, own }) => `${own ? 'own' : 'mirror'} ${base}`)

  it.each([
    ['alpine', [], ['own https://registry-1.docker.io/v2/library/alpine']],
    ['ghcr.io/a/b', [], ['own https://ghcr.io/v2/a/b']],
    ['localhost:5000/x', [], ['own http://localhost:5000/v2/x']],
    ['127.1.2.3:5000/x', [], ['own http://127.1.2.3:5000/v2/x']],
    ['[::1]:5000/x', [], ['own http://[::1]:5000/v2/x']],
    ['localhost.example/x', [], ['own https://localhost.example/v2/x']],
    [
      'x.example/a',
      ['https://m.example/p/q/', 'http://n.example:80', 'o.example', 'o.example:5000/p'],
      [
        'mirror https://m.example/v2/p/q/a',
        'mirror http://n.example/v2/a',
        'mirror https://o.example/v2/a',
        'mirror https://o.example:5000/v2/p/a',
        'own https://x.example/v2/a',
      ],
    ],
  ])('of %s with mirrors %j', (text, mirrors, expected) => {
    expect(bases(text, ...mirrors)).toEqual(expected)
  })

  it.each(['', 'ftp://x', 'https://', 'http://a b', 'https://x?y', 'https://x#y', 'file:///etc'])(
    'refuse the mirror %j',
    (mirror) => {
      expect(() => bases('x', mirror)).toThrow(expect.objectContaining({ code: 'invalid-input' }))
    },
  )

  it('refuse a mirror with a password, and do not tell it', () => {
    const attempt = () => bases('x', 'https://me:secret@mirror.example')
    expect(attempt).toThrow(expect.objectContaining({ code: 'invalid-input' }))
    expect(attempt).not.toThrow(/secret/)
  })

  it.each([
    ['https://a', 'https://b', undefined],
    ['http://localhost:1', 'https://b', undefined],
    ['https://a', 'http://a', /not https/],
    ['https://a', 'http://localhost', /not https/],
    ['http://localhost:1', 'http://127.0.0.1:2', undefined],
    ['http://a', 'http://a/x', undefined],
    ['http://a', 'http://b', /another host/],
    ['http://localhost', 'http://b', /another host/],
  ])('from %s may go to %s: %s', (from, to, refusal) => {
    const said = refusalOf(new URL(to), new URL(from))
    if (refusal === undefined) expect(said).toBeUndefined()
    else expect(said).toMatch(refusal)
  })

  it.each([
    ['localhost', true],
    ['127.0.0.1', true],
    ['127.255.0.9', true],
    ['[::1]', true],
    ['127.0.0.1.example', false],
    ['128.0.0.1', false],
    ['localhost.example', false],
    ['[::2]', false],
  ])('%s is loopback: %s', (host, expected) => expect(isLoopback(host)).toBe(expected))
})
