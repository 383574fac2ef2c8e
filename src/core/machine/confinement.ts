// What a process is confined by: capabilities, filters, mounts over /proc, a user namespace, a container. Read from /proc; the formats are in
// proc_pid_status(5), proc_pid_mountinfo(5) and user_namespaces(7).

/** The texts that it is read from; '' for a file that is not there. */
export interface ConfinementTexts {
  /** /proc/self/status */
  readonly status: string
  /** /proc/self/mountinfo */
  readonly mountinfo: string
  /** /proc/self/uid_map */
  readonly uidMap: string
  /** Target of the link /proc/self/ns/user: `user:[4026531837]`. */
  readonly userNamespace: string
  /** /proc/self/attr/current: the profile of AppArmor (or the context of SELinux). */
  readonly profile: string
  /** /run/systemd/container: systemd's word for the container that it runs in. */
  readonly systemd: string
  /** Which of these marks are there, as files. */
  readonly files: { readonly '/.dockerenv': boolean; readonly '/run/.containerenv': boolean }
  /** Which variables of the environment are set, and `container`. */
  readonly environment: { readonly container: string; readonly kubernetes: boolean }
}

export type ContainerKind = 'docker' | 'podman' | 'kubernetes' | 'other'

/** One line of mountinfo. */
export interface Mount {
  readonly id: string
  /** The mount that it is mounted on. */
  readonly parent: string
  readonly point: string
  /** Major and minor number: `0:41`. */
  readonly device: string
  readonly type: string
  /** The mount or its file system is read-only. */
  readonly readOnly: boolean
  /** No program is executed from it, whatever its mode says. */
  readonly noexec: boolean
}

export interface Confinement {
  /** CAP_SYS_ADMIN, needed to mount, is in the bounding set: the most that root's programs can get, also by sudo. */
  readonly admin: boolean
  /** A filter of system calls is in force. */
  readonly seccomp: boolean
  /** AppArmor's profile, when one is enforced. */
  readonly profile: string | null
  /** Not the first user namespace of the machine. */
  readonly userNamespace: boolean
  readonly container: ContainerKind | null
  readonly mounts: readonly Mount[]
}

const sysAdmin = 21n
/** PROC_USER_INIT_INO of include/linux/proc_ns.h: the number of the first user namespace on every machine. */
const firstUserNamespace = 'user:[4026531837]'
/** How the first user namespace maps ids. */
const allIds = /^\s*0\s+0\s+4294967295\s*$/

/** The confinement according to the texts; what they do not mention counts as absent. */
export function confinementOf(texts: ConfinementTexts): Confinement {
  const field = (name: string) => new RegExp(`^${name}:\\s*(\\S+)$`, 'm').exec(texts.status)?.[1] ?? '0'
  const bounding = field('CapBnd')
  const mask = /^[0-9a-f]{1,16}$/.test(bounding) ? BigInt(`0x${bounding}`) : 0n
  return {
    admin: ((mask >> sysAdmin) & 1n) === 1n,
    seccomp: field('Seccomp') === '2',
    profile: /^(\S+) \(enforce\)/.exec(texts.profile)?.[1] ?? null,
    userNamespace: isUserNamespace(texts),
    container: containerOf(texts),
    mounts: parseMounts(texts.mountinfo),
  }
}

function isUserNamespace({ userNamespace, uidMap }: ConfinementTexts): boolean {
  // missing without /proc, and on kernels without user namespaces
  if (userNamespace === '') return uidMap !== '' && !allIds.test(uidMap)
  return userNamespace !== firstUserNamespace
}

function containerOf({ files, environment, systemd }: ConfinementTexts): ContainerKind | null {
  // control groups do not help: in its own namespace a container's looks like the root
  if (environment.kubernetes) return 'kubernetes'
  if (files['/run/.containerenv'] || environment.container === 'podman') return 'podman'
  if (files['/.dockerenv']) return 'docker'
  // WSL calls itself a container, and is a machine of its own
  const others = [environment.container, systemd.trim()].filter((word) => word !== '' && word !== 'wsl')
  return others.length > 0 ? 'other' : null
}

/** The mounts of mountinfo, in its order; a malformed line is left out. */
export function parseMounts(mountinfo: string): Mount[] {
  return mountinfo.split('\n').flatMap((line) => {
    const [own, shared] = line.split(' - ')
    const [id, parent, device, , point, options] = own?.split(' ') ?? []
    const [type, , superOptions] = shared?.split(' ') ?? []
    if (id === undefined || parent === undefined || device === undefined || point === undefined) return []
    if (options === undefined || type === undefined || superOptions === undefined) return []
    const readOnly = [options, superOptions].some((words) => words.split(',').includes('ro'))
    const noexec = options.split(',').includes('noexec')
    return [{ id, parent, device, point: unescaped(point), type, readOnly, noexec }]
  })
}

/** mountinfo writes blanks, tabs, line feeds and backslashes as octal numbers. */
function unescaped(path: string): string {
  return path.replace(/\\([0-7]{3})/g, (_, digits: string) => String.fromCharCode(Number.parseInt(digits, 8)))
}

/** The point of the mount that keeps a file (an absolute path without links) from being executed; undefined when its mount does not. */
export function noexecMount(path: string, mounts: readonly Mount[]): string | undefined {
  const mount = mountOf(path, mounts)
  return mount?.noexec === true ? mount.point : undefined
}

/**
 * The mount that a path lies on, found as the kernel walks: from the root into each mount that stands on the way, so that one which another
 * hides is not seen. Undefined when the mounts are not known.
 */
export function mountOf(path: string, mounts: readonly Mount[]): Mount | undefined {
  const onTheWay = mounts.filter(({ point }) => point === '/' || path === point || path.startsWith(`${point}/`))
  const first = (candidates: readonly Mount[]) =>
    candidates.reduce<Mount | undefined>(
      (best, mount) => (best === undefined || mount.point.length < best.point.length ? mount : best),
      undefined,
    )
  let at = first(onTheWay.filter(({ parent }) => !mounts.some(({ id }) => id === parent)))
  const passed = new Set<string>()
  while (at !== undefined && !passed.has(at.id)) {
    passed.add(at.id)
    const { id } = at
    at = first(onTheWay.filter(({ parent, id: own }) => parent === id && own !== id)) ?? at
  }
  return at
}
