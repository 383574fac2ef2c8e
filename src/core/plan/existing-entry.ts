// When an entry that is already there is kept: because it is ours and matches the request, because the request says so (`if-registered: keep`),
// because it asks for the emulator of this machine, or because a container left it in force and it has the emulator of the image. What counts is
// what really runs and the flags, never a name.

import type { JournaledEmulator, Owner } from '../journal/journal.js'
import { isSameJob, type OwnedEntry, ownersOf, ownerWords } from '../journal/ownership.js'
import { type CatalogEmulator, isVersion } from '../model/catalog.js'
import type { ImageEmulator, LocatedEmulator } from '../model/emulator.js'
import type { Entry, ListedEntry } from '../model/entry.js'
import type { Finding } from '../outcome/finding.js'
import type { ProbeRun } from '../probe/probe-run.js'
import type { Request } from '../request/request.js'

/** What is registered for a target's programs before anything is changed. */
export interface ExistingEntries {
  /** Enabled entries that match its programs. */
  readonly entries: readonly ListedEntry[]
  /** The probe's run; undefined when it did not run. */
  readonly run: Extract<ProbeRun, { kind: 'answered' }> | undefined
  /** The entry that it ran under; undefined when it did not run, or when that entry is not visible here. */
  readonly inForce: ListedEntry | undefined
  /** Which of the requested programs that entry does not run, in words; undefined when it runs them all. */
  readonly coverageGap: string | undefined
  /** It ran, but the table is not mounted here: there is an entry, and it is not visible. */
  readonly unseen: boolean
}

export interface Keep {
  readonly kind: 'keep'
  /** Null: it is not visible from here. */
  readonly entry: ListedEntry | null
  /** What ran under it during the inspection; the proof must find the same. */
  readonly fingerprint: LocatedEmulator
  /** The journal that owns it, for ours to own it too; null: not ours to remove, or an earlier call of the command line will do it. */
  readonly share: { readonly journal: string; readonly emulator: JournaledEmulator } | null
  readonly notes: readonly Finding[]
  readonly reason: string
}

type Refusal = { readonly kind: 'impossible'; readonly finding: Finding; readonly reason: string }

/**
 * An entry of ours with exactly this emulator (its file must still be there), one of these flags, and a rule for all requested programs. It may
 * belong to an earlier call or to another job: then it is shared, and the last owner removes it.
 */
export function keptOwn(
  { run, inForce: entry, coverageGap }: ExistingEntries,
  { owned, me }: { readonly owned: readonly OwnedEntry[]; readonly me: Owner },
  flags: readonly string[],
  sha256: string | undefined,
): Keep | undefined {
  if (run === undefined || entry === undefined || coverageGap !== undefined || !flags.includes(entry.flags))
    return undefined
  const { fingerprint } = run
  if (fingerprint.sha256 !== sha256 || fingerprint.path.endsWith(' (deleted)')) return undefined
  return sharedEntry(entry, fingerprint, { owned, me })
}

/** An entry that a journal owns, to be shared with it; undefined when none does. */
function sharedEntry(
  entry: ListedEntry,
  fingerprint: LocatedEmulator,
  { owned, me }: { readonly owned: readonly OwnedEntry[]; readonly me: Owner },
): Keep | undefined {
  const [holder] = ownersOf(entry, owned)
  if (holder === undefined) return undefined
  // `restore` undoes all calls of the command line together
  const alike = me.face === 'cli' && ownersOf(entry, owned).some(({ owner }) => owner.face === 'cli')
  const { sha256, qemuVersion } = fingerprint
  const share = alike ? null : { journal: holder.journal, emulator: { sha256, qemuVersion } }
  const who = alike || isSameJob(holder.owner, me) ? 'an earlier setup' : ownerWords(holder.owner)
  const reason = `${who} registered exactly this emulator as ${entry.name}`
  return { kind: 'keep', entry, fingerprint, share, notes: [], reason }
}

/** What `if-registered` decides; undefined when a new registration takes precedence. `asked`: the emulator of the catalog. */
export function keptByPolicy(
  existing: ExistingEntries,
  request: Request,
  sha256: string | undefined,
  asked: CatalogEmulator | undefined,
): Keep | Refusal | undefined {
  const { run, inForce: entry, entries, unseen } = existing
  if (request.ifRegistered === 'fail' && (entries.length > 0 || unseen)) {
    const names = entries.map(({ name }) => name)
    const finding: Finding = { kind: 'already-registered', names, runs: run?.fingerprint ?? null }
    return {
      kind: 'impossible',
      finding,
      reason: `${names.join(', ') || 'an entry out of sight'} is registered, and if-registered is fail`,
    }
  }
  if (request.ifRegistered !== 'keep' || run === undefined) return undefined
  const names = entries.map(({ name }) => name).join(', ')
  const differs = differencesOf(existing, run.fingerprint, request, sha256, asked)
  if (differs.length > 0 || (entry === undefined && !unseen)) {
    const finding: Finding = { kind: 'kept-differs', entry: names, differences: differs }
    return {
      kind: 'impossible',
      finding,
      reason: `${names || 'an entry out of sight'} is to be kept, and is not what is asked for`,
    }
  }
  const kept = keep(entry, run.fingerprint)
  return { ...kept, notes: [...kept.notes, ...otherBuild(entry, run.fingerprint, asked)] }
}

