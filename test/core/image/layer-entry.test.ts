import { describe, expect, it } from 'vitest'
import { HiddenPaths, layerEntry } from '../../../src/core/image/layer-entry.js'
import type { TarEntry } from '../../../src/core/image/tar-entry.js'

const wanted = new Set(['qemu-aarch64', 'qemu-arm'])
const meaning = (path: string, kind: TarEntry['kind'] = 'file', link = '') =>
  layerEntry({ path, kind, link, size: 1 }, wanted, 'IMAGE')

describe('a member of a layer', () => {
  it.each([
    ['usr/bin/qemu-aarch64', { kind: 'candidate', path: 'usr/bin/qemu-aarch64', binary: 'qemu-aarch64' }],
    ['./usr//bin/./qemu-arm-static', { kind: 'candidate', path: 'usr/bin/qemu-arm-static', binary: 'qemu-arm' }],
    ['qemu-arm', { kind: 'candidate', path: 'qemu-arm', binary: 'qemu-arm' }],
    ['usr/bin/buildkit-qemu-aarch64', { kind: 'other', path: 'usr/bin/buildkit-qemu-aarch64' }],
    ['usr/bin/qemu-aarch64_be', { kind: 'other', path: 'usr/bin/qemu-aarch64_be' }],
    ['usr/bin/qemu-arm-static-static', { kind: 'other', path: 'usr/bin/qemu-arm-static-static' }],
    ['a/../b', { kind: 'other', path: 'b' }],
    ['/etc/passwd', { kind: 'other', path: 'etc/passwd' }],
    ['a/.wh.b', { kind: 'whiteout', path: 'a/b' }],
    ['.wh.b', { kind: 'whiteout', path: 'b' }],
    ['a/.wh.qemu-arm', { kind: 'whiteout', path: 'a/qemu-arm' }],
    ['a/.wh..wh..opq', { kind: 'opaque', path: 'a' }],
    ['.wh..wh..opq', { kind: 'opaque', path: '' }],
    ['.', { kind: 'other', path: '' }],
  ])('%s', (path, expected) => expect(meaning(path)).toEqual(expected))

  it('that is a folder is no candidate', () => {
    expect(meaning('doc/qemu-arm/', 'folder')).toEqual({ kind: 'folder', path: 'doc/qemu-arm' })
  })

  it.each([
    ['symbolic link', 'qemu-arm-static', 'is a symbolic link to "qemu-arm-static"'],
    ['hard link', 'usr/bin/x\n', 'is a hard link to "usr/bin/x\\n"'],
    ['other', '', 'is no regular file'],
  ] as const)('that is a %s to %j with a wanted name is of no use', (kind, link, reason) => {
    expect(meaning('bin/qemu-arm', kind, link)).toEqual({
      kind: 'unusable',
      path: 'bin/qemu-arm',
      binary: 'qemu-arm',
      reason,
    })
  })

  it.each<[string, TarEntry['kind'], string, RegExp]>([
    ['../x', 'file', '', /leads out/],
    ['a/../../x', 'folder', '', /leads out/],
    ['a/../../.wh.x', 'file', '', /leads out/],
    ['/../x', 'file', '', /leads out/],
    ['../x', 'symbolic link', 'y', /leads out/],
    ['/usr/bin/qemu-arm', 'file', '', /absolute or goes back/],
    ['a/../qemu-arm', 'file', '', /absolute or goes back/],
    ['bin/qemu-arm', 'device', '', /is a device/],
    ['bin/qemu-arm', 'fifo', '', /is a fifo/],
    ['bin/qemu-arm', 'symbolic link', '/etc/shadow', /absolute path "\/etc\/shadow"/],
    ['bin/qemu-arm', 'hard link', '/usr/bin/x', /absolute path "\/usr\/bin\/x"/],
    ['a/.wh.', 'file', '', /names no file/],
    ['a/.wh...', 'file', '', /names no file/],
  ])('%s as a %s to %j is refused', (path, kind, link, message) => {
    expect(() => meaning(path, kind, link)).toThrow(
      expect.objectContaining({ code: 'image-refused', message: expect.stringMatching(message) }),
    )
  })
})

describe('hidden paths', () => {
  const hidden = new HiddenPaths()
  const lower = new HiddenPaths()
  for (const path of ['usr/.wh.bin', 'opt/.wh..wh..opq', 'srv']) hidden.add(meaning(path))
  hidden.add(meaning('home/', 'folder'))
  hidden.add(meaning('.'))
  lower.add(meaning('var/x'))
  hidden.addAll(lower)

  it.each([
    ['usr/bin', true],
    ['usr/bin/qemu-arm', true],
    ['usr/binary', false],
    ['usr', false],
    ['opt', false],
    ['opt/qemu-arm', true],
    ['opt/a/b', true],
    ['srv', true],
    ['srv/qemu-arm', true],
    ['home/qemu-arm', false],
    ['var/x', true],
    ['qemu-arm', false],
  ])('%s: %s', (path, expected) => expect(hidden.has(path)).toBe(expected))

  it('count their characters', () => expect(hidden.characters).toBe('usr/bin'.length + 3 + 3 + 5))

  it('are all of them below an opaque root', () => {
    const all = new HiddenPaths()
    all.add(meaning('.wh..wh..opq'))
    expect(all.has('qemu-arm')).toBe(true)
    expect(all.has('usr/bin/qemu-arm')).toBe(true)
  })
})
