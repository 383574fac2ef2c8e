// The kernel's own steps when a file is executed, followed without executing it. Sources: fs/exec.c, fs/binfmt_misc.c, which comes before the
// other formats, fs/binfmt_script.c and fs/binfmt_elf.c of the kernel; for the loader under an emulator QEMU's linux-user/elfload.c.
import type { ListedEntry } from '../model/entry.js'
import { entryInForce, isFor, matchingEntries } from '../model/entry-in-force.js'
import { type ElfProgram, headBytes, type Program, programOf } from '../model/program.js'
import type { ProbeRun } from '../probe/probe-run.js'
import type { EmulatorInForce, Forecast, Lookup, Step, Surroundings, Verdict, Why } from './forecast.js'
import { loaderErrno, loaderRefusal, pathFrom } from './program-loader.js'
import { type TableFacts, viewOf } from './table-view.js'

/** The kernel follows at most five formats, each leading to the next. */
const mostScripts = 5

/** What happens when `path` is executed there. */
export function forecastOf(path: string, surroundings: Surroundings): Forecast {
  const steps: Step[] = []
  let at = path
  for (let depth = 0; depth <= mostScripts; depth++) {
    const found = surroundings.lookup(at)
    const next =
      found.kind === 'file' && found.executable
        ? stepOf(at, found, surroundings, steps)
        : refusedFile(found, at, surroundings, steps)
    if (next.kind !== 'on') {
      // the emulator is one more format, and the limit is reached
      const isTooDeep = depth === mostScripts && next.kind !== 'fails' && steps.some(({ kind }) => kind === 'entry')
      return { path, root: surroundings.root, steps, verdict: isTooDeep ? tooDeep(at) : next }
    }
    at = pathFrom(surroundings.cwd, next.interpreter)
  }
  return { path, root: surroundings.root, steps, verdict: tooDeep(at) }
}

function sealed(path: string): Verdict {
  return { kind: 'unknown', why: { kind: 'file-sealed', path, errno: 'EACCES' } }
}

function tooDeep(path: string): Verdict {
  return fails('ELOOP', { kind: 'scripts-too-deep', path })
}

type Next = Verdict | { readonly kind: 'on'; readonly interpreter: string }
type FileLookup = Extract<Lookup, { kind: 'file' }>

function fails(errno: string, why: Why): Verdict {
  return { kind: 'fails', errno, why }
}

function refusedFile(found: Lookup, at: string, { cwd }: Surroundings, steps: readonly Step[]): Verdict {
  const script = steps.at(-1)
  if (script?.kind === 'file' && script.program.kind === 'script') {
    const { interpreter } = script.program
    if (interpreter === '')
      return fails('EACCES', { kind: 'script-odd', path: script.path, fault: 'its #! line names no interpreter' })
    const isRelative = !interpreter.startsWith('/')
    const named = { path: script.path, interpreter, cwd: isRelative ? cwd : null }
    if (found.kind === 'missing') return fails(found.errno, { kind: 'script-interpreter-missing', ...named })
  }
  if (found.kind === 'missing') {
    const { errno } = found
    return fails(errno, { kind: 'file-missing', path: at, errno, ...(found.at === undefined ? {} : { at: found.at }) })
  }
  if (found.kind === 'unreadable') return fails(found.errno, { kind: 'file-unreadable', path: at, errno: found.errno })
  if (found.kind === 'sealed') return sealed(at)
  if (found.kind === 'folder') return fails('EACCES', { kind: 'file-folder', path: at, errno: 'EACCES' })
  const blocked = found.blocked === undefined ? {} : { blocked: found.blocked }
  return fails('EACCES', { kind: 'file-not-executable', path: at, errno: 'EACCES', ...blocked })
}

function stepOf(at: string, found: FileLookup, around: Surroundings, steps: Step[]): Next {
  const program = programOf(found.read)
  steps.push({ kind: 'file', path: at, program })
  const [winner, ...shadowed] = matchingEntries(around.facts, [{ head: found.read(0, headBytes), path: at }])
  if (winner !== undefined) return byEntry(winner, shadowed, at, program, around, steps)
  if (program.kind === 'script') return { kind: 'on', interpreter: program.interpreter }
  if (program.kind === 'odd-script') return fails('ENOEXEC', { kind: 'script-odd', path: at, fault: program.fault })
  if (program.kind !== 'elf') return fails('ENOEXEC', { kind: 'no-program', path: at, what: program.kind })
  return withoutEntry(at, program, around, steps)
}