/** With `qemu-version: host`: the entry that works, if it has the flags and the rule that the request needs (not known of an invisible one). */
export function keptOnHost(existing: ExistingEntries, request: Request): Keep | undefined {
  const { run, inForce: entry } = existing
  if (request.source.kind !== 'host' || run === undefined) return undefined
  return differencesOnHost(existing, request).length === 0 ? keep(entry, run.fingerprint) : undefined
}

/** With `qemu-version: host`: why the entry that works is not kept; empty when it is kept, or when none works. */
export function differencesOnHost(existing: ExistingEntries, request: Request): string[] {
  if (request.source.kind !== 'host' || existing.run === undefined) return []
  return differencesOf(existing, existing.run.fingerprint, request, undefined, undefined)
}

/**
 * An older entry that a container left in force, as tonistiigi/binfmt does when the name is taken: kept when the emulator of the image, or one of
 * the requested SHA-256s, runs under it with the requested flags and version. Else the reasons why not.
 */
export function keptForImage(
  existing: ExistingEntries,
  facts: { readonly owned: readonly OwnedEntry[]; readonly me: Owner },
  request: Request,
  emulator: ImageEmulator,
): Keep | readonly string[] {
  const { run, inForce: entry, entries } = existing
  if (run === undefined) return entries.map(({ name }) => `${name} does not run its programs`)
  const { fingerprint } = run
  const ofImage = request.sha256s.length > 0 ? [] : imageDifferences(fingerprint, emulator)
  const differences = [...ofImage, ...differencesOf(existing, fingerprint, request, undefined, undefined)]
  if (differences.length > 0 || entry === undefined) return differences
  return sharedEntry(entry, fingerprint, facts) ?? keep(entry, fingerprint)
}

function imageDifferences({ sha256, qemuVersion, path }: LocatedEmulator, emulator: ImageEmulator): string[] {
  const runs = `QEMU ${qemuVersion ?? 'of an unknown version'} runs (${path}, SHA-256 ${sha256})`
  if (emulator.kind === 'lacks') return [`${runs}, and the image has no emulator for it`]
  if (emulator.kind === 'unread') return [`${runs}, and which emulator the image has is not known: ${emulator.reason}`]
  return emulator.sha256 === sha256
    ? []
    : [`${runs}, and the image has another (${emulator.path}, SHA-256 ${emulator.sha256})`]
}

function keep(entry: ListedEntry | undefined, fingerprint: LocatedEmulator): Keep {
  return {
    kind: 'keep',
    entry: entry ?? null,
    fingerprint,
    share: null,
    notes: entry === undefined ? [{ kind: 'entry-unseen' }] : [],
    reason: `${entry?.name ?? 'an entry that cannot be seen from here'} runs these programs already`,
  }
}

function otherBuild(
  entry: Entry | undefined,
  { build, sha256 }: LocatedEmulator,
  asked: CatalogEmulator | undefined,
): Finding[] {
  if (asked === undefined || sha256 === asked.sha256) return []
  return [
    {
      kind: 'other-build',
      entry: entry?.name ?? 'the entry',
      expected: asked.build,
      got: build ?? 'of an unknown build',
    },
  ]
}

/** Where the request and what runs differ, in words; empty when the entry can be kept. */
function differencesOf(
  { inForce: entry, coverageGap, unseen }: ExistingEntries,
  runs: LocatedEmulator,
  request: Request,
  sha256: string | undefined,
  asked: CatalogEmulator | undefined,
): string[] {
  if (entry === undefined && !unseen) return ['these programs run, and no entry that can be seen here matches them']
  const version = asked?.qemuVersion ?? request.version
  const got = runs.qemuVersion ?? 'of an unknown version'
  const versions =
    version === null || (runs.qemuVersion !== null && isVersion(runs.qemuVersion, version))
      ? []
      : [`QEMU ${version} is asked for, and QEMU ${got} runs`]
  const file =
    request.source.kind === 'path' && sha256 !== undefined && runs.sha256 !== sha256
      ? [`the executable with SHA-256 ${sha256} is asked for, and ${runs.sha256} runs (${runs.path})`]
      : []
  const hashes = isAccepted(runs, request)
    ? []
    : [`SHA-256 ${request.sha256s.join(' or ')} is asked for, and ${runs.sha256} runs`]
  const rule = coverageGap === undefined ? [] : [coverageGap]
  return [...versions, ...file, ...hashes, ...rule, ...(entry === undefined ? [] : flagDifferences(entry, request))]
}

/** Whether the request accepts an executable with this hash; without `sha256` it accepts any. */
export function isAccepted({ sha256 }: { readonly sha256: string }, { sha256s }: Pick<Request, 'sha256s'>): boolean {
  return sha256s.length === 0 || sha256s.includes(sha256)
}

function flagDifferences({ name, flags }: Entry, { credentials }: Request): string[] {
  const has = (flag: string) => flags.includes(flag)
  const listed = `${name} has ${flags === '' ? 'no flags' : `the flags ${flags}`}`
  return [
    ...(has('F') ? [] : [`${listed}: without F its programs do not run in a chroot or container`]),
    ...(has('C') === credentials ? [] : [`${listed}, and credentials is ${credentials}`]),
  ]
}
