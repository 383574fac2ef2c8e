// The action `compare`: shell lines under several QEMUs, with a guest program that QEMU 5.2 runs under another name than it is asked to.
import { copyFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { busyboxFor } from '../e2e/vm/busybox.js'
import { as, guest, open, own, playHere } from '../support/kernel/accounts.js'
import { annotations, compare, play, type StepResult, shell, temporary } from '../support/runner/runner.js'

const busybox = await busyboxFor('aarch64')

/** A step whose lines know where the guest program is. */
function step(run: string, inputs: Record<string, string> = {}, env: Record<string, string> = {}, name = 'compare') {
  const given = { run, platforms: 'arm64', 'qemu-versions': '11.1, 5.2', offline: 'true', ...inputs }
  return compare(given, { env: { BUSYBOX: busybox, ...env } }, name)
}

/** Under QEMU 5.2 the applet is not found: argv[0] does not arrive. */
const byName = '(exec -a uname "$BUSYBOX" -m)'

/** The output `comparison`, as its shape is documented. */
function comparisonOf({ outputs }: StepResult) {
  return JSON.parse(outputs.comparison ?? '') as {
    ok: boolean
    command: string[]
    trials: { label: string; result: string; runs: { status: number; lastWords: string }[] }[]
  }
}

describe('results that are the same', () => {
  it('are green: outputs, a table in log and summary, nothing registered and no file left', async () => {
    const temp = temporary()
    const { result } = await play([step('"$BUSYBOX" uname -m', {}, { RUNNER_TEMP: temp })])
    const made = result('compare')
    expect(made).toMatchObject({ status: 0, table: {}, journals: [], state: {} })
    expect(made.outputs).toMatchObject({ verdict: 'works under both', agree: 'true', 'first-good': '' })
    expect(comparisonOf(made)).toMatchObject({
      ok: true,
      command: ['"$BUSYBOX" uname -m'],
      trials: [
        { label: '5.2.0', result: 'exit status 0' },
        { label: '11.1.3', result: 'exit status 0' },
      ],
    })
    expect(made.summary).toContain('### `"$BUSYBOX" uname -m` under several QEMUs\n')
    expect(made.summary).toMatch(/^\| 5\.2\.0 \| exit status 0 \| .* s \| .* s \| .* MB \| aarch64 \|$/m)
    expect(made.summary).toContain('\n**works under both**\n')
    expect(made.stdout).toMatch(/^::group::QEMU 5\.2\.0, 11\.1\.3 for aarch64$/m)
    expect(made.stdout).toMatch(/^11\.1\.3 +exit status 0 /m)
    for (const kind of ['error', 'warning', 'notice'] as const) expect(annotations(kind, made)).toEqual([])
    expect(readdirSync(temp)).toEqual([])
  })

  it('are red when all fail the same way, at the first line that does, also in a pipe', async () => {
    const { result } = await play([step('echo a line >&2\nfalse | "$BUSYBOX" true\necho never here >&2\n')])
    const made = result('compare')
    expect(made).toMatchObject({ status: 1, outputs: { outcome: 'fails', agree: 'true', 'first-good': '' } })
    expect(made.outputs.verdict).toBe('fails the same way under both: exit status 1')
    expect(made.summary).toContain('### `echo a line >&2 ...` under several QEMUs')
    expect(made.summary).toMatch(/^\| 11\.1\.3 \| exit status 1 \|.*\| a line \|$/m)
    const [error, ...others] = annotations('error', made)
    expect(others).toEqual([{ title: '', text: 'fails the same way under both: exit status 1' }])
    expect(error?.title).toBe('setup-qemu: it works under none of them')
    expect(error?.text).toMatch(
      /^fails the same way under both: .*\nTo do: run the lines natively.*\nSee: \S*docs\/compare\.md#reading-the-result$/,
    )
  })

  it('are green with a note when all fail the same way, and that is expected or left to the outputs', async () => {
    const { result } = await play([
      step('echo a word; false', { expect: 'agree' }, {}, 'agree'),
      step('false', { expect: 'agree', bisect: 'true' }, {}, 'bisect'),
      step('false', { 'fail-on-difference': 'false' }, {}, 'left'),
    ])
    for (const name of ['agree', 'bisect', 'left']) {
      const made = result(name)
      expect(made).toMatchObject({ status: 0, outputs: { outcome: 'fails', agree: 'true' } })
      expect(annotations('error', made)).toEqual([])
      expect(annotations('notice', made)).toMatchObject([{ title: 'setup-qemu: it works under none of them' }])
    }
    expect(result('agree').summary).toMatch(/^\| 11\.1\.3 \| exit status 1 \|.*\| a word \|$/m)
  })
})

describe('results that differ', () => {
  it('are red, with the first good version and what to do', async () => {
    const { result } = await play([step(byName, { 'qemu-versions': '5.2 7.2 11.1' })])
    const made = result('compare')
    const verdict = 'fails under 5.2.0 (exit status 127), works from 7.2.22'
    expect(made).toMatchObject({ status: 1, outputs: { verdict, agree: 'false', 'first-good': '7.2.22' } })
    expect(comparisonOf(made).trials.map(({ result: words }) => words)).toEqual([
      'exit status 127',
      'exit status 0',
      'exit status 0',
    ])
    expect(made.summary).toContain('| -m: applet not found |')
    expect(made.summary).toContain(`**${verdict}**`)
    expect(annotations('error', made)).toEqual([
      {
        title: 'setup-qemu: the results differ',
        text: expect.stringContaining(
          `${verdict}\nTo do: use QEMU 7.2.22 or newer (qemu-version); the table is in the job summary\nSee: `,
        ),
      },
      { title: '', text: verdict },
    ])
  })

  it('are green with fail-on-difference false, and the outputs tell', async () => {
    const { result } = await play([step(byName, { 'fail-on-difference': 'false' })])
    const made = result('compare')
    expect(made).toMatchObject({ status: 0, outputs: { agree: 'false', 'first-good': '11.1.3' } })
    expect(annotations('error', made)).toEqual([])
    expect(annotations('notice', made)[0]?.text).toContain('fails under 5.2.0 (exit status 127), works from 11.1.3\n')
  })

  it('are green where they are expected; then it is red that all work', async () => {
    const { result } = await play([
      step(byName, { expect: 'differ' }, {}, 'differ'),
      step('true', { expect: 'differ' }, {}, 'works'),
    ])
    expect(result('differ')).toMatchObject({ status: 0, outputs: { outcome: 'differ', agree: 'false' } })
    for (const kind of ['error', 'warning', 'notice'] as const) expect(annotations(kind, result('differ'))).toEqual([])
    expect(result('works')).toMatchObject({ status: 1, outputs: { outcome: 'works', agree: 'true' } })
    expect(annotations('error', result('works'))[0]?.title).toBe('setup-qemu: it works under all of them')
  })

  it('may be found by a bisection, or in what is printed; ignore-output passes over that', async () => {
    const printing = '"$BUSYBOX" cat /proc/cpuinfo'
    const { result } = await play([
      step(byName, { bisect: 'true', 'qemu-versions': '5.2,7.2,11.1' }, {}, 'bisect'),
      step(printing, {}, {}, 'printed'),
      step(printing, { 'ignore-output': 'true' }, {}, 'ignored'),
    ])
    expect(result('bisect')).toMatchObject({ status: 1, outputs: { 'first-good': '7.2.22' } })
    expect(result('printed')).toMatchObject({ status: 1, outputs: { agree: 'false', 'first-good': '' } })
    expect(result('printed').outputs.verdict).toBe(
      'works under both, but prints something else under 5.2.0 than under 11.1.3',
    )
    expect(annotations('error', result('printed'))[0]?.text).toContain('To do: print nothing that may differ')
    expect(result('ignored')).toMatchObject({ status: 0, outputs: { agree: 'true' } })
  })

  it('may be those of CPU models', async () => {
    const lines = '"$BUSYBOX" grep -q -m1 "CPU part.*0xd08" /proc/cpuinfo'
    const { result } = await play([step(lines, { cpu: 'cortex-a57  cortex-a72', 'qemu-versions': '' })])
    expect(result('compare')).toMatchObject({ status: 1, outputs: { 'first-good': '' } })
    expect(result('compare').outputs.verdict).toBe(
      'fails under 11.1.3 (cortex-a57) (exit status 1), works under 11.1.3 (cortex-a72)',
    )
  })
})

it('the lines get what a step of their own would: folder and environment, but neither inputs nor the token of the job', async () => {
  const folder = temporary()
  const lines = 'echo "$PWD $MINE $(env | grep -cE "^(INPUT_|ACTIONS_RUNTIME_|ACTIONS_CACHE_|STATE_)" || true)" >&2'
  const env = { MINE: 'a word', ACTIONS_RUNTIME_TOKEN: 'token', ACTIONS_CACHE_URL: 'http://127.0.0.1:9/', STATE_x: '1' }
  const { result } = await play([step(lines, { 'working-directory': folder, 'qemu-versions': '11.1' }, env)])
  const [run] = comparisonOf(result('compare')).trials[0]?.runs ?? []
  expect(run?.lastWords).toBe(`${folder} a word 0`)
})

it('an ordinary user needs no root, and the lines run under his own id', async () => {
  const folder = open()
  copyFileSync(busybox, join(folder, 'busybox'))
  const env = own()
  const lines = `echo "$(id -u) $(./busybox uname -m)" >&2`
  const result = await playHere([
    as(guest, step(lines, { 'working-directory': folder, parallel: 'true', repeat: '2' }), env),
    shell('left', 'ls -A "$1"', env.RUNNER_TEMP),
  ])
  expect(result('compare')).toMatchObject({ status: 0, stderr: '', outputs: { agree: 'true' } })
  const words = comparisonOf(result('compare')).trials.flatMap(({ runs }) => runs.map(({ lastWords }) => lastWords))
  expect(words).toEqual(Array.from({ length: 4 }, () => `${guest} aarch64`))
  expect(result('left').stdout).toBe('')
})

interface Wrong {
  readonly inputs: Record<string, string>
  readonly code: string
  readonly text: RegExp
}

const wrong: readonly Wrong[] = [
  { inputs: { run: '' }, code: 'invalid-input', text: /the input run is empty/ },
  { inputs: { platforms: '' }, code: 'invalid-input', text: /no platform is named/ },
  { inputs: { platforms: 'arm65' }, code: 'unknown-platform', text: /arm65/ },
  { inputs: { 'qemu-versions': '11.1,6.9' }, code: 'unknown-version', text: /QEMU 6\.9 is not in the catalog/ },
  { inputs: { repeat: '0' }, code: 'invalid-input', text: /repeat is "0"\nTo do: write a whole number from 1/ },
  { inputs: { timeout: '1.5' }, code: 'invalid-input', text: /timeout is "1\.5"/ },
  { inputs: { parallel: 'yes' }, code: 'invalid-input', text: /parallel is "yes"/ },
  { inputs: { bisect: 'true', cpu: 'max' }, code: 'invalid-input', text: /leave cpu out, or bisect/ },
  {
    inputs: { expect: 'fail' },
    code: 'invalid-input',
    text: /expect is "fail"\nTo do: it is one of works, agree, differ/,
  },
  { inputs: { 'fail-on-difference': 'no' }, code: 'invalid-input', text: /fail-on-difference is "no"/ },
  { inputs: { mirror: 'ftp://x' }, code: 'invalid-input', text: /mirror "ftp:\/\/x" is neither an http/ },
  {
    inputs: { 'working-directory': 'no\nfolder' },
    code: 'invalid-input',
    text: /working-directory "no\\nfolder" cannot be entered: No such file or directory/,
  },
]

it('is red whatever fail-on-difference says when nothing could be set up', async () => {
  const broken = { QEMU_CPU: 'no-such-processor' }
  const { result } = await play([step('true', { 'fail-on-difference': 'false' }, broken)])
  expect(result('compare')).toMatchObject({ status: 1, outputs: { agree: 'false' } })
  expect(result('compare').outputs.verdict).toBe('could not be set up: 5.2.0 and 11.1.3')
  expect(result('compare').summary).toContain('no-such-processor')
})

describe('it is red before anything is made', () => {
  it('for inputs that are wrong', async () => {
    const temp = temporary()
    const named = (at: number) => `wrong ${at}`
    const steps = wrong.map(({ inputs }, at) => step('true', inputs, { RUNNER_TEMP: temp }, named(at)))
    const { result } = await play([...steps, shell('left', 'ls -A "$1"', temp)])
    for (const [at, { code, text }] of wrong.entries()) {
      const made = result(named(at))
      expect(made).toMatchObject({
        status: 1,
        outputs: {},
        summary: expect.stringContaining('**Nothing is compared**: '),
      })
      const [error] = annotations('error', made)
      expect(error?.title).toBe(`setup-qemu: ${code}`)
      expect(error?.text).toMatch(text)
      expect(error?.text).toMatch(new RegExp(`\\nTo do: .+\\nSee: \\S*docs/troubleshooting\\.md#${code}$`))
    }
    expect(result('left').stdout).toBe('')
  })

  it('where bash is missing, no folder can be written, no version is at hand, or user namespaces are off', async () => {
    const temp = temporary()
    const nowhere = { RUNNER_TEMP: '/proc/sys', TMPDIR: '/proc/sys', RUNNER_TOOL_CACHE: '/proc/sys' }
    const { result } = await play([
      step('true', {}, { PATH: '/nowhere', RUNNER_TEMP: temp }, 'bash'),
      step('true', {}, nowhere, 'folder'),
      step('true', {}, { RUNNER_TOOL_CACHE: temporary(), RUNNER_TEMP: temp }, 'offline'),
      shell('off', 'echo 0 > /proc/sys/user/max_user_namespaces'),
      step('true', {}, { RUNNER_TEMP: temp }, 'namespace'),
      shell('left', 'ls -A "$1"', temp),
    ])
    const said = (name: string) => annotations('error', result(name))[0]
    expect(said('bash')).toMatchObject({ title: 'setup-qemu: usage' })
    expect(said('bash')?.text).toContain(
      'bash cannot be executed: there is no such command on PATH\nTo do: install bash',
    )
    expect(said('folder')).toMatchObject({ title: 'setup-qemu: probe-unrunnable' })
    expect(said('folder')?.text).toMatch(
      /no folder takes the lines of run; tried \/proc\/sys: [A-Z]+; .*\nTo do: let TMPDIR/,
    )
    expect(said('offline')).toMatchObject({ title: 'setup-qemu: offline' })
    expect(said('namespace')).toMatchObject({ title: 'setup-qemu: no-namespace' })
    expect(said('namespace')?.text).toMatch(/user\.max_user_namespaces is 0\nTo do: .*\nSee: .*#no-namespace$/)
    for (const name of ['bash', 'folder', 'offline', 'namespace'])
      expect(result(name)).toMatchObject({
        status: 1,
        outputs: {},
        summary: expect.stringContaining('**Nothing is compared**: '),
      })
    expect(result('left').stdout).toBe('')
  })
})