function byEntry(
  winner: ListedEntry,
  shadowed: readonly ListedEntry[],
  at: string,
  program: Program,
  around: Surroundings,
  steps: Step[],
): Verdict {
  const isHeldOpen = winner.flags.includes('F')
  const run = runUnder(winner, around.facts, program)
  const emulator = isHeldOpen ? heldOpenBy(winner, run, around) : openedBy(winner, run, around)
  steps.push({ kind: 'entry', winner, shadowed, emulator: isEmulator(emulator) ? emulator : null })
  if (emulator !== null && !isEmulator(emulator)) return emulator
  const refusal = emulator === null ? undefined : emulatorRefusal(winner, emulator, around)
  const verdict = refusal ?? unansweredProbe(winner, emulator, run, around)
  if (verdict !== undefined) return verdict
  if (program.kind !== 'elf') return { kind: 'emulated', entry: winner, emulator }
  return under(winner, emulator, refusalOf(at, program, around, steps))
}

function under(entry: ListedEntry | null, emulator: EmulatorInForce | null, why: Why | undefined): Verdict {
  return why === undefined ? { kind: 'emulated', entry, emulator } : { kind: 'breaks', entry, emulator, why }
}

/** Why an emulator cannot run a program. */
function refusalOf(path: string, program: ElfProgram, around: Surroundings, steps: Step[]): Why | undefined {
  const fault = program.fault ?? program.lack
  return fault === undefined ? loaderRefusal(path, program, around, steps) : { kind: 'damaged', path, fault }
}

function isEmulator(value: EmulatorInForce | Verdict | null): value is EmulatorInForce {
  return value !== null && 'sha256' in value
}

/** A probe run for which the entry is in force: preferably of the program's own target, then one that answered. */
function runUnder(winner: ListedEntry, facts: TableFacts, program: Program): ProbeRun | undefined {
  const own = facts.runs.filter((probed) => entryInForce(facts, probed) === winner)
  const alike = own.find(({ target }) => program.kind === 'elf' && program.target === target)
  return (alike ?? own.find(({ run }) => run.kind === 'answered') ?? own[0])?.run
}

/** The verdict for an emulator that starts but answers no probe: in this root, or anywhere if the kernel holds it open. */
function unansweredProbe(
  winner: ListedEntry,
  emulator: EmulatorInForce | null,
  run: ProbeRun | undefined,
  { root }: Surroundings,
): Verdict | undefined {
  if (root !== null && !winner.flags.includes('F')) return undefined
  if (run?.kind !== 'ended' && run?.kind !== 'silent') return undefined
  const output = run.kind === 'ended' ? run.output : null
  return { kind: 'breaks', entry: winner, emulator, why: { kind: 'probe-unanswered', output } }
}

/** The emulator that an entry with F holds open: known if a probe ran under it. */
function heldOpenBy(
  winner: ListedEntry,
  run: ProbeRun | undefined,
  { facts }: Surroundings,
): EmulatorInForce | Verdict | null {
  if (run === undefined) return null
  if (run.kind === 'refused') return fails(run.errno, { kind: 'probe-refused', entry: winner, errno: run.errno })
  if (run.kind !== 'answered') return null
  const { fingerprint } = run
  const here = facts.files.get(winner.interpreter)?.path
  const elsewhere = run.heldOpen === true || here !== fingerprint.path
  const where = fingerprint.path.endsWith(' (deleted)') ? 'deleted' : elsewhere ? 'elsewhere' : 'held'
  return { ...fingerprint, where }
}

