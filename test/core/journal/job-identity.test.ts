// Which steps are one job, and which process lives as long as that.
import { describe, expect, it } from 'vitest'
import {
  type Ancestor,
  isOfJob,
  type JobEnvironment,
  jobIdentity,
  jobLabel,
  jobProcessOf,
} from '../../../src/core/journal/job-identity.js'
import type { Owner } from '../../../src/core/journal/journal.js'
import { isSameJob } from '../../../src/core/journal/ownership.js'

const run = {
  GITHUB_REPOSITORY: 'me/repo',
  GITHUB_RUN_ID: '7',
  GITHUB_RUN_ATTEMPT: '1',
  GITHUB_JOB: 'build',
  RUNNER_NAME: 'runner-1',
  RUNNER_TEMP: '/work/_temp',
}
const step = { ...run, RUNNER_TRACKING_ID: 'github_1', GITHUB_STATE: '/work/_temp/_runner_file_commands/save_state_1' }
const { RUNNER_TRACKING_ID, ...untracked } = step
const service = { PATH: '/usr/bin' }

const above = (...ancestors: [name: string, environment: JobEnvironment | null][]): Ancestor[] =>
  ancestors.map(([name, environment], at) => ({ pid: (ancestors.length - at) * 10 + 1, name, environment }))
const init: [string, JobEnvironment | null] = ['systemd', service]

describe('the process that lives as long as a job', () => {
  // the pid of the n-th from above is 10 n + 1; process 1 is left out where nothing depends on it
  it.each<[string, JobEnvironment, Ancestor[], number]>([
    ['is the worker of GitHub’s runner', step, above(['Runner.Worker', service], ['Runner.Listener', service]), 21],
    ['is above timeout', step, above(['timeout', step], ['Runner.Worker', service], init), 21],
    [
      'is above a script that npm runs in a shell',
      step,
      above(['sh', step], ['npm run x', step], ['bash', step], ['Runner.Worker', service], init),
      21,
    ],
    [
      'is above a wrapper that took the id out of the environment',
      step,
      above(['timeout', untracked], ['Runner.Worker', service]),
      11,
    ],
    [
      'is above one that changed all of it, below one that has it',
      step,
      above(['x', service], ['bash', step], ['Runner.Worker', service]),
      11,
    ],
    [
      'is found where a user emptied the id, so that the runner ends nothing',
      { ...step, RUNNER_TRACKING_ID: '' },
      above(['timeout', { ...step, RUNNER_TRACKING_ID: '' }], ['bash', step], ['Runner.Worker', service]),
      11,
    ],
    [
      'is found by the job where the step’s files are others: steps of steps',
      { ...untracked, GITHUB_STATE: '/other' },
      above(['timeout', { ...untracked, GITHUB_STATE: '/other' }], ['bash', untracked], ['act', service]),
      11,
    ],
    ['is act', untracked, above(['act', service], ['bash', service]), 21],
    [
      'is the inner runner, of one that runs as a step of another job',
      step,
      above(
        ['timeout', step],
        ['Runner.Worker', { ...step, RUNNER_TRACKING_ID: 'github_0', GITHUB_STATE: '/0', GITHUB_RUN_ID: '6' }],
      ),
      11,
    ],
    ['is process 1 of a container, where the parent is not to be seen', untracked, [], 1],
    ['is process 1 of a container, above a wrapper', untracked, above(['sh', untracked]), 1],
    ['is the parent in a plain shell', service, above(['bash', service], ['sshd', service]), 21],
    [
      'is the worker, known by its name, where no environment can be read',
      step,
      above(['sudo', null], ['bash', null], ['Runner.Worker', null], ['Runner.Listener', null], ['systemd', null]),
      31,
    ],
    [
      'is above what cannot be read and below what can',
      step,
      above(['sudo', null], ['bash', step], ['act', service]),
      11,
    ],
    [
      'is above what cannot be read, where the next one that can is no part of the job',
      step,
      above(['sudo', null], ['bash', service], ['sshd', service]),
      21,
    ],
    ['lives rather too long where nothing can be read', step, above(['sudo', null], ['bash', null]), 1],
    ['is process 1 where that is all there is', step, [{ pid: 1, name: 'init', environment: null }], 1],
  ])('%s', (_, own, ancestors, pid) => {
    expect(jobProcessOf(own, ancestors)).toBe(pid)
  })
})

describe('a process is of a job', () => {
  it.each<[boolean, JobEnvironment, JobEnvironment]>([
    [true, { RUNNER_TRACKING_ID: 'github_1' }, step],
    [true, { GITHUB_STATE: step.GITHUB_STATE }, step],
    [true, run, { ...untracked, GITHUB_STATE: '/2' }],
    [false, { ...run, RUNNER_TEMP: '/other' }, { ...untracked, GITHUB_STATE: '/2' }],
    [false, { RUNNER_TRACKING_ID: '', GITHUB_STATE: '' }, { RUNNER_TRACKING_ID: '', GITHUB_STATE: '' }],
    [false, {}, {}],
  ])('%s: %j of %j', (is, environment, own) => {
    expect(isOfJob(environment, own)).toBe(is)
  })
})

describe('two steps', () => {
  const worker: Owner = { face: 'action', pid: 11, start: '10', pidNamespace: '5' }
  const owner = (environment: JobEnvironment, change: Partial<Owner> = {}): Owner => ({
    ...worker,
    ...jobIdentity(environment),
    ...change,
  })
  it.each<[boolean, string, Owner, Owner]>([
    [true, 'of one job', owner(step), owner({ ...step, GITHUB_STATE: '/2' })],
    [true, 'that see another process live as long', owner(step), owner(step, { pid: 12, start: '20' })],
    [true, 'of which one emptied the id', owner(step), owner(untracked)],
    [true, 'without an id under one runner', owner(untracked), owner(untracked)],
    [true, 'of a plain shell', owner(service), owner(service)],
    [false, 'of two jobs of a matrix', owner(step), owner({ ...step, RUNNER_TRACKING_ID: 'github_2' })],
    [false, 'of two runners without ids', owner(untracked), owner(untracked, { pid: 12 })],
    [false, 'of one runner’s later job without an id', owner(untracked), owner(untracked, { start: '20' })],
    [false, 'of two containers', owner(untracked, { pid: 1 }), owner(untracked, { pid: 1, pidNamespace: '6' })],
    [false, 'of two jobs of act', owner(untracked), owner({ ...untracked, RUNNER_TEMP: '/cache/act/2/tmp' })],
    [false, 'of another attempt', owner(untracked), owner({ ...untracked, GITHUB_RUN_ATTEMPT: '2' })],
    [false, 'of runners inside one job that all have its id', owner(step), owner({ ...step, GITHUB_JOB: 'other' })],
    [false, 'of which one is the command line', owner(service), owner(service, { face: 'cli' })],
  ])('%s one job: %s', (is, _, a, b) => {
    expect([isSameJob(a, b), isSameJob(b, a)]).toEqual([is, is])
  })
})

it('a person finds the job again by repository, job and run', () => {
  expect([jobLabel(step), jobLabel(service)]).toEqual(['me/repo, job build of run 7', undefined])
})
