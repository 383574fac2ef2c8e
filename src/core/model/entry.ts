// One line of binfmt_misc: how it is written to `register`, how the kernel lists it, and which files it matches.
// Source: the kernel's Documentation/admin-guide/binfmt-misc.rst and fs/binfmt_misc.c.
import { SetupError } from './errors.js'

export interface Entry {
  readonly name: string
  readonly interpreter: string
  /** In the kernel's order: a subset of `POCF`. */
  readonly flags: string
  /** Bytes from the start of the file at which the magic is compared. */
  readonly offset: number
  /** Hexadecimal, equally long. */
  readonly magic: string
  readonly mask: string
}

/** An entry as the kernel lists it: magic entries, and extension entries, which we only show. */
export interface ListedEntry extends Entry {
  readonly enabled: boolean
  /** The file-name extension of an `E` entry; then magic and mask are empty. */
  readonly extension?: string
  /** The kernel lists no mask: every bit counts, and `mask` holds that. Registered with that mask it would be listed otherwise. */
  readonly unmasked?: true
}

/** MAX_REGISTER_LENGTH of fs/binfmt_misc.c: a longer line is EINVAL. */
const maxLineBytes = 1920

/** The kernel's order of flags, whatever order they were written in; `C` implies `O`. */
export function kernelFlags(flags: string): string {
  const wanted = new Set(flags)
  if (wanted.has('C')) wanted.add('O')
  return [...'POCF'].filter((flag) => wanted.has(flag)).join('')
}

/**
 * The bytes of one write() to `register`, as text: `:name:M:offset:magic:mask:interpreter:flags`, or `:name:E::extension::interpreter:flags`.
 * The delimiter is a character that no field contains. Throws `interpreter-path-too-long` and `interpreter-path-unusable`.
 */
export function registerLine(entry: Entry & Pick<ListedEntry, 'extension' | 'unmasked'>): string {
  if (/[\n\0]/.test(entry.interpreter) || !entry.interpreter.startsWith('/')) {
    throw new SetupError(
      'interpreter-path-unusable',
      `the kernel cannot list the interpreter ${JSON.stringify(entry.interpreter)}: it must be an absolute path without line breaks`,
      {
        hint: 'choose a cache folder with a plain path (option --cache-dir, or RUNNER_TOOL_CACHE)',
      },
    )
  }
  const { extension } = entry
  const offset = entry.offset === 0 ? '' : String(entry.offset)
  const rule =
    extension === undefined
      ? ['M', offset, escapedBytes(entry.magic), entry.unmasked ? '' : escapedBytes(entry.mask)]
      : ['E', '', extension, '']
  const fields = [entry.name, ...rule, entry.interpreter, entry.flags]
  const words = `${entry.name}${extension ?? ''}${entry.interpreter}`
  const delimiter = [...':|#,;!^~'].find((character) => !words.includes(character))
  if (delimiter === undefined) {
    throw new SetupError(
      'interpreter-path-unusable',
      `the interpreter ${entry.interpreter} contains every character that could separate the fields`,
      {
        hint: 'choose a cache folder with a plain path (option --cache-dir, or RUNNER_TOOL_CACHE)',
      },
    )
  }
  const line = delimiter + fields.join(delimiter)
  const bytes = new TextEncoder().encode(line).length
  // the last byte is left free: some kernels count a terminating NUL
  if (bytes >= maxLineBytes) {
    throw new SetupError(
      'interpreter-path-too-long',
      `the registration of ${entry.name} takes ${bytes} bytes, the kernel allows ${maxLineBytes - 1}: the interpreter's path has ${entry.interpreter.length} characters`,
      {
        hint: 'choose a cache folder with a shorter path (option --cache-dir, or RUNNER_TOOL_CACHE)',
      },
    )
  }
  return line
}

function escapedBytes(hex: string): string {
  return hex.replace(/../g, '\\x$&')
}