/** Without F the interpreter is a path, looked up in the root of the process that executes the program. */
function openedBy(winner: ListedEntry, run: ProbeRun | undefined, around: Surroundings): EmulatorInForce | Verdict {
  const found = around.lookup(winner.interpreter)
  if (found.kind === 'missing')
    return fails(found.errno, { kind: 'emulator-missing', entry: winner, root: around.root })
  if (found.kind === 'sealed') return sealed(winner.interpreter)
  if (found.kind !== 'file' || !found.executable) {
    const fault =
      found.kind === 'folder'
        ? 'is a folder'
        : found.kind === 'file'
          ? 'is not executable'
          : `cannot be read (${found.errno})`
    return fails('EACCES', { kind: 'emulator-unrunnable', entry: winner, fault })
  }
  const emulator = around.identify(winner.interpreter)
  if (run?.kind !== 'answered') return emulator
  // an unknown emulator told its version when a probe ran under the same bytes
  if (run.fingerprint.sha256 === emulator.sha256) return { ...run.fingerprint, path: emulator.path, where: 'opened' }
  // a wrapper: the probe showed what it leads to, if it is executed here
  return around.root === null ? { ...run.fingerprint, where: 'opened' } : emulator
}

/** The verdict for an emulator that cannot start: a dynamic one needs its own loader in the program's root. */
function emulatorRefusal(winner: ListedEntry, { where }: EmulatorInForce, around: Surroundings): Verdict | undefined {
  if (where !== 'opened' && (around.root === null || where !== 'held')) return undefined
  const found = around.lookup(winner.interpreter)
  if (found.kind !== 'file') return undefined
  const program = programOf(found.read)
  if (program.kind === 'script') return undefined
  if (program.kind !== 'elf')
    return fails('ENOEXEC', { kind: 'emulator-unrunnable', entry: winner, fault: 'is no program' })
  if (program.loader === null || around.lookup(program.loader).kind !== 'missing') return undefined
  return fails('ENOENT', {
    kind: 'emulator-unrunnable',
    entry: winner,
    fault: `is dynamic, and its loader ${program.loader} is not there`,
  })
}

function withoutEntry(at: string, program: ElfProgram, around: Surroundings, steps: Step[]): Verdict {
  if (program.fault !== undefined) return fails('ENOEXEC', { kind: 'damaged', path: at, fault: program.fault })
  if (program.type !== 2 && program.type !== 3)
    return fails('ENOEXEC', { kind: 'damaged', path: at, fault: `its ELF type is ${program.type}: it is no program` })
  const run = around.facts.runs.find(({ target }) => target === program.target)?.run
  if (run?.kind === 'answered' && run.native) {
    const why = loaderRefusal(at, { ...program, target: null }, { ...around, prefix: null }, steps)
    if (why !== undefined) return fails(loaderErrno(why), why)
    if (program.lack === undefined) return { kind: 'native' }
    return { kind: 'breaks', entry: null, emulator: null, why: { kind: 'damaged', path: at, fault: program.lack } }
  }
  if (run?.kind === 'answered' && !around.facts.mounted && program.matchesRule) {
    const emulator: EmulatorInForce = { ...run.fingerprint, where: 'elsewhere' }
    steps.push({ kind: 'unseen', emulator })
    return under(null, emulator, refusalOf(at, program, around, steps))
  }
  return fails('ENOEXEC', noHandler(at, program, around))
}

function noHandler(path: string, program: ElfProgram, { facts, lookup }: Surroundings): Why {
  const found = lookup(path)
  const head = found.kind === 'file' ? found.read(0, headBytes) : new Uint8Array()
  const lost = facts.lost.find(({ entry }) => isFor({ ...entry, enabled: true }, { head, path })) ?? null
  if (!facts.mounted) return { kind: 'not-mounted', program, lost }
  if (!facts.enabled) return { kind: 'switched-off', program }
  const disabled = facts.table.find((entry) => !entry.enabled && isFor(entry, { head, path }))
  if (disabled !== undefined) return { kind: 'entry-disabled', entry: disabled.name, program }
  const isServed = viewOf(facts).some(
    ({ target, behind }) => target !== null && target === program.target && behind.kind === 'runs',
  )
  if (isServed || !program.matchesRule) return { kind: 'rule-misses', path, program }
  return { kind: 'no-entry', path, program, lost }
}
