// What distinguishes jobs: what the runner puts into the environment of each step, and a process that lives as long as the job.
// Sources: JobExtension.cs, ProcessInvoker.cs and StepHost.cs of actions/runner; run_context.go and host_environment.go of nektos/act.

import { printable } from '../model/targets.js'

export type JobEnvironment = Readonly<Record<string, string | undefined>>

/** A process above a step; `environment` is null when it cannot be read: it belongs to another user, or has more rights. */
export interface Ancestor {
  readonly pid: number
  /** As the kernel has it: at most 15 characters of its program's name. */
  readonly name: string
  readonly environment: JobEnvironment | null
}

/**
 * A random id that GitHub's runner makes for each job and gives to every process that it starts on the machine itself, but not to `docker exec`.
 * A user may empty it, so that the runner does not end a process with the job; act always leaves it empty.
 */
const trackingVariable = 'RUNNER_TRACKING_ID'

/**
 * What else is the same in all steps of a job. The jobs of a matrix have the same run and the same name: of two on one machine at once either
 * the runners differ, or the folder that act makes for each job, or the container.
 */
const jobVariables = [
  'GITHUB_REPOSITORY',
  'GITHUB_RUN_ID',
  'GITHUB_RUN_ATTEMPT',
  'GITHUB_JOB',
  'RUNNER_NAME',
  'RUNNER_TEMP',
] as const

/** A file that the runner names to the processes of a step and does not have in its own environment. */
const stepVariable = 'GITHUB_STATE'

/** The process of GitHub's runner that carries out one job and ends with it. */
const workerName = 'Runner.Worker'

/** What the runner says of a job: its random id, and a text that all of its steps agree on. */
export interface JobIdentity {
  readonly tracking?: string
  readonly job?: string
}

/** The identity of the job that a step belongs to, from the step's environment; empty in a plain shell. */
export function jobIdentity(environment: JobEnvironment): JobIdentity {
  const tracking = environment[trackingVariable] ?? ''
  const values = jobVariables.map((name) => environment[name] ?? '')
  return {
    ...(tracking === '' ? {} : { tracking }),
    ...(values.every((value) => value === '') ? {} : { job: values.join(' ') }),
  }
}

/** How a person recognizes a job; undefined outside of one. */
export function jobLabel(environment: JobEnvironment): string | undefined {
  const { GITHUB_REPOSITORY: repository, GITHUB_JOB: job, GITHUB_RUN_ID: run } = environment
  return repository === undefined ? undefined : printable(`${repository}, job ${job ?? '?'} of run ${run ?? '?'}`)
}

/** Whether a process with one environment belongs to the job of a step with another: it was started for that job, and is not its runner. */
export function isOfJob(environment: JobEnvironment, step: JobEnvironment): boolean {
  const isSame = (name: string) => (step[name] ?? '') !== '' && environment[name] === step[name]
  if (isSame(trackingVariable) || isSame(stepVariable)) return true
  return isSame('GITHUB_RUN_ID') && jobVariables.every((name) => (environment[name] ?? '') === (step[name] ?? ''))
}

/**
 * The number of the process that lives as long as a step's job: the parent of the topmost process that was started for the job. `ancestors` are
 * those of the step, its parent first. Between the runner and the step there may be a wrapper: `timeout`, a shell, npm. In a container the
 * topmost one has no parent to be seen, and process 1 lives as long. In a plain shell it is the parent.
 */
export function jobProcessOf(step: JobEnvironment, ancestors: readonly Ancestor[]): number {
  const last = ancestors.findLastIndex(({ environment }) => environment !== null && isOfJob(environment, step))
  const above = ancestors.slice(last + 1)
  const seen = above.findIndex(({ environment }) => environment !== null)
  // what we cannot read may be a wrapper: better a process that lives too long than one that ends before the job
  const hidden = seen === -1 ? above : above.slice(0, seen)
  const worker = hidden.find(({ name }) => name === workerName)
  return (worker ?? above[seen])?.pid ?? 1
}
