// The command lines of images that register emulators, and what a run of one changed in the kernel's table.
// Sources: register.sh of multiarch/qemu-user-static and QEMU's scripts/qemu-binfmt-conf.sh, which it runs; cmd/binfmt of tonistiigi/binfmt.
import type { Host } from '../model/catalog.js'
import { type ListedEntry, matches, type StandingEntry, sameEntry } from '../model/entry.js'
import { entryInForce } from '../model/entry-in-force.js'
import type { Target } from '../model/targets.js'

/** Whose command line an image has. */
export type Dialect = 'multiarch' | 'tonistiigi'

/** tonistiigi/binfmt's names of architectures; it supports no others. */
const tonistiigiNames: Readonly<Record<string, string>> = {
  x86_64: 'amd64',
  aarch64: 'arm64',
  arm: 'arm',
  i386: '386',
  riscv64: 'riscv64',
  ppc64le: 'ppc64le',
  s390x: 's390x',
  mips64el: 'mips64le',
  mips64: 'mips64',
  loongarch64: 'loong64',
}

/** Whose command line an image has, by the program it starts; undefined for any other image. */
export function dialectOf(entrypoint: readonly string[], cmd: readonly string[]): Dialect | undefined {
  const program = (entrypoint[0] ?? cmd[0] ?? '').split('/').at(-1)
  if (program === 'register') return 'multiarch'
  return program === 'binfmt' ? 'tonistiigi' : undefined
}

/** Targets of the host's own family, which multiarch's image never registers. */
const ownFamily: Readonly<Record<Host, readonly string[]>> = {
  amd64: ['i386', 'i486', 'x86_64'],
  arm64: ['arm', 'aarch64'],
}

/**
 * The arguments of each run that makes an image register emulators, in order, and the targets that it never registers. multiarch's image takes no
 * list: it always resets and registers all it has. tonistiigi's always registers with C, whatever `credentials` says, and skips names that are taken;
 * a reset is a run of its own, as in docker/setup-qemu-action.
 */
export function containerRuns(
  dialect: Dialect,
  targets: readonly Target[],
  options: { readonly credentials: boolean; readonly reset: boolean; readonly host: Host },
): { runs: string[][]; unknown: Target[] } {
  if (dialect === 'multiarch') {
    const unknown = targets.filter(({ name }) => ownFamily[options.host].includes(name))
    return { runs: [['--reset', '-p', 'yes', ...(options.credentials ? ['-c', 'yes'] : [])]], unknown }
  }
  const words = targets.flatMap(({ name }) => tonistiigiNames[name] ?? [])
  const unknown = targets.filter(({ name }) => tonistiigiNames[name] === undefined)
  const first = options.reset ? [['--uninstall', 'qemu-*']] : []
  return { runs: [...first, ['--install', words.join(',')]], unknown }
}

/** Where a target's emulator may be in an image, the likeliest path first. `env`: the environment in the image's configuration. */
export function emulatorPaths(dialect: Dialect, env: readonly string[], { binary }: Target): string[] {
  const setTo = (name: string) => env.findLast((line) => line.startsWith(`${name}=`))?.slice(name.length + 1) ?? ''
  const [folder, prefix] =
    dialect === 'multiarch' ? [setTo('QEMU_BIN_DIR'), ''] : [setTo('QEMU_BINARY_PATH'), setTo('QEMU_BINARY_PREFIX')]
  const plain = `${folder === '' ? '/usr/bin' : folder.replace(/\/+$/, '')}/${prefix}${binary}`
  return dialect === 'multiarch' ? [`${plain}-static`, plain] : [plain, `${plain}-static`]
}

/** The lines about a target in the output of an image. Its JSON report of what is installed is skipped. */
export function linesAbout(said: string, { name, binary }: Target): string[] {
  const words = new Set([name, binary, tonistiigiNames[name] ?? name])
  const lines = said.split('\n').map((line) => line.trim())
  const prose = lines.filter((line) => !/^[[\]{}"]/.test(line))
  return prose.filter((line) => line.split(/[^\w.-]+|-static\b/).some((word) => words.has(word)))
}

export interface Changes<E extends ListedEntry> {
  /** New entries, and those that replaced another one of their name, in the order of `after`. */
  readonly made: readonly StandingEntry[]
  /** Entries that are gone or were replaced by another one of their name, in the order of `before`. */
  readonly replaced: readonly E[]
  readonly unchanged: readonly E[]
}

/** Compares two readings of the table, both in the order of precedence. Enabling or disabling an entry does not count as replacing it. */
export function changesOf<E extends StandingEntry>(before: readonly E[], after: readonly StandingEntry[]): Changes<E> {
  const same = (a: StandingEntry, b: StandingEntry) => a.inode === b.inode && sameEntry(a, b)
  return {
    made: after.filter((entry) => !before.some((other) => same(other, entry))),
    replaced: before.filter((entry) => !after.some((other) => same(other, entry))),
    unchanged: before.filter((entry) => after.some((other) => same(other, entry))),
  }
}

/** Splits entries into those that match a program starting with one of `heads`, and the others. */
export function split<E extends ListedEntry>(
  entries: readonly E[],
  heads: Iterable<Uint8Array>,
): { wanted: E[]; others: E[] } {
  const list = [...heads]
  const wanted = entries.filter((entry) => list.some((head) => matches(entry, head)))
  return { wanted, others: entries.filter((entry) => !wanted.includes(entry)) }
}

/** The entry that the kernel would choose for each target. `entries` are in the order of precedence; `heads`: by target, the first bytes of a program. */
export function chosenFor<E extends ListedEntry>(
  entries: readonly E[],
  heads: ReadonlyMap<string, Uint8Array>,
): ReadonlyMap<string, E> {
  const chosen = new Map<string, E>()
  for (const [target, head] of heads) {
    const entry = entryInForce({ table: entries, enabled: true }, { head })
    if (entry !== undefined) chosen.set(target, entry)
  }
  return chosen
}

/** Two entries that a container made for a target's programs: the one with the target's own emulator, and the newer one that hides it. */
export interface HiddenEntry {
  readonly own: ListedEntry
  readonly by: ListedEntry
}

/**
 * The entry of `made` (in the order of precedence) with a target's own emulator, if `chosen` has another target's: an image whose rules do not
 * distinguish two targets hides one behind the other. Undefined otherwise.
 */
export function hiddenBehind(
  chosen: ListedEntry,
  made: readonly ListedEntry[],
  { binary }: Target,
  head: Uint8Array,
): HiddenEntry | undefined {
  const isOwn = ({ interpreter }: ListedEntry) => interpreter.replace(/-static$/, '').endsWith(binary)
  if (isOwn(chosen)) return undefined
  const own = made.find((entry) => entry.enabled && isOwn(entry) && matches(entry, head))
  return own && { own, by: chosen }
}
