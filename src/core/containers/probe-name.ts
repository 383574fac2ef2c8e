// The names of images and containers that prove a target in an engine. They say whose they are, so that what a killed run left behind is known
// and removed, and what a living one uses is not.
import { targets } from '../model/targets.js'

/** The run that makes them: its process, when that started (clock ticks since boot), and the namespace and the boot in which these count. */
export interface ProbeOwner {
  readonly bootId: string
  /** Inode of its namespace of process numbers. */
  readonly pidNamespace: string
  readonly pid: number
  readonly start: string
}

const repository = 'localhost/setup-qemu-probe'
const containerPrefix = 'setup-qemu-probe-'

export interface ProbeNames {
  /** Of the image, with its tag. */
  readonly image: string
  /** Of the container that runs the probe, and of the one that looks where it is. */
  readonly container: string
  readonly looker: string
}

/** The names for one run of a target's probe. `word` is hexadecimal and different in each. */
export function probeNames(target: string, { bootId, pidNamespace, pid, start }: ProbeOwner, word: string): ProbeNames {
  const tag = [target, bootId.slice(0, 8), pidNamespace, pid, start, word].join('-')
  return {
    image: `${repository}:${tag}`,
    container: `${containerPrefix}${tag}`,
    looker: `${containerPrefix}${tag}.look`,
  }
}

/** The owner in a name of one of our images or containers, with the boot id's first eight digits; undefined for anything else. */
export function ownerIn(name: string): ProbeOwner | undefined {
  const at = name.startsWith(`${repository}:`) ? repository.length + 1 : containerPrefix.length
  if (at === containerPrefix.length && !name.startsWith(containerPrefix)) return undefined
  const parts = /^(\w+)-([0-9a-f]{8})-(\d+)-(\d+)-(\d+)-[0-9a-f]+(?:\.look)?$/.exec(name.slice(at))
  const [, target, bootId = '', pidNamespace = '', pid, start = ''] = parts ?? []
  if (!targets.some((known) => known.name === target)) return undefined
  return { bootId, pidNamespace, pid: Number(pid), start }
}

/**
 * Whether what has that owner was left behind: it is of an earlier boot, or its process has ended. Of one in another namespace of process numbers
 * nothing is known, so it is not. `startOf` gives the start of a process that lives.
 */
export function isLeftBehind(
  owner: ProbeOwner,
  { bootId, pidNamespace }: Pick<ProbeOwner, 'bootId' | 'pidNamespace'>,
  startOf: (pid: number) => string | undefined,
): boolean {
  if (owner.bootId !== bootId.slice(0, 8)) return true
  return owner.pidNamespace === pidNamespace && startOf(owner.pid) !== owner.start
}
