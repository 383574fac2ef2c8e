// Runs a program by @actions/exec and adds what that library lacks: a time limit (coreutils' `timeout`), the errno of a program that cannot be started,
// and a limit to the collected output. docs/development.md lists the programs that run by `command` instead, and why. The library is loaded on first
// use, because a step that finds everything in place needs no such program.
import { realpathSync } from 'node:fs'
import { basename } from 'node:path'
import { forOthers } from '../core/machine/step-environment.js'
import { BoundedText, type CommandResult, command, errnoName, errnoOfText } from './command.js'
import { milliseconds } from './process.js'
import { findProgram, toolOnPath } from './program.js'

/** The shell only redirects standard input: the library leaves it open, or throws outside its promise if no descriptor is left for the pipe. */
const withoutInput = ['-c', 'exec "$@" </dev/null', 'sh'] as const

/** How long the library waits for more output after the program has exited, if another process inherited its pipes. */
const pipesMs = 2_000

/** How long after its limit to wait for a program that `timeout` could not kill, because it runs as another user or the kernel is busy with it. */
const graceMs = 3_000

/** The kernel refuses longer arguments (MAX_ARG_STRLEN is 128 KiB), and then the library throws outside its promise. */
const longestWord = 1 << 16

/**
 * Runs `file` with `args`, without input and without the variables of the action, and collects its output (each stream up to 1 MiB). `errno` says why it
 * could not be started; `signal` is SIGKILL if it ran into the time limit, and null, like `status`, if another signal ended it. Rejects only with
 * `too-many-open-files`.
 */
export async function runProgram(
  file: string,
  args: readonly string[],
  { timeoutMs = 60_000 }: { readonly timeoutMs?: number } = {},
): Promise<CommandResult> {
  const timeout = coreutilsTimeout()
  // BusyBox's timeout has no --foreground: the program would get its own process group, and miss the terminal's Ctrl-C
  if (timeout === undefined || args.some((word) => word.length > longestWord)) return command(file, args, { timeoutMs })
  const found = findProgram(file)
  if ('errno' in found) return unstarted(found.errno)
  const words = [timeout, '--foreground', '--signal=KILL', String(timeoutMs / 1000), found.file, ...args]
  const [stdout, stderr] = [new BoundedText(), new BoundedText()]
  const started = milliseconds()
  let status: number | null | 'running'
  try {
    const { exec } = await import('@actions/exec')
    const ended = exec('/bin/sh', [...withoutInput, ...words], {
      silent: true,
      ignoreReturnCode: true,
      delay: pipesMs,
      env: { ...forOthers(process.env), LC_ALL: 'C' } as Record<string, string>,
      listeners: { stdout: (chunk) => collect(chunk, stdout), stderr: (chunk) => collect(chunk, stderr) },
    })
    // null if a signal ended it, whatever the library's types say
    status = await within(ended, timeoutMs + graceMs)
  } catch (error) {
    return unstarted(errnoOfMessage(error))
  }
  const result = { signal: null, stdout: stdout.text, stderr: stderr.text }
  const isOver = (status === 137 || status === 124) && milliseconds() - started >= timeoutMs
  if (isOver || status === 'running') return { ...result, status: null, signal: 'SIGKILL' }
  return (status === 126 || status === 127) && result.stderr.startsWith(`${timeout}: failed to `)
    ? unstarted(errnoOfText({ ...result, status }))
    : { ...result, status }
}

/** Waits for a program's end, but not longer. */
async function within(ended: Promise<number | null>, ms: number): Promise<number | null | 'running'> {
  let timer: NodeJS.Timeout | undefined
  const over = new Promise<'running'>((resolve) => {
    timer = setTimeout(resolve, ms, 'running')
  })
  try {
    return await Promise.race([ended, over])
  } finally {
    clearTimeout(timer)
  }
}

function unstarted(errno: string): CommandResult {
  return { status: null, signal: null, stdout: '', stderr: '', errno }
}

/**
 * Collects a chunk, then makes its last byte a line end. The library itself joins chunks until a line ends, in quadratic time (13 s for 50 MB), to report
 * lines that nobody asked for.
 */
function collect(chunk: Buffer, text: BoundedText): void {
  text.add(Buffer.from(chunk))
  chunk[chunk.length - 1] = 10
}

/** The library gives the errno only within its message. Throws `too-many-open-files`. */
function errnoOfMessage(thrown: unknown): string {
  const code = thrown instanceof Error ? /\b(E[A-Z0-9]+)$/.exec(thrown.message)?.[1] : undefined
  return errnoName(code === undefined ? thrown : Object.assign(new Error(code), { code }))
}

/** The path of coreutils' `timeout`; undefined if there is none, or another one (a link to BusyBox). */
function coreutilsTimeout(): string | undefined {
  const file = toolOnPath('timeout')
  return file !== undefined && ['timeout', 'coreutils'].includes(basename(realpathSync(file))) ? file : undefined
}
