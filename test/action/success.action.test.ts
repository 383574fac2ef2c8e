import { describe, expect, it } from 'vitest'
import { isNative } from '../support/kernel/native.js'
import { emulator, emulatorPath } from '../support/programs/emulators.js'
import { annotations, cli, installProbe, main, play, post, shell, temporary } from '../support/runner/runner.js'

interface Target {
  readonly target: string
  readonly state: string
}

const { sha256, qemuVersion, build } = emulator('aarch64')
const empty = { status: 0, table: {} }
const register =
  'printf %s ":qemu-aarch64:M::\\x7f\\x45\\x4c\\x46\\x02\\x01\\x01\\x00\\x00\\x00\\x00\\x00\\x00\\x00\\x00\\x00\\x02\\x00\\xb7\\x00:\\xff\\xff\\xff\\xff\\xff\\xff\\xff\\x00\\xff\\xff\\xff\\xff\\xff\\xff\\xff\\xff\\xfe\\xff\\xff\\xff:$1:POCF" > /proc/sys/fs/binfmt_misc/register'

describe('main and post', () => {
  it('for arm64: outputs, PATH, summary, a real program between them, and nothing after', async () => {
    const probe = installProbe(temporary())
    const foreign = (name: string) => shell(name, 'printf A | "$1" word', probe)
    const { before, result } = await play([foreign('early'), main(), foreign('between'), post(), foreign('late')])
    expect([before, result('early').status]).toEqual([{}, 126])
    const done = result('main')
    expect(done.status).toBe(0)
    const interpreter = done.outputs.interpreter ?? ''
    expect(done.outputs).toMatchObject({
      platforms: 'linux/arm64',
      'qemu-version': qemuVersion,
      sha256,
      flags: 'POCF',
      entry: 'qemu-aarch64',
    })
    expect(JSON.parse(done.outputs.status ?? '')).toMatchObject({
      ok: true,
      host: 'x86_64',
      targets: [
        {
          target: 'aarch64',
          state: 'emulated',
          interpreter,
          build,
          locator: 'tool-cache',
          proof: { direct: true, chroot: true, argv0: true, fingerprint: sha256 },
        },
      ],
    })
    expect(`${done.path.trim()}/qemu-aarch64`).toBe(interpreter)
    expect(done.summary.split('\n').filter((line) => line.includes(sha256))).toHaveLength(1)
    expect(done.stdout).toMatch(/::group::QEMU .*[\s\S]*::endgroup::/)
    expect(done.table?.['qemu-aarch64']).toContain(`interpreter ${interpreter}\nflags: POCF\n`)
    expect(result('between')).toMatchObject({ status: 0x41 ^ 0x5a, stdout: expect.stringContaining('probe 1 aarch64') })
    expect(result('post of main')).toMatchObject({
      ...empty,
      journals: [],
      stdout: expect.stringContaining('removed qemu-aarch64'),
    })
    expect(result('late').status).toBe(126)
  })

  it('for several platforms: natives are never registered', async () => {
    const foreign = [...(isNative('i386') ? [] : ['i386']), 'riscv64', 'aarch64']
    for (const target of foreign) await emulatorPath(target)
    const { result } = await play([main({ platforms: 'linux/amd64, 386\nriscv64 arm64' }), post()])
    const done = result('main')
    expect([done.status, Object.keys(done.table ?? {}).sort()]).toEqual([
      0,
      foreign.map((name) => `qemu-${name}`).sort(),
    ])
    expect(done.outputs.platforms).toBe('linux/amd64,linux/386,linux/riscv64,linux/arm64')
    expect(done.outputs.entry).toBe(`qemu-${foreign[0]}`)
    const states = JSON.parse(done.outputs.status ?? '').targets.map(({ target, state }: Target) => [target, state])
    const asked = ['x86_64', 'i386', 'riscv64', 'aarch64']
    expect(states).toEqual(asked.map((target) => [target, foreign.includes(target) ? 'emulated' : 'native']))
    expect(result('post of main')).toMatchObject(empty)
  })

  it('on a table that already holds qemu-aarch64: another name, and the foreign entry as it was', async () => {
    const old = await emulatorPath('aarch64', '7.2.22')
    const { result } = await play([
      shell('stranger', register, old),
      main(),
      post(),
      cli('status', ['status', '--json']),
    ])
    const theirs = result('stranger').table
    expect(result('main')).toMatchObject({ status: 0, outputs: { entry: 'setup-qemu-aarch64', sha256 } })
    expect(result('main').table).toMatchObject(theirs ?? {})
    expect(result('post of main').table).toEqual(theirs)
    expect(JSON.parse(result('status').stdout).entries[0]).toMatchObject({
      behind: 'runs',
      fingerprint: { sha256: emulator('aarch64', '7.2.22').sha256 },
    })
  })

  it('without credentials gives PF; with restore: false leaves the entry, and the command line can restore it', async () => {
    const { result } = await play([
      main({ credentials: 'false', restore: 'false' }),
      post(),
      cli('restore', ['restore', '--all']),
    ])
    expect(result('main').outputs.flags).toBe('PF')
    expect(Object.keys(result('post of main').table ?? {})).toEqual(['qemu-aarch64'])
    expect(result('restore')).toMatchObject({ ...empty, journals: [] })
  })

  it.each([
    ['7.2', '7.2.22', 'POCF'],
    ['5.2.0', '5.2.0', 'OCF'],
  ])('with QEMU %s runs %s with flags %s', async (word, version, flags) => {
    await emulatorPath('aarch64', version)
    const { result } = await play([main({ 'qemu-version': word }), post()])
    expect(result('main')).toMatchObject({
      status: 0,
      outputs: { 'qemu-version': version, flags, sha256: emulator('aarch64', version).sha256 },
    })
    expect(result('post of main')).toMatchObject(empty)
  })

  it('mounts binfmt_misc where it is not mounted, and unmounts it', async () => {
    const { result } = await play([main(), post()], { env: { NO_MOUNT: '1' } })
    expect(result('main')).toMatchObject({ status: 0, table: { 'qemu-aarch64': expect.any(String) } })
    expect(result('post of main')).toMatchObject({
      status: 0,
      table: null,
      stdout: expect.stringContaining('unmounted'),
    })
  })

  it('works where the temporary folders are mounted noexec', async () => {
    const noexec = temporary()
    const steps = [
      shell('mount', 'mount -t tmpfs -o noexec tmpfs "$1"', noexec),
      main({}, { env: { RUNNER_TEMP: noexec, TMPDIR: noexec } }),
      post(),
    ]
    const { result } = await play(steps)
    expect([result('main').status, result('post of main').table]).toEqual([0, {}])
  })
})

