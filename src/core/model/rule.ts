// Which programs an entry for a target matches: those of upstream's rule, or of a wider one, for programs that run and that upstream's passes
// over. Sources: QEMU's scripts/qemu-binfmt-conf.sh (in targets.json); Linux's fs/binfmt_elf.c; the AppImage specification, type 2.
import type { ListedEntry } from './entry.js'
import { entryInForce } from './entry-in-force.js'
import type { Target } from './targets.js'

export const ruleNames = ['upstream', 'wide'] as const
export type Rules = (typeof ruleNames)[number]

/** First bytes of a program, and which of their bits count; both hexadecimal, equally long. */
export interface Rule {
  readonly magic: string
  readonly mask: string
}

/** EI_ABIVERSION and EI_PAD, which neither the kernel's own loader nor QEMU looks at: the first byte, and the one after the last. */
const padding = [8, 16] as const

/** What an AppImage of type 2 has at the start of the padding: `AI` and the type. */
const appImageMark = [0x41, 0x49, 2]

/**
 * Where upstream's rule is not that of real programs. Toolchains write EM_MICROBLAZE (189), upstream asks for its forerunner (0xbaab); and for
 * big-endian programs it compares e_type in the wrong byte order, so that no program at all can match.
 */
const corrected: ReadonlyMap<string, Rule> = new Map([
  [
    'microblaze',
    { magic: '7f454c46010201000000000000000000000200bd', mask: 'ffffffffffffff00fffffffffffffffffffeffff' },
  ],
  [
    'microblazeel',
    { magic: '7f454c460101010000000000000000000200bd00', mask: 'ffffffffffffff00fffffffffffffffffeffffff' },
  ],
])

/** The rule of a target's entry. `wide` leaves the padding of e_ident open, and corrects what upstream has wrong. */
export function ruleOf(target: Pick<Target, 'name' | 'magic' | 'mask'>, rules: Rules): Rule {
  if (rules === 'upstream') return { magic: target.magic, mask: target.mask }
  const { magic, mask } = corrected.get(target.name) ?? target
  return { magic: opened(magic), mask: opened(mask) }
}

function opened(hex: string): string {
  const [start, end] = padding
  return `${hex.slice(0, 2 * start)}${'00'.repeat(end - start)}${hex.slice(2 * end)}`
}

/** The rules by which an entry is the target's; null where it has another one. */
export function rulesOf(
  { magic, mask, offset }: Pick<ListedEntry, 'magic' | 'mask' | 'offset'>,
  target: Target,
): Rules | null {
  const found = ruleNames.find((rules) => {
    const rule = ruleOf(target, rules)
    return offset === 0 && rule.magic === magic && rule.mask === mask
  })
  return found ?? null
}

/** Why no program of a target can match its rule; undefined where programs do. */
export function unmatchable({ name }: Pick<Target, 'name'>, rules: Rules): string | undefined {
  if (name !== 'microblaze' || rules === 'wide') return undefined
  return "upstream's rule for microblaze asks for a file type in the wrong byte order, so no program can match it"
}

/** A program that a target's rule matches, from its probe: the bits that count are made the rule's. */
export function fitted(program: Uint8Array, { magic, mask }: Rule): Uint8Array {
  const fit = Uint8Array.from(program)
  for (let at = 0; at < magic.length / 2; at++) {
    const [bits, count] = [byteAt(magic, at), byteAt(mask, at)]
    fit[at] = ((fit[at] ?? 0) & ~count) | (bits & count)
  }
  return fit
}

/** The different programs of a target that one or the other rules match, made from its probe; those of upstream's first. */
export function programsOf(target: Target, probe: Uint8Array): { target: string; rules: Rules; head: Uint8Array }[] {
  const all = ruleNames
    .filter((rules) => unmatchable(target, rules) === undefined)
    .map((rules) => ({ target: target.name, rules, head: fitted(probe, ruleOf(target, rules)) }))
  return all.filter(({ head }, at) => at === 0 || !isSame(head, all[0]?.head))
}

function isSame(a: Uint8Array, b: Uint8Array | undefined): boolean {
  return a.length === b?.length && a.every((byte, at) => byte === b[at])
}

/** The same program with the mark of an AppImage of type 2 in its padding. */
export function marked(program: Uint8Array): Uint8Array {
  const copy = Uint8Array.from(program)
  copy.set(appImageMark, padding[0])
  return copy
}

/** The beginnings of programs that must run: the probe's, and with `wide` an AppImage's too. */
export function headsOf(head: Uint8Array, rules: Rules): Uint8Array[] {
  return rules === 'wide' ? [head, marked(head)] : [head]
}

/** Whether an entry matches whatever stands in the padding. */
export function isOpen({ mask, offset }: Pick<ListedEntry, 'mask' | 'offset'>): boolean {
  const bytes = Array.from({ length: padding[1] - padding[0] }, (_, at) => padding[0] + at - offset)
  return bytes.every((at) => at < 0 || 2 * at >= mask.length || byteAt(mask, at) === 0)
}

/**
 * What an entry in force lacks of the programs that must run: that it matches the padding's bytes, or precedence for those that have some.
 * Undefined where it lacks nothing. `entries` are in the order of precedence.
 */
export function coverageGap(
  entry: ListedEntry,
  entries: readonly ListedEntry[],
  heads: readonly Uint8Array[],
): string | undefined {
  if (heads.length < 2) return undefined
  if (!isOpen(entry)) return `rules is wide, and ${entry.name} looks at bytes 8 to 15, where AppImages have their mark`
  const table = { table: entries, enabled: true }
  const first = heads.map((head) => entryInForce(table, { head })).find((other) => other !== entry)
  return first && `rules is wide, and ${first.name} comes before ${entry.name} for AppImages`
}

function byteAt(hex: string, at: number): number {
  return Number.parseInt(hex.slice(2 * at, 2 * at + 2), 16)
}
