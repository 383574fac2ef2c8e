// Runs one program of this machine to its end by the runner's own @actions/exec, with what that library does not do: a time limit (coreutils' `timeout`
// keeps it), the errno of a program that cannot be started, and an end to what is collected. docs/development.md says which programs run by
// `command` instead. The library is loaded with the first program: a step that finds everything in place runs none.
import { realpathSync } from 'node:fs'
import { basename } from 'node:path'
import { forOthers } from '../core/machine/step-environment.js'
import { BoundedText, type CommandResult, command, errnoName, errnoOfText } from './command.js'
import { milliseconds } from './process.js'
import { findProgram, toolOnPath } from './program.js'

export interface ProgramOptions {
  readonly timeoutMs?: number
  /** What runs the program with other rights: `sudo -n`. The limit is kept inside, as an ordinary user cannot end what sudo runs. */
  readonly through?: readonly string[]
}

/** The shell only closes standard input: the library leaves it open, or fails outside of its promise when there is no pipe for it. */
const withoutInput = ['-c', 'exec "$@" </dev/null', 'sh'] as const

/** How long the library waits for output after the end of a program, when another one has inherited its pipes. */
const pipesMs = 2_000

/** The kernel refuses a start with longer words, and that the library does not survive (MAX_ARG_STRLEN is 128 KiB). */
const longestWord = 1 << 16

/**
 * Runs `file` with `args`, without input, in our environment for others, and collects what it prints (each stream up to 1 MiB). A program that cannot be
 * started is told by `errno`, one over the time limit by SIGKILL; any other signal is not known (`status` and `signal` are null then).
 * Rejects with `too-many-open-files` alone.
 */
export async function runProgram(
  file: string,
  args: readonly string[],
  { timeoutMs = 60_000, through = [] }: ProgramOptions = {},
): Promise<CommandResult> {
  const timeout = coreutilsTimeout()
  const [first, ...rest] = [...through, file, ...args] as [string, ...string[]]
  // BusyBox's timeout would put the program into a process group of its own, where a terminal's Ctrl-C does not reach it
  if (timeout === undefined || rest.some((word) => word.length > longestWord))
    return command(first, rest, { timeoutMs })
  const found = findProgram(first)
  if ('errno' in found) return unstarted(found.errno)
  const limited = [timeout, '--foreground', '--signal=KILL', String(timeoutMs / 1000)]
  const words =
    through.length === 0
      ? [...limited, found.file, ...rest]
      : [found.file, ...through.slice(1), ...limited, file, ...args]
  const [stdout, stderr] = [new BoundedText(), new BoundedText()]
  const started = milliseconds()
  let status: number | null
  try {
    const { exec } = await import('@actions/exec')
    // null when a signal ended it, whatever the library's types say
    status = await exec('/bin/sh', [...withoutInput, ...words], {
      silent: true,
      ignoreReturnCode: true,
      delay: pipesMs,
      env: { ...forOthers(process.env), LC_ALL: 'C' } as Record<string, string>,
      listeners: { stdout: (chunk) => collect(chunk, stdout), stderr: (chunk) => collect(chunk, stderr) },
    })
  } catch (error) {
    return unstarted(errnoOfMessage(error))
  }
  const result = { status, signal: null, stdout: stdout.text, stderr: stderr.text }
  const isOver = (status === 137 || status === 124) && milliseconds() - started >= timeoutMs
  if (isOver) return { ...result, status: null, signal: 'SIGKILL' }
  return (status === 126 || status === 127) && result.stderr.startsWith(`${timeout}: failed to `)
    ? unstarted(errnoOfText(result))
    : result
}

/**
 * Collects a chunk, and ends a line in it: after its listeners the library joins all chunks up to the end of a line, in a time that grows with the square
 * of its length (13 s for 50 MB). Nobody asks it for lines.
 */
function collect(chunk: Buffer, text: BoundedText): void {
  text.add(Buffer.from(chunk))
  chunk[chunk.length - 1] = 10
}

function unstarted(errno: string): CommandResult {
  return { status: null, signal: null, stdout: '', stderr: '', errno }
}

/** The library tells an errno only within its message. Throws `too-many-open-files`. */
function errnoOfMessage(thrown: unknown): string {
  const code = thrown instanceof Error ? /\b(E[A-Z0-9]+)$/.exec(thrown.message)?.[1] : undefined
  return errnoName(code === undefined ? thrown : Object.assign(new Error(code), { code }))
}

/** The path of coreutils' `timeout`; undefined where there is none, or another one (a link to BusyBox). */
function coreutilsTimeout(): string | undefined {
  const file = toolOnPath('timeout')
  return file !== undefined && ['timeout', 'coreutils'].includes(basename(realpathSync(file))) ? file : undefined
}
