// Decides, target by target, what is to be done: nothing because it is native, nothing because it is already so, or a registration.
// A plan is data: it can be printed (`--dry-run`), compared in tests, and carried out.

import type { Owner } from '../journal/journal.js'
import { conflictOf, inUseText, type OwnedEntry } from '../journal/ownership.js'
import type { Catalog, Host } from '../model/catalog.js'
import { entryNames, kernelFlags, type ListedEntry } from '../model/entry.js'
import { entryInForce, matchingEntries } from '../model/entry-in-force.js'
import { headsOf, narrowness, type Rules } from '../model/rule.js'
import type { Platform } from '../model/targets.js'
import type { Finding } from '../outcome/finding.js'
import type { ProbeRun } from '../probe/probe-run.js'
import type { Request } from '../request/request.js'
import { type Keep, keptByPolicy, keptOnHost, keptOwn, lacksOnHost, type Rivals } from './existing-entry.js'
import { type FoundFile, type Supply, supplyFor } from './resolved-source.js'

/** What the machine is like before anything is changed. */
export interface Facts {
  readonly host: Host
  /** The kernel's table in the order of precedence; empty when binfmt_misc is not mounted. */
  readonly table: readonly ListedEntry[]
  /** Whether the table is mounted, and binfmt_misc as a whole switched on. */
  readonly enabled: boolean
  /** The table is not mounted here: entries of a container's host may be in force all the same. */
  readonly hidden: boolean
  /** Entries of the table that living jobs and calls of the command line hold. */
  readonly owned: readonly OwnedEntry[]
  /** Who asks. */
  readonly me: Owner
  /** For each target asked for: the probe run directly, as the machine is now, and the probe's first bytes. */
  readonly before: ReadonlyMap<string, { readonly run: ProbeRun; readonly head: Uint8Array }>
  /** By target, the executables of this machine that the request allows, the preferred first; empty where none are looked for. */
  readonly files: ReadonlyMap<string, readonly FoundFile[]>
}

export type PlannedTarget =
  | { readonly kind: 'native'; readonly platform: Platform; readonly reason: string }
  | (Keep & { readonly platform: Platform })
  | Registration
  | { readonly kind: 'impossible'; readonly platform: Platform; readonly finding: Finding; readonly reason: string }

export interface Registration {
  readonly kind: 'register'
  readonly platform: Platform
  readonly supply: Supply
  /** The first name that is free. */
  readonly name: string
  /** Enabled entries that match the same programs and will be shadowed. */
  readonly shadows: readonly string[]
  /** Flags to try, the first choice first. */
  readonly flags: readonly string[]
  readonly rules: Rules
  readonly reason: string
}

export interface Plan {
  readonly targets: readonly PlannedTarget[]
}

/** The flags to try: with P first; without it for an emulator or kernel under which argv[0] does not arrive. */
export function flagsFor(credentials: boolean): readonly string[] {
  const base = credentials ? 'OCF' : 'F'
  return [kernelFlags(`P${base}`), base]
}

/** What is to be done for each target of the request, given the machine's facts. */
export function planFor(request: Request, facts: Facts, catalog: Catalog): Plan {
  return { targets: request.platforms.map((platform) => planTarget(platform, request, facts, catalog)) }
}

/** The plan without claims to entries of other jobs: what is left to those who cannot write a journal, and asked for what is there anyway. */
export function withoutShares({ targets }: Plan): Plan {
  return { targets: targets.map((target) => (target.kind === 'keep' ? { ...target, share: null } : target)) }
}

function planTarget(platform: Platform, request: Request, facts: Facts, catalog: Catalog): PlannedTarget {
  const before = facts.before.get(platform.target.name)
  if (before?.run.kind === 'answered' && before.run.native) {
    return { kind: 'native', platform, reason: 'the probe runs on this machine without an emulator' }
  }
  const rivals = rivalsOf(platform.target.name, facts, request.rules)
  const flags = flagsFor(request.credentials)
  const supply = supplyFor(platform.target, request, { ...facts, lacks: lacksOnHost(rivals, request) }, catalog)
  const sha256 = supply.kind === 'catalog' || supply.kind === 'file' ? supply.emulator.sha256 : undefined
  const kept =
    keptOwn(rivals, facts, flags, sha256) ??
    keptByPolicy(rivals, request, sha256, supply.kind === 'catalog' ? supply.emulator : undefined) ??
    keptOnHost(rivals, request)
  if (kept !== undefined) return { ...kept, platform }
  if (supply.kind === 'none') return { kind: 'impossible', platform, finding: supply.finding, reason: supply.reason }
  const registered = registration({ platform, supply, flags, rules: request.rules }, rivals.entries, facts.table)
  return sha256 === undefined && supply.kind === 'image'
    ? registered
    : (conflicting(registered, request, facts, sha256) ?? registered)
}

/** The end of a registration that would take a platform away from another job; undefined where it may go on. */
export function conflicting(
  { platform, supply, flags }: Registration,
  request: Request,
  facts: Facts,
  sha256: string | undefined,
): Extract<PlannedTarget, { kind: 'impossible' }> | undefined {
  if (request.onConflict === 'take') return undefined
  const version = supply.kind === 'catalog' ? supply.emulator.qemuVersion : request.version
  const { entries } = rivalsOf(platform.target.name, facts, request.rules)
  const finding = conflictOf(entries, facts.owned, facts.me, { sha256, flags, version })
  if (finding === undefined) return undefined
  return { kind: 'impossible', platform, finding, reason: inUseText(finding) }
}

/** The enabled entries that match a target's programs under some rules, and how its probe ran before anything was changed. */
export function rivalsOf(target: string, facts: Facts, rules: Rules): Rivals {
  const before = facts.before.get(target)
  if (before === undefined) return { entries: [], run: undefined, inForce: undefined, narrow: undefined, unseen: false }
  const heads = headsOf(before.head, rules)
  const entries = matchingEntries(
    facts,
    heads.map((head) => ({ head })),
  )
  const run = before.run.kind === 'answered' ? before.run : undefined
  const standing = run && entryInForce(facts, before)
  const narrow = standing && narrowness(standing, entries, heads)
  return { entries, run, inForce: standing, narrow, unseen: facts.hidden && run !== undefined && !run.native }
}

function registration(
  wanted: Pick<Registration, 'platform' | 'supply' | 'flags' | 'rules'>,
  rivals: readonly ListedEntry[],
  table: readonly ListedEntry[],
): Registration {
  const shadows = rivals.map((entry) => entry.name)
  const reason = shadows.length === 0 ? 'nothing runs it yet' : besideWords(shadows.join(', '), wanted.supply)
  return { kind: 'register', ...wanted, name: freeName(wanted.platform.target.name, table), shadows, reason }
}

/** What becomes of the entries that are there. */
function besideWords(names: string, supply: Supply): string {
  if (supply.kind !== 'container') return `takes precedence over ${names}, which stays as it is`
  return supply.reset
    ? `${names} is removed before, if it is named qemu-*, and put back at the end`
    : `${names} is there: the image decides whether it replaces that, and what it replaces is put back at the end`
}

/** The first name for a target's entry that the table does not hold. */
export function freeName(target: string, table: readonly { name: string }[]): string {
  const taken = new Set(table.map((entry) => entry.name))
  for (const name of entryNames(target)) if (!taken.has(name)) return name
  throw new Error(`a thousand entries for ${target} are registered`)
}
