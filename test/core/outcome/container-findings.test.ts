import { describe, expect, it } from 'vitest'
import { engineNames } from '../../../src/core/model/engine-name.js'
import type { ContainerFinding } from '../../../src/core/outcome/container-findings.js'
import { explanation } from '../../../src/core/outcome/finding.js'

const elsewhere = {
  kind: 'engine-elsewhere',
  engine: 'docker',
  at: 'unix:///x',
  difference: { what: 'release', theirs: '6.6-linuxkit', ours: '6.8' },
} as const
const fails = {
  kind: 'engine-fails',
  engine: 'podman',
  ending: 'exit status 1',
  output: '',
  ownNamespace: false,
} as const

describe('an engine whose containers run elsewhere', () => {
  it('is told with its address and what differs', () => {
    expect(explanation(elsewhere, 'aarch64')).toMatchObject({
      title: 'containers of docker do not run on this machine',
      reason: expect.stringMatching(
        /^docker \(unix:\/\/\/x\) runs .* its release is 6\.6-linuxkit, here it is 6\.8\. /,
      ),
    })
    expect(explanation({ ...elsewhere, at: null }, 'aarch64').reason).toMatch(/^docker runs its containers/)
  })

  it.each([
    ['docker', 'DOCKER_HOST'],
    ['podman', 'CONTAINER_HOST'],
    ['nerdctl', 'CONTAINERD_ADDRESS'],
  ] as const)('%s is pointed elsewhere by %s', (engine, variable) => {
    expect(explanation({ ...elsewhere, engine }, 'aarch64').remedy).toContain(variable)
  })

  it('has such a variable for every engine', () => {
    for (const engine of engineNames)
      expect(explanation({ ...elsewhere, engine }, 'aarch64').remedy).not.toContain('undefined')
  })
})

describe('a probe that fails in a container', () => {
  it.each([
    ['', /ended with exit status 1 and said nothing$/],
    [' \n', /and said nothing$/],
    ['exec format error\n', /and said: "exec format error"$/],
    ['\x1b[31mred\n::error::x', /and said: "\\u001b\[31mred\\n::error::x"$/],
    ['x'.repeat(1000), /and said: "x{300}\.\.\."$/],
  ])('with the output %j', (output, reason) => {
    expect(explanation({ ...fails, output }, 'arm').reason).toMatch(reason)
  })

  it('of another user namespace may have a table of its own, and the advice is another', () => {
    const [same, own] = [false, true].map((ownNamespace) => explanation({ ...fails, ownNamespace }, 'arm'))
    expect(same?.reason).not.toContain('user namespace')
    expect(own?.reason).toContain('its containers are in another user namespace than setup-qemu')
    expect([same?.remedy, own?.remedy]).toEqual([
      expect.stringContaining('setup-qemu status'),
      expect.stringContaining('rootful engine'),
    ])
  })
})

it('an engine that does not do its part is told in its own words', () => {
  expect(explanation({ kind: 'engine-unproven', engine: 'nerdctl', reason: 'no image' }, 'arm')).toEqual({
    title: 'what runs arm programs in containers of nerdctl is not known',
    reason: 'no image',
    remedy: expect.stringContaining('leave nerdctl out of verify-in'),
  })
})

const of = (finding: ContainerFinding) => explanation(finding, 'arm')

describe('a container', () => {
  const nothing = {
    kind: 'container-made-nothing',
    image: 'x/y',
    names: [],
    differences: [],
    said: [],
    inImage: 'has',
    reset: false,
  } as const
  it.each<[string, Partial<Extract<ContainerFinding, { kind: 'container-made-nothing' }>>, RegExp, RegExp]>([
    ['nothing more to say', {}, /made no entry for arm$/, /^leave method out/],
    ['an entry from before', { names: ['a', 'b'] }, /; a, b was there before it and stays$/, /^set reset: true/],
    [
      'why that does not count',
      { names: ['a'], differences: ['x', 'y'] },
      /; a was there before it and stays, but does not count: x; y$/,
      /^set reset: true/,
    ],
    ['a difference alone', { differences: ['x'] }, /made no entry for arm; x$/, /^leave method out/],
    ['an entry that reset left', { names: ['a'], reset: true }, /stays$/, /^leave method out/],
    ['no emulator in the image', { names: ['a'], inImage: 'lacks' }, /stays$/, /^choose an image that has/],
    ['words of its own', { said: ['one', 'two'] }, /\. About it the container said: one \/ two$/, /./],
  ])('that made nothing, with %s', (_, change, reason, remedy) => {
    expect(of({ ...nothing, ...change })).toEqual({
      title: 'the container registered nothing for arm',
      reason: expect.stringMatching(reason) as string,
      remedy: expect.stringMatching(remedy) as string,
    })
  })

  it('that hides one entry behind another', () => {
    const own = { name: 'qemu-mips', interpreter: '/m' }
    const by = { name: 'qemu-mipsn32', interpreter: '/n' }
    expect(of({ kind: 'hidden-in-image', image: 'x/y', own, by })).toMatchObject({
      reason: expect.stringMatching(/made qemu-mips \(\/m\) for arm, and after it qemu-mipsn32 \(\/n\),/),
      remedy: expect.stringMatching(/qemu-mips of the same image/),
    })
  })

  it('that registers with other flags', () => {
    expect(of({ kind: 'wrong-flags', entry: 'a', flags: 'F', credentials: true }).reason).toBe(
      'credentials is true, and the container made a with the flags F',
    )
  })
})
