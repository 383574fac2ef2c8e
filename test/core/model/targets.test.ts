import { describe, expect, it } from 'vitest'
import { editDistance, nearest, platformOf, printable, targetNamed, targets } from '../../../src/core/model/targets.js'

describe('the table', () => {
  it('has all 34 rules, each name and spelling once', () => {
    expect(targets).toHaveLength(34)
    const spellings = targets.flatMap((target) => [target.name, ...target.aliases])
    expect(new Set(spellings).size).toBe(spellings.length)
  })

  it.each(targets.map((target) => [target.name, target] as const))(
    '%s has magic and mask of one length',
    (_, target) => {
      expect(target.magic).toMatch(/^([0-9a-f]{2}){20,}$/)
      expect(target.mask).toHaveLength(target.magic.length)
      expect(target.mask).toMatch(/^[0-9a-f]+$/)
    },
  )

  it.each(
    targets.flatMap((target) =>
      [target.name, ...target.aliases, ...target.oci].map((spelling) => [spelling, target.name]),
    ),
  )('%s means %s', (spelling, name) => {
    expect(platformOf(spelling).target.name).toBe(name)
  })
})

describe('a platform', () => {
  it.each([
    ['arm64', 'aarch64', 'linux/arm64'],
    ['linux/arm64', 'aarch64', 'linux/arm64'],
    ['linux/arm64/v8', 'aarch64', 'linux/arm64'],
    [' ARM64 ', 'aarch64', 'linux/arm64'],
    ['qemu-aarch64-static', 'aarch64', 'linux/arm64'],
    ['qemu-aarch64', 'aarch64', 'linux/arm64'],
    ['arm', 'arm', 'linux/arm/v7'],
    ['armhf', 'arm', 'linux/arm/v7'],
    ['linux/arm/v6', 'arm', 'linux/arm/v6'],
    ['linux/arm/v5', 'arm', 'linux/arm/v5'],
    ['armv6l', 'arm', 'linux/arm/v6'],
    ['armel', 'arm', 'linux/arm/v5'],
    ['arm-linux-gnueabihf', 'arm', 'linux/arm/v7'],
    ['linux/386', 'i386', 'linux/386'],
    ['amd64', 'x86_64', 'linux/amd64'],
    ['ppc64el', 'ppc64le', 'linux/ppc64le'],
    ['riscv64-linux-gnu', 'riscv64', 'linux/riscv64'],
    ['loong64', 'loongarch64', 'linux/loong64'],
    ['sparc64', 'sparc64', null],
  ])('%s is %s, in OCI form %s', (word, target, platform) => {
    const found = platformOf(word)
    expect([found.target.name, found.platform]).toEqual([target, platform])
  })

  it.each([
    ['arm65', 'arm64'],
    ['linux/amr64', 'arm64'],
    ['risc64', 'riscv64'],
    ['aarhc64', 'aarch64'],
    ['s930x', 's390x'],
    ['arm46', 'arm64'],
  ])('%s is unknown, and the nearest is %s', (word, near) => {
    expect(() => platformOf(word)).toThrow(
      expect.objectContaining({ code: 'unknown-platform', hint: `did you mean "${near}"?` }),
    )
  })

  it.each(['windows/amd64', 'zzzzzzzz', '', '../../etc', '%s%n'])('%j is unknown, and nothing is near', (word) => {
    expect(() => platformOf(word)).toThrow(expect.objectContaining({ code: 'unknown-platform' }))
  })

  it('names a stranger’s bytes without letting them through', () => {
    expect(() => platformOf('\u001b[31m\n::error::x')).toThrow(/"\\u001b\[31m\\n::error::x"/)
    expect(printable('x'.repeat(500))).toHaveLength(83)
  })
})

describe('edits', () => {
  it.each([
    ['', '', 0],
    ['a', '', 1],
    ['', 'ab', 2],
    ['kitten', 'sitting', 3],
    ['ab', 'ba', 1],
    ['arm46', 'arm64', 1],
  ])('from %j to %j are %i', (a, b, edits) => {
    expect(editDistance(a, b)).toBe(edits)
    expect(editDistance(b, a)).toBe(edits)
  })

  it('finds no near word when all are far', () => {
    expect(nearest('abcdef', ['uvwxyz'])).toBeUndefined()
  })

  it('knows no target by an alias where a name is wanted', () => {
    expect(() => targetNamed('arm64')).toThrow('no target is named arm64')
  })
})
