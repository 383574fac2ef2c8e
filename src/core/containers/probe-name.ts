// Names of the images and containers of probes. They identify the process that made them, so that what a killed run left behind can be removed and
// what a running one uses stays.
import { targets } from '../model/targets.js'

/** The process that made them: its number and start (clock ticks since boot), and the PID namespace and boot in which these are valid. */
export interface ProbeOwner {
  readonly bootId: string
  /** Inode of its PID namespace. */
  readonly pidNamespace: string
  readonly pid: number
  readonly start: string
}

const repository = 'localhost/setup-qemu-probe'
const containerPrefix = 'setup-qemu-probe-'

export interface ProbeNames {
  /** The image, with its tag. */
  readonly image: string
  /** The container that runs the probe. `looker`: the one that reads the kernel's identity. */
  readonly container: string
  readonly looker: string
}

/** The names for one run of a target's probe. `word`: hexadecimal, different for each run. */
export function probeNames(target: string, { bootId, pidNamespace, pid, start }: ProbeOwner, word: string): ProbeNames {
  const tag = [target, bootId.slice(0, 8), pidNamespace, pid, start, word].join('-')
  return {
    image: `${repository}:${tag}`,
    container: `${containerPrefix}${tag}`,
    looker: `${containerPrefix}${tag}.look`,
  }
}

/** The owner in the name of one of our images or containers, with the first eight digits of the boot id; undefined for other names. */
export function ownerIn(name: string): ProbeOwner | undefined {
  const at = name.startsWith(`${repository}:`) ? repository.length + 1 : containerPrefix.length
  if (at === containerPrefix.length && !name.startsWith(containerPrefix)) return undefined
  const parts = /^(\w+)-([0-9a-f]{8})-(\d+)-(\d+)-(\d+)-[0-9a-f]+(?:\.look)?$/.exec(name.slice(at))
  const [, target, bootId = '', pidNamespace = '', pid, start = ''] = parts ?? []
  if (!targets.some((known) => known.name === target)) return undefined
  return { bootId, pidNamespace, pid: Number(pid), start }
}

/**
 * Whether an image or container was left behind: it is from an earlier boot, or its process has ended. A process in another PID namespace cannot be
 * checked, so it counts as running. `startOf`: the start of a running process.
 */
export function isLeftBehind(
  owner: ProbeOwner,
  { bootId, pidNamespace }: Pick<ProbeOwner, 'bootId' | 'pidNamespace'>,
  startOf: (pid: number) => string | undefined,
): boolean {
  if (owner.bootId !== bootId.slice(0, 8)) return true
  return owner.pidNamespace === pidNamespace && startOf(owner.pid) !== owner.start
}
