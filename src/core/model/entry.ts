// One line of binfmt_misc: how it is written to `register`, how the kernel lists it, and which files it matches.
// Source: the kernel's Documentation/admin-guide/binfmt-misc.rst and fs/binfmt_misc.c.
import { SetupError } from './errors.js'

export interface Entry {
  readonly name: string
  readonly interpreter: string
  /** A subset of `POCF`, in the kernel's order. */
  readonly flags: string
  /** Where in the file the magic is compared, in bytes. */
  readonly offset: number
  /** Magic and mask are hexadecimal and equally long. */
  readonly magic: string
  readonly mask: string
}

/** An entry as the kernel lists it: by magic, or by extension, which we only show. */
export interface ListedEntry extends Entry {
  readonly enabled: boolean
  /** The file-name extension of an `E` entry; then magic and mask are empty. */
  readonly extension?: string
  /** The kernel lists no mask, so every bit counts and `mask` is all ones. Registered with that mask, the entry would be listed differently. */
  readonly unmasked?: true
}

/** MAX_REGISTER_LENGTH of fs/binfmt_misc.c: a longer line is EINVAL. */
const maxLineBytes = 1920

/** Flags in the kernel's order; `C` implies `O`. */
export function kernelFlags(flags: string): string {
  const wanted = new Set(flags)
  if (wanted.has('C')) wanted.add('O')
  return [...'POCF'].filter((flag) => wanted.has(flag)).join('')
}

/**
 * The bytes of one write() to `register`, as text: `:name:M:offset:magic:mask:interpreter:flags`, or `:name:E::extension::interpreter:flags`.
 * The delimiter is a character that occurs in no field. Throws `interpreter-path-too-long` and `interpreter-path-unusable`.
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
  // one byte stays free, as some kernels count a terminating NUL
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

/** Parses a file of /proc/sys/fs/binfmt_misc; undefined when the text is not an entry. */
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

/** Whether two entries are equal in everything that was registered, but not in `enabled`: the test of "still ours, byte for byte". */
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

/** Names to try for a target's entry: the usual one, then our own. */
export function* entryNames(target: string): Generator<string> {
  yield `qemu-${target}`
  yield `setup-qemu-${target}`
  for (let n = 2; n <= 999; n++) yield `setup-qemu-${target}-${n}`
}

/** An entry in a table. If it is registered again, even in the same words, its inode differs. */
export interface StandingEntry extends ListedEntry {
  readonly inode: number
}

/** The fields that decide which files an entry matches. */
type EntryRule = Pick<ListedEntry, 'magic' | 'mask' | 'offset' | 'extension'>

/** Whether a file could match both entries, so that their order matters. */
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
