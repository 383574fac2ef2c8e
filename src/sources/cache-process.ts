// One errand to the GitHub cache: the cache client as a process of its own, in a private folder, with the few variables that it needs and a
// time limit. What @actions/cache 6 does is read from its source; what tar does with TAR_OPTIONS from GNU tar's manual.
//
// The library unpacks what the cache holds with `tar -P`, which writes wherever the archive says. Whoever can write to the repository's cache
// (any job on the default branch can) could overwrite any file of the runner's user that way. Here TAR_OPTIONS gives every member of the
// archive, and every target of a link, one and the same name in the private folder, and an archive with two members fails. So such a person
// can keep us from using the cache, waste some seconds and up to `largestFile` of disk, or exploit a fault in tar or zstd themselves; they
// cannot place a file elsewhere, replace one, or have a byte used that is not of the right SHA-256.
import { spawn } from 'node:child_process'
import { chmodSync, lstatSync, mkdirSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { printable } from '../core/model/targets.js'
import { clientStatus, stagedName } from '../core/sources/cacheable.js'
import { command } from '../system/command.js'
import { withStreams } from '../system/open-files.js'
import { makeTemporary, transientFolder } from '../system/temporary-folder.js'

/** The bundled client, beside the bundle that this file is part of. */
export const cacheClient = join(import.meta.dirname, '..', 'cache-client', 'index.js')

export type Answer =
  | { readonly kind: 'done' }
  /** `why` is empty when the cache just has no such entry. */
  | { readonly kind: 'not'; readonly why: string }
  | { readonly kind: 'unavailable' }
  /** The service is silent or answers with failures; asking again would take as long. */
  | { readonly kind: 'outage'; readonly why: string }

/** A private folder for one errand; both paths that the library takes from the environment are relative to it. */
export interface Staging {
  readonly root: string
  /** Where the file is, or will be. */
  readonly file: string
  /** Takes back that the folder goes when a signal ends this process. */
  readonly forget: () => void
}

/** In bytes. No emulator has a tenth of it. */
export const largestFile = 2 ** 28

/** What `ulimit -f` counts in; in some shells it is 1024. */
const blockBytes = 512

/** What the library and node read; no other variable of the job reaches the client. */
const passedOn = [
  ...['PATH', 'RUNNER_TRACKING_ID', 'GITHUB_SERVER_URL', 'NODE_EXTRA_CA_CERTS', 'SSL_CERT_FILE', 'SSL_CERT_DIR'],
  ...['ACTIONS_RUNTIME_TOKEN', 'ACTIONS_RESULTS_URL', 'ACTIONS_CACHE_URL'],
  ...['ACTIONS_CACHE_SERVICE_V2', 'ACTIONS_CACHE_MODE'],
  ...['http_proxy', 'https_proxy', 'no_proxy', 'HTTP_PROXY', 'HTTPS_PROXY', 'NO_PROXY'],
]

/** Makes the folder under the job's temporary folder. Throws node's file system errors. */
export function openStaging(): Staging {
  const parent = process.env.RUNNER_TEMP || tmpdir()
  const { folder: root, forget } = transientFolder(() => makeTemporary(parent, 'cache'), removeStaging)
  const work = workIn(root)
  mkdirSync(work, { recursive: true })
  mkdirSync(join(root, 'temp'))
  return { root, file: join(work, stagedName), forget }
}

/** Whether the working folder holds the file and nothing beside it. */
export function isAlone(staging: Staging): boolean {
  return readdirSync(workIn(staging.root)).join('/') === stagedName
}

/** Removes the folder. */
export function closeStaging(staging: Staging): void {
  staging.forget()
  removeStaging(staging.root)
}

/** An archive may have made a folder in it that nobody may read. */
function removeStaging(root: string): void {
  const file = join(workIn(root), stagedName)
  if (lstatSync(file, { throwIfNoEntry: false })?.isDirectory()) chmodSync(file, 0o700)
  rmSync(root, { recursive: true, force: true })
}

/** Where tar unpacks. */
function workIn(root: string): string {
  return join(root, 'in', 'work')
}

/** Whether `tar` is GNU's, which alone heeds TAR_OPTIONS and understands what the library asks of it. */
export async function hasGnuTar(): Promise<boolean> {
  const { stdout } = await command('tar', ['--version'], { timeoutMs: 10_000 })
  return stdout.startsWith('tar (GNU tar)')
}

/** The library says this before its third try; it would go on until the fifth. */
const failedTwice = /^Attempt 2 of \d+ failed/m

/** Runs the client to its end, or ends it and all that it started after `limitMs`, or when the service has failed twice. */
export async function sendClient(
  program: string,
  mode: 'restore' | 'save',
  key: string,
  staging: Staging,
  limitMs: number,
): Promise<Answer> {
  const limited = ['-c', 'ulimit -f "$1"; shift; exec "$@"', 'sh', String(largestFile / blockBytes)]
  const client = withStreams(
    spawn('/bin/sh', [...limited, process.execPath, program, mode, key], {
      cwd: workIn(staging.root),
      env: environment(mode),
      stdio: ['ignore', 'pipe', 'ignore'],
      // a process group of its own, which tar and its decompressor are in, too
      detached: true,
    }),
  )
  let outage: string | undefined
  const giveUp = (why: string) => {
    outage ??= why
    if (client.pid !== undefined) endGroup(client.pid)
  }
  const timer = setTimeout(() => giveUp(`not done after ${limitMs / 1000} s`), limitMs)
  let said = ''
  client.stdout.setEncoding('utf8').on('data', (text: string) => {
    said = (said + text).slice(-20_000)
    if (failedTwice.test(said)) giveUp('failed twice')
  })
  const status = await new Promise<number | string>((resolve) => {
    client.on('error', (error) => resolve(error.message))
    client.on('close', (code, signal) => resolve(code ?? signal ?? 'nothing'))
  })
  clearTimeout(timer)
  const words = lastWords(said)
  return outage === undefined ? answerOf(status, words) : { kind: 'outage', why: `${outage}: ${words || 'no answer'}` }
}

function answerOf(status: number | string, words: string): Answer {
  if (status === clientStatus.done) return { kind: 'done' }
  if (status === clientStatus.not) return { kind: 'not', why: words }
  if (status === clientStatus.unavailable) return { kind: 'unavailable' }
  return { kind: 'not', why: `the cache client ended with ${status}` }
}

function endGroup(leader: number): void {
  try {
    process.kill(-leader, 'SIGKILL')
  } catch {
    // it ended at this moment
  }
}

function environment(mode: 'restore' | 'save'): NodeJS.ProcessEnv {
  const env = Object.fromEntries(passedOn.flatMap((name) => (process.env[name] ? [[name, process.env[name]]] : [])))
  const onlyStaged = `--transform=s,.*,${stagedName}, --keep-old-files --no-same-owner --no-same-permissions`
  return {
    ...env,
    // in a locale of multibyte characters `.*` would end at the first byte that is none, and the rest of the name would stay
    LC_ALL: 'C',
    // The library splits its tar command at blanks, so the paths must have none: relative ones, for two folders of the same depth, the
    // working folder (`in/work`, where tar unpacks) and one that the library makes under RUNNER_TEMP (where it packs).
    GITHUB_WORKSPACE: '../../in/work',
    RUNNER_TEMP: '../../temp',
    ...(mode === 'restore' ? { TAR_OPTIONS: onlyStaged } : {}),
  }
}

/**
 * What the library says last to people, safe for a message. Its debug lines hold signed addresses, which it only masks by commands to the
 * runner, so they stay here; but for one, which alone says why an entry could not be reserved.
 */
function lastWords(said: string): string {
  const lines = said.split('\n')
  const open = lines.filter((line) => line !== '' && !/^::(debug|add-mask)|^\[command]/.test(line))
  const line = lines.find((text) => text.startsWith('::debug::Failed to reserve cache: ')) ?? open.at(-1) ?? ''
  const [text = ''] = line.replace(/^::\w+[^:]*::/, '').split('%0A')
  const token = process.env.ACTIONS_RUNTIME_TOKEN
  const safe = (token ? text.replaceAll(token, '***') : text).replace(/\?\S+/g, '?...')
  return printable(safe.replace(wordy, ''))
}

/** What the library puts before the words that matter. */
const wordy = /^(?:(?:Error|Failed to [\w ]+|Failed request|Received non-retryable error|Unable to make request): )*/
