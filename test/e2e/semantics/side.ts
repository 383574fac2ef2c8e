// The two sides of a comparison: the same program as this machine's own and as the guest's, and how both are called.
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { join } from 'node:path'

export interface Side {
  /** Holds the two programs, `behaviour` and `busybox`; every user may write to it. */
  readonly folder: string
  /** The words before a program of Debian: none for this machine's own, `chroot` into the guest's root, perhaps as a user. */
  debian(user?: number): readonly string[]
}

/** An ordinary user, here and in the guest's root. */
export const user = 1001

export interface Call {
  readonly argv0?: string
  readonly user?: number
  readonly env?: Record<string, string>
  readonly cwd?: string
}

/** The words that call a program as an ordinary user. */
export function asUser(id: number): readonly string[] {
  return ['/usr/bin/setpriv', '--reuid', String(id), '--regid', String(id), '--clear-groups']
}

/** The words that call a program with limits of resources: `{ core: 0 }`; numbers are the kernel's units. */
export function withLimits(limits: Record<string, number | 'unlimited'>): readonly string[] {
  return ['/usr/bin/prlimit', ...Object.entries(limits).map(([name, value]) => `--${name}=${value}:${value}`)]
}

/** What a program says in the side's folder, its folder shown as `.`: output and error output, then how it ended if that is not exit status 0. */
export function told(side: Side, words: readonly string[], { argv0, user: id, env, cwd }: Call = {}): string {
  const [file = '', ...args] = id === undefined ? words : [...asUser(id), ...words]
  const { error, status, signal, stdout, stderr } = spawnSync(file, args, {
    cwd: cwd ?? side.folder,
    encoding: 'utf8',
    timeout: 900_000,
    env: { PATH: '/usr/sbin:/usr/bin:/sbin:/bin', LC_ALL: 'C', ...env },
    ...(argv0 === undefined ? {} : { argv0 }),
  })
  if (error !== undefined) return `not started: ${(error as NodeJS.ErrnoException).code}`
  const end = signal ?? (status === 0 ? '' : `exit ${status}`)
  const lines = `${stdout}\n${stderr}`.replaceAll(side.folder, '.').split('\n')
  return [...lines, end].filter((line) => line !== '').join('; ')
}

/** What a behaviour of behaviour.c says. */
export function behaviour(side: Side, name: string, args: readonly (string | number)[] = [], call: Call = {}): string {
  return told(side, [join(side.folder, 'behaviour'), name, ...args.map(String)], call)
}

/** A behaviour with limits that were set outside. */
export function limited(side: Side, limits: Parameters<typeof withLimits>[0], ...args: (string | number)[]): string {
  return told(side, [...withLimits(limits), join(side.folder, 'behaviour'), ...args.map(String)])
}

/** Does something with a folder in the side's folder, which is removed afterwards. */
export function inFolder<T>(side: Side, work: (folder: string) => T): T {
  const folder = mkdtempSync(join(side.folder, 'work-'))
  try {
    return work(folder)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
