// Creates user and mount namespaces with util-linux's `unshare`, and maps the ids into them from outside.
import type { ChildProcess } from 'node:child_process'
import { existsSync, readFileSync, readlinkSync, writeFileSync } from 'node:fs'
import { release, userInfo } from 'node:os'
import type { SetupError } from '../core/model/errors.js'
import {
  type NamespaceFacts,
  type NamespaceRefusal,
  refusedNamespace,
  sameIds,
  subordinateIds,
} from '../core/scope/namespace.js'
import { command, errnoName } from '../system/command.js'
import { readConfinement } from '../system/confinement.js'
import type { Log } from '../system/log.js'
import { findProgram } from '../system/program.js'

/** The line that lets the program behind the gate continue. */
export const goLine = 'go\n'

/** The error for a namespace that was refused; see `refusedNamespace`. */
export function namespaceError(refusal: NamespaceRefusal): SetupError {
  const sysctl = (name: string) => {
    const path = `/proc/sys/${name.replace('.', '/')}`
    return existsSync(path) ? readFileSync(path, 'utf8').trim() : null
  }
  const facts: NamespaceFacts = {
    uid: process.geteuid?.() ?? 0,
    release: release(),
    sysctls: {
      'user.max_user_namespaces': sysctl('user.max_user_namespaces'),
      'kernel.unprivileged_userns_clone': sysctl('kernel.unprivileged_userns_clone'),
      'kernel.apparmor_restrict_unprivileged_userns': sysctl('kernel.apparmor_restrict_unprivileged_userns'),
    },
    confinement: readConfinement(),
  }
  return refusedNamespace(refusal, facts)
}

/** Throws `no-namespace` that names the programs missing from PATH. */
export function needPrograms(names: readonly string[]): void {
  const { PATH = '/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin' } = process.env
  const missing = names.filter((name) => 'errno' in findProgram(name, PATH))
  if (missing.length > 0) throw namespaceError({ stage: 'unshare', said: 'ENOENT', missing })
}

/** Throws `no-namespace` when `env` lacks --chdir, which with-qemu needs: BusyBox's does. */
export async function needEnv(): Promise<void> {
  const { status, errno, stderr } = await command('env', ['--chdir=/', 'true'])
  if (status !== 0) throw namespaceError({ stage: 'enter', said: errno ?? stderr.split('\n')[0] ?? '' })
}

/** Waits until a process that executes `unshare` is in its new user namespace; false when it ended before that. Its `stderr` is left to the caller. */
export async function isUnshared(child: ChildProcess): Promise<boolean> {
  const own = readlinkSync('/proc/self/ns/user')
  while (child.exitCode === null && child.signalCode === null && child.pid !== undefined) {
    if (namespaceOf(child.pid) !== own) return true
    await new Promise((resolve) => setTimeout(resolve, 2))
  }
  return false
}

/** The link of a process that is ending cannot be read: it then counts as our own namespace, and the next look sees the end. */
function namespaceOf(pid: number): string {
  try {
    return readlinkSync(`/proc/${pid}/ns/user`)
  } catch (error) {
    if (['ENOENT', 'ESRCH', 'EACCES'].includes(errnoName(error))) return readlinkSync('/proc/self/ns/user')
    throw error
  }
}

/**
 * Maps ids into the namespace of a process that waits behind its gate. For root: all ids, each to itself. For an ordinary user: root is that user,
 * followed by the ids that /etc/subuid and /etc/subgid grant, if newuidmap can map them. Throws `no-namespace`.
 */
export async function mapIds(pid: number, log: Log): Promise<void> {
  const uid = process.geteuid?.() ?? 0
  const gid = process.getegid?.() ?? 0
  if (uid === 0) return mapAll(pid)
  if (await isMappedBySubordinates(pid, uid, gid, log)) return
  write(pid, 'setgroups', 'deny')
  write(pid, 'uid_map', `0 ${uid} 1`)
  write(pid, 'gid_map', `0 ${gid} 1`)
}

function mapAll(pid: number): void {
  for (const map of ['uid_map', 'gid_map'] as const) write(pid, map, sameIds(readFileSync(`/proc/self/${map}`, 'utf8')))
}

function write(pid: number, file: 'setgroups' | 'uid_map' | 'gid_map', text: string): void {
  try {
    writeFileSync(`/proc/${pid}/${file}`, text)
  } catch (error) {
    throw namespaceError({ stage: 'map', said: `writing ${file} answered ${errnoName(error)}` })
  }
}

async function isMappedBySubordinates(pid: number, uid: number, gid: number, log: Log): Promise<boolean> {
  const user = { uid, name: nameOf(uid) }
  const uids = subordinateIds(uid, user, textOf('/etc/subuid'))
  const gids = subordinateIds(gid, user, textOf('/etc/subgid'))
  if (uids === undefined || gids === undefined) return false
  // the group first: where newuidmap is missing nothing is mapped yet, and a map can be written once only
  for (const [program, ids] of [
    ['newgidmap', gids],
    ['newuidmap', uids],
  ] as const) {
    const { status, errno, stderr } = await command(program, [String(pid), ...ids])
    if (status === 0) continue
    log.detail(`subordinate ids are left out: ${program} answered ${errno ?? stderr.trim()}`)
    if (program === 'newgidmap') return false
    write(pid, 'uid_map', `0 ${uid} 1`)
  }
  return true
}

function nameOf(uid: number): string {
  try {
    return userInfo().username
  } catch {
    // a user id without a name, as in containers
    return String(uid)
  }
}

function textOf(path: string): string {
  return existsSync(path) ? readFileSync(path, 'utf8') : ''
}
