import { describe, expect, it } from 'vitest'
import { isDebian, parseAptSites } from '../../../src/core/sources/apt-sites.js'

describe('apt’s own sites', () => {
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
