// Registers again, field by field, the entries of others that a container replaced, from the record made before it ran.
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
  /** What is lost for good: reported once. */
  readonly lost: readonly string[]
  /** What failed for a reason that can be fixed: worth another try. */
  readonly failed: readonly string[]
}

/** Errors that are about the machine, not the entry. */
const retryable: ReadonlySet<SetupErrorCode> = new Set(['binfmt-read-only', 'no-rights', 'internal'])

/**
 * Whether registering an entry again would get the same emulator, as far as we can tell: with F the kernel opens the interpreter at once, so its
 * file must exist; the emulator of an image does not exist here.
 */
function isOpenable(entry: ListedEntry): boolean {
  return !entry.flags.includes('F') || existsSync(entry.interpreter)
}

/** The replaced entry that a container's entry is indistinguishable from and that cannot be registered again: removing it would leave nothing. */
export function indistinguishableFrom(entry: Entry, replaced: readonly RecordedEntry[]): RecordedEntry | undefined {
  return replaced.find((other) => sameEntry(other, entry) && !isOpenable(other))
}

/** Leaves such entries of a container in place, each enabled or disabled like the one it replaced. Returns a message for each. */
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
      // enabled, it would run programs that it did not run before
      const errno = await disableEntry(entry, root)
      return errno === undefined
        ? `${words}; it is disabled, as that was`
        : `${words}; that was disabled, and disabling this answered ${errno}`
    }),
  )
}

/** What else matters for reinstating entries. */
export interface ReinstateContext {
  readonly others: readonly Journal[]
  /** Journals that are undone together with this one, so that their entries are about to go. */
  readonly ending?: readonly Journal[]
  /** Entries whose names are taken only until the next try. */
  readonly blocked?: readonly RecordedEntry[]
}

/**
 * Reinstates entries (given newest first), enabled or disabled as they were; an unchanged one is left alone. They are registered oldest first, as
 * originally: if an older one must wait, so must the newer ones that overlap it. Never throws for an entry.
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
  // enabled, it would run programs that it did not run before
  const { inode: before, ...registered } = entry
  await removeEntry(registered, root)
  return { text: `${describe(entry)} was disabled, and disabling it again answered ${errno}`, retryable: true }
}

/** How a warning names an entry of others. */
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
