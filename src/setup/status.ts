// Reads the kernel's table and finds out what really runs under each entry, by running the probes of the targets that the entries match.
import { realpathSync } from 'node:fs'
import type { ProbedHead, TableFacts } from '../core/explain/table-view.js'
import type { Journal } from '../core/journal/journal.js'
import { lostOf } from '../core/journal/lost-entry.js'
import { identified } from '../core/model/catalog.js'
import type { ListedEntry } from '../core/model/entry.js'
import { type ExecutedFile, isFor } from '../core/model/entry-in-force.js'
import { programsOf, type Rules, ruleNames } from '../core/model/rule.js'
import { targetNamed } from '../core/model/targets.js'
import { isMounted } from '../system/binfmt.js'
import { errnoName } from '../system/command.js'
import { isHolding, readJournals } from '../system/journal-file.js'
import { type Machine, withProbeFolder } from '../system/machine.js'
import { lookUnderTable, runsOf } from '../system/probe-runs.js'
import { sha256OfFile, UnfitFile } from '../system/regular-file.js'
import { tableStateFor, wasInPlace } from '../system/table-identity.js'

/** The facts for `status`, with probe runs of `more` targets too. Changes nothing and needs no root. */
export async function inspectTable(machine: Machine, more: readonly string[] = []): Promise<TableFacts> {
  const mounted = isMounted()
  const programs = [...machine.probes.probes].flatMap(([name, probe]) => programsOf(targetNamed(name), probe))
  const look = await lookUnderTable(programs, (now) => {
    const isMatched = (program: ExecutedFile) => now.table.some((entry) => isFor(entry, program))
    const due = programs.filter((program) => !mounted || more.includes(program.target) || isMatched(program))
    return runsOfAll(due, machine)
  })
  const { table, enabled, seen: runs } = look
  const { here, unmounted } = journalsByTable()
  const files = new Map(table.map((entry) => [entry.interpreter, fileAt(entry, machine)]))
  return {
    table,
    mounted,
    enabled,
    runs,
    files,
    journals: here,
    stale: new Set(here.filter((journal) => !isHolding(journal)).map(({ id }) => id)),
    lost: lostOf({ here, unmounted }, table, (journal) => !isHolding(journal)),
  }
}

/** The journals of the table that is mounted here, and those of tables that were mounted in the same place before. */
function journalsByTable(): { here: Journal[]; unmounted: Journal[] } {
  const states = readJournals().journals.map((journal) => ({ journal, state: tableStateFor(journal) }))
  const here = states.filter(({ state }) => state.kind === 'here').map(({ journal }) => journal)
  const gone = states.filter(({ state }) => state.kind === 'gone').map(({ journal }) => journal)
  return { here, unmounted: gone.filter(wasInPlace) }
}

/** Runs the probes of these programs, grouped by their rules. */
async function runsOfAll(
  programs: readonly { readonly target: string; readonly rules: Rules }[],
  machine: Machine,
): Promise<ProbedHead[]> {
  const runs: ProbedHead[] = []
  for (const rules of ruleNames) {
    const names = programs.filter((program) => program.rules === rules).map(({ target }) => target)
    if (names.length > 0) runs.push(...(await probed(names, rules, machine)))
  }
  return runs
}

/** Runs the probes of some targets, made for these rules. */
async function probed(names: readonly string[], rules: Rules, machine: Machine): Promise<ProbedHead[]> {
  const runs = await withProbeFolder(names, machine, rules, (folder) => runsOf(names, folder))
  return [...runs].map(([target, probe]) => ({ target, ...probe }))
}

/** The file at the interpreter's path now; an entry with F may hold another one open. It is read, never executed. */
function fileAt(entry: ListedEntry, machine: Machine) {
  try {
    const path = realpathSync(entry.interpreter)
    const sha256 = sha256OfFile(path)
    return { path, ...identified(machine.catalog, sha256) }
  } catch (error) {
    if (error instanceof UnfitFile) return null
    if (['ENOENT', 'EACCES', 'ENOTDIR', 'ELOOP'].includes(errnoName(error))) return null
    throw error
  }
}
