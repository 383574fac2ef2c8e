// The holders of private scopes: for each scope a small process that keeps its namespaces open, and a folder with the program that enters them.
// There is no registry: we find holders by their arguments among this user's processes.

import { spawn } from 'node:child_process'
import { existsSync, lstatSync, mkdirSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { SetupError } from '../core/model/errors.js'
import { holderScript, ownIds, wrapperText } from '../core/scope/scope-script.js'
import type { ScopeHolder } from '../core/scope/scope-state.js'
import { errnoName } from '../system/command.js'
import { folderInFirst, temporaryParents } from '../system/folder.js'
import type { Log } from '../system/log.js'
import { throwIfNoFileLeft, withStreams } from '../system/open-files.js'
import { processNumbers, startOfProcess } from '../system/process.js'
import { hasEnded, makerMark, removeOwnFolder, transientFolder } from '../system/temporary-folder.js'
import { goLine, isUnshared, mapIds, namespaceError, needEnv, needPrograms } from './namespace.js'
import { isOwnName, ownNamespaces, scopeFolders, userNamespace } from './scope-folders.js'

/** The process that a scope ends with; 0 for none. */
export interface WatchedProcess {
  readonly pid: number
  readonly start: string
}

const readyMs = 30_000
/** A folder without a holder that is older than this is not just being made. */
const staleMs = 60_000

/** The folder with a scope's programs, for PATH. */
export function programFolder({ folder }: Pick<ScopeHolder, 'folder'>): string {
  return join(folder, 'bin')
}

/** Opens a private scope that ends with this process unless it is transferred. Throws `no-namespace`, and then leaves nothing behind. */
export async function openScope(face: 'cli' | 'action', log: Log): Promise<ScopeHolder> {
  const uid = process.geteuid?.() ?? 0
  const gid = process.getegid?.() ?? 0
  // with-qemu's programs as well, so that a missing one fails here and not later
  needPrograms(['unshare', 'mount', 'nsenter', ...(ownIds(uid, gid).length > 0 ? ['setpriv'] : [])])
  await needEnv()
  sweepFolders()
  // the holder ends with this process by itself
  const { folder, forget } = transientFolder(makeFolder)
  let holder: ScopeHolder | undefined
  try {
    holder = await startHolder(folder, face, log)
    const within = userNamespace()
    const parts = { ...holder, uid, gid, within }
    mkdirSync(programFolder(holder))
    writeFileSync(join(programFolder(holder), 'with-qemu'), wrapperText(parts), { mode: 0o755 })
    return holder
  } catch (error) {
    const reason = holder === undefined ? error : errorOrClosed(error, holder)
    rmSync(folder, { recursive: true, force: true })
    throw reason
  } finally {
    forget()
  }
}

/** Why a set-up ended: `scope-closed` if its scope was closed meanwhile, else the error itself. */
export function errorOrClosed(error: unknown, holder: ScopeHolder): unknown {
  return isHeldOpen(holder) && existsSync(holder.folder) ? error : closedError(holder.pid)
}

function closedError(pid: number | undefined): SetupError {
  return new SetupError(
    'scope-closed',
    `the private scope was closed while it was being set up: its process ${pid} was ended from outside`,
    {
      hint: 'setup-qemu restore closes private scopes, and restore --all those of jobs, too: set up once more when it is through',
    },
  )
}

function makeFolder(): string {
  const made = folderInFirst(temporaryParents(), `setup-qemu-scope-${ownNamespaces()}-`, (folder) => fill(folder))
  if ('folder' in made) return made.folder
  throw new SetupError(
    'no-namespace',
    `there is no folder for the programs of a private scope; tried ${made.answers}`,
    {
      hint: 'let TMPDIR name a folder that is writable',
    },
  )
}

function fill(folder: string): void {
  writeFileSync(join(folder, 'maker'), makerMark())
  writeFileSync(join(folder, 'keeper'), holderScript)
}

/** From now on a scope lasts as long as that process, or until it is closed if we cannot see that one. Throws `scope-closed` when it has ended. */
export function transfer(holder: ScopeHolder, { pid, start }: WatchedProcess): void {
  try {
    writeFileSync(join(holder.folder, 'owner'), start === '' ? '0 0\n' : `${pid} ${start}\n`)
  } catch (error) {
    throw errorOrClosed(error, holder)
  }
  if (!isHeldOpen(holder)) throw closedError(holder.pid)
}

async function startHolder(folder: string, face: string, log: Log): Promise<ScopeHolder> {
  const words = ['map', face, String(process.pid), startOfProcess(process.pid) ?? '0', folder]
  const unshare = ['--user', '--mount', '--propagation', 'slave', 'sh', join(folder, 'keeper'), ...words]
  // in its own session no terminal's signal ends it, and we can end its whole group at once
  const child = withStreams(
    spawn('unshare', unshare, { cwd: '/', detached: true, stdio: 'pipe', env: holderEnvironment() }),
  )
  const answer = answerOf(child)
  const { pid } = child
  try {
    if (pid === undefined || !(await isUnshared(child))) {
      throw namespaceError({ stage: 'unshare', said: await answer })
    }
    await mapIds(pid, log)
    child.stdin.on('error', () => undefined)
    child.stdin.end(goLine)
    const said = await answer
    if (said !== 'ready') throw namespaceError({ stage: 'mount', said: said.replace(/^refused /, '') })
    return { pid, start: startOfProcess(pid) ?? '', folder }
  } catch (error) {
    // another `restore` may find and close it before it is ready
    const reason = child.signalCode === 'SIGKILL' ? closedError(pid) : error
    if (pid !== undefined) endGroup(pid)
    throw reason
  } finally {
    child.stdin.destroy()
    child.stdout.destroy()
    child.stderr.destroy()
    child.unref()
  }
}

/** A process that stays must not carry the caller's secrets. By its own variable the runner finds what a job left. */
function holderEnvironment(): NodeJS.ProcessEnv {
  const kept = ['PATH', 'RUNNER_TRACKING_ID']
  return Object.fromEntries(
    kept.flatMap((name) => (process.env[name] === undefined ? [] : [[name, process.env[name]]])),
  )
}

/** The first line that a holder prints; its error output when it ends without one. */
function answerOf(child: ReturnType<typeof spawn>): Promise<string> {
  return new Promise((resolve) => {
    let said = ''
    let complained = ''
    const timer = setTimeout(() => resolve(`no answer within ${readyMs / 1000} s`), readyMs)
    const done = (text: string) => {
      clearTimeout(timer)
      resolve(text)
    }
    child.stdout?.on('data', (chunk: Buffer) => {
      said = (said + chunk.toString('utf8')).slice(0, 4096)
      if (said.includes('\n')) done(said.split('\n')[0] ?? '')
    })
    child.stderr?.on('data', (chunk: Buffer) => {
      complained = (complained + chunk.toString('utf8')).slice(0, 4096)
    })
    child.on('error', (error) => done(errnoName(error)))
    child.on('close', (status) => done(complained.trim() || `exit status ${status}`))
  })
}

/** Adds a second name for `with-qemu`, so that two scopes can both be called by name. */
export function nameScope(holder: ScopeHolder, name: string): void {
  symlinkSync('with-qemu', join(programFolder(holder), name))
}

/** Whether a scope's holder is alive. */
export function isHeldOpen({ pid, start }: ScopeHolder): boolean {
  return startOfProcess(pid) === start
}

/** Ends a scope: its holder and its folder; false when it had already ended. Programs that run in it go on. */
export function closeScope(holder: ScopeHolder): boolean {
  const kept = isHeldOpen(holder)
  if (kept) endGroup(holder.pid)
  // we find holders by arguments, which another user chooses for a setuid program; a running set-up may still write there
  if (ownFolderSince(holder.folder) !== undefined)
    rmSync(holder.folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 20 })
  return kept
}

