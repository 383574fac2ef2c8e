import { describe, expect, it } from 'vitest'
import { platformOf } from '../../../src/core/model/targets.js'
import { missingPlatform } from '../../../src/core/request/platform-list.js'

describe('the platform that a program needs beside those that are emulated', () => {
  it.each([
    ['riscv64', ['arm64'], 'amd64', 'riscv64'],
    ['armhf', ['arm64'], 'amd64', 'arm'],
    ['hppa', [], 'arm64', 'hppa'],
    ['riscv64', ['arm64', 'riscv64'], 'amd64', undefined],
    ['amd64', ['arm64'], 'amd64', undefined],
    ['386', ['arm64'], 'amd64', undefined],
    ['arm', ['riscv64'], 'arm64', undefined],
    ['386', ['riscv64'], 'arm64', '386'],
  ] as const)('of a program for %s, with %j, on %s', (program, emulated, host, expected) => {
    const lacking = missingPlatform(
      platformOf(program).target,
      emulated.map((word) => platformOf(word)),
      host,
    )
    expect(lacking && platformOf(lacking).target).toBe(expected && platformOf(expected).target)
  })
})
