// Which instance of binfmt_misc this process sees, and which processes see another one: stat(2), /proc/self and the mounts of every process.
import { readFileSync, readlinkSync, statSync } from 'node:fs'
import { release } from 'node:os'
import { join } from 'node:path'
import {
  deviceOf,
  isTableInUse,
  type OtherViews,
  type TableHolder,
  type TableIdentity,
  type TableState,
  type TableView,
  tableStateOf,
} from '../core/journal/table-identity.js'
import { parseMounts } from '../core/machine/confinement.js'
import { isBefore67 } from '../core/scope/namespace.js'
import { binfmtFolder, isMounted } from './binfmt.js'
import { errnoName } from './command.js'
import { processNumbers } from './process.js'

/** PROC_PID_INIT_INO of include/linux/proc_ns.h: the first PID namespace, from which all processes are visible. */
const firstPidNamespace = '4026531836'

/** The table that is mounted here. Throws node's error when none is. */
export function hereTable(): TableIdentity {
  const { dev, atimeNs } = statSync(join(binfmtFolder, 'register'), { bigint: true })
  const table = { boot: bootId(), born: String(atimeNs), userNamespace: namespaceOf('self', 'user') }
  return { instance: Number(dev), table }
}

/** What has become of a journal's table. Looks at the mounts of other processes only if necessary. */
export function tableStateFor(table: TableIdentity): TableState {
  const view: TableView = {
    boot: bootId(),
    userNamespace: namespaceOf('self', 'user'),
    here: isMounted() ? hereTable() : undefined,
    inUse: isInUse(),
    single: isBefore67(release()),
    others: () => otherViews(table.instance),
  }
  return tableStateOf(table, view)
}

/** Whether a table that is gone was one of this boot and this user namespace: its entries were in force here. */
export function wasInPlace({ table }: TableIdentity): boolean {
  return table !== undefined && table.boot === bootId() && table.userNamespace === namespaceOf('self', 'user')
}

function bootId(): string {
  return textOf('/proc/sys/kernel/random/boot_id')?.trim() ?? ''
}

/** Unreadable lists rule nothing out. */
function isInUse(): boolean {
  const filesystems = textOf('/proc/filesystems')
  return filesystems === undefined || isTableInUse(filesystems, textOf('/proc/modules') ?? '')
}

function otherViews(instance: number): OtherViews {
  const holders: TableHolder[] = []
  let complete = namespaceOf('self', 'pid') === firstPidNamespace
  for (const pid of processNumbers()) {
    const mountinfo = mountinfoOf(pid)
    // a mount namespace that a file keeps open has its own mounts, and perhaps no process
    if (mountinfo === undefined || /^\S+ \S+ \S+ mnt:\[/m.test(mountinfo)) complete = false
    const point = pointOf(mountinfo ?? '', instance)
    if (point === undefined) continue
    const born = bornAt(pid, point, instance)
    holders.push({ pid, born, foreign: namespaceOf(pid, 'user') !== namespaceOf('self', 'user') })
  }
  return { holders, complete }
}

/** '' for a process that has ended meanwhile, undefined for one whose mounts are not shown. */
function mountinfoOf(pid: number): string | undefined {
  try {
    return readFileSync(`/proc/${pid}/mountinfo`, 'utf8')
  } catch (error) {
    return ['ENOENT', 'ESRCH', 'EINVAL'].includes(errnoName(error)) ? '' : undefined
  }
}

function pointOf(mountinfo: string, instance: number): string | undefined {
  // most processes have none, or only the machine's
  if (!mountinfo.includes(' - binfmt_misc ')) return undefined
  return parseMounts(mountinfo).find(({ type, device }) => type === 'binfmt_misc' && deviceOf(device) === instance)
    ?.point
}

/** When the table at a mount point of another process was created; null if we cannot see it, or another mount covers it. */
function bornAt(pid: number, point: string, instance: number): string | null {
  try {
    const { dev, atimeNs } = statSync(`/proc/${pid}/root${point}/register`, { bigint: true })
    return Number(dev) === instance ? String(atimeNs) : null
  } catch {
    return null
  }
}

function namespaceOf(pid: number | 'self', kind: 'user' | 'pid'): string {
  try {
    return /\d+/.exec(readlinkSync(`/proc/${pid}/ns/${kind}`))?.[0] ?? ''
  } catch {
    // another user's process, one that has ended, or a kernel without namespaces
    return ''
  }
}

function textOf(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return undefined
  }
}
