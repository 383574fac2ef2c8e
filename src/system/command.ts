// Runs a program and collects its output: arguments as a list, bytes on standard input, never a shell.
import { type ChildProcess, spawn } from 'node:child_process'
import { constants } from 'node:os'
import { forOthers } from '../core/machine/step-environment.js'
import { throwIfNoFileLeft, withStreams } from './open-files.js'

export interface CommandResult {
  /** Exit status; null when a signal ended it or it could not be started. */
  readonly status: number | null
  /** The signal that ended it, if known. */
  readonly signal: NodeJS.Signals | null
  readonly stdout: string
  readonly stderr: string
  /** Why it could not be started (`ENOENT`: no such program); undefined if it ran. */
  readonly errno?: string
}

/**
 * Runs `file` with `args` and `input`, and collects its output (each stream up to 1 MiB); `take` gets standard output instead, without a limit.
 * `environment` is added to ours, without the variables of the action. `errno` says why a program could not be started, `signal` is set if it ran into
 * the time limit. Rejects only with `too-many-open-files`.
 */
export function command(
  file: string,
  args: readonly string[],
  options: {
    input?: string | Uint8Array
    timeoutMs?: number
    environment?: object
    take?: (chunk: Uint8Array) => void
  } = {},
): Promise<CommandResult> {
  return new Promise((resolve, reject) => {
    const failed = (error: unknown) => {
      try {
        resolve({ status: null, signal: null, stdout: '', stderr: '', errno: errnoName(error) })
      } catch (ended) {
        reject(ended)
      }
    }
    try {
      const env = { ...forOthers(process.env), LC_ALL: 'C', ...options.environment }
      const child = withStreams(spawn(file, args, { stdio: 'pipe', env }))
      killAfter(child, options.timeoutMs ?? 60_000)
      const [stdout, stderr] = [new BoundedText(), new BoundedText()]
      child.stdout.on('data', options.take ?? ((chunk: Uint8Array) => stdout.add(chunk)))
      child.stderr.on('data', (chunk: Uint8Array) => stderr.add(chunk))
      child.on('error', failed)
      child.on('close', (status, signal) => resolve({ status, signal, stdout: stdout.text, stderr: stderr.text }))
      // a program may exit without reading its input; its exit status says what matters
      child.stdin.on('error', () => undefined)
      child.stdin.end(options.input ?? '')
    } catch (error) {
      // spawn throws synchronously for some errors, ENOEXEC among them
      failed(error)
    }
  })
}

/**
 * Kills a program that still runs after `ms`. Spawn's own `timeout` would keep this process alive for that long if the program could not be started.
 */
export function killAfter(child: ChildProcess, ms: number): void {
  const timer = setTimeout(() => child.kill('SIGKILL'), ms)
  for (const event of ['error', 'exit'] as const) child.once(event, () => clearTimeout(timer))
}

/**
 * The name of the errno (`ENOEXEC`) in an error thrown by node; `EIO` if there is none. Throws `too-many-open-files` for EMFILE and ENFILE, which say
 * nothing about the file.
 */
export function errnoName(thrown: unknown): string {
  throwIfNoFileLeft(thrown)
  if (!(thrown instanceof Error) || !('code' in thrown)) return 'EIO'
  const { code } = thrown
  const errno = 'errno' in thrown && typeof thrown.errno === 'number' ? thrown.errno : 0
  return typeof code === 'string' && /^E[A-Z0-9]+$/.test(code) ? code : errnoOfNumber(-errno)
}

/** The name of an errno number on this machine (8: `ENOEXEC`). */
export function errnoOfNumber(number: number): string {
  return Object.entries(constants.errno).find(([, value]) => value === number)?.[0] ?? `errno ${number}`
}

// sudo and tee report no errno, only the message of strerror(3) in the C locale
const errnoWords: readonly (readonly [string, string])[] = [
  ['File exists', 'EEXIST'],
  ['Read-only file system', 'EROFS'],
  ['Permission denied', 'EACCES'],
  ['Operation not permitted', 'EPERM'],
  ['Invalid argument', 'EINVAL'],
  ['No such file or directory', 'ENOENT'],
  ['Text file busy', 'ETXTBSY'],
  ['No space left on device', 'ENOSPC'],
]

/** The errno that a program's message in the C locale names; `EIO` if none. */
export function errnoOfText(result: CommandResult): string {
  return errnoWords.find(([words]) => result.stderr.includes(words))?.[1] ?? result.errno ?? 'EIO'
}

/** The start of a stream as text: the chunks up to the one that passes 1 MiB. */
export class BoundedText {
  readonly #chunks: Uint8Array[] = []
  #size = 0

  add(chunk: Uint8Array): void {
    if (this.#size < 1 << 20) this.#chunks.push(chunk)
    this.#size += chunk.length
  }

  get text(): string {
    return Buffer.concat(this.#chunks).toString('utf8')
  }
}
