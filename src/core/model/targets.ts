// The guest architectures: QEMU's name, its binfmt rule, and all other spellings that people use.
// Rules: qemu's scripts/qemu-binfmt-conf.sh. Platform names: the OCI image specification and containerd's platforms package.
import table from '../../data/targets.json' with { type: 'json' }
import { visible } from '../text/visible.js'
import { SetupError } from './errors.js'

export interface Target {
  /** QEMU's name: `aarch64`. */
  readonly name: string
  /** The emulator's file name without a `-static` suffix: `qemu-aarch64`. */
  readonly binary: string
  /** The first bytes of its programs and which of their bits count, in hexadecimal of equal length. */
  readonly magic: string
  readonly mask: string
  /** The OCI platforms that this target runs, the usual one first; empty when OCI has no name for it. */
  readonly oci: readonly string[]
  readonly aliases: readonly string[]
}

export const targets: readonly Target[] = table

const byName = new Map(targets.map((target) => [target.name, target]))

const bySpelling = new Map<string, Target>()
for (const target of targets) {
  for (const spelling of [target.name, target.binary, ...target.aliases, ...target.oci]) {
    if (!bySpelling.has(spelling)) bySpelling.set(spelling, target)
  }
}

/** The target with this QEMU name; throws `internal` when there is none. */
export function targetNamed(name: string): Target {
  const target = byName.get(name)
  if (target === undefined) throw new Error(`no target is named ${name}`)
  return target
}

export interface Platform {
  readonly target: Target
  /** In OCI form (`linux/arm64`); null when OCI has no name for the target. */
  readonly platform: string | null
}

/**
 * One platform as a person writes it (`arm64`, `linux/arm64/v8`, `aarch64`, `armhf`, `aarch64-linux-gnu`) as target and OCI name.
 * Throws `unknown-platform` with the nearest spelling, also of `others`: words that are accepted here besides platforms.
 */
export function platformOf(word: string, others: readonly string[] = []): Platform {
  const spelling = normalised(word)
  const target = bySpelling.get(spelling) ?? bySpelling.get(`linux/${spelling}`)
  if (target === undefined) throw unknownPlatform(word, spelling, others)
  const asked = target.oci.find((name) => name === `linux/${spelling}`)
  return { target, platform: asked ?? armVariant(target, spelling) ?? target.oci[0] ?? null }
}

function normalised(word: string): string {
  return word
    .trim()
    .toLowerCase()
    .replace(/^linux\//, '')
    .replace(/^qemu-(.*?)(-static)?$/, '$1')
}

function armVariant(target: Target, spelling: string): string | undefined {
  if (target.name !== 'arm') return undefined
  // Debian's armel (triplet ending with gnueabi) is built for version 5; its images are linux/arm/v5
  if (/5|armel|gnueabi$/.test(spelling)) return 'linux/arm/v5'
  return spelling.includes('6') ? 'linux/arm/v6' : undefined
}

function unknownPlatform(word: string, spelling: string, others: readonly string[]): SetupError {
  // of equally near names the most common one wins
  const usual = targets.flatMap((target) => target.oci.map((name) => name.replace(/^linux\//, '')))
  const near = nearest(spelling, [...usual, ...others, ...bySpelling.keys()])
  const message = `unknown platform "${printable(word)}"`
  const known = targets.flatMap((target) => target.oci).join(', ')
  const hint =
    near === undefined ? `use one of ${known}, or a name that QEMU gives to a target` : `did you mean "${near}"?`
  return new SetupError(
    'unknown-platform',
    near === undefined ? message : `${message}; the nearest that is known is "${near}"`,
    {
      hint,
    },
  )
}

/** Untrusted text for one line of a message: control characters escaped, cut after `limit` characters. */
export function printable(text: string, limit = 80): string {
  const escaped = visible(JSON.stringify(text).slice(1, -1))
  return escaped.length > limit ? `${escaped.slice(0, limit)}...` : escaped
}

/** The candidate with the fewest edits from `word`, or undefined when even that is more than a third of the word away. */
export function nearest(word: string, candidates: readonly string[]): string | undefined {
  let best: string | undefined
  let bestDistance = Math.max(2, Math.ceil(word.length / 3)) + 1
  for (const candidate of candidates) {
    const distance = editDistance(word.slice(0, 40), candidate)
    if (distance < bestDistance) {
      best = candidate
      bestDistance = distance
    }
  }
  return best
}

/** Edits (insert, delete, replace, swap of neighbours) from `a` to `b`: optimal string alignment distance. */
export function editDistance(a: string, b: string): number {
  let beforeLast: number[] = []
  let last = Array.from({ length: b.length + 1 }, (_, j) => j)
  for (let i = 1; i <= a.length; i++) {
    const row = [i]
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1]
      let edits = Math.min((last[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, (last[j - 1] ?? 0) + (same ? 0 : 1))
      const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]
      if (swapped) edits = Math.min(edits, (beforeLast[j - 2] ?? 0) + 1)
      row.push(edits)
    }
    beforeLast = last
    last = row
  }
  return last[b.length] ?? 0
}
