import { describe, expect, it } from 'vitest'
import { isDebian, packageUrls, parseAptSites } from '../../../src/core/sources/apt-sites.js'

describe('places of a package', () => {
  const from = {
    archive: 'debian' as const,
    path: 'pool/main/q/qemu/qemu-user_1+ds-1~x_amd64.deb',
    snapshot: '20260101T000000Z',
  }

  it('are the mirrors, then the apt site of its archive, then the others, then the snapshot archive', () => {
    expect(packageUrls(from, ['http://m/debian'], ['http://a/debian-security', 'http://a/debian'])).toEqual([
      'http://m/debian/pool/main/q/qemu/qemu-user_1%2Bds-1~x_amd64.deb',
      'http://a/debian/pool/main/q/qemu/qemu-user_1%2Bds-1~x_amd64.deb',
      'http://a/debian-security/pool/main/q/qemu/qemu-user_1%2Bds-1~x_amd64.deb',
      'https://snapshot.debian.org/archive/debian/20260101T000000Z/pool/main/q/qemu/qemu-user_1%2Bds-1~x_amd64.deb',
    ])
  })

  it('are named once', () => {
    expect(packageUrls(from, ['http://a/debian'], ['http://a/debian'])).toHaveLength(2)
  })

  it('are read from apt, without what is no web address', () => {
    expect(parseAptSites('http://a/debian/\nhttp://a/debian\ncdrom:[Debian]/\nfile:/srv\n\nhttps://b/x\n')).toEqual([
      'http://a/debian',
      'https://b/x',
    ])
  })

  it.each([
    ['ID=debian\n', true],
    ['NAME=x\nID="debian"\nVERSION=1\n', true],
    ['ID=ubuntu\nID_LIKE=debian\n', false],
    ['', false],
  ])('are apt’s only on Debian itself: %j', (text, answer) => {
    expect(isDebian(text)).toBe(answer)
  })
})
