// Three steps of one job, however a runner starts them, and several jobs on one machine: whose an entry is, and how long it stays.
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { type Journal, parseJournal } from '../../src/core/journal/journal.js'
import { isSameJob } from '../../src/core/journal/ownership.js'
import { as, own, playHere, runner as user } from '../support/kernel/accounts.js'
import {
  annotations,
  main,
  play,
  post,
  type Step,
  type StepResult,
  shell,
  temporary,
} from '../support/runner/runner.js'

/** What GitHub's runner says of a job; those of a matrix have the same run and the same name. */
const run = { GITHUB_REPOSITORY: 'me/repo', GITHUB_RUN_ID: '7', GITHUB_RUN_ATTEMPT: '1', GITHUB_JOB: 'build' }
const tracked = (id: string) => ({ ...run, RUNNER_NAME: 'runner', RUNNER_TRACKING_ID: `github_${id}` })

function ownerAfter(result: StepResult): Journal['owner'] {
  return parseJournal(result.state.journal ?? '').owner
}

/** Process 1 of a container: a namespace of process numbers that a step enters from outside, as `docker exec` does. */
const startContainer = (name: string) =>
  shell(
    `start ${name}`,
    `unshare --pid --fork --mount-proc sleep 100 </dev/null >/dev/null 2>&1 &
     until pid=$(pgrep -P $!); do sleep 0.02; done; echo "$pid" >"/run/$1.pid"`,
    name,
  )
const endContainer = (name: string) => shell(`end ${name}`, 'kill -9 "$(cat "/run/$1.pid")"', name)
const inside = (name: string) => [
  // dash would leave out variables with a hyphen, as inputs have
  'bash',
  '-c',
  `exec nsenter --target "$(cat /run/${name}.pid)" --pid --mount -- "$@"`,
  'bash',
]

/** A folder with a script that runs the program in its arguments. */
function packageOfScript(): string {
  const folder = temporary()
  writeFileSync(join(folder, 'package.json'), '{ "scripts": { "step": "env" } }')
  return folder
}

interface Way {
  readonly npm?: true
  readonly env: Record<string, string>
  readonly under?: readonly string[]
  readonly before?: readonly Step[]
  readonly after?: readonly Step[]
}

const container = { before: [startContainer('job')], after: [endContainer('job')] }
const timeout = ['timeout', '90']
const aShell = ['bash', '-c', '"$@"; exit $?', 'bash']
const ways: [string, Way][] = [
  ['by GitHub’s runner', { env: tracked('1') }],
  ['by timeout under GitHub’s runner', { env: tracked('1'), under: timeout }],
  ['by timeout under a runner without ids', { env: run, under: timeout }],
  ['by timeout where nothing is said of the job', { env: {}, under: timeout }],
  [
    'by a shell in a session of its own',
    { env: { ...run, RUNNER_TRACKING_ID: '' }, under: ['setsid', '--wait', ...aShell] },
  ],
  ['by a script of npm', { env: tracked('1'), npm: true }],
  ['in a container job', { env: run, under: inside('job'), ...container }],
  ['by timeout in a container job', { env: run, under: [...inside('job'), ...timeout], ...container }],
  ['by a runner that says nothing, as a plain shell does', { env: {} }],
]

/** Each has one owner, the entry stays until the last post, and none warns. */
function expectOneJob(result: (name: string) => StepResult): void {
  const [a, b, c] = ['a', 'b', 'c'].map((name) => ownerAfter(result(name)))
  if (a === undefined || b === undefined || c === undefined) throw new Error('a step has no journal')
  expect([isSameJob(a, b), isSameJob(b, c)]).toEqual([true, true])
  expect(result('c').journals).toHaveLength(3)
  const left = ['a', 'b', 'c'].map((name) => Object.keys(result(`post of ${name}`).table ?? {}))
  expect(left).toEqual([['qemu-aarch64'], ['qemu-aarch64'], []])
  expect(result('post of c').journals).toEqual([])
  for (const name of ['a', 'b', 'c']) expect(annotations('warning', result(`post of ${name}`))).toEqual([])
}

