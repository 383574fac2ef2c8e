// Which instance of binfmt_misc is which, and whether a journal's instance still exists. A device number is not enough: when a table is unmounted, the
// kernel gives its number to the next one. Sources: fs/binfmt_misc.c and fs/libfs.c of the kernel, before and after 6.7.
import { record } from '../text/json.js'

/** What is unique about an instance, and where it was seen from. */
export interface TableMark {
  /** /proc/sys/kernel/random/boot_id; '' where it cannot be read. */
  readonly boot: string
  /**
   * When it was created, in nanoseconds since 1970: the access time of its file `register`, which nobody can read, so that only creating it sets the
   * time. The number is stored: changes of the clock do not affect it.
   */
  readonly born: string
  /** Number of the observer's user namespace, from /proc/self/ns/user; '' if there is none. */
  readonly userNamespace: string
}

/** An instance of binfmt_misc. */
export interface TableIdentity {
  /** Device number of its mounts, in every mount namespace. */
  readonly instance: number
  /** Missing in journals of releases that only knew the device number. */
  readonly table?: TableMark
}

/** Whether two are the same table; if only the device number of one is known, that decides. */
export function isSameTable(a: TableIdentity, b: TableIdentity): boolean {
  if (a.instance !== b.instance) return false
  if (a.table === undefined || b.table === undefined) return true
  return a.table.born === b.table.born && !isOtherBoot(a.table.boot, b.table.boot)
}

function isOtherBoot(a: string, b: string): boolean {
  return a !== '' && b !== '' && a !== b
}

/** A process that has a table with the wanted device number mounted. */
export interface TableHolder {
  readonly pid: number
  /** When that table was created, as in `TableMark`; null if we cannot see it. */
  readonly born: string | null
  /** It is in another user namespace than this process. */
  readonly foreign: boolean
}

/** What this process sees. */
export interface TableView {
  readonly boot: string
  readonly userNamespace: string
  /** The table that is mounted here. */
  readonly here: TableIdentity | undefined
  /** There is a table on this machine, as far as the kernel tells: its module is loaded, and in use. */
  readonly inUse: boolean
  /** Before Linux 6.7: the machine has one table, which may outlive its last mount while it has entries. */
  readonly single: boolean
  /** Looks at every process, which takes a while. */
  others(): OtherViews
}

/** What the processes of the machine see. */
export interface OtherViews {
  /** Those that have a table with the wanted device number. */
  readonly holders: readonly TableHolder[]
  /** We see every process, and no mount namespace is without one. */
  readonly complete: boolean
}

/**
 * What has become of a journal's table. `here`: it is mounted here. `gone`: it certainly no longer exists. `unmounted`: its entries may still exist, and
 * can be reached once it is mounted here. `elsewhere`: it belongs to another namespace, which that process is in (null: perhaps).
 */
export type TableState =
  | { readonly kind: 'here' | 'gone' | 'unmounted' }
  | { readonly kind: 'elsewhere'; readonly pid: number | null }

/** PROC_USER_INIT_INO of include/linux/proc_ns.h: the number of the first user namespace, which no other one gets. */
const firstUserNamespace = '4026531837'

/** What is known of a table from here. See docs/how-it-works.md, "Whose table it is". */
export function tableStateOf(table: TableIdentity, view: TableView): TableState {
  const { here, single } = view
  if (!view.inUse || isOtherBoot(table.table?.boot ?? '', view.boot)) return { kind: 'gone' }
  if (here !== undefined && isSameTable(table, here)) return { kind: 'here' }
  const { holders, complete } = view.others()
  const living = holders.filter(({ born }) => born === null || table.table === undefined || born === table.table.born)
  const [first] = living
  if (here === undefined && living.some(({ foreign }) => !foreign)) return { kind: 'unmounted' }
  if (first !== undefined) return { kind: 'elsewhere', pid: first.pid }
  if (single) return { kind: here === undefined ? 'unmounted' : 'gone' }
  if (complete) return { kind: 'gone' }
  if (here === undefined) return { kind: 'unmounted' }
  // a user namespace has one table at a time, so that another one here says that it has ended
  const isFirst = [table.table?.userNamespace, view.userNamespace].every((number) => number === firstUserNamespace)
  return isFirst ? { kind: 'gone' } : { kind: 'elsewhere', pid: null }
}

/**
 * Whether the kernel has a table at all, by /proc/filesystems and /proc/modules: each table counts as a use of the module. That is all there is to
 * tell whether entries outlived their last mount: Linux before 6.7 let them, and later releases of some older branches do not (Debian's 6.1).
 */
export function isTableInUse(filesystems: string, modules: string): boolean {
  if (!/^nodev\tbinfmt_misc$/m.test(filesystems)) return false
  // a built-in module, or one that cannot be unloaded, has no count
  return /^binfmt_misc \d+ 0 /m.exec(modules) === null
}

/** Whether a value from a journal's file is a mark. */
export function isTableMark(value: unknown): value is TableMark {
  const { boot, born, userNamespace } = record(value) ?? {}
  return (
    typeof boot === 'string' && typeof born === 'string' && /^\d{1,20}$/.test(born) && typeof userNamespace === 'string'
  )
}

/** The device number of a mount in mountinfo, `0:41`, as stat(2) gives it (glibc's makedev). */
export function deviceOf(text: string): number {
  const [major = 0, minor = 0] = text.split(':').map(Number)
  return (minor % 256) + (major % 4096) * 256 + Math.floor(minor / 256) * 2 ** 20
}
