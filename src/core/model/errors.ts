// The project's one error type: why it cannot go on.
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

/** Codes for a call that is wrong: exit status 2 on the command line. */
const usageCodes: ReadonlySet<SetupErrorCode> = new Set([
  'usage',
  'unknown-platform',
  'unknown-version',
  'invalid-input',
  'unknown-cpu',
  'invalid-image',
])

/** Codes for a machine that cannot do it: `if-unsupported: skip` ignores them. */
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

/** Whether the machine is the reason, and not the request or the network. */
export function isUnsupported(error: SetupError): boolean {
  return unsupportedCodes.has(error.code)
}

/**
 * `message` says what was tried, on what, and with which result; `hint` is the one thing to do. Both are a single line, even if they quote users or
 * file names: control characters are escaped here, for everybody who prints them. `tried`: more lines below the message.
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

/** An error that another process or a finding tells, from its parts. */
export function errorAgain(code: SetupErrorCode, message: string, hint: string): SetupError {
  const [first = '', ...tried] = message.split(lineOfTried)
  return new SetupError(code, first, { hint, tried })
}

/** Whether the call was wrong (exit status 2), and not the machine or the network (1). */
export function isUsageError(error: SetupError): boolean {
  return usageCodes.has(error.code)
}

/**
 * A thrown EMFILE or ENFILE as `too-many-open-files`; undefined for everything else. It is a problem of this process, not of the file that it was about to
 * open. `limit`: how many files it may have open, if known.
 */
export function openFilesError(thrown: unknown, limit?: string): SetupError | undefined {
  if (!(thrown instanceof Error)) return undefined
  // node's rmSync gives no errno in `code`, only the words of strerror(3)
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

/** Any thrown value as a SetupError; an unexpected one becomes `internal` and keeps its message. */
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
