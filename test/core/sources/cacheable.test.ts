import { describe, expect, it } from 'vitest'
import {
  type Cacheable,
  cacheablesText,
  cacheKey,
  isWorthCaching,
  parseCacheables,
} from '../../../src/core/sources/cacheable.js'

const sha256 = '51b7a9805f7f2ba8e1a06d141fe28493ba288d38acf74daeba79f1a50a26eb27'
const file: Cacheable = { path: '/cache/setup-qemu/11.1.3/x/qemu-aarch64', binary: 'qemu-aarch64', sha256 }

describe('files for the GitHub cache', () => {
  it('have their content as key', () => {
    expect(cacheKey(file)).toBe(`setup-qemu-${sha256}`)
  })

  it('are those that came over the network', () => {
    const fetched = (
      ['deb', 'release', 'mirror', 'bundled', 'tool-cache', 'github-cache', 'image', null] as const
    ).filter((locator) => isWorthCaching(locator, 1000))
    expect(fetched).toEqual(['deb', 'release', 'mirror'])
    // shared bytes are counted on another one; a mirror can be a folder
    expect([isWorthCaching('deb', 0), isWorthCaching('mirror', 0)]).toEqual([true, false])
  })

  it('come back from the state, without what does not belong there', () => {
    expect(parseCacheables(cacheablesText([file, file]))).toEqual([file, file])
    expect(parseCacheables(cacheablesText([{ ...file, secret: 1 } as Cacheable]))).toEqual([file])
    expect(parseCacheables(cacheablesText([]))).toEqual([])
  })

  it.each<[string, unknown]>([
    ['no list', file],
    ['nothing', null],
    ['a list of texts', [file.path]],
    ['a list of nothing', [null]],
    ['a relative path', [{ ...file, path: 'x/qemu-aarch64' }]],
    ['a path of another file', [{ ...file, path: '/etc/passwd' }]],
    ['a path that goes up', [{ ...file, path: '/cache/../qemu-aarch64' }]],
    ['a path with an end in it', [{ ...file, path: '/cache\0/qemu-aarch64' }]],
    ['another kind of name', [{ ...file, binary: 'aarch64', path: '/x/aarch64' }]],
    ['a name with a line break', [{ ...file, binary: 'qemu-a\n', path: '/x/qemu-a\n' }]],
    ['a short hash', [{ ...file, sha256: sha256.slice(1) }]],
    ['a hash in upper case', [{ ...file, sha256: sha256.toUpperCase() }]],
    ['one good and one bad', [file, { ...file, sha256: 1 }]],
  ])('are refused when the state holds %s', (_, value) => {
    expect(parseCacheables(JSON.stringify(value))).toBeUndefined()
  })

  it('are refused when the state is no JSON', () => {
    expect(parseCacheables('[{')).toBeUndefined()
  })
})
