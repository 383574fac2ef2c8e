import { describe, expect, it } from 'vitest'
import {
  type EngineAnswer,
  endingOf,
  engineInfo,
  engineRefusal,
  isPinned,
  lacksCapability,
  lastLines,
  parseDockerContext,
  parseEngineImage,
  pinnedName,
  saysNoFile,
} from '../../../src/core/containers/engine-answer.js'

const kernel = '6.8.0-generic'

function answer(change: Partial<EngineAnswer> = {}): EngineAnswer {
  return { status: 0, signal: null, stdout: '', stderr: '', ...change }
}

const says = (info: object, change: Partial<EngineAnswer> = {}) => answer({ stdout: JSON.stringify(info), ...change })

describe('an engine', () => {
  it.each([
    ['docker', { KernelVersion: kernel, SecurityOptions: ['name=seccomp,profile=default'] }],
    ['docker of 28', { KernelVersion: kernel, ServerErrors: null, SecurityOptions: null }],
    ['podman', { host: { kernel, security: { rootless: false } } }],
  ])('can register: %s', (_, info) => {
    expect(engineRefusal(says(info), kernel)).toBeUndefined()
  })

  const cannot = 'Cannot connect to the Docker daemon at unix:///var/run/docker.sock. Is the docker daemon running?'
  const denied = 'permission denied while trying to connect to the Docker daemon socket at unix:///var/run/docker.sock'
  it.each([
    ['docker 20.10 without a daemon', says({ ServerErrors: [cannot] }), 'silent', cannot],
    ['docker 28 without a daemon', says({ ID: '' }, { status: 1, stderr: `${cannot}\n` }), 'silent', cannot],
    ['docker with a closed socket', says({ ServerErrors: [denied] }), 'refused', denied],
    ['words that are no JSON', answer({ stdout: 'hello' }), 'silent', 'exit status 0'],
    ['one that hangs', answer({ status: null, signal: 'SIGKILL' }), 'silent', 'ended by SIGKILL, over its time limit'],
    [
      'one that does not start',
      answer({ status: null, errno: 'ENOEXEC' }),
      'silent',
      'it could not be started: ENOEXEC',
    ],
  ])('cannot: %s', (_, given, kind, reason) => {
    expect(engineRefusal(given, kernel)).toEqual({ kind, reason })
  })

  it.each([
    ['in a virtual machine', { KernelVersion: '6.6.1-linuxkit' }, '6.6.1-linuxkit'],
    ['rootless docker', { KernelVersion: kernel, SecurityOptions: ['name=seccomp', 'name=rootless'] }, 'rootless'],
    ['rootless podman', { host: { kernel, security: { rootless: true } } }, 'rootless'],
  ])('reaches another table: %s', (_, info, word) => {
    const fault = engineRefusal(says(info), kernel)
    expect(fault?.kind).toBe('elsewhere')
    expect(fault?.reason).toContain(word)
  })

  it.each([
    ['docker', { KernelVersion: kernel, Architecture: 'x86_64', SecurityOptions: ['name=rootless'] }, 'x86_64', true],
    ['podman', { host: { kernel, arch: 'amd64', security: { rootless: false } } }, 'amd64', false],
  ])('says under which kernel it works: %s', (_, info, architecture, rootless) => {
    expect(engineInfo(says(info))).toEqual({ kind: 'info', kernel, architecture, rootless })
    expect(engineInfo(says({ KernelVersion: 7, host: [] }))).toMatchObject({ kernel: null, architecture: null })
  })

  it('says where it is reached', () => {
    const context = { Name: 'default', Endpoints: { docker: { Host: 'unix:///var/run/docker.sock' } } }
    const read = { name: 'default', host: 'unix:///var/run/docker.sock' }
    expect(parseDockerContext(JSON.stringify(context))).toEqual(read)
    expect(parseDockerContext(JSON.stringify([context]))).toEqual(read)
    for (const text of ['', '[]', '{"Name":"x"}', '{"Name":1,"Endpoints":{"docker":{"Host":"x"}}}'])
      expect(parseDockerContext(text)).toBeUndefined()
  })

  it('has no control characters in what it is quoted with', () => {
    const fault = engineRefusal(answer({ status: 1, stderr: '\u001b[31mno\u0007\nsecond line' }), kernel)
    expect(fault?.reason).toBe('\\u001b[31mno\\u0007')
  })
})

