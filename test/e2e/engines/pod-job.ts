// A container job: its container waits, and each step is an `exec` of its own in it, as the runner and its container hooks start them.

import { parseJournal } from '../../../src/core/journal/journal.js'
import { isSameJob } from '../../../src/core/journal/ownership.js'
import { call, type Engine } from '../../support/engines/engine-call.js'
import { waiting } from '../../support/engines/pod-engine.js'
import { expectEqual } from '../check.js'
import { names } from './pod-call.js'

const job = { GITHUB_REPOSITORY: 'me/repo', GITHUB_RUN_ID: '7', GITHUB_RUN_ATTEMPT: '1', GITHUB_JOB: 'build' }
const runner = { RUNNER_TEMP: '/tmp', RUNNER_TOOL_CACHE: '/cache', INPUT_PLATFORMS: 'arm64', INPUT_OFFLINE: 'true' }

/** One step by a shell that ends with it; what it said. */
function step(engine: Engine, container: string, program: string, variables: Record<string, string>): string {
  const env = Object.entries({ ...job, ...runner, ...variables }).flatMap(([name, value]) => ['-e', `${name}=${value}`])
  const words = ['sh', '-c', '"$@"; exit $?', 'sh', '/usr/bin/node', `/dist/${program}/index.js`]
  const { status, stdout, stderr } = call(engine, ['exec', '-i', ...env, container, ...words])
  if (status !== 0) throw new Error(`${program} ended with ${status}: ${stdout}${stderr}`)
  return stdout
}

/** Three steps of one job in a container with all rights: one owner, and the last post empties the table. */
export function containerJob(engine: Engine): string {
  const container = `job-${engine}`
  const { status, stderr } = waiting(engine, container, ['--privileged'])
  if (status !== 0) throw new Error(`the container was not started: ${stderr}`)
  try {
    const states = ['a', 'b', 'c'].map((name) => {
      const state = `/tmp/state-${name}`
      call(engine, ['exec', container, 'busybox', 'touch', state])
      step(engine, container, 'main', { GITHUB_STATE: state })
      const saved = call(engine, ['exec', container, 'busybox', 'cat', state]).stdout
      return saved.split('\n').findLast((line) => line.startsWith('{"format"')) ?? ''
    })
    const [a, b, c] = states.map((state) => parseJournal(state).owner)
    if (a === undefined || b === undefined || c === undefined) throw new Error('a step has no journal')
    expectEqual([a.pid, isSameJob(a, b), isSameJob(b, c)], [1, true, true])
    const left = states.map((state) => {
      const said = step(engine, container, 'post', { STATE_journal: state, STATE_restore: 'true' })
      return [names(), said.includes('::warning')]
    })
    expectEqual(left, [
      [['qemu-aarch64'], false],
      [['qemu-aarch64'], false],
      [[], false],
    ])
    return `process 1 of ${a.label}`
  } finally {
    call(engine, ['rm', '--force', container])
  }
}
