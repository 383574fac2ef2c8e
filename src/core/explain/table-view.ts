// The kernel's table for people: for each entry, what really runs, as far as the probes tell.

import type { Journal } from '../journal/journal.js'
import { type LostEntry, lostJson, lostText } from '../journal/lost-entry.js'
import { ownerWords } from '../journal/ownership.js'
import type { Emulator, LocatedEmulator } from '../model/emulator.js'
import { type Entry, type ListedEntry, sameEntry } from '../model/entry.js'
import { entryInForce, isFor } from '../model/entry-in-force.js'
import type { Links } from '../model/links.js'
import { marked, type Rules, rulesOf } from '../model/rule.js'
import { printable, targetNamed } from '../model/targets.js'
import type { ProbeRun } from '../probe/probe-run.js'
import { emulatorWords } from '../report/outcome-text.js'
import { tableText } from '../text/table.js'

/** A probe's first bytes, and its run. */
export interface ProbedHead {
  readonly target: string
  readonly head: Uint8Array
  readonly run: ProbeRun
}

/** What was looked at: a run for each probe that some entry matches, or where no table is mounted for all; and the interpreters' files. */
export interface TableFacts {
  /** In the order of precedence, the newest first. */
  readonly table: readonly ListedEntry[]
  readonly enabled: boolean
  readonly mounted: boolean
  /** A target has several where its rules ask for different programs. */
  readonly runs: readonly ProbedHead[]
  /** By interpreter path: the resolved file there now; null when there is none. */
  readonly files: ReadonlyMap<string, LocatedEmulator | null>
  /** Those of this table. */
  readonly journals: readonly Journal[]
  /** Ids of those whose job has ended and left its entries behind. */
  readonly stale: ReadonlySet<string>
  /** Entries of ours that others removed. */
  readonly lost: readonly LostEntry[]
}

/**
 * What stands behind an entry. `runs`: a probe ran under it, and this is its executable. `shadowed`: another entry runs the same programs.
 * `partly`: another one runs them, but this one's wide rule leaves it those that the other passes over.
 * `refused`: programs it matches do not run. `unknown`: there is no probe for it.
 */
export type Behind =
  | { readonly kind: 'runs'; readonly fingerprint: LocatedEmulator }
  | { readonly kind: 'shadowed' | 'partly' | 'refused' | 'unknown' | 'disabled' | 'native' }

export interface ViewedEntry {
  readonly entry: ListedEntry
  readonly target: string | null
  /** Which of our rules it has; null for any other. */
  readonly rules: Rules | null
  readonly behind: Behind
  readonly file: Emulator | null
  /** The journal that it belongs to, if it is ours. */
  readonly journal: string | null
  /** Whom it was made for, in words, and whether that job has ended; the command line's last until `restore`. */
  readonly owner: { readonly face: 'cli' | 'action'; readonly name: string; readonly ended: boolean } | null
}

/** Each entry with what really runs, in the table's order. */
export function viewOf(facts: TableFacts): ViewedEntry[] {
  return facts.table.map((entry) => {
    const probed = probedBy(entry, facts)
    const target = probed?.target ?? null
    const rules = target === null ? null : rulesOf(entry, targetNamed(target))
    const file = facts.files.get(entry.interpreter) ?? null
    const journal = journalOf(entry, facts.journals)
    const owner = journal === undefined ? null : ownerOf(journal, facts)
    return { entry, target, rules, behind: behindOf(entry, probed, facts), file, journal: journal?.id ?? null, owner }
  })
}

/** A probe that the entry matches, and its run: preferably one for which the entry is in force. */
function probedBy(entry: ListedEntry, facts: TableFacts): ProbedHead | undefined {
  const matching = facts.runs.filter((program) => isFor(entry, program))
  const own = matching.filter((program) => entryInForce(facts, program) === entry)
  return own.find(({ run }) => run.kind === 'answered') ?? own[0] ?? matching[0]
}

function behindOf(entry: ListedEntry, probed: ProbedHead | undefined, facts: TableFacts): Behind {
  if (!entry.enabled || !facts.enabled) return { kind: 'disabled' }
  if (probed === undefined) return { kind: 'unknown' }
  const { run, head } = probed
  if (run.kind === 'answered' && run.native) return { kind: 'native' }
  if (entryInForce(facts, { head }) !== entry) {
    const asAppImage = entryInForce(facts, { head: marked(head) })
    return { kind: asAppImage === entry ? 'partly' : 'shadowed' }
  }
  return run.kind === 'answered' ? { kind: 'runs', fingerprint: run.fingerprint } : { kind: 'refused' }
}

