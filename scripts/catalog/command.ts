// How the generator runs the host's programs: arguments as a list, plain C messages, and a failure that says what came back.
import { type SpawnSyncReturns, spawnSync } from 'node:child_process'

export interface CommandOptions {
  readonly cwd?: string
  readonly env?: Record<string, string>
  readonly input?: Uint8Array
  /** A file descriptor that takes the standard output in place of the result. */
  readonly output?: number
}

/** Runs a program to its end, whatever its exit status. Throws when it cannot be started. */
export function attempt(
  command: string,
  args: readonly string[],
  options: CommandOptions = {},
): SpawnSyncReturns<Buffer> {
  const { cwd, input, output } = options
  const run = spawnSync(command, args, {
    ...(cwd === undefined ? {} : { cwd }),
    ...(input === undefined ? {} : { input }),
    env: { ...process.env, LC_ALL: 'C', ...options.env },
    stdio: ['pipe', output ?? 'pipe', 'pipe'],
    maxBuffer: 2 ** 30,
  })
  // A program that ends before it has read all its input is EPIPE here, but has a status and a message that say more.
  if (run.error !== undefined && run.status === null && run.signal === null)
    throw new Error(`${command}: ${run.error.message}`, { cause: run.error })
  return run
}

/** The standard output of a program; throws with its messages when it ends with another status than 0. */
export function outputOf(command: string, args: readonly string[], options: CommandOptions = {}): Buffer {
  const run = attempt(command, args, options)
  if (run.status === 0) return run.stdout
  const how = run.signal === null ? `status ${run.status}` : `signal ${run.signal}`
  throw new Error(`${command} ${args.join(' ')} ended with ${how}: ${run.stderr.toString().trim()}`)
}
