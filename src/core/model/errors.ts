// The one error type of the project: what makes it impossible to go on. Each code has an anchor in docs/troubleshooting.md.
import { visible } from '../text/visible.js'

/** Every reason for which setup-qemu cannot go on; the code is also the anchor in docs/troubleshooting.md. */
export const setupErrorCodes = [
  'usage',
  'unknown-platform',
  'unknown-version',
  'not-in-catalog',
  'invalid-input',
  'unknown-cpu',
  'sysroot-unusable',
  'not-linux',
  'unsupported-host',
  'no-root',
  'no-rights',
  'binfmt-missing',
  'binfmt-not-mounted',
  'binfmt-read-only',
  'binfmt-disabled',
  'no-namespace',
  'scope-closed',
  'interpreter-path-too-long',
  'interpreter-path-unusable',
  'entry-refused',
  'interpreter-gone',
  'journal-unwritable',
  'journal-damaged',
  'cache-unwritable',
  'output-unwritable',
  'too-many-open-files',
  'download-failed',
  'offline',
  'emulator-missing',
  'emulator-unusable',
  'invalid-image',
  'image-not-found',
  'image-denied',
  'image-other-platform',
  'image-damaged',
  'image-refused',
  'image-unreachable',
  'no-engine',
  'engine-denied',
  'engine-failed',
  'probe-unrunnable',
  'internal',
] as const

export type SetupErrorCode = (typeof setupErrorCodes)[number]

/** Codes that say "the words of the call were wrong": exit status 2 on the command line. */
const usageCodes: ReadonlySet<SetupErrorCode> = new Set([
  'usage',
  'unknown-platform',
  'unknown-version',
  'invalid-input',
  'unknown-cpu',
  'invalid-image',
])

/** Codes that say "this machine cannot do it": what `if-unsupported: skip` passes over. */
const unsupportedCodes: ReadonlySet<SetupErrorCode> = new Set([
  'not-linux',
  'unsupported-host',
  'no-root',
  'no-rights',
  'binfmt-missing',
  'binfmt-not-mounted',
  'binfmt-read-only',
  'binfmt-disabled',
  'no-namespace',
])

/** Whether the machine, and not the request or the network, is the reason. */
export function isUnsupported(error: SetupError): boolean {
  return unsupportedCodes.has(error.code)
}

/**
 * Cannot go on. `message` says what was tried, on what, and what came back; `hint` is the one thing to do. Each is one line whatever was woven into
 * it, words of the user and names of files too: what a terminal would obey is escaped here, for all who show it. `tried`: lines below the message.
 */
export class SetupError extends Error {
  readonly code: SetupErrorCode
  readonly hint: string

  constructor(
    code: SetupErrorCode,
    message: string,
    options: { hint: string; cause?: unknown; tried?: readonly string[] },
  ) {
    const lines = [message, ...(options.tried ?? [])].map(visible).join(lineOfTried)
    super(lines, options.cause === undefined ? undefined : { cause: options.cause })
    this.name = 'SetupError'
    this.code = code
    this.hint = visible(options.hint)
  }
}

const lineOfTried = '\n  '

/** An error of another process, from its parts as that process made them. */
export function errorAgain(code: SetupErrorCode, message: string, hint: string): SetupError {
  const [first = '', ...tried] = message.split(lineOfTried)
  return new SetupError(code, first, { hint, tried })
}

/** Whether the words of the call were wrong (exit status 2) rather than the machine or the network (1). */
export function isUsageError(error: SetupError): boolean {
  return usageCodes.has(error.code)
}

/**
 * The `too-many-open-files` that something thrown stands for; undefined for everything else. It is about this process and not about the file that was to be
 * opened. `limit`: how many it may have open, where that is known.
 */
export function openFilesError(thrown: unknown, limit?: string): SetupError | undefined {
  if (!(thrown instanceof Error)) return undefined
  // node's own removing of folders gives no errno in its code, only the words of strerror(3)
  const isTold = /: Too many open files\b(?! in system)/.test(thrown.message)
  const code = isTold ? 'EMFILE' : 'code' in thrown && thrown.code
  if (code === 'too-many-open-files' && thrown instanceof SetupError) return thrown
  if (code === 'ENFILE')
    return new SetupError('too-many-open-files', 'all processes of this machine together have too many files open', {
      hint: 'raise the limit of the machine: sudo sysctl -w fs.file-max=1000000',
      cause: thrown,
    })
  if (code !== 'EMFILE') return undefined
  const most = limit === undefined ? '' : `: its limit is ${limit}`
  return new SetupError('too-many-open-files', `this process has too many files open${most}`, {
    hint: 'give it 1024: ulimit -Hn 1024 as root before the call, docker run --ulimit nofile=1024, LimitNOFILE=1024 of a service',
    cause: thrown,
  })
}

/** Any thrown value as a SetupError; what we did not foresee becomes `internal` and keeps its message. */
export function asSetupError(thrown: unknown): SetupError {
  if (thrown instanceof SetupError) return thrown
  const ended = openFilesError(thrown)
  if (ended !== undefined) return ended
  const [message, ...tried] = (thrown instanceof Error ? thrown.message : String(thrown)).split('\n')
  return new SetupError('internal', `unexpected failure: ${message}`, {
    tried,
    hint: 'this is a bug of setup-qemu; please report it with the log of this step',
    cause: thrown,
  })
}