function endGroup(pid: number): void {
  try {
    process.kill(-pid, 'SIGKILL')
  } catch (error) {
    // it has just ended by itself
    if (errnoName(error) !== 'ESRCH') throw error
  }
}

/** The living holders of this user and these namespaces that were opened through a face. */
export function scopeHoldersOf(face: 'cli' | 'action'): ScopeHolder[] {
  return allHolders().filter((holder) => holder.face === face)
}

function allHolders(): (ScopeHolder & { face: string })[] {
  return processNumbers().flatMap(holderAt)
}

function holderAt(pid: number): (ScopeHolder & { face: string })[] {
  try {
    if (statSync(`/proc/${pid}`).uid !== process.geteuid?.()) return []
    const [, script = '', deed, face = ''] = readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0')
    const folder = dirname(script)
    if (basename(script) !== 'keeper' || deed !== 'keep' || !isOwnName(basename(folder))) return []
    return [{ pid, start: startOfProcess(pid) ?? '', folder, face }]
  } catch (error) {
    throwIfNoFileLeft(error)
    // it ended while we looked
    return []
  }
}

/** Removes this user's folders whose holders were killed; we cannot judge those of other namespaces. */
export function sweepFolders(): void {
  const folders = scopeFolders()
  if (folders.length === 0) return
  const kept = new Set(allHolders().map(({ folder }) => folder))
  for (const folder of folders) if (!kept.has(folder) && isLeft(folder)) removeOwnFolder(folder)
}

/** Whether a folder is abandoned: nobody is still making a scope in it. */
function isLeft(folder: string): boolean {
  const since = ownFolderSince(folder)
  if (since === undefined) return false
  try {
    if (hasEnded(readFileSync(join(folder, 'maker'), 'latin1'))) return true
  } catch {
    // its maker was killed before it wrote the file
  }
  return Date.now() - since > staleMs
}

/**
 * When a folder of this user was last changed, in milliseconds since 1970; undefined for anything else, including a link to one: in a world-writable
 * folder others can create such a link and change its target while we remove it.
 */
function ownFolderSince(path: string): number | undefined {
  const found = lstatSync(path, { throwIfNoEntry: false })
  return found?.isDirectory() && found.uid === process.geteuid?.() ? found.mtimeMs : undefined
}