/** Reads one file of /proc/sys/fs/binfmt_misc, whose name is `name`; undefined when the text is no entry. */
export function parseEntry(name: string, text: string): ListedEntry | undefined {
  const lines = text.split('\n')
  const enabled = lines[0] === 'enabled'
  if (!enabled && lines[0] !== 'disabled') return undefined
  const value = (key: string) => lines.find((line) => line.startsWith(key))?.slice(key.length)
  const interpreter = value('interpreter ')
  if (interpreter === undefined) return undefined
  const flags = (value('flags: ') ?? '').trim()
  const extension = value('extension .')
  if (extension !== undefined) return { name, enabled, interpreter, flags, offset: 0, magic: '', mask: '', extension }
  const offset = Number(value('offset ') ?? Number.NaN)
  const magic = value('magic ') ?? ''
  const listedMask = value('mask ')
  const mask = listedMask ?? 'ff'.repeat(magic.length / 2)
  const wellFormed =
    Number.isSafeInteger(offset) && offset >= 0 && /^([0-9a-f]{2})+$/.test(magic) && mask.length === magic.length
  if (!wellFormed || !/^[0-9a-f]+$/.test(mask)) return undefined
  const entry = { name, enabled, interpreter, flags, offset, magic, mask }
  return listedMask === undefined ? { ...entry, unmasked: true } : entry
}

/** Whether the kernel would choose this entry for a file that starts with `head`: `((file ^ magic) & mask) == 0`. */
export function matches(rule: { magic: string; mask: string; offset?: number }, head: Uint8Array): boolean {
  const start = rule.offset ?? 0
  const length = rule.magic.length / 2
  if (length === 0 || head.length < start + length) return false
  for (let i = 0; i < length; i++) {
    const magic = Number.parseInt(rule.magic.slice(2 * i, 2 * i + 2), 16)
    const mask = Number.parseInt(rule.mask.slice(2 * i, 2 * i + 2), 16)
    if ((((head[start + i] ?? 0) ^ magic) & mask) !== 0) return false
  }
  return true
}

/** Equal in everything that was registered, `enabled` aside: the test of "still ours, byte for byte". */
export function sameEntry(a: Entry & { extension?: string }, b: Entry & { extension?: string }): boolean {
  return (
    a.name === b.name &&
    a.extension === b.extension &&
    a.interpreter === b.interpreter &&
    a.flags === b.flags &&
    a.offset === b.offset &&
    a.magic === b.magic &&
    a.mask === b.mask
  )
}

/** Names to try for a target's entry, in order: the usual one, then names of our own beside it. */
export function* entryNames(target: string): Generator<string> {
  yield `qemu-${target}`
  yield `setup-qemu-${target}`
  for (let n = 2; n <= 999; n++) yield `setup-qemu-${target}-${n}`
}

/** An entry as it stands in a table. A name that is registered anew, even with the same words, has another inode. */
export interface StandingEntry extends ListedEntry {
  readonly inode: number
}

/** What decides which files an entry matches. */
type EntryRule = Pick<ListedEntry, 'magic' | 'mask' | 'offset' | 'extension'>

/** Whether some file could match both entries, so that their order matters. */
export function overlap(a: EntryRule, b: EntryRule): boolean {
  if (a.extension !== undefined || b.extension !== undefined) return a.extension === b.extension
  const [first, second] = [bitsOf(a), bitsOf(b)]
  for (const [at, { bits, mask }] of first) {
    const other = second.get(at)
    if (other !== undefined && ((bits ^ other.bits) & mask & other.mask) !== 0) return false
  }
  return true
}

function bitsOf({ magic, mask, offset }: EntryRule): Map<number, { bits: number; mask: number }> {
  const byteAt = (hex: string, at: number) => Number.parseInt(hex.slice(2 * at, 2 * at + 2), 16)
  const at = Array.from({ length: magic.length / 2 }, (_, index) => index)
  return new Map(at.map((index) => [offset + index, { bits: byteAt(magic, index), mask: byteAt(mask, index) }]))
}
