import { describe, expect, it } from 'vitest'
import { releaseAddresses } from '../../../src/core/request/release-addresses.js'

const upstream = { server: 'https://github.com', name: 'up/setup-qemu' }
const action = { GITHUB_SERVER_URL: 'https://ghes.example', GITHUB_ACTION_REPOSITORY: 'fork/setup-qemu' }
const own = 'https://ghes.example/fork/setup-qemu/releases/download'
const up = 'https://github.com/up/setup-qemu/releases/download'

describe('our releases', () => {
  it('are those of the repository that the action comes from, then the upstream’s', () => {
    expect(releaseAddresses(action, upstream)).toEqual([own, up])
  })

  it('are asked once where both are one', () => {
    const env = { GITHUB_SERVER_URL: 'https://github.com', GITHUB_ACTION_REPOSITORY: 'up/setup-qemu' }
    expect(releaseAddresses(env, upstream)).toEqual([up])
  })

  it('are where SETUP_QEMU_RELEASES says, in place of the action’s own, and then the upstream’s', () => {
    const env = { ...action, SETUP_QEMU_RELEASES: ' http://127.0.0.1:1/a/b/releases/download/\nhttps://two ' }
    expect(releaseAddresses(env, upstream)).toEqual(['http://127.0.0.1:1/a/b/releases/download', 'https://two', up])
  })

  it('are nowhere outside of an action without an upstream, whatever repository the workflow is of', () => {
    expect(releaseAddresses({ GITHUB_SERVER_URL: 'https://github.com', GITHUB_REPOSITORY: 'a/b' }, undefined)).toEqual(
      [],
    )
    expect(releaseAddresses({ ...action, GITHUB_ACTION_REPOSITORY: '', SETUP_QEMU_RELEASES: '' }, undefined)).toEqual(
      [],
    )
  })

  it('are refused when they are no addresses', () => {
    expect(() => releaseAddresses({ SETUP_QEMU_RELEASES: '/srv/releases' }, upstream)).toThrow(
      /^SETUP_QEMU_RELEASES "\/srv\/releases" is not an http or https address$/,
    )
  })
})
