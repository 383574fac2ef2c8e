import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { annotations, halfWritten, main, play, post, type Step, shell, temporary } from '../support/runner/runner.js'

interface Failure {
  readonly code: string
  readonly text: RegExp
  readonly inputs?: Record<string, string>
  readonly env?: Record<string, string>
  readonly prepare?: string
  readonly wrap?: readonly string[]
  readonly nodeArgs?: readonly string[]
}

const failures: readonly (readonly [string, Failure])[] = [
  ['an unknown platform', { code: 'unknown-platform', text: /did you mean "arm64"/, inputs: { platforms: 'arm46' } }],
  ['an unknown version', { code: 'unknown-version', text: /11\.1\.3, 10\.0\.13/, inputs: { 'qemu-version': '9.9' } }],
  [
    'a boolean that is none',
    { code: 'invalid-input', text: /credentials is "maybe"/, inputs: { credentials: 'maybe' } },
  ],
  ['a mirror that is no address', { code: 'invalid-input', text: /mirror "debian"/, inputs: { mirror: 'debian' } }],
  [
    'binfmt_misc switched off',
    { code: 'binfmt-disabled', text: /status/, prepare: 'echo 0 > /proc/sys/fs/binfmt_misc/status' },
  ],
  [
    'a read-only binfmt_misc',
    {
      code: 'binfmt-read-only',
      text: /read-only.*mount -o remount,rw,bind/s,
      prepare: 'mount -o remount,ro,bind /proc/sys/fs/binfmt_misc',
    },
  ],
  [
    'a kernel without binfmt_misc',
    { code: 'binfmt-missing', text: /does not exist/, prepare: 'mount -t tmpfs tmpfs /proc/sys/fs' },
  ],
  [
    'root without rights',
    {
      code: 'no-rights',
      text: /does not have CAP_SYS_ADMIN/,
      prepare: 'umount /proc/sys/fs/binfmt_misc',
      wrap: ['setpriv', '--bounding-set=-all', '--inh-caps=-all'],
    },
  ],
  ['a read-only /run', { code: 'journal-unwritable', text: /EROFS/, prepare: 'mount -o remount,ro /run' }],
  [
    'macOS',
    {
      code: 'not-linux',
      text: /Linux/,
      nodeArgs: ['--import', 'data:text/javascript,Object.defineProperty(process,"platform",{value:"darwin"})'],
    },
  ],
]

function failing(failure: Failure): Step {
  const step = main(failure.inputs, { env: failure.env ?? {}, nodeArgs: failure.nodeArgs ?? [] })
  const [file, ...args] = failure.wrap ?? []
  return file === undefined ? step : { ...step, file, args: [...args, step.file, ...step.args] }
}

describe('main is red', () => {
  it.each(failures)('with %s, says why and what to do, and leaves nothing', async (_, failure) => {
    const prepare = shell('prepare', failure.prepare ?? 'true')
    const { result } = await play([prepare, failing(failure), post()])
    expect(result('prepare').status).toBe(0)
    const [error] = annotations('error', result('main'))
    expect(result('main').status).toBe(1)
    expect(error?.title).toBe(`setup-qemu: ${failure.code}`)
    expect(error?.text).toMatch(failure.text)
    expect(error?.text).toMatch(/\nTo do: .+\nSee: \S*docs\/troubleshooting\.md#/)
    expect(result('main').summary).toMatch(
      /\*\*Nothing is set up\*\*: .+ To do: .+ \(\[?docs\/troubleshooting\.md#.+\)\.\s*$/,
    )
    expect(result('main').table).toEqual(result('prepare').table)
    expect(result('post of main')).toMatchObject({ status: 0, table: result('prepare').table, journals: [] })
  })

  it('when the download is impossible, with each place and its answer, and nothing half-written', async () => {
    const cache = temporary()
    const step = main({ mirror: 'http://127.0.0.1:1/debian' }, { env: { RUNNER_TOOL_CACHE: cache } })
    const alone = { ...step, file: 'unshare', args: ['--net', step.file, ...step.args] }
    const { result } = await play([alone, post()])
    const [error] = annotations('error', result('main'))
    expect(result('main')).toMatchObject({ status: 1, table: {}, journals: [] })
    expect(error).toMatchObject({
      title: 'aarch64 is not set up',
      text: expect.stringMatching(/127\.0\.0\.1:1\/debian: .*\n.*snapshot\.debian\.org/s),
    })
    expect(result('main').summary).toContain('not proven')
    expect(JSON.parse(result('main').outputs.status ?? '')).toMatchObject({
      ok: false,
      targets: [{ state: 'failed', findings: [{ code: 'download-failed' }] }],
    })
    expect(halfWritten(cache)).toEqual([])
  })

  it('when the disk is full', async () => {
    const cache = temporary()
    const steps = [
      shell('prepare', 'mount -t tmpfs -o size=1m tmpfs "$1"', cache),
      main({}, { env: { RUNNER_TOOL_CACHE: cache } }),
      shell('look', 'find "$1" -type f', cache),
    ]
    const { result } = await play(steps)
    expect(annotations('error', result('main'))[0]?.text).toMatch(/ENOSPC[\s\S]*full/)
    expect([result('main').status, result('main').table, result('look').stdout]).toEqual([1, {}, ''])
  })

  it('when the path is too long for a registration', async () => {
    const parts = Array.from({ length: 8 }, () => 'x'.repeat(240))
    const cache = join(temporary(), ...parts)
    mkdirSync(cache, { recursive: true })
    const { result } = await play([main({}, { env: { RUNNER_TOOL_CACHE: cache } }), post()])
    expect(annotations('error', result('main'))[0]?.title).toBe('setup-qemu: interpreter-path-too-long')
    expect([result('main').table, result('main').journals, result('post of main').status]).toEqual([{}, [], 0])
  })

  it('for one target of two, and the other stays until post', async () => {
    const { result } = await play([main({ platforms: 'loong64,arm64', 'qemu-version': '5.2' }), post()])
    expect(result('main')).toMatchObject({ status: 1, outputs: { platforms: 'linux/arm64' } })
    expect(annotations('error', result('main'))[0]?.text).toContain('qemu-loongarch64')
    expect(result('post of main')).toMatchObject({ status: 0, table: {} })
  })
})

describe('post', () => {
  it('is never red: a damaged state is a warning', async () => {
    const step = { ...post('nothing'), name: 'post' }
    const { result } = await play([{ ...step, env: { ...step.env, STATE_journal: '{' } }])
    expect(result('post').status).toBe(0)
    expect(annotations('warning', result('post'))[0]?.text).toContain('not everything could be put back')
  })

  it('with nothing to do says so', async () => {
    const { result } = await play([{ ...post('nothing'), name: 'post' }])
    expect(result('post')).toMatchObject({ status: 0, stdout: 'nothing to restore\n' })
  })

  it('leaves what somebody else registered under our name since', async () => {
    const interpreter = join(temporary(), 'other')
    writeFileSync(interpreter, '#!/bin/sh\n', { mode: 0o755 })
    const script =
      'cd /proc/sys/fs/binfmt_misc && echo -1 > qemu-aarch64 && printf ":qemu-aarch64:E::foreign::$1:" > register'
    const { result } = await play([main(), shell('stranger', script, interpreter), post()])
    expect(result('post of main').table).toEqual(result('stranger').table)
    expect(result('post of main').stdout).toContain('no longer ours')
  })
})
