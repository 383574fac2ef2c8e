// How commands are timed: many short ones by hyperfine, long ones one by one with their CPU time, in rounds, so that a change of the machine's
// load meets all of them. CPU time of daemons is read from /proc, as proc(5) describes it.
import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { setTimeout as sleep } from 'node:timers/promises'
import { type Series, seriesOf, type Times } from './series.js'

/** A command to be timed: its words (no word holds a blank), and what to run before each of its runs. */
export interface Timed {
  readonly words: readonly string[]
  readonly prepare?: readonly string[]
}

/** Seconds of each command, by name, measured by hyperfine; one round times every command `runs` times. */
export function hyperfined(
  commands: Readonly<Record<string, Timed>>,
  rounds: number,
  runs: number,
): Map<string, Series> {
  const folder = mkdtempSync(join(tmpdir(), 'setup-qemu-bench-'))
  const file = join(folder, 'result.json')
  const times = new Map(Object.keys(commands).map((name) => [name, [] as number[][]]))
  const options = ['-N', '--warmup', '1', '--runs', String(runs), '--style', 'none', '--export-json', file]
  try {
    for (let round = 0; round < rounds; round++) {
      for (const [name, { words, prepare }] of Object.entries(commands)) {
        const before = prepare === undefined ? [] : ['--prepare', prepare.join(' ')]
        execFileSync('hyperfine', [...options, ...before, words.join(' ')], { stdio: 'pipe' })
        times.get(name)?.push(JSON.parse(readFileSync(file, 'utf8')).results[0].times)
      }
    }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
  return new Map([...times].map(([name, all]) => [name, seriesOf(all)]))
}

/** One side of a comparison of long commands. */
export interface Clocked {
  readonly words: readonly string[]
  readonly env?: Readonly<Record<string, string>>
  readonly before?: () => void
  /** Looks at what a run has left; throws when it is not what was wanted. */
  readonly after?: () => void
  /** CPU seconds that others have spent for it so far, beside the command and its children. */
  readonly elsewhere?: () => number
}

interface Rounds {
  readonly atLeast: number
  readonly atMost: number
  /** No round is begun after so many seconds, once there are enough. */
  readonly seconds: number
  /** Every command has run before. */
  readonly isWarmedUp?: boolean
}

/**
 * Runs each command once a round, each round beginning with another one. Unless every command has run before, a first round is not counted: it fills
 * the kernel's caches.
 */
export async function alternating(
  sides: Readonly<Record<string, Clocked>>,
  { atLeast, atMost, seconds, isWarmedUp = false }: Rounds,
): Promise<Map<string, Times>> {
  const names = Object.keys(sides)
  const runs = new Map(names.map((name) => [name, [] as Run[]]))
  const end = performance.now() + seconds * 1000
  for (let round = isWarmedUp ? 1 : 0; round <= atMost && (round <= atLeast || performance.now() < end); round++) {
    const start = round % names.length
    for (const name of [...names.slice(start), ...names.slice(0, start)]) {
      const run = await clocked(sides[name] as Clocked)
      if (round > 0) runs.get(name)?.push(run)
    }
  }
  const of = (all: readonly Run[], what: keyof Run) => seriesOf(all.map((run) => [run[what]]))
  return new Map(
    [...runs].map(([name, all]) => [
      name,
      { seconds: of(all, 'seconds'), cpu: of(all, 'cpu'), memory: of(all, 'memory') },
    ]),
  )
}

interface Run {
  readonly seconds: number
  readonly cpu: number
  /** Bytes that the largest process had in memory at its peak. */
  readonly memory: number
}

/**
 * One run, by bash's `time`, which counts the CPU of all children that were waited for, and GNU's, which knows the largest of them. Throws with
 * what the command said when it fails.
 */
export async function clocked({ words, env, before, after, elsewhere }: Clocked): Promise<Run> {
  before?.()
  const folder = mkdtempSync(join(tmpdir(), 'setup-qemu-bench-'))
  try {
    const file = join(folder, 'said')
    const memory = join(folder, 'memory')
    const script = 'TIMEFORMAT="%R %U %S"; time "$@" >"$0" 2>&1 </dev/null'
    const others = elsewhere?.() ?? 0
    const withMemory = ['/usr/bin/time', '--quiet', '--format', '%M', '--output', memory, ...words]
    const child = spawn('bash', ['-c', script, file, ...withMemory], {
      stdio: ['ignore', 'ignore', 'pipe'],
      env: { ...process.env, LC_ALL: 'C', ...env },
    })
    const [times, [status]] = await Promise.all([text(child.stderr), once(child, 'close')])
    if (status !== 0)
      throw new Error(`${words.join(' ')} ended with ${status}:\n${readFileSync(file, 'utf8').slice(-2000)}`)
    // a daemon tidies up after its client has gone
    if (elsewhere !== undefined) await sleep(300)
    after?.()
    const [seconds = Number.NaN, user = Number.NaN, system = Number.NaN] = times.trim().split(/\s+/).map(Number)
    const cpu = user + system + (elsewhere?.() ?? 0) - others
    return { seconds, cpu, memory: Number(readFileSync(memory, 'utf8')) * 1024 }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

const ticksPerSecond = Number(execFileSync('getconf', ['CLK_TCK'], { encoding: 'utf8' }))

/**
 * CPU seconds of all processes of this PID namespace and of the children that they have waited for, without the processes `except`. One that
 * ended and that nobody waited for still counts.
 */
export function cpuOfAll(except: readonly number[]): number {
  const pids = readdirSync('/proc').filter((name) => /^\d+$/.test(name) && !except.includes(Number(name)))
  return pids.reduce((total, pid) => total + cpuOf(pid), 0)
}

function cpuOf(pid: string): number {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
      .replace(/^.*\) /s, '')
      .split(' ')
      .map(Number)
    // utime, stime, cutime, cstime
    return fields.slice(11, 15).reduce((total, ticks) => total + ticks, 0) / ticksPerSecond
  } catch {
    // it has ended since the list was read
    return 0
  }
}
