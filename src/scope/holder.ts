// The holders of private scopes: a small process each that holds the namespaces open, and a folder with the program that enters them.
// There is no list of them: a holder is found by its arguments among the processes of this user.

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
import { goingFolder, hasEnded, makerMark, removeOwnFolder } from '../system/temporary-folder.js'
import { goLine, isUnshared, mapIds, namespaceError, needEnv, needPrograms } from './namespace.js'
import { isOwnName, ownNamespaces, scopeFolders, userNamespace } from './scope-folders.js'

/** The process with which a scope ends: 0 for none. */
export interface Watched {
  readonly pid: number
  readonly start: string
}

const readyMs = 30_000
/** A folder without a holder this old is not one that is just being made. */
const staleMs = 60_000

/** The folder that a scope's programs are called from, to be put on PATH. */
export function programFolder({ folder }: Pick<ScopeHolder, 'folder'>): string {
  return join(folder, 'bin')
}

/** Opens a private scope that ends with this process, unless it is handed over. Throws `no-namespace`; then nothing of it is left. */
export async function openScope(face: 'cli' | 'action', log: Log): Promise<ScopeHolder> {
  const uid = process.geteuid?.() ?? 0
  const gid = process.getegid?.() ?? 0
  // what with-qemu takes is looked for, too: it fails no later than here
  needPrograms(['unshare', 'mount', 'nsenter', ...(ownIds(uid, gid).length > 0 ? ['setpriv'] : [])])
  await needEnv()
  sweepFolders()
  // its process ends with this one by itself
  const { folder, forget } = goingFolder(makeFolder)
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

/** What ended a set-up: that somebody closed its scope meanwhile, where that is so; else the error itself. */
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

/** From now on a scope lasts as long as that process; until it is closed when that one cannot be seen. Throws `scope-closed` when it has ended. */
export function transfer(holder: ScopeHolder, { pid, start }: Watched): void {
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
  // a session of its own: no terminal's signal ends it, and its whole group can be ended at once
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
    // whoever closes scopes finds it before it is ready
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

/** Secrets of the caller are not to stand in the environment of a process that stays. The runner finds what a job left by its own variable. */
function holderEnvironment(): NodeJS.ProcessEnv {
  const kept = ['PATH', 'RUNNER_TRACKING_ID']
  return Object.fromEntries(
    kept.flatMap((name) => (process.env[name] === undefined ? [] : [[name, process.env[name]]])),
  )
}

/** The first line that a holder says; what it complained of when it ends without one. */
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

/** Puts a second name of `with-qemu` beside it, so that two scopes can both be called by name. */
export function nameScope(holder: ScopeHolder, name: string): void {
  symlinkSync('with-qemu', join(programFolder(holder), name))
}

/** Whether a scope's holder still lives. */
export function isHeldOpen({ pid, start }: ScopeHolder): boolean {
  return startOfProcess(pid) === start
}

/** Ends a scope: its holder and what belongs to that; false when it had ended before. Programs that run in it are not touched. */
export function closeScope(holder: ScopeHolder): boolean {
  const kept = isHeldOpen(holder)
  if (kept) endGroup(holder.pid)
  // whoever starts a setuid program chooses its arguments, by which holders are found; a set-up that goes on may still write there
  if (ownFolderSince(holder.folder) !== undefined)
    rmSync(holder.folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 20 })
  return kept
}

function endGroup(pid: number): void {
  try {
    process.kill(-pid, 'SIGKILL')
  } catch (error) {
    // it ended by itself meanwhile
    if (errnoName(error) !== 'ESRCH') throw error
  }
}

/** The holders of this user and of these namespaces that were opened through a face, and live. */
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

/** Removes the folders of this user whose holders were killed; those of other namespaces cannot be judged. */
export function sweepFolders(): void {
  const folders = scopeFolders()
  if (folders.length === 0) return
  const kept = new Set(allHolders().map(({ folder }) => folder))
  for (const folder of folders) if (!kept.has(folder) && isLeft(folder)) removeOwnFolder(folder)
}

/** Whether nobody makes a scope in a folder any more. */
function isLeft(folder: string): boolean {
  const since = ownFolderSince(folder)
  if (since === undefined) return false
  try {
    if (hasEnded(readFileSync(join(folder, 'maker'), 'latin1'))) return true
  } catch {
    // it was killed before it said who it is
  }
  return Date.now() - since > staleMs
}

/**
 * When a folder of this user was changed last, in milliseconds since 1970; undefined for anything else, a link to one included: in a folder that
 * all may write to others can make that, and exchange what is behind it while we remove it.
 */
function ownFolderSince(path: string): number | undefined {
  const found = lstatSync(path, { throwIfNoEntry: false })
  return found?.isDirectory() && found.uid === process.geteuid?.() ? found.mtimeMs : undefined
}
