import { describe, expect, it } from 'vitest'
import { type KnownPlaces, packageAddress, placesFor } from '../../../src/core/sources/network-place.js'

const from = {
  archive: 'debian' as const,
  path: 'pool/main/q/qemu/qemu-user_1+ds-1~x_amd64.deb',
  snapshot: '20260101T000000Z',
}
const nothing: KnownPlaces = { mirrors: [], releases: [], aptSites: [] }
const snapshot = { kind: 'snapshot', base: 'https://snapshot.debian.org/archive/debian/20260101T000000Z' }

describe('the places of an emulator', () => {
  it('are the mirrors, the releases, the apt site of its archive, the others, and last the snapshot archive', () => {
    const known = {
      mirrors: ['http://m/debian', 'http://n'],
      releases: ['https://own/releases', 'https://up/releases'],
      aptSites: ['http://a/debian-security', 'http://a/debian'],
    }
    expect(placesFor(from, known)).toEqual([
      { kind: 'mirror', base: 'http://m/debian' },
      { kind: 'mirror', base: 'http://n' },
      { kind: 'release', base: 'https://own/releases' },
      { kind: 'release', base: 'https://up/releases' },
      { kind: 'apt', base: 'http://a/debian' },
      { kind: 'apt', base: 'http://a/debian-security' },
      snapshot,
    ])
  })

  it('are only the snapshot archive where nothing else is known', () => {
    expect(placesFor(from, nothing)).toEqual([snapshot])
  })

  it('are each asked once, as what they were named first', () => {
    const known = {
      ...nothing,
      mirrors: ['http://a/debian', 'http://r'],
      releases: ['http://r'],
      aptSites: ['http://a/debian'],
    }
    expect(placesFor(from, known).map(({ kind }) => kind)).toEqual(['mirror', 'mirror', 'snapshot'])
  })
})

it('the address of a package has its path encoded', () => {
  expect(packageAddress('http://m/debian', from)).toBe(
    'http://m/debian/pool/main/q/qemu/qemu-user_1%2Bds-1~x_amd64.deb',
  )
})
