// Which programs a target's entry matches: those of upstream's rule, or of a wider one that also matches programs which run but which upstream's
// misses. Sources: QEMU's scripts/qemu-binfmt-conf.sh (in targets.json); Linux's fs/binfmt_elf.c; the AppImage specification, type 2.
import type { ListedEntry } from './entry.js'
import { entryInForce } from './entry-in-force.js'
import type { Target } from './targets.js'

export const ruleNames = ['upstream', 'wide'] as const
export type Rules = (typeof ruleNames)[number]

/** The first bytes of a program and which of their bits count, in hexadecimal of equal length. */
export interface Rule {
  readonly magic: string
  readonly mask: string
}

/** EI_ABIVERSION and EI_PAD, which neither the kernel's loader nor QEMU checks: the first byte, and the one after the last. */
const padding = [8, 16] as const

/** What an AppImage of type 2 writes at the start of the padding: `AI` and the type. */
const appImageMark = [0x41, 0x49, 2]

/**
 * Where upstream's rule does not match real programs. Toolchains write EM_MICROBLAZE (189), upstream expects its predecessor (0xbaab); and for
 * big-endian programs it compares e_type in the wrong byte order, so that no program can match.
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

/** The rule of a target's entry. `wide` ignores the padding of e_ident, and corrects upstream's errors. */
export function ruleOf(target: Pick<Target, 'name' | 'magic' | 'mask'>, rules: Rules): Rule {
  if (rules === 'upstream') return { magic: target.magic, mask: target.mask }
  const { magic, mask } = corrected.get(target.name) ?? target
  return { magic: opened(magic), mask: opened(mask) }
}

function opened(hex: string): string {
  const [start, end] = padding
  return `${hex.slice(0, 2 * start)}${'00'.repeat(end - start)}${hex.slice(2 * end)}`
}

/** Which of the target's rules an entry has; null: neither. */
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

/** Why no program of a target can match its rule; undefined when programs can. */
export function unmatchable({ name }: Pick<Target, 'name'>, rules: Rules): string | undefined {
  if (name !== 'microblaze' || rules === 'wide') return undefined
  return "upstream's rule for microblaze asks for a file type in the wrong byte order, so no program can match it"
}

/** A program that the rule matches: a probe whose significant bits are set to the rule's. */
export function fitted(program: Uint8Array, { magic, mask }: Rule): Uint8Array {
  const fit = Uint8Array.from(program)
  for (let at = 0; at < magic.length / 2; at++) {
    const [bits, count] = [byteAt(magic, at), byteAt(mask, at)]
    fit[at] = ((fit[at] ?? 0) & ~count) | (bits & count)
  }
  return fit
}

/** The different programs that a target's rules match, made from its probe; upstream's first. */
export function programsOf(target: Target, probe: Uint8Array): { target: string; rules: Rules; head: Uint8Array }[] {
  const all = ruleNames
    .filter((rules) => unmatchable(target, rules) === undefined)
    .map((rules) => ({ target: target.name, rules, head: fitted(probe, ruleOf(target, rules)) }))
  return all.filter(({ head }, at) => at === 0 || !isSame(head, all[0]?.head))
}

function isSame(a: Uint8Array, b: Uint8Array | undefined): boolean {
  return a.length === b?.length && a.every((byte, at) => byte === b[at])
}

/** The program with the mark of an AppImage of type 2 in its padding. */
export function marked(program: Uint8Array): Uint8Array {
  const copy = Uint8Array.from(program)
  copy.set(appImageMark, padding[0])
  return copy
}

/** The first bytes of the programs that must run: the probe's, and with `wide` an AppImage's too. */
export function headsOf(head: Uint8Array, rules: Rules): Uint8Array[] {
  return rules === 'wide' ? [head, marked(head)] : [head]
}

/** Whether an entry ignores the padding. */
export function isOpen({ mask, offset }: Pick<ListedEntry, 'mask' | 'offset'>): boolean {
  const bytes = Array.from({ length: padding[1] - padding[0] }, (_, at) => padding[0] + at - offset)
  return bytes.every((at) => at < 0 || 2 * at >= mask.length || byteAt(mask, at) === 0)
}

/**
 * Why an entry in force does not run all of these programs: it compares the padding, or another entry takes those that have something there.
 * Undefined when it runs them all. `entries` are in the order of precedence.
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
