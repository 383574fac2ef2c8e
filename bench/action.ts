// The part of the benchmark that times what users run: the steps main and post of the action, under the runner's Node and with its environment;
// inside test/support/kernel/private.sh. Writes its result as JSON.
import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { text } from 'node:stream/consumers'
import { emulatorPath, warmCache } from '../test/support/programs/emulators.js'
import { declaredInputs } from '../test/support/runner/declared-inputs.js'
import { node24 } from '../test/support/runner/node24.js'
import type { Span } from './parts.js'
import { type Part, partsOf } from './parts-of.js'
import { startPlace } from './place.js'
import type { Series } from './series.js'

/** A job's main and post step. */
export interface JobTimes {
  readonly name: string
  /** Seconds of each, and of both in the same round. */
  readonly main: Series
  readonly post: Series
  readonly both: Series
}

export interface Action {
  /** Two starts of node and one emulated program, in each round. */
  readonly floor: Series
  readonly jobs: readonly JobTimes[]
  /** Of the first job: by part the seconds of each round of another run, in which files, hashes and programs are watched. */
  readonly parts: readonly (readonly [part: Part, seconds: Series])[]
}

const [results = '', folder = ''] = process.argv.slice(2)
const dist = resolve(process.env.SETUP_QEMU_DIST ?? 'dist')
const work = join(folder, 'action')
const coldCache = join(folder, 'action-tools')
const warmRounds = 15
const coldRounds = 6
const fileNames = ['OUTPUT', 'ENV', 'PATH', 'STATE', 'STEP_SUMMARY']

interface Run {
  readonly seconds: number
  /** On the clock that all processes share, in nanoseconds. */
  readonly start: number
  readonly end: number
}

/** Runs a command to its end with its output into pipes, as the runner does. Throws with what it said when it fails. */
async function timed([file = '', ...args]: readonly string[], env: NodeJS.ProcessEnv): Promise<Run> {
  const start = Number(process.hrtime.bigint())
  const child = spawn(file, args, { env, stdio: ['ignore', 'pipe', 'pipe'], cwd: work })
  const said = Promise.all([text(child.stdout), text(child.stderr)])
  const [status] = await once(child, 'exit')
  const end = Number(process.hrtime.bigint())
  if (status !== 0) throw new Error(`${file} ${args.join(' ')} ended with ${status}:\n${(await said).join('')}`)
  return { seconds: (end - start) / 1e9, start, end }
}

interface Job {
  readonly platforms: string
  readonly toolCache: string
  /** Of a release, where it is not what is timed otherwise. */
  readonly dist?: string
  /** Further variables of the environment. */
  readonly env?: Readonly<Record<string, string>>
  readonly before?: () => void
}

/** The environment of a step: what the runner gives, and nothing else of ours. */
function stepEnv({ toolCache, env = {} }: Job, more: Readonly<Record<string, string>>): NodeJS.ProcessEnv {
  for (const name of fileNames) writeFileSync(join(work, name), '')
  const files = fileNames.map((name) => [`GITHUB_${name}`, join(work, name)])
  const { PATH, HOME, LANG } = process.env
  const runner = { RUNNER_TOOL_CACHE: toolCache, RUNNER_TEMP: work, GITHUB_ACTIONS: 'true', no_proxy: '127.0.0.1' }
  return { PATH, HOME, LANG, ...runner, ...Object.fromEntries(files), ...env, ...more }
}

/** What the main step has left for the post step. */
function savedState(): Readonly<Record<string, string>> {
  const blocks = readFileSync(join(work, 'STATE'), 'utf8').matchAll(/^([^=\n]+?)<<(.+)\n([\s\S]*?)\n?\2$/gm)
  return Object.fromEntries([...blocks].map(([, name, , value = '']) => [`STATE_${name}`, value]))
}

