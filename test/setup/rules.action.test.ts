// The input and option `rules`, through both faces.
import { describe, expect, it } from 'vitest'
import { annotations, cli, main, play, post } from '../support/runner/runner.js'

const wideMask = 'ffffffffffffff000000000000000000feffffff'

describe('rules: wide', () => {
  it('registers a wide rule, proves it, and post takes it away', async () => {
    const { result } = await play([main({ rules: 'wide' }), cli('status', ['status', '--json']), post()])
    const { status, outputs, summary, table } = result('main')
    expect(status).toBe(0)
    const found = JSON.parse(outputs.status ?? '')
    expect(found.targets[0]).toMatchObject({ state: 'emulated', proof: { direct: true, chroot: true, wide: true } })
    expect(summary).toContain('ran directly, in an empty chroot, as an AppImage, argv[0] kept')
    expect(table?.['qemu-aarch64']).toContain(`mask ${wideMask}\n`)
    expect(JSON.parse(result('status').stdout).entries).toMatchObject([
      { target: 'aarch64', rules: 'wide', behind: 'runs' },
    ])
    expect(result('post of main').table).toEqual({})
  })

  it('is the only way to microblaze', async () => {
    const args = ['setup', 'microblaze', '--json']
    const { result } = await play([
      cli('refused', args),
      main({ platforms: 'microblaze' }),
      cli('plan', [...args, '--rules', 'wide', '--dry-run']),
      cli('set up', [...args, '--rules', 'wide']),
    ])
    expect(result('refused').status).toBe(2)
    expect(JSON.parse(result('refused').stdout).error).toMatchObject({
      code: 'invalid-input',
      message: expect.stringContaining('microblaze'),
      hint: expect.stringContaining('rules to wide'),
    })
    expect(result('main').status).toBe(1)
    expect(annotations('error', result('main'))[0]?.text).toContain('rules to wide')
    expect(result('main').table).toEqual({})
    expect(JSON.parse(result('plan').stdout).targets).toMatchObject([{ plan: 'register', rules: 'wide' }])
    expect(JSON.parse(result('set up').stdout).targets).toMatchObject([{ target: 'microblaze', proof: { wide: true } }])
  })

  it('is refused for a container, before anything is done', async () => {
    const { result } = await play([main({ rules: 'wide', method: 'container', image: 'docker.io/a/b:c' })])
    expect([result('main').status, annotations('error', result('main'))[0]?.text]).toEqual([
      1,
      expect.stringContaining('rules is wide, and method is container'),
    ])
  })
})
