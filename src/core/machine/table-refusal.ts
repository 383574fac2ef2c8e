// Why the kernel's table cannot be used: for each refusal an error that names the one thing that is missing.

import { SetupError } from '../model/errors.js'
import { printable } from '../model/targets.js'
import { type Confinement, type ContainerKind, mountOf } from './confinement.js'

const containerNames: Readonly<Record<ContainerKind, string>> = {
  docker: 'this docker container',
  podman: 'this podman container',
  kubernetes: "this pod's container",
  other: 'this container',
}

/** How to give a container all rights, in the terms of its engine. */
const privileged: Readonly<Record<ContainerKind, string>> = {
  docker:
    'start it with docker run --privileged (in a workflow: container: options: --privileged), or with --cap-add SYS_ADMIN --security-opt apparmor=unconfined',
  podman:
    'start it with podman run --privileged, as root, or with --cap-add SYS_ADMIN --security-opt apparmor=unconfined',
  kubernetes: "set securityContext.privileged: true for the pod's container",
  other: 'start it with all rights (docker and podman: --privileged; Kubernetes: securityContext.privileged: true)',
}

/** How to let a container see all of /proc. */
const unmasked: Readonly<Record<ContainerKind, string>> = {
  docker: 'start it with --security-opt systempaths=unconfined (in a workflow: container: options)',
  podman: 'start it with --security-opt unmask=ALL',
  kubernetes: "set securityContext.procMount: Unmasked for the pod's container",
  other: 'let it see all of /proc/sys',
}

const orHost =
  'or run setup-qemu on the host before: its entries hold in its containers too, where if-registered: keep needs no rights'

function subjectOf({ container }: Confinement): string {
  return container === null ? 'this process' : containerNames[container]
}

function rightsHint({ container }: Confinement): string {
  return container === null ? 'run it as root with all rights (CAP_SYS_ADMIN)' : `${privileged[container]}; ${orHost}`
}

/** The table exists and is disabled. */
export function disabledTable(folder: string): SetupError {
  return new SetupError('binfmt-disabled', `${folder}/status says disabled: the kernel ignores every entry`, {
    hint: `somebody switched it off for the whole machine (hardening?); switch it on: echo 1 | sudo tee ${folder}/status`,
  })
}

/** The table was unmounted meanwhile. */
export function goneTable(folder: string): SetupError {
  return new SetupError('binfmt-not-mounted', `${folder} was unmounted after the proof`, {
    hint: 'look who unmounts binfmt_misc on this machine at the same time, and run it once more',
  })
}

/** The table's folder does not exist. `modprobe`: that program's answer. */
export function missingTable(folder: string, modprobe: string, confinement: Confinement): SetupError {
  const { container, mounts } = confinement
  const mount = mountOf(folder, mounts)
  if (mounts.length === 0 || mount === undefined || mount.point === '/')
    return missing(`${folder} does not exist: there is no proc file system on /proc`, {
      hint: 'mount it: mount -t proc proc /proc',
    })
  if (mount.type !== 'proc') {
    const hint = container === null ? `unmount what covers it: umount ${printable(mount.point)}` : unmasked[container]
    return missing(
      `${folder} does not exist: ${printable(mount.point)} is masked, a ${printable(mount.type)} is mounted over it`,
      { hint: container === null ? hint : `${hint}; ${orHost}` },
    )
  }
  return missing(`${folder} does not exist, and modprobe binfmt_misc did not bring it: ${printable(modprobe, 200)}`, {
    hint:
      container === null
        ? 'this kernel has no binfmt_misc, or not the module for it: look for CONFIG_BINFMT_MISC in its configuration'
        : 'a container cannot load modules: run modprobe binfmt_misc on the host; if that fails, its kernel has none',
  })
}

function missing(message: string, options: { hint: string }): SetupError {
  return new SetupError('binfmt-missing', message, options)
}