describe('three steps of one job', () => {
  const names = ['a', 'b', 'c']

  it.each(ways)(
    'started %s: each has one owner, and the last post empties the table',
    async (_, { env, npm, under = [], before = [], after = [] }) => {
      const options = { env, under: npm ? ['npm', '--prefix', packageOfScript(), 'run', 'step', '--'] : under }
      const steps = [...names.map((name) => main({}, options, name)), ...names.map((name) => post(name, options))]
      expectOneJob((await play([...before, ...steps, ...after])).result)
    },
  )

  it('of a user who cannot read the runner’s environment', async () => {
    const options = { env: run, under: timeout }
    const folders = own()
    const steps = [...names.map((name) => main({}, options, name)), ...names.map((name) => post(name, options))]
    expectOneJob(await playHere(steps.map((step) => as(user, step, folders))))
  })
})

it('a private scope stays open when what started its step has ended, until post', async () => {
  const folder = temporary()
  const options = { env: { ...run, RUNNER_TEMP: folder }, under: timeout }
  // the holder looks once a second
  const later = shell('later', 'sleep 2.5; "$1"/setup-qemu-scope-*/bin/with-qemu true', folder)
  const { result } = await play([main({ scope: 'private' }, options), later, post('main', options)])
  expect(result('later')).toMatchObject({ status: 0, stderr: '' })
  expect(result('post of main').stdout).toContain('the private scope is closed')
})

/** A runner that carries out one step by a script and ends. The step's variables are words, so that the runner itself does not have them. */
function runner(name: string, step: Step, script = 'env "$@"; exit $?'): Step {
  const state = join(temporary(), 'STATE')
  writeFileSync(state, '')
  const variables = Object.entries({ ...step.env, GITHUB_STATE: state }).map(([key, value]) => `${key}=${value}`)
  return shell(name, script, ...variables, step.file, ...step.args)
}

/** Two processes of a job, one of which starts the step and ends at once; tells the runner's number and the step's state. */
const detachedStep = `
env RUNNER_TRACKING_ID=github_1 sleep 60 & other=$!
for word; do case $word in GITHUB_STATE=*) state=\${word#*=} ;; esac; done
env "$@"
until [ -e "$state.done" ]; do sleep 0.05; done
kill "$other"
echo "$$ $(cat "$state")"`
const detaching = ['bash', '-c', '{ "$@" >/dev/null; : >"$GITHUB_STATE.done"; } &', 'bash']

describe('two jobs', () => {
  it('of one run and one name, one after the other: what the first left has ended', async () => {
    const options = { env: run, under: timeout }
    const { result } = await play([runner('first', main({}, options)), runner('second', main({}, options))])
    expect(result('first')).toMatchObject({ status: 0, journals: [expect.any(String)] })
    expect(result('second').stdout).toContain('left behind by me/repo, job build of run 7')
    expect(result('second').journals).toHaveLength(1)
  })

  it('a step that process 1 has taken over belongs to its job by the other processes of that', async () => {
    const step = runner('runner', main({}, { env: tracked('1'), under: detaching }), detachedStep)
    const [file = '', ...args] = [...inside('job'), step.file, ...step.args]
    const { result } = await play([startContainer('job'), { ...step, file, args }, endContainer('job')])
    const [, pid, state] = /^(\d+) [\s\S]*^(\{"format".*\})$/m.exec(result('runner').stdout) ?? []
    expect(parseJournal(state ?? '').owner.pid).toBe(Number(pid))
  })

  it('of a matrix, at once: one does not take the other’s platform away', async () => {
    const other = { 'qemu-version': '7.2' }
    const { result } = await play([
      main({}, { env: tracked('1') }, 'a'),
      main(other, { env: tracked('2') }, 'b'),
      main(other, { env: { ...run, RUNNER_TEMP: temporary() } }, 'of act'),
      main(other, { env: { ...tracked('1') }, under: timeout }, 'a again'),
    ])
    expect(['a', 'b', 'of act', 'a again'].map((name) => result(name).status)).toEqual([0, 1, 1, 0])
    expect(result('b').stdout).toContain('me/repo, job build of run 7')
  })

  it('in two containers, or with two names in one: process 1 alone makes them no one job', async () => {
    const { result } = await play([
      startContainer('one'),
      startContainer('two'),
      main({}, { env: run, under: inside('one') }, 'a'),
      main({ 'qemu-version': '7.2' }, { env: run, under: inside('two') }, 'b'),
      main({ 'qemu-version': '7.2' }, { env: { ...run, GITHUB_JOB: 'other' }, under: inside('one') }, 'other'),
      endContainer('one'),
      endContainer('two'),
    ])
    expect(['a', 'b', 'other'].map((name) => result(name).status)).toEqual([0, 1, 1])
  })
})
