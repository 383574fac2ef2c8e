import { describe, expect, it } from 'vitest'
import {
  compareVersions,
  majorTag,
  movesMajorTag,
  parseVersion,
  versionTag,
} from '../../../../scripts/release/publish/semantic-version.js'

const version = (text: string) => {
  const parsed = parseVersion(text)
  if (parsed === undefined) throw new Error(`${text} is no version`)
  return parsed
}

describe('parseVersion', () => {
  it.each(['0.2.0', '1.0.0-rc.1', '10.20.30', '1.0.0-alpha', '1.0.0-0A.is.legal', '1.0.0--'])('takes %s', (text) => {
    expect(parseVersion(text)?.text).toBe(text)
  })

  it.each([
    ...[
      '',
      'v0.2.0',
      '0.2',
      '0.2.0.1',
      '00.2.0',
      '0.02.0',
      '1.0.0-01',
      '1.0.0-',
      '1.0.0-a..b',
      '1.0.0+build',
      ' 1.0.0',
    ],
    ...['1.0.0\n', '1.0.0;id', '$(id)', '--version', '1.0.0-ä', '9999999999.0.0'],
  ])('refuses %j', (text) => {
    expect(parseVersion(text)).toBeUndefined()
  })
})

it('orders versions as the specification does', () => {
  const order = [
    ...[
      '1.0.0-alpha',
      '1.0.0-alpha.1',
      '1.0.0-alpha.beta',
      '1.0.0-beta',
      '1.0.0-beta.2',
      '1.0.0-beta.11',
      '1.0.0-rc.1',
    ],
    ...['1.0.0', '1.0.2', '1.0.10', '1.2.0', '2.0.0-rc.1', '2.0.0', '10.0.0'],
  ]
  const mixed = [...order].reverse().map(version)
  expect(mixed.sort(compareVersions).map(({ text }) => text)).toEqual(order)
  expect(compareVersions(version('1.0.0-a'), version('1.0.0-a'))).toBe(0)
})

it('names the tags', () => {
  expect([versionTag(version('0.2.0')), majorTag(version('0.2.0')), majorTag(version('12.0.1'))]).toEqual([
    'v0.2.0',
    'v0',
    'v12',
  ])
})

it.each([
  ['0.2.0', [], true],
  ['0.2.0', ['v0.1.0', 'v0.2.0', 'v0'], true],
  ['0.1.1', ['v0.1.0', 'v0.2.0'], false],
  ['0.3.0-rc.1', ['v0.2.0'], false],
  ['0.2.1', ['v0.2.0', 'v0.3.0-rc.1'], true],
  ['1.0.0', ['v0.9.0'], true],
  ['0.9.1', ['v1.0.0', 'v0.9.0'], true],
  ['0.2.0', ['0.9.0', 'qemu-11.1.3', 'vnext'], true],
])('%s among %j moves the major tag: %s', (text, tags, moves) => {
  expect(movesMajorTag(version(text), tags)).toBe(moves)
})