/** Mounting the table failed. `said`: the answer of mount; `refused`: rights are missing; `missing`: the program is. */
export function unmountedTable(
  folder: string,
  answer: { readonly said: string; readonly refused: boolean; readonly missing: boolean },
  confinement: Confinement,
): SetupError {
  const tried = `binfmt_misc is not mounted on ${folder}, and mounting it failed`
  if (answer.missing)
    return new SetupError('binfmt-not-mounted', `${tried}: there is no program mount`, {
      hint: `install it (Debian's and Ubuntu's package mount), or mount the table yourself: mount -t binfmt_misc binfmt_misc ${folder}`,
    })
  const said = `${tried}: ${printable(answer.said, 200)}`
  const hint = rightsHint(confinement)
  if (!answer.refused) return new SetupError('binfmt-not-mounted', said, { hint })
  if (!confinement.admin)
    return new SetupError('no-rights', `${said}; ${subjectOf(confinement)} does not have CAP_SYS_ADMIN`, { hint })
  if (confinement.userNamespace)
    return new SetupError(
      'binfmt-not-mounted',
      `${said}; ${subjectOf(confinement)} is in a user namespace, where Linux lets binfmt_misc be mounted from 6.7 on`,
      {
        hint: 'run setup-qemu on the host, whose entries hold here too; or run rootful instead of rootless containers',
      },
    )
  return new SetupError(
    'no-rights',
    `${said}; ${subjectOf(confinement)} has CAP_SYS_ADMIN, but ${filterOf(confinement)}`,
    {
      hint,
    },
  )
}

function filterOf({ profile, seccomp }: Confinement): string {
  if (profile !== null) return `the AppArmor profile ${printable(profile)} forbids it`
  return seccomp ? 'a seccomp filter forbids it' : 'a security module forbids it'
}

/** An entry was refused. `interpreter`: the emulator's path; `noexec`: its mount point, if that is mounted noexec. */
export function refusedEntry(
  entry: { readonly name: string; readonly interpreter: string; readonly noexec?: string | undefined },
  folder: string,
  errno: string,
  confinement: Confinement,
): SetupError {
  const tried = `registering ${entry.name} in ${folder}`
  const hint = rightsHint(confinement)
  if (errno === 'EROFS') {
    const { admin, container } = confinement
    const remount = `mount -o remount,rw,bind ${folder}`
    return new SetupError('binfmt-read-only', `${tried}: the table is mounted read-only (EROFS)`, {
      hint: admin ? `make it writable: ${container === null ? 'sudo ' : ''}${remount}` : hint,
    })
  }
  if (errno === 'EACCES' && entry.noexec !== undefined)
    return new SetupError(
      'entry-refused',
      `${tried}: the emulator ${entry.interpreter} lies on ${printable(entry.noexec, 300)}, which is mounted noexec`,
      {
        hint: 'choose a folder on another file system: option --cache-dir, or RUNNER_TOOL_CACHE; for one of your own, path',
      },
    )
  if (errno === 'EPERM' || (errno === 'EACCES' && !confinement.admin)) {
    const why = confinement.admin ? filterOf(confinement) : 'does not have CAP_SYS_ADMIN'
    return new SetupError('no-rights', `${tried}: ${errno}; ${subjectOf(confinement)} ${why}`, { hint })
  }
  if (errno === 'ENOENT') {
    return new SetupError(
      'interpreter-gone',
      `${tried}: ENOENT; the emulator ${entry.interpreter} is not there any more`,
      {
        hint: 'let nothing clean that folder while setup-qemu runs, or choose another one (option --cache-dir, or RUNNER_TOOL_CACHE)',
      },
    )
  }
  return new SetupError('entry-refused', `${tried}: the kernel answered ${errno}`, {
    hint:
      errno === 'EACCES'
        ? `${subjectOf(confinement)} has CAP_SYS_ADMIN, but ${filterOf(confinement)}: look at the kernel's log (dmesg)`
        : `look at the interpreter ${entry.interpreter} and at the kernel's log (dmesg)`,
  })
}