/** Both steps of a job, each with `more` in its environment; `after` is told of each. Throws when one fails, or main has registered nothing. */
async function jobRun(
  job: Job,
  more: Readonly<Record<string, string>> = {},
  after: (face: 'main' | 'post', run: Run) => void = () => undefined,
): Promise<{ main: Run; post: Run }> {
  job.before?.()
  const inputs = Object.entries({ ...declaredInputs('action.yml'), platforms: job.platforms })
  const given = Object.fromEntries(inputs.map(([name, value]) => [`INPUT_${name.toUpperCase()}`, value]))
  const main = await timed([node24, join(job.dist ?? dist, 'main/index.js')], stepEnv(job, { ...given, ...more }))
  after('main', main)
  const saved = savedState()
  if (saved.STATE_journal === undefined) throw new Error('the main step has registered nothing')
  const post = await timed([node24, join(job.dist ?? dist, 'post/index.js')], stepEnv(job, { ...saved, ...more }))
  after('post', post)
  return { main, post }
}

/** One job, watched: its time by parts. */
async function watchedParts(job: Job): Promise<Map<Part, number>> {
  const file = join(work, 'parts.json')
  const preload = `--import=${resolve('build/bench/parts.js')}`
  const found = new Map<Part, number>()
  await jobRun(job, { NODE_OPTIONS: preload, BENCH_PARTS: file }, (face, { start, end }) => {
    const spans: Span[] = JSON.parse(readFileSync(file, 'utf8'))
    for (const [part, seconds] of partsOf(face, start, end, spans)) found.set(part, seconds)
  })
  return found
}

/** The seconds of two starts of node and of one emulated program. */
async function floorOf(interpreter: string, program: string): Promise<number> {
  const node = () => timed([node24, '-e', '0'], process.env)
  const runs = [await node(), await timed([interpreter, program, 'true'], process.env), await node()]
  return runs.reduce((total, { seconds }) => total + seconds, 0)
}

function seriesOf(values: readonly number[]): Series {
  return { rounds: values, runs: values.length }
}

async function main(): Promise<Action> {
  mkdirSync(work)
  const search = { cwd: folder, encoding: 'utf8' } as const
  const program = execFileSync('find', ['busybox', '-path', '*bin/busybox', '-type', 'f'], search).trim()
  const interpreter = await emulatorPath('aarch64')
  await using place = await startPlace()
  const before = () => rmSync(coldCache, { recursive: true, force: true })
  const warm = (platforms: string): Job => ({ platforms, toolCache: warmCache })
  const cold = (platforms: string, from: Pick<Job, 'dist' | 'env'>): Job => {
    return { platforms, toolCache: coldCache, before, ...from }
  }
  const release = { env: { SETUP_QEMU_RELEASES: place.releases } }
  const jobs = {
    '`arm64`, in the tool cache': [warm('arm64'), warmRounds],
    '`all`, in the tool cache': [warm('all'), warmRounds],
    '`arm64`, in the release itself': [cold('arm64', { dist: join(folder, 'tree/dist') }), coldRounds],
    '`riscv64`, in a release of emulators': [cold('riscv64', release), coldRounds],
    '`all`, in a release of emulators': [cold('all', release), coldRounds],
  } as const
  const floors: number[] = []
  const times = new Map(Object.keys(jobs).map((name) => [name, [] as { main: Run; post: Run }[]]))
  const parts = new Map<Part, number[]>()
  // the first round is not counted: it fills the kernel's caches
  for (let round = 0; round <= warmRounds; round++) {
    const floor = await floorOf(interpreter, join(folder, program))
    if (round > 0) floors.push(floor)
    for (const [name, [job, rounds]] of Object.entries(jobs)) {
      if (round > rounds) continue
      const run = await jobRun(job)
      if (round > 0) times.get(name)?.push(run)
    }
    const watched = await watchedParts(warm('arm64'))
    if (round > 0) for (const [part, seconds] of watched) parts.set(part, [...(parts.get(part) ?? []), seconds])
  }
  const jobTimes = [...times].map(([name, all]) => ({
    name,
    main: seriesOf(all.map((run) => run.main.seconds)),
    post: seriesOf(all.map((run) => run.post.seconds)),
    both: seriesOf(all.map((run) => run.main.seconds + run.post.seconds)),
  }))
  return { floor: seriesOf(floors), jobs: jobTimes, parts: [...parts].map(([part, all]) => [part, seriesOf(all)]) }
}

writeFileSync(results, JSON.stringify(await main()))
