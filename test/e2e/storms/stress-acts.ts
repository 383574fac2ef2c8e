// Single acts of the stress part: a job, a call of the command line, or damage to the cache, and what came of it.
import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { text } from 'node:stream/consumers'
import { node24 } from '../../support/runner/node24.js'
import type { JobReport, JobWish } from './job.js'

const dist = resolve(process.env.SETUP_QEMU_DIST ?? 'dist')

export type Act =
  | {
      readonly kind: 'job'
      readonly inputs: Record<string, string>
      readonly workMs: number
      readonly killMainMs: number | null
      readonly killAllMs: number | null
    }
  | { readonly kind: 'cli'; readonly words: readonly string[]; readonly killMs: number | null }
  | { readonly kind: 'damage'; readonly version: string }

/** Where all of it goes on, and where packages come from. */
export interface Places {
  readonly cache: string
  readonly temporary: string
  readonly mirror: string
}

/** An act by some random numbers; `share` of all jobs and calls are killed, if they live long enough. */
export function nextAct(random: () => number, share: number): Act {
  const oneOf = <T>(choices: readonly T[]): T => choices[Math.floor(random() * choices.length)] as T
  const chance = (share: number) => random() < share
  const kind = oneOf(['job', 'job', 'job', 'job', 'job', 'cli', 'cli', 'cli', 'damage'] as const)
  const version = oneOf(['11.1.3', '11.1.3', '7.2.22'])
  const onConflict = oneOf(['fail', 'wait', 'take'])
  if (kind === 'damage') return { kind, version }
  if (kind === 'cli') {
    const words = oneOf([
      ['restore'],
      ['restore', '--stale'],
      ['status', '--json'],
      ['setup', 'arm64', '--json', '--qemu-version', version, '--on-conflict', 'take'],
      [
        'setup',
        'arm64',
        '--json',
        '--qemu-version',
        version,
        '--on-conflict',
        'wait',
        '--conflict-wait-minutes',
        '0.05',
      ],
    ])
    return { kind, words, killMs: chance(share) ? Math.floor(random() * 400) : null }
  }
  const inputs = {
    platforms: oneOf(['arm64', 'arm64', 'arm64,386']),
    'qemu-version': version,
    'on-conflict': onConflict,
    'conflict-wait-minutes': '0.1',
    'survive-restart': chance(0.2) ? 'true' : 'false',
    credentials: chance(0.9) ? 'true' : 'false',
  }
  const killAllMs = chance(share) ? Math.floor(random() * 900) : null
  const killMainMs = killAllMs === null && chance(share) ? Math.floor(random() * 500) : null
  return { kind, inputs, workMs: Math.floor(random() * 300), killMainMs, killAllMs }
}

export interface Seen {
  readonly act: string
  readonly green: number
  readonly red: readonly string[]
  readonly killed: number
  readonly wrong: readonly string[]
}

function ended(child: ChildProcess): Promise<number | null> {
  return new Promise((done) => child.on('close', (status) => done(status)))
}

/** Failures that several jobs with different wishes may meet; anything else is a bug. */
const foreseen = /^(other-job|wrong-emulator|no-handler|chroot-fails|entry-differs|overtaken)$/
const harmless = /^(shadows|argv0-not-preserved|slow-cpu)$/

function codesOf(status: string): string[] {
  if (status === '') return []
  if (!status.startsWith('{')) return [`no JSON: ${status}`]
  const { error, targets } = JSON.parse(status) as {
    error?: { code: string }
    targets?: { state: string; findings: { code: string }[] }[]
  }
  if (targets === undefined) return [error?.code ?? 'no targets']
  return targets
    .filter(({ state }) => state === 'failed')
    .flatMap(({ findings }) => findings.map(({ code }) => code).filter((code) => !harmless.test(code)))
}

/** A job with its main and its post step, in processes of their own that may be killed. */
export async function runJob(act: Extract<Act, { kind: 'job' }>, places: Places): Promise<Seen> {
  const { cache, temporary, mirror } = places
  const report = join(cache, '..', `report-${Math.random()}.json`)
  const { workMs, killMainMs, killAllMs } = act
  const wish: JobWish = { dist, inputs: { ...act.inputs, mirror }, cache, temporary, workMs, killMainMs, report }
  const words = ['build/test/e2e/storms/job.js', JSON.stringify(wish)]
  const child = spawn(process.execPath, words, { detached: true, stdio: ['ignore', 'inherit', 'inherit'] })
  const timer = killAllMs === null ? undefined : setTimeout(() => process.kill(-(child.pid ?? 0), 'SIGKILL'), killAllMs)
  await ended(child)
  clearTimeout(timer)
  const name = `job ${JSON.stringify(act.inputs)}`
  if (!existsSync(report))
    return { act: name, green: 0, red: [], killed: 1, wrong: killAllMs === null ? ['no report'] : [] }
  const { main, status, log, post, postLog } = JSON.parse(readFileSync(report, 'utf8')) as JobReport
  const red = main === 1 ? codesOf(status) : []
  const wrong = [
    ...red.filter((code) => !foreseen.test(code)),
    ...(main === 1 && red.length === 0 ? [`main: ${log}`] : []),
    ...(post === 0 ? [] : [`post ended with ${post}: ${postLog}`]),
    ...postLog.split('\n').filter((line) => /could not be put back|answered E/.test(line)),
  ]
  return { act: name, green: main === 0 ? 1 : 0, red, killed: main === null ? 1 : 0, wrong }
}

/** A call of the command line that may be killed. */
export async function runCli(act: Extract<Act, { kind: 'cli' }>, { cache, temporary, mirror }: Places): Promise<Seen> {
  const more = act.words[0] === 'setup' ? ['--cache-dir', cache, '--mirror', mirror] : []
  const child = spawn(node24, [join(dist, 'cli/index.js'), ...act.words, ...more, '--quiet'], {
    stdio: ['ignore', 'pipe', 'pipe'],
    // the command line's own cache is where restore sweeps
    env: { ...process.env, TMPDIR: temporary, RUNNER_TEMP: '', XDG_CACHE_HOME: cache },
  })
  // kept apart: which of the two is read first is chance
  const [stdout, stderr] = [text(child.stdout), text(child.stderr)]
  const timer = act.killMs === null ? undefined : setTimeout(() => child.kill('SIGKILL'), act.killMs)
  const status = await ended(child)
  clearTimeout(timer)
  const [json, words] = await Promise.all([stdout, stderr])
  const name = `cli ${act.words.join(' ')}`
  const red = status === 1 && act.words[0] === 'setup' ? codesOf(json.split('\n')[0] ?? '') : []
  const wrong = [
    ...red.filter((code) => !foreseen.test(code)),
    ...(status !== 0 && status !== null && red.length === 0 ? [`exit status ${status}: ${json}${words}`] : []),
  ]
  return { act: name, green: status === 0 ? 1 : 0, red, killed: status === null ? 1 : 0, wrong }
}