describe('several jobs', () => {
  it('at once are both green with one emulator, and the last one out leaves nothing', async () => {
    const { result } = await play([
      [main({}, {}, 'one'), main({}, {}, 'two')],
      // the table once both have ended, whichever was first
      shell('both', 'true'),
      post('one'),
      post('two'),
    ])
    expect([result('one').status, result('two').status]).toEqual([0, 0])
    const left = Object.keys(result('post of one').table ?? {})
    expect(left).toEqual([result('two').outputs.entry])
    expect(result('post of two')).toMatchObject({ ...empty, journals: [] })
  })
})

describe('what happens to the entry while the job runs', () => {
  it.each([
    [
      'flushed',
      'echo -1 > /proc/sys/fs/binfmt_misc/status',
      /^qemu-aarch64 was removed while this job ran .*survive-restart/,
    ],
    [
      'replaced',
      'echo -1 > /proc/sys/fs/binfmt_misc/qemu-aarch64; echo ":qemu-aarch64:M::theirs::/bin/true:" > /proc/sys/fs/binfmt_misc/register',
      /^qemu-aarch64 was replaced by somebody while this job ran/,
    ],
    [
      'overtaken',
      'printf %s ":newer:M::\\x7f\\x45\\x4c\\x46\\x02\\x01\\x01\\x00\\x00\\x00\\x00\\x00\\x00\\x00\\x00\\x00\\x02\\x00\\xb7\\x00::/bin/false:" > /proc/sys/fs/binfmt_misc/register',
      /^newer took precedence over qemu-aarch64 while this job ran/,
    ],
  ])('%s: post is green and warns', async (_, script, text) => {
    const { result } = await play([main(), shell('meanwhile', script), post()])
    expect(result('meanwhile')).toMatchObject({ status: 0, stderr: '' })
    expect(annotations('warning', result('post of main'))).toEqual([{ title: '', text: expect.stringMatching(text) }])
    expect(result('post of main').status).toBe(0)
    expect(result('post of main').journals).toEqual([])
  })

  it('nothing: post does not warn', async () => {
    const { result } = await play([main(), post()])
    expect(annotations('warning', result('post of main'))).toEqual([])
  })
})

describe('a container job, whose steps are started from outside', () => {
  it('is alive as long as its container: a second step does not take the first one for left behind', async () => {
    const { file, args, env } = main()
    const inside = `
      unshare --pid --fork --kill-child --mount-proc sleep 100 & container=$!
      until first=$(pgrep -P $container sleep); do :; done
      nsenter --target $first --pid --mount "$@" || exit 1
      INPUT_PLATFORMS=riscv64 nsenter --target $first --pid --mount "$@" || exit 1
      kill -KILL $first`
    const steps = { name: 'job', file: 'bash', args: ['-c', inside, 'bash', file, ...args], env, action: true }
    const { result } = await play([steps, cli('restore', ['restore', '--all'])])
    expect(result('job')).toMatchObject({ status: 0 })
    expect(Object.keys(result('job').table ?? {}).sort()).toEqual(['qemu-aarch64', 'qemu-riscv64'])
    expect(result('restore')).toMatchObject(empty)
  })
})

describe('a main that is killed with -9', () => {
  it.each([
    ['once its journal stands', '/run/setup-qemu', '.json'],
    ['once its entry stands', '/proc/sys/fs/binfmt_misc', 'qemu-aarch64'],
  ])('%s: post puts everything back', async (_, folder, name) => {
    const { result } = await play([main({}, { kill: [folder, name] }), post(), cli('restore', ['restore', '--all'])])
    expect(result('main').signal).toBe('SIGKILL')
    expect(result('post of main')).toMatchObject({ status: 0, table: {} })
    expect(result('restore')).toMatchObject(empty)
  })

  it('and whose job is gone: the command line restores', async () => {
    const { file, args, env } = main()
    const orphan = {
      name: 'job',
      file: 'bash',
      // the job's process does not have the variables of its steps
      args: [
        '-c',
        'env "$@" & child=$!; until [ -e /proc/sys/fs/binfmt_misc/qemu-aarch64 ] || ! kill -0 $child; do :; done; kill -9 $child',
        'bash',
        ...Object.entries(env).map(([key, value]) => `${key}=${value}`),
        file,
        ...args,
      ],
      env: {},
    }
    const { result } = await play([orphan, cli('restore', ['restore'])])
    expect(Object.keys(result('job').table ?? {})).toEqual(['qemu-aarch64'])
    expect(result('restore')).toMatchObject({ ...empty, journals: [] })
  })
})
