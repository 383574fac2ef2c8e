// Decides for each target what to do: nothing (it runs natively, or the entry that is there is kept), register, or refuse. A plan is data: it can
// be printed (`--dry-run`), compared in tests, and carried out.

import type { Owner } from '../journal/journal.js'
import { conflictOf, inUseText, type OwnedEntry } from '../journal/ownership.js'
import type { Catalog, Host } from '../model/catalog.js'
import { entryNames, kernelFlags, type ListedEntry } from '../model/entry.js'
import { entryInForce, matchingEntries } from '../model/entry-in-force.js'
import { coverageGap, headsOf, type Rules } from '../model/rule.js'
import type { Platform } from '../model/targets.js'
import type { Finding } from '../outcome/finding.js'
import type { ProbeRun } from '../probe/probe-run.js'
import type { Request } from '../request/request.js'
import {
  differencesOnHost,
  type ExistingEntries,
  type Keep,
  keptByPolicy,
  keptOnHost,
  keptOwn,
} from './existing-entry.js'
import { type LocalExecutable, type ResolvedSource, sourceFor } from './resolved-source.js'

/** What the machine is like before anything is changed. */
export interface Facts {
  readonly host: Host
  /** The kernel's table in the order of precedence; empty when binfmt_misc is not mounted. */
  readonly table: readonly ListedEntry[]
  /** Whether the table is mounted and binfmt_misc is switched on. */
  readonly enabled: boolean
  /** The table is not mounted here; entries of a container's host may still be in force. */
  readonly hidden: boolean
  /** Entries that running jobs and calls of the command line own. */
  readonly owned: readonly OwnedEntry[]
  /** The job or call that asks. */
  readonly me: Owner
  /** For each requested target: a direct run of its probe before anything is changed, and the probe's first bytes. */
  readonly before: ReadonlyMap<string, { readonly run: ProbeRun; readonly head: Uint8Array }>
  /** By target, the executables of this machine that the request allows, the preferred one first; empty when it names another source. */
  readonly files: ReadonlyMap<string, readonly LocalExecutable[]>
}

export type TargetPlan =
  | { readonly kind: 'native'; readonly platform: Platform; readonly reason: string }
  | (Keep & { readonly platform: Platform })
  | Registration
  | { readonly kind: 'impossible'; readonly platform: Platform; readonly finding: Finding; readonly reason: string }

export interface Registration {
  readonly kind: 'register'
  readonly platform: Platform
  readonly source: ResolvedSource
  /** The first name that is free. */
  readonly name: string
  /** Enabled entries for the same programs, which this one will shadow. */
  readonly shadows: readonly string[]
  /** Flags to try, in this order. */
  readonly flags: readonly string[]
  readonly rules: Rules
  readonly reason: string
}

export interface Plan {
  readonly targets: readonly TargetPlan[]
}

/** The flags to try: with P first, then without, for an emulator or kernel that does not pass argv[0] on. */
export function flagsFor(credentials: boolean): readonly string[] {
  const base = credentials ? 'OCF' : 'F'
  return [kernelFlags(`P${base}`), base]
}

/** What to do for each target of the request on a machine with these facts. */
export function planFor(request: Request, facts: Facts, catalog: Catalog): Plan {
  return { targets: request.platforms.map((platform) => planTarget(platform, request, facts, catalog)) }
}

/** The plan without sharing entries of other jobs: for a user who cannot write a journal, and asked for whatever is registered. */
export function withoutShares({ targets }: Plan): Plan {
  return { targets: targets.map((target) => (target.kind === 'keep' ? { ...target, share: null } : target)) }
}

function planTarget(platform: Platform, request: Request, facts: Facts, catalog: Catalog): TargetPlan {
  const before = facts.before.get(platform.target.name)
  if (before?.run.kind === 'answered' && before.run.native) {
    return { kind: 'native', platform, reason: 'the probe runs on this machine without an emulator' }
  }
  const existing = existingEntriesOf(platform.target.name, facts, request.rules)
  const flags = flagsFor(request.credentials)
  const source = sourceFor(
    platform.target,
    request,
    { ...facts, differences: differencesOnHost(existing, request) },
    catalog,
  )
  const sha256 = source.kind === 'catalog' || source.kind === 'file' ? source.emulator.sha256 : undefined
  const kept =
    keptOwn(existing, facts, flags, sha256) ??
    keptByPolicy(existing, request, sha256, source.kind === 'catalog' ? source.emulator : undefined) ??
    keptOnHost(existing, request)
  if (kept !== undefined) return { ...kept, platform }
  if (source.kind === 'none') return { kind: 'impossible', platform, finding: source.finding, reason: source.reason }
  const registered = registration({ platform, source, flags, rules: request.rules }, existing.entries, facts.table)
  return sha256 === undefined && source.kind === 'image'
    ? registered
    : (conflicting(registered, request, facts, sha256) ?? registered)
}

/** The refusal of a registration that would take a platform away from another job; undefined when there is no conflict. */
export function conflicting(
  { platform, source, flags }: Registration,
  request: Request,
  facts: Facts,
  sha256: string | undefined,
): Extract<TargetPlan, { kind: 'impossible' }> | undefined {
  if (request.onConflict === 'take') return undefined
  const version = source.kind === 'catalog' ? source.emulator.qemuVersion : request.version
  const { entries } = existingEntriesOf(platform.target.name, facts, request.rules)
  const finding = conflictOf(entries, facts.owned, facts.me, { sha256, flags, version })
  if (finding === undefined) return undefined
  return { kind: 'impossible', platform, finding, reason: inUseText(finding) }
}

/** The enabled entries that match a target's programs under these rules, and how its probe ran before anything was changed. */
export function existingEntriesOf(target: string, facts: Facts, rules: Rules): ExistingEntries {
  const before = facts.before.get(target)
  if (before === undefined)
    return { entries: [], run: undefined, inForce: undefined, coverageGap: undefined, unseen: false }
  const heads = headsOf(before.head, rules)
  const entries = matchingEntries(
    facts,
    heads.map((head) => ({ head })),
  )
  const run = before.run.kind === 'answered' ? before.run : undefined
  const inForce = run && entryInForce(facts, before)
  const gap = inForce && coverageGap(inForce, entries, heads)
  const unseen = facts.hidden && run !== undefined && !run.native
  return { entries, run, inForce, coverageGap: gap, unseen }
}

function registration(
  wanted: Pick<Registration, 'platform' | 'source' | 'flags' | 'rules'>,
  existing: readonly ListedEntry[],
  table: readonly ListedEntry[],
): Registration {
  const shadows = existing.map((entry) => entry.name)
  const reason = shadows.length === 0 ? 'nothing runs it yet' : besideWords(shadows.join(', '), wanted.source)
  return { kind: 'register', ...wanted, name: freeName(wanted.platform.target.name, table), shadows, reason }
}

/** What happens to the existing entries. */
function besideWords(names: string, source: ResolvedSource): string {
  if (source.kind !== 'container') return `takes precedence over ${names}, which stays as it is`
  return source.reset
    ? `${names} is removed before, if it is named qemu-*, and put back at the end`
    : `${names} is there: the image decides whether it replaces that, and what it replaces is put back at the end`
}

/** The first name for a target's entry that is not taken. */
export function freeName(target: string, table: readonly { name: string }[]): string {
  const taken = new Set(table.map((entry) => entry.name))
  for (const name of entryNames(target)) if (!taken.has(name)) return name
  throw new Error(`a thousand entries for ${target} are registered`)
}
