// What the images that register emulators understand, and what a run of one changed in the kernel's table.
// Sources: register.sh of multiarch/qemu-user-static and QEMU's scripts/qemu-binfmt-conf.sh, which it runs; cmd/binfmt of tonistiigi/binfmt.
import type { Host } from '../model/catalog.js'
import { type ListedEntry, matches, type StandingEntry, sameEntry } from '../model/entry.js'
import { entryInForce } from '../model/entry-in-force.js'
import type { Target } from '../model/targets.js'

/** Whose command line an image speaks. */
export type Dialect = 'multiarch' | 'tonistiigi'

/** tonistiigi/binfmt's own names of architectures; it knows no others. */
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

/** Whose command line an image speaks, told by the program it starts; undefined for one that is neither's. */
export function dialectOf(entrypoint: readonly string[], cmd: readonly string[]): Dialect | undefined {
  const program = (entrypoint[0] ?? cmd[0] ?? '').split('/').at(-1)
  if (program === 'register') return 'multiarch'
  return program === 'binfmt' ? 'tonistiigi' : undefined
}

/** What multiarch's never registers: the family of the host itself. */
const ownFamily: Readonly<Record<Host, readonly string[]>> = {
  amd64: ['i386', 'i486', 'x86_64'],
  arm64: ['arm', 'aarch64'],
}

/**
 * The runs, one after the other, that make an image register emulators, each as its arguments; and the targets that it never registers.
 * multiarch's takes no list: it registers all that it has, and resets always. tonistiigi's always registers with C, whatever `credentials` says,
 * and leaves alone what has the name already; it resets in a run of its own, as docker/setup-qemu-action does.
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

/** Where the emulator of a target lies in an image, the likeliest place first; `env` is the environment that the image gives its program. */
export function emulatorPaths(dialect: Dialect, env: readonly string[], { binary }: Target): string[] {
  const setTo = (name: string) => env.findLast((line) => line.startsWith(`${name}=`))?.slice(name.length + 1) ?? ''
  const [folder, prefix] =
    dialect === 'multiarch' ? [setTo('QEMU_BIN_DIR'), ''] : [setTo('QEMU_BINARY_PATH'), setTo('QEMU_BINARY_PREFIX')]
  const plain = `${folder === '' ? '/usr/bin' : folder.replace(/\/+$/, '')}/${prefix}${binary}`
  return dialect === 'multiarch' ? [`${plain}-static`, plain] : [plain, `${plain}-static`]
}

/** Of what an image's program said, on both streams, the lines about a target; its JSON of what there is says nothing about what it did. */
export function linesAbout(said: string, { name, binary }: Target): string[] {
  const words = new Set([name, binary, tonistiigiNames[name] ?? name])
  const lines = said.split('\n').map((line) => line.trim())
  const prose = lines.filter((line) => !/^[[\]{}"]/.test(line))
  return prose.filter((line) => line.split(/[^\w.-]+|-static\b/).some((word) => words.has(word)))
}

export interface Changes<E extends ListedEntry> {
  /** Entries that are new, or that are no longer the ones of that name, in the order of `after`. */
  readonly made: readonly StandingEntry[]
  /** Entries that are gone, or that another one of their name has replaced, in the order of `before`. */
  readonly replaced: readonly E[]
  readonly unchanged: readonly E[]
}

/** What became of a table; both in the order of precedence. Somebody who only switched an entry on or off has not replaced it. */
export function changesOf<E extends StandingEntry>(before: readonly E[], after: readonly StandingEntry[]): Changes<E> {
  const same = (a: StandingEntry, b: StandingEntry) => a.inode === b.inode && sameEntry(a, b)
  return {
    made: after.filter((entry) => !before.some((other) => same(other, entry))),
    replaced: before.filter((entry) => !after.some((other) => same(other, entry))),
    unchanged: before.filter((entry) => after.some((other) => same(other, entry))),
  }
}

/** Splits entries into those that match a program that begins like one of `heads`, and the others. */
export function split<E extends ListedEntry>(
  entries: readonly E[],
  heads: Iterable<Uint8Array>,
): { wanted: E[]; others: E[] } {
  const list = [...heads]
  const wanted = entries.filter((entry) => list.some((head) => matches(entry, head)))
  return { wanted, others: entries.filter((entry) => !wanted.includes(entry)) }
}

/** Of entries in the order of precedence, the one that the kernel would choose for each target: by its name, the first bytes of its programs. */
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

/** Of two entries that a container made for a target's programs, the one with the target's own emulator, and the newer one that hides it. */
export interface HiddenEntry {
  readonly own: ListedEntry
  readonly by: ListedEntry
}

/**
 * The entry of `made` (in the order of precedence) that has a target's own emulator, where `chosen` is another one's: an image whose rules do not
 * tell two targets apart hides one behind the other. Undefined where it is not so.
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