describe('an image', () => {
  const digest = `sha256:${'a'.repeat(64)}`
  const inspected = {
    Id: 'sha256:1',
    RepoDigests: [`docker.io/x/other@${digest}`, `docker.io/tonistiigi/binfmt@${digest}`, 'rubbish'],
    Config: { Entrypoint: ['/usr/bin/binfmt'], Cmd: null, Env: ['QEMU_PRESERVE_ARGV0=1'] },
  }
  const image = {
    id: 'sha256:1',
    entrypoint: ['/usr/bin/binfmt'],
    cmd: [],
    env: ['QEMU_PRESERVE_ARGV0=1'],
    digests: [`docker.io/x/other@${digest}`, `docker.io/tonistiigi/binfmt@${digest}`],
  }

  it("is read from docker's object and podman's list", () => {
    expect(parseEngineImage(JSON.stringify(inspected))).toEqual(image)
    expect(parseEngineImage(JSON.stringify([inspected]))).toEqual(image)
    expect(parseEngineImage(JSON.stringify({ Id: '1', Config: { Entrypoint: '/register' } }))).toEqual({
      id: '1',
      entrypoint: ['/register'],
      cmd: [],
      env: [],
      digests: [],
    })
  })

  it.each(['', '{', '[]', '[{},{}]', '{"Id":1,"Config":{}}', '{"Id":"","Config":{}}', '{"Id":"1"}', 'null'])(
    'is not read from %j',
    (text) => {
      expect(parseEngineImage(text)).toBeUndefined()
    },
  )

  it('is named with the digest of its repository', () => {
    const named = `docker.io/tonistiigi/binfmt@${digest}`
    expect(pinnedName('tonistiigi/binfmt:latest', image)).toBe(named)
    expect(pinnedName('tonistiigi/binfmt', image)).toBe(named)
    expect(pinnedName(`x@${digest}`, image)).toBe(`x@${digest}`)
    expect(pinnedName('localhost:5000/x:1', { ...image, digests: [] })).toBe('localhost:5000/x:1')
    expect(pinnedName('localhost:5000/x', { ...image, digests: [`localhost:5000/x@${digest}`] })).toBe(
      `localhost:5000/x@${digest}`,
    )
  })

  it('is named with the digest of its own repository, however the engine writes that', () => {
    const digests = [`ghcr.io/copy/binfmt@${digest}`, `tonistiigi/binfmt@${digest}`, `alpine@${digest}`]
    const image = { id: 'x', entrypoint: [], cmd: [], env: [], digests }
    expect(pinnedName('docker.io/tonistiigi/binfmt:latest', image)).toBe(digests[1])
    expect(pinnedName('docker.io/library/alpine:3', image)).toBe(digests[2])
    expect(pinnedName('ghcr.io/copy/binfmt', image)).toBe(digests[0])
    expect(pinnedName('localhost/mine:1', image)).toBe(digests[0])
  })

  it('is pinned by a whole digest alone', () => {
    expect([isPinned(`x@${digest}`), isPinned(`x:1@${digest}`)]).toEqual([true, true])
    expect([isPinned('x:1'), isPinned('x@sha256:abc'), isPinned(`x@${digest}0`)]).toEqual([false, false, false])
  })
})

describe('a run', () => {
  it('that fails for a missing capability is told from others', () => {
    const stderr = 'docker: Error response from daemon: ... unable to apply caps: operation not permitted: unknown.'
    expect(lacksCapability(answer({ status: 125, stderr }))).toBe(true)
    expect(lacksCapability(answer({ status: 0, stderr }))).toBe(false)
    expect(lacksCapability(answer({ status: 125, stderr: 'No such image' }))).toBe(false)
  })

  it('is quoted by its last lines', () => {
    expect(lastLines(answer({ stdout: 'a\nb\n', stderr: '\nc\u001b\nd\n' }))).toBe('b; c\\u001b; d')
    expect(lastLines(answer({ stderr: ' exec: "a\\\\b": no' }))).toBe('exec: "a\\\\b": no')
    expect(lastLines(answer({ stderr: 'x'.repeat(400) }))).toBe(`${'x'.repeat(300)}...`)
    expect(lastLines(answer())).toBe('it said nothing')
    expect(endingOf(answer({ status: 3 }))).toBe('exit status 3')
    expect(endingOf(answer({ status: null, signal: null }))).toBe('ended by a signal')
  })
})

describe('a file that is to be copied out of a container', () => {
  const path = '/usr/bin/qemu-arm'
  const says = (stderr: string) => saysNoFile({ status: 1, signal: null, stdout: '', stderr }, path)

  it.each([
    `Error response from daemon: Could not find the file ${path} in container x`,
    `Error: No such container:path: x:${path}`,
    `Error: "${path}" could not be found on container x: no such file or directory`,
    `time="2026-01-01T00:00:00Z" level=fatal msg="stat /tmp/nerdctl-cp-1${path}: no such file or directory"`,
  ])('is not there when the engine says %j', (stderr) => {
    expect(says(stderr)).toBe(true)
  })

  it.each([
    'Error response from daemon: No such container: x',
    `Error response from daemon: open ${path}: permission denied`,
    'invalid output path: directory "/tmp/a" does not exist',
    'sudo: podman: No such file or directory',
    '',
  ])('is not known when it says %j', (stderr) => {
    expect(says(stderr)).toBe(false)
  })
})
