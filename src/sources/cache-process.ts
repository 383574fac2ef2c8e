// The cache process: runs the client of the GitHub cache (src/cache-client.ts) for one file, in a private folder, with a time limit and only the
// environment variables that it needs. Sources: the code of @actions/cache 6, and GNU tar's manual for TAR_OPTIONS.
//
// The library unpacks cache entries with `tar -P`, which writes wherever the archive says. Anyone who can write to the repository's cache (any
// job on the default branch can) could overwrite any file of the runner's user that way. TAR_OPTIONS therefore renames every member of the
// archive, and every link target, to one fixed name in the private folder; an archive with two members fails. An attacker can still make the
// cache useless, waste some seconds and up to `largestFile` of disk, or exploit a bug in tar or zstd itself, but cannot write or replace any
// other file, and bytes with another SHA-256 are never used.
import { spawn } from 'node:child_process'
import { chmodSync, lstatSync, mkdirSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { printable } from '../core/model/targets.js'
import { clientStatus, stagedName } from '../core/sources/cacheable.js'
import { command } from '../system/command.js'
import { withStreams } from '../system/open-files.js'
import { goingFolder, makeTemporary } from '../system/temporary-folder.js'

/** Path of the bundled client, next to the bundle that contains this file. */
export const cacheClient = join(import.meta.dirname, '..', 'cache-client', 'index.js')

/** How a run of the cache client ended. */
export type CacheAnswer =
  | { readonly kind: 'done' }
  /** `why` is empty when the cache has no such entry. */
  | { readonly kind: 'not'; readonly why: string }
  | { readonly kind: 'unavailable' }
  /** The service times out or keeps failing; asking again would take as long. */
  | { readonly kind: 'outage'; readonly why: string }

/** A private folder for one cache process; both paths that the library takes from the environment are relative to it. */
export interface Staging {
  readonly root: string
  /** Where the file is, or will be. */
  readonly file: string
  /** Cancels the removal of the folder when a signal ends this process. */
  readonly forget: () => void
}

/** In bytes; more than ten times the size of any emulator. */
export const largestFile = 2 ** 28

/** The unit of `ulimit -f`; some shells count in 1024, which doubles the limit. */
const blockBytes = 512

/** The variables that the library and node read; the client gets no others of the job. */
const passedVariables = [
  ...['PATH', 'RUNNER_TRACKING_ID', 'GITHUB_SERVER_URL', 'NODE_EXTRA_CA_CERTS', 'SSL_CERT_FILE', 'SSL_CERT_DIR'],
  ...['ACTIONS_RUNTIME_TOKEN', 'ACTIONS_RESULTS_URL', 'ACTIONS_CACHE_URL'],
  ...['ACTIONS_CACHE_SERVICE_V2', 'ACTIONS_CACHE_MODE'],
  ...['http_proxy', 'https_proxy', 'no_proxy', 'HTTP_PROXY', 'HTTPS_PROXY', 'NO_PROXY'],
]

/** Makes the folder in the job's temporary folder. Throws node's file system errors. */
export function openStaging(): Staging {
  const parent = process.env.RUNNER_TEMP || tmpdir()
  const { folder: root, forget } = goingFolder(() => makeTemporary(parent, 'cache'), removeStaging)
  const work = workIn(root)
  mkdirSync(work, { recursive: true })
  mkdirSync(join(root, 'temp'))
  return { root, file: join(work, stagedName), forget }
}

/** Whether the working folder holds the file and nothing else. */
export function holdsOnlyFile(staging: Staging): boolean {
  return readdirSync(workIn(staging.root)).join('/') === stagedName
}

/** Removes the folder. */
export function closeStaging(staging: Staging): void {
  staging.forget()
  removeStaging(staging.root)
}

/** The archive may have put an unreadable folder in the file's place. */
function removeStaging(root: string): void {
  const file = join(workIn(root), stagedName)
  if (lstatSync(file, { throwIfNoEntry: false })?.isDirectory()) chmodSync(file, 0o700)
  rmSync(root, { recursive: true, force: true })
}

/** Where tar unpacks. */
function workIn(root: string): string {
  return join(root, 'in', 'work')
}

/** Whether `tar` is GNU tar; no other one obeys TAR_OPTIONS or knows the options that the library uses. */
export async function hasGnuTar(): Promise<boolean> {
  const { stdout } = await command('tar', ['--version'], { timeoutMs: 10_000 })
  return stdout.startsWith('tar (GNU tar)')
}

/** The library prints this before its third try; it would make five. */
const failedTwice = /^Attempt 2 of \d+ failed/m

/**
 * Runs the client, and kills it with everything that it started after `limitMs` milliseconds, or when the service has failed twice. `program`:
 * path of the client; `key`: the cache entry. Never rejects.
 */
export async function runCacheClient(
  program: string,
  mode: 'restore' | 'save',
  key: string,
  staging: Staging,
  limitMs: number,
): Promise<CacheAnswer> {
  const limited = ['-c', 'ulimit -f "$1"; shift; exec "$@"', 'sh', String(largestFile / blockBytes)]
  const client = withStreams(
    spawn('/bin/sh', [...limited, process.execPath, program, mode, key], {
      cwd: workIn(staging.root),
      env: clientEnvironment(mode),
      stdio: ['ignore', 'pipe', 'ignore'],
      // its own process group, so that tar and its decompressor can be killed, too
      detached: true,
    }),
  )
  let outage: string | undefined
  const giveUp = (why: string) => {
    outage ??= why
    if (client.pid !== undefined) killGroup(client.pid)
  }
  const timer = setTimeout(() => giveUp(`not done after ${limitMs / 1000} s`), limitMs)
  let output = ''
  client.stdout.setEncoding('utf8').on('data', (text: string) => {
    output = (output + text).slice(-20_000)
    if (failedTwice.test(output)) giveUp('failed twice')
  })
  const status = await new Promise<number | string>((resolve) => {
    client.on('error', (error) => resolve(error.message))
    client.on('close', (code, signal) => resolve(code ?? signal ?? 'nothing'))
  })
  clearTimeout(timer)
  const message = lastMessage(output)
  return outage === undefined
    ? answerOf(status, message)
    : { kind: 'outage', why: `${outage}: ${message || 'no answer'}` }
}

function answerOf(status: number | string, message: string): CacheAnswer {
  if (status === clientStatus.done) return { kind: 'done' }
  if (status === clientStatus.not) return { kind: 'not', why: message }
  if (status === clientStatus.unavailable) return { kind: 'unavailable' }
  return { kind: 'not', why: `the cache client ended with ${status}` }
}

function killGroup(leader: number): void {
  try {
    process.kill(-leader, 'SIGKILL')
  } catch {
    // it has just ended
  }
}

function clientEnvironment(mode: 'restore' | 'save'): NodeJS.ProcessEnv {
  const env = Object.fromEntries(
    passedVariables.flatMap((name) => (process.env[name] ? [[name, process.env[name]]] : [])),
  )
  const onlyStaged = `--transform=s,.*,${stagedName}, --keep-old-files --no-same-owner --no-same-permissions`
  return {
    ...env,
    // in a multibyte locale `.*` stops at the first invalid byte, which would leave the rest of the name
    LC_ALL: 'C',
    // The library splits its tar command at blanks, so these paths must not contain any: they are relative, and resolve from both folders in
    // which tar runs, because the working folder (`in/work`) and the one that the library makes in RUNNER_TEMP have the same depth.
    GITHUB_WORKSPACE: '../../in/work',
    RUNNER_TEMP: '../../temp',
    ...(mode === 'restore' ? { TAR_OPTIONS: onlyStaged } : {}),
  }
}

/**
 * The last message of the library, safe to show. Debug lines are left out, because they contain signed addresses that only the runner would
 * mask, except for the one that says why an entry could not be reserved.
 */
function lastMessage(output: string): string {
  const lines = output.split('\n')
  const open = lines.filter((line) => line !== '' && !/^::(debug|add-mask)|^\[command]/.test(line))
  const line = lines.find((text) => text.startsWith('::debug::Failed to reserve cache: ')) ?? open.at(-1) ?? ''
  const [text = ''] = line.replace(/^::\w+[^:]*::/, '').split('%0A')
  const token = process.env.ACTIONS_RUNTIME_TOKEN
  const safe = (token ? text.replaceAll(token, '***') : text).replace(/\?\S+/g, '?...')
  return printable(safe.replace(prefixes, ''))
}

/** What the library puts in front of the message itself. */
const prefixes = /^(?:(?:Error|Failed to [\w ]+|Failed request|Received non-retryable error|Unable to make request): )*/
