// What will happen when a file is executed, here or in a root, and who is responsible: we look, and never execute the file.
import { readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { forecastOf } from '../core/explain/execve.js'
import type { EmulatorInForce, Forecast, Surroundings } from '../core/explain/forecast.js'
import { type Background, targetOf } from '../core/explain/forecast-text.js'
import { binfmtFolders, databaseFolder, type Origin, originOf, type TextFile } from '../core/explain/origin.js'
import { pathFrom } from '../core/explain/program-loader.js'
import type { TableFacts } from '../core/explain/table-view.js'
import { emulatorOfHash, identified } from '../core/model/catalog.js'
import type { ListedEntry } from '../core/model/entry.js'
import { SetupError } from '../core/model/errors.js'
import { programOf } from '../core/model/program.js'
import { type EmulatorProblem, problemsOf } from '../core/problems/known-problems.js'
import { buildOf, knownProblems } from '../problems/known-problems.js'
import { inspectTable } from '../setup/status.js'
import { errnoName } from '../system/command.js'
import type { Machine } from '../system/machine.js'
import { sha256OfFile, textOfFile, UnfitFile } from '../system/regular-file.js'
import { lookupIn } from './rooted-path.js'

export interface Explained {
  readonly forecast: Forecast
  readonly background: Background
}

/**
 * The forecast for `file`: an absolute path, within `root` if given. Changes nothing and needs no root's rights; runs the probes of the targets that the
 * table serves, and of the file's own target. Throws `invalid-input` for a root that is no folder.
 */
export async function explain(file: string, root: string | null, machine: Machine): Promise<Explained> {
  if (root !== null && !isFolder(root))
    throw new SetupError('invalid-input', `the root ${root} is no folder`, {
      hint: 'name the folder that chroot would be given',
    })
  const lookup = (path: string) => lookupIn(root ?? '/', path)
  // chroot starts in /
  const cwd = root === null ? process.cwd() : '/'
  const facts = await inspectTable(machine, targetsAlong(file, cwd, lookup))
  const surroundings: Surroundings = {
    lookup,
    root,
    cwd,
    facts,
    prefix: process.env.QEMU_LD_PREFIX || null,
    identify: (path) => emulatorAt(path, lookup, machine),
  }
  const forecast = forecastOf(file, surroundings)
  return {
    forecast,
    background: {
      originOf: originsOf(forecast, facts),
      isKnown: (sha256) => emulatorOfHash(machine.catalog, sha256) !== undefined,
      problems: problemsOfRunner(forecast, lookup, machine),
      links: machine.links,
    },
  }
}

/** The known problems of the emulator that will run the file. */
function problemsOfRunner(
  forecast: Forecast,
  lookup: Surroundings['lookup'],
  { catalog, host }: Machine,
): EmulatorProblem[] {
  const { verdict } = forecast
  const emulator = verdict.kind === 'emulated' || verdict.kind === 'breaks' ? verdict.emulator : null
  const target = targetOf(forecast)
  if (emulator === null || target === null) return []
  // the file that the kernel holds open need not be the one at its path here
  const file = { held: emulator.path, opened: lookup(emulator.path).path, deleted: null, elsewhere: null }
  const known = buildOf(emulator, catalog, file[emulator.where])
  return known === undefined ? [] : problemsOf(knownProblems, known, target, host)
}

/** The target of the file, or of the program that its scripts lead to: only its probe shows whether this machine runs it natively. */
function targetsAlong(file: string, cwd: string, lookup: Surroundings['lookup']): string[] {
  let at = file
  for (let depth = 0; depth < 6; depth++) {
    const found = lookup(at)
    if (found.kind !== 'file' || !found.executable) return []
    const program = programOf(found.read)
    if (program.kind !== 'script') return program.kind === 'elf' && program.target !== null ? [program.target] : []
    at = pathFrom(cwd, program.interpreter)
  }
  return []
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() === true
}

function emulatorAt(path: string, lookup: Surroundings['lookup'], machine: Machine): EmulatorInForce {
  const found = lookup(path)
  const sha256 = found.kind === 'file' ? sha256OfFile(found.path) : ''
  return { path, ...identified(machine.catalog, sha256), where: 'opened' }
}

function originsOf({ steps }: Forecast, { journals }: TableFacts): (entry: ListedEntry) => Origin {
  const rules = binfmtFolders.flatMap((folder) => filesIn(folder).filter(({ path }) => path.endsWith('.conf')))
  const database = filesIn(databaseFolder)
  return (entry) => {
    const step = steps.find((one) => one.kind === 'entry' && one.winner === entry)
    const isElsewhere = step?.kind === 'entry' && step.emulator?.where === 'elsewhere'
    return originOf(entry, { journals, rules, database, isElsewhere })
  }
}

/** Larger than any file of rules. */
const longestRules = 1 << 20

/** The readable files of a folder, with their texts; the others tell us nothing about origins. */
function filesIn(folder: string): TextFile[] {
  if (!isFolder(folder)) return []
  return readdirSync(folder)
    .sort()
    .flatMap((name) => {
      const path = join(folder, name)
      try {
        return [{ path, text: textOfFile(path, longestRules) }]
      } catch (error) {
        if (error instanceof UnfitFile || ['ENOENT', 'EACCES', 'ELOOP'].includes(errnoName(error))) return []
        throw error
      }
    })
}
