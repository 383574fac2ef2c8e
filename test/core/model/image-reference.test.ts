import { describe, expect, it } from 'vitest'
import { endpointsOf } from '../../../src/core/image/registry-address.js'
import { parseImageReference, pinnedText, referenceText } from '../../../src/core/model/image-reference.js'

const hex = '0123456789abcdef'.repeat(4)
const digest = `sha256:${hex}`

describe('an image reference', () => {
  it.each([
    ['alpine', 'docker.io', 'library/alpine', 'latest', null],
    ['alpine:3.20', 'docker.io', 'library/alpine', '3.20', null],
    [' tonistiigi/binfmt:qemu-v10.2.3-68 ', 'docker.io', 'tonistiigi/binfmt', 'qemu-v10.2.3-68', null],
    ['docker.io/tonistiigi/binfmt', 'docker.io', 'tonistiigi/binfmt', 'latest', null],
    ['index.docker.io/alpine', 'docker.io', 'library/alpine', 'latest', null],
    ['docker.io/alpine', 'docker.io', 'library/alpine', 'latest', null],
    [`alpine@${digest}`, 'docker.io', 'library/alpine', null, digest],
    [`localhost:5000/x:v1@${digest}`, 'localhost:5000', 'x', 'v1', digest],
    ['localhost/x', 'localhost', 'x', 'latest', null],
    ['ghcr.io/a/b/c_d__e---f.g', 'ghcr.io', 'a/b/c_d__e---f.g', 'latest', null],
    ['REGISTRY/x', 'REGISTRY', 'x', 'latest', null],
    ['[::1]:5000/x', '[::1]:5000', 'x', 'latest', null],
    ['127.0.0.1:80/x:_T', '127.0.0.1:80', 'x', '_T', null],
    [`registry.example/${'a'.repeat(200)}`, 'registry.example', 'a'.repeat(200), 'latest', null],
  ])('%s is understood', (text, registry, repository, tag, sum) => {
    expect(parseImageReference(text)).toEqual({ registry, repository, tag, digest: sum })
  })

  it.each([
    ['', 'names no repository'],
    ['registry.example/', 'names no repository'],
    ['docker://alpine', 'has no scheme'],
    ['https://ghcr.io/a/b', 'has no scheme'],
    ['a/B', 'capital letters'],
    ['a//b', 'lower-case letters'],
    ['/a', 'lower-case letters'],
    ['a/../b', 'lower-case letters'],
    ['a/b-', 'lower-case letters'],
    ['a___b', 'lower-case letters'],
    ['a b', 'lower-case letters'],
    ['a\u0000b', 'lower-case letters'],
    ['alpine:', 'the tag ""'],
    ['alpine:.x', 'the tag ".x"'],
    [`alpine:${'x'.repeat(129)}`, 'the tag'],
    ['alpine:a b', 'the tag "a b"'],
    ['alpine@sha256:12', 'the digest "sha256:12"'],
    ['alpine@', 'the digest ""'],
    [`alpine@sha512:${hex}${hex}`, 'the digest'],
    [`alpine@SHA256:${hex}`, 'the digest'],
    [`alpine@${digest}@${digest}`, 'more than one "@"'],
    [hex, 'ID of an image'],
    ['-a.example/x', 'no host name'],
    ['a..example/x', 'no host name'],
    ['host.example:99999/x', 'no host name'],
    ['host.example:/x', 'no host name'],
    ['user:word@host.example/x', 'the digest'],
    ['1.2.3.4.5/x', 'no host name'],
    ['[::::]/x', 'no host name'],
    [`registry.example/${'a'.repeat(250)}`, 'longer than 255'],
  ])('%j is refused', (text, reason) => {
    expect(() => parseImageReference(text)).toThrow(
      expect.objectContaining({ code: 'invalid-image', message: expect.stringContaining(reason) }),
    )
  })

  it('comes back from its text', () => {
    for (const text of ['docker.io/library/alpine:3', `localhost:5000/a/b@${digest}`, `ghcr.io/x:t@${digest}`]) {
      expect(referenceText(parseImageReference(text))).toBe(text)
      expect(parseImageReference(referenceText(parseImageReference(text)))).toEqual(parseImageReference(text))
    }
    expect(pinnedText(parseImageReference('tonistiigi/binfmt:v1'), digest)).toBe(
      `docker.io/tonistiigi/binfmt:v1@${digest}`,
    )
  })

  it('is parsed or refused, whatever it is, and never anything else', () => {
    let state = 1
    const alphabet = 'aZ0.:/@-_[]\u0000 \\\n%é'
    for (let round = 0; round < 3000; round++) {
      const text = Array.from({ length: round % 24 }, () => {
        state = (Math.imul(state, 1103515245) + 12345) >>> 0
        return alphabet[(state >>> 16) % alphabet.length]
      }).join('')
      try {
        const reference = parseImageReference(text)
        expect(() => endpointsOf(reference, [])).not.toThrow()
        expect(parseImageReference(referenceText(reference))).toEqual(reference)
      } catch (error) {
        expect(error).toMatchObject({ code: 'invalid-image' })
      }
    }
  })
})
