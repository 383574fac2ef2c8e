import { describe, expect, it } from 'vitest'
import {
  addressWords,
  type ContainerRun,
  differenceOf,
  judgeContainer,
  parsePlace,
} from '../../../src/core/containers/container-run.js'
import type { EngineInfo } from '../../../src/core/containers/engine-answer.js'

const argv = ['/probe', '1a2b3c4d']
const expected = { engine: 'docker', sha256: 'aa', argv } as const
const answered: ContainerRun = {
  kind: 'answered',
  argv,
  sha256: 'aa',
  qemuVersion: '11.1.3',
  answerRight: true,
  ending: 'exit status 70',
}
const bootId = '3c947206-de5d-4c78-a090-91ca24bd23fe'

describe('a run in a container', () => {
  it('is as asked for when the same executable ran it', () => {
    expect(judgeContainer(answered, expected)).toEqual([])
  })

  it.each<[string, ContainerRun, string]>([
    ['another executable', { ...answered, sha256: 'bb' }, 'wrong-emulator'],
    ['other arguments', { ...answered, argv: ['/probe', 'x'] }, 'arguments-shifted'],
    ['no argument at all', { ...answered, argv: [] }, 'arguments-shifted'],
    ['a wrong answer', { ...answered, answerRight: false }, 'probe-crashed'],
    ['silence', { kind: 'silent', timeoutMs: 1000 }, 'probe-silent'],
    [
      'a container that ended',
      { kind: 'failed', ending: 'exit status 1', output: '', ownNamespace: false },
      'engine-fails',
    ],
    ['an engine that refused', { kind: 'unproven', reason: 'it said no' }, 'engine-unproven'],
    [
      'another kernel',
      { kind: 'elsewhere', at: null, difference: { what: 'release', theirs: '6.6', ours: '6.8' } },
      'engine-elsewhere',
    ],
  ])('is told when it is not: %s', (_, run, code) => {
    const findings = judgeContainer(run, expected)
    expect(findings.map(({ kind }) => kind)).toEqual([code])
    const [finding] = findings
    expect(finding && ('where' in finding ? finding.where : 'engine' in finding && finding.engine)).toBe('docker')
  })
})

describe('an engine’s kernel', () => {
  const info: EngineInfo = { kind: 'info', kernel: '6.8.0', architecture: 'x86_64', rootless: false }

  it.each<[string, Partial<EngineInfo>]>([
    ['docker', {}],
    ['podman', { architecture: 'amd64' }],
    ['one that tells nothing', { architecture: null, kernel: null }],
    ['a rootless one', { rootless: true }],
  ])('may be this one: %s', (_, change) => {
    expect(differenceOf({ ...info, ...change }, 'amd64', '6.8.0')).toBeUndefined()
  })

  it('is another one by its release or its architecture', () => {
    expect(differenceOf({ ...info, kernel: '6.6.87-linuxkit' }, 'amd64', '6.8.0')).toEqual({
      what: 'release',
      theirs: '6.6.87-linuxkit',
      ours: '6.8.0',
    })
    expect(differenceOf({ ...info, architecture: 'aarch64' }, 'amd64', '6.8.0')).toEqual({
      what: 'architecture',
      theirs: 'arm64',
      ours: 'amd64',
    })
  })

  it('is known by its boot id', () => {
    expect(parsePlace(`${bootId}\n         0          0 4294967295\n`)).toEqual({ bootId, uidMap: '0 0 4294967295' })
    const two = `${bootId}\n         0       1000          1\n         1     100000      65536\n`
    expect(parsePlace(two)).toEqual({ bootId, uidMap: '0 1000 1 1 100000 65536' })
    expect(parsePlace(`${bootId}\n`)).toEqual({ bootId, uidMap: '' })
  })

  it.each([
    '',
    bootId,
    `x${bootId}\n`,
    `${bootId}\n0 0\n`,
    `${bootId}\nmore\n`,
    `${bootId.toUpperCase()}\n`,
    '\0'.repeat(40),
  ])('is not known by %j', (text) => {
    expect(parsePlace(text)).toBeUndefined()
  })
})

describe('an address', () => {
  it.each([
    ['unix:///var/run/docker.sock', 'unix:///var/run/docker.sock'],
    ['ssh://me@host.example', 'ssh://me@host.example'],
    ['tcp://me:secret@host.example:2376', 'tcp://me@host.example:2376'],
    ['tcp://h\u001b[31m', 'tcp://h\\u001b[31m'],
  ])('%j is told as %j', (address, words) => {
    expect(addressWords(address)).toBe(words)
  })
})