function journalOf(entry: Entry, journals: readonly Journal[]): Journal | undefined {
  return journals.find((journal) => journal.entries.some((own) => sameEntry(own, entry)))
}

function ownerOf({ id, owner }: Journal, { stale }: TableFacts): ViewedEntry['owner'] {
  return { face: owner.face, name: ownerWords(owner), ended: stale.has(id) }
}

function ownerText(owner: ViewedEntry['owner'], links: Links): string {
  if (owner === null) return ''
  if (owner.face === 'cli') return 'ours'
  return owner.ended ? `left behind by ${owner.name}: ${links.command} restore --stale` : `ours, for ${owner.name}`
}

const behindWords = {
  shadowed: 'shadowed by another entry',
  partly: 'shadowed by another entry, but for AppImages',
  refused: 'programs it matches do not run',
  unknown: 'no probe for it',
  disabled: 'disabled',
  native: 'never used: this machine runs these programs itself',
}

/** The table in words. */
export function viewText(facts: TableFacts, links: Links): string {
  const lost = facts.lost.map(lostText)
  const table = facts.mounted ? tableWords(facts, links) : unseenText(facts)
  return [table, ...(lost.length === 0 ? [] : ['', ...lost])].join('\n')
}

function tableWords(facts: TableFacts, links: Links): string {
  const view = viewOf(facts)
  const switchedOff = facts.enabled ? [] : ['binfmt_misc is switched off (status): the kernel ignores every entry']
  if (view.length === 0) return [...switchedOff, 'the table is empty: no foreign programs are handled here'].join('\n')
  const rows = view.map(({ entry, target, rules, behind, file, owner }) => [
    printable(entry.name),
    target === null
      ? entry.extension === undefined
        ? '-'
        : `.${printable(entry.extension)}`
      : `${target}${rules === 'wide' ? ', wide' : ''}`,
    entry.flags === '' ? '-' : printable(entry.flags),
    behind.kind === 'runs' ? emulatorWords(behind.fingerprint) : behindWords[behind.kind],
    `${printable(entry.interpreter, 4096)}${file === null ? ' (no program there now)' : ''}`,
    ownerText(owner, links),
  ])
  const fingerprints = view.flatMap(({ entry, behind }) =>
    behind.kind === 'runs'
      ? [`${behind.fingerprint.sha256}  ${printable(entry.name)}  ${printable(behind.fingerprint.path, 4096)}`]
      : [],
  )
  const proofs = fingerprints.length === 0 ? [] : ['', 'sha256 of what runs:', ...fingerprints]
  return [
    ...switchedOff,
    tableText([['entry', 'target', 'flags', 'what runs', 'interpreter', ''], ...rows]),
    ...proofs,
  ].join('\n')
}

/** Programs that run although no table is mounted here: by the table of the container's host. */
function unseenRuns({ mounted, runs }: TableFacts): { target: string; fingerprint: LocatedEmulator }[] {
  if (mounted) return []
  return runs.flatMap(({ target, run }) =>
    run.kind === 'answered' && !run.native ? [{ target, fingerprint: run.fingerprint }] : [],
  )
}

function unseenText(facts: TableFacts): string {
  const runs = unseenRuns(facts)
  if (runs.length === 0) return 'binfmt_misc is not mounted: no foreign programs are handled here'
  const rows = runs.map(({ target, fingerprint }) => [
    target,
    emulatorWords(fingerprint),
    printable(fingerprint.path, 4096),
  ])
  return [
    'binfmt_misc is not mounted here, so its entries cannot be seen; these programs run all the same (in a container: by entries of the host):',
    tableText([['target', 'what runs', 'interpreter'], ...rows]),
  ].join('\n')
}

/** The JSON of `status --json`. */
export function viewJson(facts: TableFacts): object {
  const entries = viewOf(facts).map(({ entry, target, rules, behind, file, journal, owner }) => ({
    entry: entry.name,
    enabled: entry.enabled,
    target,
    rules,
    interpreter: entry.interpreter,
    flags: entry.flags,
    magic: entry.magic,
    mask: entry.mask,
    offset: entry.offset,
    behind: behind.kind,
    fingerprint: behind.kind === 'runs' ? behind.fingerprint : null,
    file,
    journal,
    owner,
  }))
  const lost = facts.lost.map(lostJson)
  return { mounted: facts.mounted, enabled: facts.enabled, entries, unseen: unseenRuns(facts), lost }
}
