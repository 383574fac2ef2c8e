import { describe, expect, it } from 'vitest'
import { hostOf } from '../../../src/core/model/host.js'

describe('hosts', () => {
  it('are Linux on amd64 or arm64', () => {
    expect(hostOf('linux', 'x64')).toEqual({ host: 'amd64', machine: 'x86_64' })
    expect(hostOf('linux', 'arm64')).toEqual({ host: 'arm64', machine: 'aarch64' })
    expect(() => hostOf('darwin', 'arm64')).toThrow(expect.objectContaining({ code: 'not-linux' }))
    expect(() => hostOf('win32', 'x64')).toThrow(expect.objectContaining({ code: 'not-linux' }))
    expect(() => hostOf('linux', 'riscv64')).toThrow(expect.objectContaining({ code: 'unsupported-host' }))
  })
})
