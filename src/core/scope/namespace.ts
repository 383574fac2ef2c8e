// User namespaces: which ids they map, and why a kernel, a container or a security module refuses them.
// Sources: user_namespaces(7), subuid(5), and the kernel's Documentation/admin-guide/binfmt-misc.rst (a table for each from 6.7 on).
import type { Confinement } from '../machine/confinement.js'
import { SetupError } from '../model/errors.js'
import { printable } from '../model/targets.js'

/** Text for /proc/PID/uid_map or gid_map: root of a new namespace maps every id that it has itself to the same one. */
export function sameIds(ownMap: string): string {
  const lines = ownMap.split('\n').map((line) => line.trim().split(/\s+/))
  return lines
    .filter((fields) => fields.length === 3)
    .map(([inside, , count]) => `${inside} ${inside} ${count}`)
    .join('\n')
}

/**
 * The ids that /etc/subuid or /etc/subgid grants a user, as arguments for newuidmap or newgidmap: the namespace's root is the user, and the ids from
 * 1 on are the first granted range. Undefined without a grant.
 */
export function subordinateIds(own: number, user: { name: string; uid: number }, text: string): string[] | undefined {
  for (const line of text.split('\n')) {
    const [who, start = '', count = ''] = line.trim().split(':')
    if (who !== user.name && who !== String(user.uid)) continue
    if (!/^\d{1,10}$/.test(start) || !/^[1-9]\d{0,9}$/.test(count)) continue
    return ['0', String(own), '1', '1', start, count]
  }
  return undefined
}

/** What a machine says about its namespaces. */
export interface NamespaceFacts {
  /** Effective user id of the caller. */
  readonly uid: number
  /** As uname says it: `6.1.0-28-amd64`. */
  readonly release: string
  /** Values of /proc/sys; null where the kernel does not have them. */
  readonly sysctls: {
    readonly 'user.max_user_namespaces': string | null
    readonly 'kernel.unprivileged_userns_clone': string | null
    readonly 'kernel.apparmor_restrict_unprivileged_userns': string | null
  }
  readonly confinement: Confinement
}

/** The stage that failed, and the answer there. */
export interface NamespaceRefusal {
  readonly stage: 'unshare' | 'map' | 'proc' | 'mount' | 'enter'
  readonly said: string
  /** Names of programs that are not installed. */
  readonly missing?: readonly string[]
}

const deeds: Readonly<Record<NamespaceRefusal['stage'], string>> = {
  unshare: 'making a user namespace of its own',
  map: 'mapping user ids into a namespace of its own',
  proc: 'mounting /proc in a namespace of its own',
  mount: 'mounting binfmt_misc in a namespace of its own',
  enter: 'starting a command in a namespace of its own',
}

/** The error for a private scope that is refused; it names the one setting that forbids it. */
export function refusedNamespace(refusal: NamespaceRefusal, facts: NamespaceFacts): SetupError {
  const { stage, said, missing } = refusal
  const tried = `${deeds[stage]} failed`
  if (missing !== undefined)
    return new SetupError(
      'no-namespace',
      `${tried}: PATH has no program ${missing.map((name) => printable(name)).join(' and no ')}`,
      {
        hint: "install it (Debian's and Ubuntu's package util-linux, and mount), or set up for the whole machine (scope: host), which needs root",
      },
    )
  const { why, hint } = reasonOf(refusal, facts)
  return new SetupError('no-namespace', `${tried}: ${printable(said.trim(), 200)}; ${why}`, {
    hint: `${hint}, or set up for the whole machine (scope: host), which needs root`,
  })
}

interface Reason {
  readonly why: string
  readonly hint: string
}

function reasonOf({ stage, said }: NamespaceRefusal, facts: NamespaceFacts): Reason {
  const { sysctls, uid, confinement } = facts
  if (stage === 'enter') return { why: "this env is not coreutils'", hint: 'install coreutils' }
  const lifted = (name: keyof NamespaceFacts['sysctls'], value: number): Reason => ({
    why: `${name} is ${sysctls[name]}`,
    hint: `allow it: sudo sysctl -w ${name}=${value}`,
  })
  if (sysctls['user.max_user_namespaces'] === '0') return lifted('user.max_user_namespaces', 16384)
  if (/No space left/.test(said) && stage === 'unshare')
    return { why: 'the limit of user namespaces is reached', hint: 'raise user.max_user_namespaces' }
  if (/unrecognized option/.test(said)) return { why: "this unshare is not util-linux's", hint: 'install util-linux' }
  if (uid !== 0 && sysctls['kernel.unprivileged_userns_clone'] === '0')
    return lifted('kernel.unprivileged_userns_clone', 1)
  if (uid !== 0 && /^[1-9]/.test(sysctls['kernel.apparmor_restrict_unprivileged_userns'] ?? ''))
    return lifted('kernel.apparmor_restrict_unprivileged_userns', 0)
  // a container's filter lets nothing through that would get as far as the mount of binfmt_misc
  if (confinement.container !== null && (stage !== 'mount' || !isBefore67(facts.release))) return containerReason(stage)
  if (isBefore67(facts.release) || stage === 'mount')
    return {
      why: `this is Linux ${printable(facts.release)}, and a user namespace may have a table of its own from 6.7 on`,
      hint: 'use a machine with Linux 6.7 or newer',
    }
  if (confinement.seccomp)
    return { why: 'a seccomp filter is in force', hint: 'lift the filter that forbids unshare(2) and mount(2)' }
  return {
    why: confinement.profile === null ? 'the kernel forbids it' : `under the profile ${printable(confinement.profile)}`,
    hint: 'allow user namespaces on this machine',
  }
}

function containerReason(stage: NamespaceRefusal['stage']): Reason {
  if (stage === 'proc')
    return {
      why: 'parts of /proc are masked in this container',
      hint: 'start it with --security-opt systempaths=unconfined (podman: unmask=ALL; Kubernetes: procMount: Unmasked)',
    }
  return {
    why: "this container's seccomp filter or AppArmor profile forbids it",
    hint: 'start it with --security-opt seccomp=unconfined --security-opt apparmor=unconfined (Kubernetes: seccompProfile and appArmorProfile: Unconfined)',
  }
}

/** Older than 6.7: there binfmt_misc knows no user namespaces, and does not end with its last mount. */
export function isBefore67(release: string): boolean {
  const [, major = '0', minor = '0'] = /^(\d+)\.(\d+)/.exec(release) ?? []
  return Number(major) < 6 || (Number(major) === 6 && Number(minor) < 7)
}
