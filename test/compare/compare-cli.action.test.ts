// `setup-qemu compare` through the built command line, and what is left of both faces when they are ended from outside.
import { readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { busyboxFor } from '../e2e/vm/busybox.js'
import { cli, compare, play, type Step, type StepResult, shell, temporary } from '../support/runner/runner.js'

const busybox = await busyboxFor('aarch64')
const offline = ['--offline', '--quiet']
/** Under QEMU 5.2 the applet is not found: argv[0] does not arrive. */
const byName = ['--platform', 'arm64', '--', 'bash', '-c', '(exec -a uname "$1" -m)', 'bash', busybox]

function step(name: string, args: readonly string[], env: Record<string, string> = {}): Step {
  return cli(name, ['compare', ...offline, ...args], env)
}

/** What `--json` prints, and nothing else with it. */
function jsonOf({ stdout }: StepResult) {
  return JSON.parse(stdout) as {
    ok: boolean
    expect: string
    outcome: string
    agree: boolean
    verdict: string
    firstGood: string | null
    fastest: string | null
    trials: { label: string; result: string; runs: { status: number; seconds: number; output: string | null }[] }[]
  }
}

describe('what is printed', () => {
  it('is a table and a verdict; the exit status says whether it works under all', async () => {
    const { result } = await play([
      step('alike', ['--qemu', '5.2,11.1', '--', busybox, 'uname', '-m']),
      step('different', ['--qemu', '11.1 5.2 7.2', ...byName]),
    ])
    expect(result('alike')).toMatchObject({ status: 0, stderr: '', table: {}, journals: [] })
    expect(result('alike').stdout).toMatch(
      /^QEMU +result +time .*\n5\.2\.0 +exit status 0 .*\n11\.1\.3 +exit status 0 .*\n\nworks under both\n$/,
    )
    expect(result('different')).toMatchObject({ status: 1, stderr: '' })
    expect(result('different').stdout).toMatch(/^5\.2\.0 +exit status 127 .* -m: applet not found$/m)
    expect(result('different').stdout).toMatch(/\n\nfails under 5\.2\.0 \(exit status 127\), works from 7\.2\.22\n$/)
  })

  it('ends with a status of its own when it fails the same way everywhere, unless that is expected', async () => {
    const failing = ['--qemu', '5.2,11.1', '--', busybox, 'sh', '-c', 'echo on standard output; exit 7']
    const working = ['--expect', 'differ', '--qemu', '5.2,11.1', '--', busybox, 'true']
    const { result } = await play([
      step('fails', failing),
      step('fails as JSON', ['--json', ...failing]),
      step('bisected', ['--bisect', ...failing]),
      step('agree', ['--expect', 'agree', ...failing]),
      step('expected to differ', ['--expect', 'differ', ...failing]),
      step('works', ['--json', ...working]),
      step('differ', ['--expect', 'differ', '--qemu', '11.1 5.2', ...byName]),
    ])
    expect(result('fails')).toMatchObject({ status: 3, stderr: '' })
    expect(result('fails').stdout).toMatch(/^11\.1\.3 +exit status 7 .* on standard output$/m)
    expect(result('fails').stdout).toMatch(/\n\nfails the same way under both: exit status 7\n$/)
    expect(result('fails as JSON').status).toBe(3)
    const [failed, worked] = [jsonOf(result('fails as JSON')), jsonOf(result('works'))]
    expect(failed).toMatchObject({ ok: false, expect: 'works', outcome: 'fails', agree: true })
    expect(result('bisected')).toMatchObject({ status: 3 })
    expect(result('agree')).toMatchObject({ status: 0, stdout: expect.stringContaining('fails the same way') })
    expect(result('expected to differ').status).toBe(3)
    expect(result('works').status).toBe(4)
    expect(worked).toMatchObject({ ok: false, expect: 'differ', outcome: 'works', agree: true })
    expect(result('differ').status).toBe(0)
  })

  it('is one object with --json, each run in it; from three runs on it says which is fastest', async () => {
    const three = ['--json', '--repeat', '3', '--qemu', '7.2,11.1', '--', busybox, 'uname', '-m']
    const { result } = await play([
      step('different', ['--json', '--qemu', '5.2,11.1', ...byName]),
      step('repeated', three),
      step('parallel', ['--parallel', ...three]),
    ])
    expect(result('different').status).toBe(1)
    expect(jsonOf(result('different'))).toMatchObject({
      ok: false,
      firstGood: '11.1.3',
      fastest: null,
      trials: [
        { label: '5.2.0', result: 'exit status 127', runs: [{ status: 127, signal: null, timedOut: false }] },
        { label: '11.1.3', result: 'exit status 0', runs: [{ status: 0, lastWords: 'aarch64' }] },
      ],
    })
    const repeated = jsonOf(result('repeated'))
    expect(repeated.trials.map(({ runs }) => runs.length)).toEqual([3, 3])
    expect(new Set(repeated.trials.flatMap(({ runs }) => runs.map(({ output }) => output))).size).toBe(1)
    expect(repeated.fastest).toMatch(/^processor time: /)
    expect(result('parallel').status).toBe(0)
    expect(jsonOf(result('parallel'))).toMatchObject({ ok: true, fastest: null })
  })
})

describe('options', () => {
  it('--bisect finds the first good version, or that there is none to find', async () => {
    const versions = ['--json', '--bisect', '--qemu', '5.2,7.2,11.1']
    const { result } = await play([
      step('found', [...versions, ...byName]),
      step('good', [...versions, '--', busybox, 'true']),
      step('bad', [...versions, '--', busybox, 'false']),
    ])
    expect(jsonOf(result('found'))).toMatchObject({ verdict: 'fails under 5.2.0, works from 7.2.22', ok: false })
    expect(jsonOf(result('found')).firstGood).toBe('7.2.22')
    // the ends are enough
    expect(jsonOf(result('good'))).toMatchObject({ ok: true, trials: [{ label: '5.2.0' }, { label: '11.1.3' }] })
    expect(jsonOf(result('bad'))).toMatchObject({ firstGood: null, trials: [{ label: '5.2.0' }, { label: '11.1.3' }] })
    expect(jsonOf(result('bad')).verdict).toBe('fails even under 11.1.3, the newest that was tried')
  })

  it('--timeout ends what takes too long, and all that it started', async () => {
    const seconds = `8642.${process.pid}`
    const sleeping = [
      '--qemu',
      '11.1',
      '--timeout',
      '1',
      '--platform',
      'arm64',
      '--',
      'sh',
      '-c',
      `sleep ${seconds}; :`,
    ]
    const { result } = await play([
      step('too long', ['--json', ...sleeping]),
      shell('left', 'pgrep -f "^sleep $1" || true', seconds),
    ])
    expect(jsonOf(result('too long'))).toMatchObject({
      trials: [{ result: 'ended after too long a time', runs: [{ status: null, signal: null, timedOut: true }] }],
    })
    expect(result('left')).toMatchObject({ status: 0, stdout: '' })
  })

  it('--ignore-output passes over what is printed; --cpu compares models', async () => {
    const printing = ['--json', '--qemu', '5.2,11.1', '--', busybox, 'cat', '/proc/cpuinfo']
    const { result } = await play([
      step('compared', printing),
      step('ignored', ['--ignore-output', ...printing]),
      step('models', ['--json', '--cpu', 'cortex-a57 cortex-a72', ...printing.slice(3)]),
    ])
    expect(result('compared').status).toBe(1)
    expect(jsonOf(result('compared')).verdict).toContain('prints something else under 5.2.0 than under 11.1.3')
    expect(result('ignored').status).toBe(0)
    expect(jsonOf(result('ignored')).trials.flatMap(({ runs }) => runs.map(({ output }) => output))).toEqual([
      null,
      null,
    ])
    expect(jsonOf(result('models')).trials.map(({ label }) => label)).toEqual([
      '11.1.3 (cortex-a57)',
      '11.1.3 (cortex-a72)',
    ])
    expect(result('models').status).toBe(1)
  })
})

const native = ['--', 'true']
const wrongWords: readonly (readonly [args: readonly string[], message: string])[] = [
  [['--qemu', '11.1'], 'compare is given no command'],
  [['--', 'no-such-program'], 'no-such-program cannot be executed: there is no such command on PATH'],
  [['--', '/etc/passwd'], '/etc/passwd cannot be executed: it has no x permission'],
  [native, 'true is a program of this machine'],
  [['--platform', 'arm65', ...native], 'arm65'],
  [['--platform', 'arm64', '--qemu', '6.9', ...native], 'QEMU 6.9 is not in the catalog'],
  [['--platform', 'arm64', '--repeat', '0', ...native], 'repeat is "0"'],
  [['--platform', 'arm64', '--repeat', '1001', ...native], 'repeat is "1001"'],
  [['--platform', 'arm64', '--timeout', 'long', ...native], 'timeout is "long"'],
  [['--platform', 'arm64', '--expect', 'fail', ...native], 'expect is "fail"'],
  [['--platform', 'arm64', '--bisect', '--cpu', 'max', ...native], 'bisect goes over versions'],
  [['--platform', 'arm64', '--qemu-version', '11.1', ...native], 'compare takes no option --qemu-version'],
  [['arm64', ...native], 'compare takes no argument, got "arm64"'],
]

it('wrong words end with status 2 and what to do, before anything is made', async () => {
  const folder = temporary()
  const steps = wrongWords.map(([args], at) => step(`words ${at}`, ['--json', ...args], { TMPDIR: folder }))
  const { result } = await play([...steps, shell('left', 'ls -A "$1"', folder)])
  for (const [at, [, message]] of wrongWords.entries()) {
    const made = result(`words ${at}`)
    expect(made.status).toBe(2)
    expect(made.stderr).toContain(message)
    expect(made.stderr).toMatch(/\nto do: .+\nsee: {3}\S*docs\/troubleshooting\.md#/)
    expect(JSON.parse(made.stdout)).toMatchObject({ ok: false, error: { hint: expect.stringMatching(/./) } })
  }
  expect(result('left').stdout).toBe('')
})

it('an error names each place that was tried in a line of its own', async () => {
  const [cache, mirror] = [temporary(), temporary()]
  const { result } = await play([
    step('none', ['--qemu', '11.1', '--cache-dir', cache, '--mirror', mirror, '--platform', 'arm64', '--', 'true']),
  ])
  expect([result('none').status, result('none').stderr]).toEqual([
    1,
    expect.stringMatching(new RegExp(`^error: .*\\n  ${mirror}: has neither .*\\nto do: `)),
  ])
})

it('a command that no version can execute is a wrong word, too, also in a bisection', async () => {
  const script = join(temporary(), 'script')
  writeFileSync(script, 'true\n', { mode: 0o755 })
  const words = ['--platform', 'arm64', '--qemu', '7.2,11.1', '--', script]
  const { result } = await play([step('all', words), step('bisected', ['--bisect', ...words])])
  for (const name of ['all', 'bisected']) {
    expect(result(name)).toMatchObject({ status: 2, stdout: '' })
    expect(result(name).stderr).toContain(
      `the command cannot be executed: Exec format error (${script})\nto do: name a program of`,
    )
  }
})

/** Starts a step, sends it a signal when its command has begun, and tells how it ended and which processes are left of it. */
function ended(name: string, signal: string, started: Step, begun: string): Step {
  const script = `set -m
    "\${@:3}" & job=$!
    until [ -e "$2" ]; do sleep 0.02; done
    kill -"$1" $job; wait $job; echo "ended by $(kill -l $(($? - 128)))"
    for try in $(seq 50); do left=$(grep -lsxz "BEGUN=$2" /proc/[0-9]*/environ | grep -v "^/proc/\\($$\\|self\\)/"); [ "$left" ] || break; sleep 0.1; done
    echo "left: $left"`
  const made = shell(name, script, signal, begun, started.file, ...started.args)
  // the shell itself does not have it
  const args = [...made.args.slice(0, 5), 'env', `BEGUN=${begun}`, ...made.args.slice(5)]
  return { ...made, args, env: started.env, ...(started.action === true ? { action: true } : {}) }
}

describe('when it is ended from outside', () => {
  const waiting = 'touch "$BEGUN"; sleep 8643; :'
  const inAction = { platforms: 'arm64', 'qemu-versions': '11.1', offline: 'true', run: waiting }

  it.each(['INT', 'TERM', 'HUP'])('by SIG%s, neither a process nor a file of it is left', async (signal) => {
    const [folder, temp, begun] = [temporary(), temporary(), temporary()]
    const words = ['--qemu', '11.1', '--platform', 'arm64', '--', 'sh', '-c', waiting]
    const { result } = await play([
      step('usual', ['--qemu', '11.1', '--platform', 'arm64', '--', 'true'], { TMPDIR: folder }),
      ended('cli', signal, step('', words, { TMPDIR: folder }), `${begun}/cli`),
      ended('action', signal, compare(inAction, { env: { RUNNER_TEMP: temp, TMPDIR: folder } }), `${begun}/action`),
    ])
    expect(result('usual').status).toBe(0)
    for (const name of ['cli', 'action']) expect(result(name).stdout).toContain(`ended by ${signal}\nleft: \n`)
    expect([readdirSync(folder), readdirSync(temp)]).toEqual([[], []])
  })

  it('by SIGKILL, no process of it is left; its folder may be', async () => {
    const [folder, begun] = [temporary(), temporary()]
    const words = ['--parallel', '--qemu', '7.2,11.1', '--platform', 'arm64', '--', 'sh', '-c', waiting]
    const { result } = await play([
      ended('cli', 'KILL', step('', words, { TMPDIR: folder }), `${begun}/cli`),
      ended('action', 'KILL', compare(inAction, { env: { RUNNER_TEMP: folder } }), `${begun}/action`),
    ])
    for (const name of ['cli', 'action']) expect(result(name).stdout).toContain('ended by KILL\nleft: \n')
    for (const name of readdirSync(folder)) expect(name).toMatch(/^setup-qemu-(measure|compare)-\d+-\d+-\d+-\w{6}$/)
  })
})
