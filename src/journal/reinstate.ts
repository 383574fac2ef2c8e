// Registers again, field by field, what a container replaced: entries of others, from the record that was made before it ran.
import { existsSync } from 'node:fs'
import type { Journal, RecordedEntry } from '../core/journal/journal.js'
import { isClaimedBy, olderOverlap, overtakenBy, reinstatementOf } from '../core/journal/recorded-entry.js'
import { type Entry, type ListedEntry, sameEntry } from '../core/model/entry.js'
import { asSetupError, type SetupErrorCode } from '../core/model/errors.js'
import { printable } from '../core/model/targets.js'
import { disableEntry, readEntry, readTable, register, removeEntry } from '../system/binfmt.js'
import type { Root } from '../system/root.js'

export interface Reinstated {
  readonly putBack: readonly string[]
  /** What cannot be had back, whatever is done: told once. */
  readonly lost: readonly string[]
  /** What failed for a reason that can be mended: to be tried again. */
  readonly failed: readonly string[]
}

/** Reasons that lie in the machine, not in the entry. */
const retryable: ReadonlySet<SetupErrorCode> = new Set(['binfmt-read-only', 'no-rights', 'internal'])

/**
 * Whether registering an entry anew gives the same emulator as far as anybody can tell: the kernel opens the interpreter of one with F at once,
 * so that its file must be there; the emulator of an image is not.
 */
export function isOpenable(entry: ListedEntry): boolean {
  return !entry.flags.includes('F') || existsSync(entry.interpreter)
}

/** What a container's entry replaced, where it reads like that and nothing else can be had in its place: removed, nothing could follow it. */
export function indistinguishableFrom(entry: Entry, replaced: readonly RecordedEntry[]): RecordedEntry | undefined {
  return replaced.find((other) => sameEntry(other, entry) && !isOpenable(other))
}

/** Leaves such entries of a container where they are, each in the state of the one that it replaced. Returns the words for each. */
export function leaveIndistinguishable(
  indistinguishable: readonly Entry[],
  replaced: readonly RecordedEntry[],
  root: Root,
): Promise<string[]> {
  return Promise.all(
    indistinguishable.map(async (entry) => {
      const { name, interpreter } = entry
      const words = `${printable(name)} stays as the container made it: it reads like the one before, whose interpreter ${printable(interpreter, 400)} is not there to be registered again`
      if (indistinguishableFrom(entry, replaced)?.enabled !== false) return words
      // in force where it was not before, it could run programs that it should not
      const errno = await disableEntry(entry, root)
      return errno === undefined
        ? `${words}; it is disabled, as that was`
        : `${words}; that was disabled, and disabling this answered ${errno}`
    }),
  )
}

/** What counts beside the entries that are to be put back. */
export interface ReinstateContext {
  readonly others: readonly Journal[]
  /** Journals of which what stands will not stand for long: they are undone together with this one. */
  readonly ending?: readonly Journal[]
  /** Entries whose names are taken only until the next try. */
  readonly blocked?: readonly RecordedEntry[]
}

/**
 * Puts entries back (given the newest first), each with its state; one that stands as it was is left alone. They are registered in the order in which
 * they were made: where an older one must wait, so do the newer ones that match some of the same files. Never throws for an entry.
 */
export async function reinstateAll(
  recorded: readonly RecordedEntry[],
  { others, ending = [], blocked = [] }: ReinstateContext,
  root: Root,
): Promise<Reinstated> {
  const plan = reinstatementOf(recorded, readTable(), others)
  const putBack: string[] = []
  const lost = plan.taken.map((entry) => takenText(entry))
  const failed: string[] = []
  const waiting = [...blocked]
  const isEnding = (entry: ListedEntry) => ending.some((journal) => isClaimedBy(journal, journal, entry))
  for (const entry of plan.register) {
    const older = olderOverlap(entry, recorded, waiting)
    const standing = readTable().filter((other) => !isEnding(other))
    const answer = older === undefined ? await reinstateOne(entry, root) : waitsText(entry, older)
    if (answer === undefined) {
      putBack.push(entry.name)
      lost.push(...overtakenText(entry, overtakenBy(entry, recorded, standing)))
    } else (answer.retryable ? failed : lost).push(answer.text)
    if (answer?.retryable === true) waiting.push(entry)
  }
  return { putBack, lost, failed }
}

function waitsText(entry: RecordedEntry, older: RecordedEntry): { text: string; retryable: boolean } {
  return {
    text: `${describe(entry)} waits for ${printable(older.name)}, which is older and must be registered first`,
    retryable: true,
  }
}

async function reinstateOne(
  entry: RecordedEntry,
  root: Root,
): Promise<{ text: string; retryable: boolean } | undefined> {
  try {
    if (!(await register(entry, root))) return { text: takenText(entry), retryable: false }
  } catch (thrown) {
    const { code, message } = asSetupError(thrown)
    return {
      text: `${describe(entry)} could not be put back: ${printable(message, 400)}`,
      retryable: retryable.has(code),
    }
  }
  if (entry.enabled) return undefined
  const errno = await disableEntry(entry, root)
  if (errno === undefined) return undefined
  // in force where it was not before, it could run programs that it should not
  const { inode: before, ...anew } = entry
  await removeEntry(anew, root)
  return { text: `${describe(entry)} was disabled, and disabling it again answered ${errno}`, retryable: true }
}

/** An entry of somebody else as a warning names it. */
export function describe({ name, interpreter }: ListedEntry): string {
  return `${printable(name)} (interpreter ${printable(interpreter, 400)}), which was there before,`
}

function takenText(entry: RecordedEntry): string {
  const now = readEntry(entry.name)
  const by = now === undefined ? '' : ` (interpreter ${printable(now.interpreter, 400)})`
  return `${describe(entry)} is not put back: somebody else has an entry of that name by now${by}`
}

function overtakenText({ name }: RecordedEntry, lowered: readonly string[]): string[] {
  if (lowered.length === 0) return []
  return [
    `${printable(name)} is put back and takes precedence over ${lowered.map((other) => printable(other)).join(', ')}, which came before it until now`,
  ]
}
