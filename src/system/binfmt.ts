// Reads, mounts and writes the kernel's table of foreign formats, /proc/sys/fs/binfmt_misc, which the whole machine shares.
import { existsSync, opendirSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { isEntryName, type JournalEntry } from '../core/journal/journal.js'
import { disabledTable, missingTable, refusedEntry, unmountedTable } from '../core/machine/table-refusal.js'
import {
  type Entry,
  type ListedEntry,
  parseEntry,
  registerLine,
  type StandingEntry,
  sameEntry,
} from '../core/model/entry.js'
import { type CommandResult, errnoName, errnoOfText } from './command.js'
import { noexecMountOf, readConfinement } from './confinement.js'
import type { Root } from './root.js'
import { lookAt, type SeenFile } from './seen-file.js'

export const binfmtFolder = '/proc/sys/fs/binfmt_misc'
const registerFile = join(binfmtFolder, 'register')

/** Whether the table can be reached; checking triggers an automount. */
export function isMounted(): boolean {
  return existsSync(registerFile)
}

/** Whether binfmt_misc as a whole is switched on (`status`). */
export function isEnabled(): boolean {
  return readFileSync(join(binfmtFolder, 'status'), 'utf8').trim() !== 'disabled'
}

/** All entries, by name; one that vanishes while we read is left out. */
export function readTable(): ListedEntry[] {
  if (!isMounted()) return []
  return readdirSync(binfmtFolder)
    .filter(isEntryName)
    .map(readEntry)
    .filter((entry) => entry !== undefined)
}

/**
 * All entries in order of precedence, newest first. binfmt_misc lists its files in that order (its folder consists only of dentries, and each new one
 * goes to the front), and the kernel chooses in that order; node's readdir would sort them by name.
 */
export function tableByPrecedence(): StandingEntry[] {
  if (!isMounted()) return []
  return namesNewestFirst().flatMap((name) => {
    const inode = inodeOf(name)
    const entry = readEntry(name)
    return entry === undefined || inode === undefined ? [] : [{ ...entry, inode }]
  })
}

function namesNewestFirst(): string[] {
  const folder = opendirSync(binfmtFolder)
  const names: string[] = []
  try {
    for (let file = folder.readSync(); file !== null; file = folder.readSync()) names.push(file.name)
  } finally {
    folder.closeSync()
  }
  return names.filter(isEntryName)
}

/** Inode of an entry's file; an entry registered again has another. Undefined when there is no entry of that name. */
export function inodeOf(name: string): number | undefined {
  return statSync(join(binfmtFolder, name), { throwIfNoEntry: false })?.ino
}

/** One entry as it is now; undefined when there is no entry of that name. */
export function readEntry(name: string): ListedEntry | undefined {
  try {
    return parseEntry(name, readFileSync(join(binfmtFolder, name), 'utf8'))
  } catch (error) {
    if (errnoName(error) === 'ENOENT') return undefined
    throw error
  }
}

/**
 * Mounts the table if necessary, and makes sure that it is in force; returns whether we mounted it.
 * Throws `binfmt-missing`, `binfmt-not-mounted`, `no-rights`, `binfmt-disabled`.
 */
export async function openTable(root: Root): Promise<boolean> {
  const mounted = await mountTable(root)
  if (isEnabled()) return mounted
  throw disabledTable(binfmtFolder)
}

/** Mounts the table if necessary; returns whether we did. Throws `binfmt-missing`, `binfmt-not-mounted`, `no-rights`. */
export async function mountTable(root: Root): Promise<boolean> {
  if (isMounted()) return false
  // from Linux 5.18 on the folder exists only while the module is loaded
  if (!existsSync(binfmtFolder)) {
    const modprobe = await root.run('modprobe', ['binfmt_misc'])
    if (!existsSync(binfmtFolder)) throw missingTable(binfmtFolder, saidBy(modprobe), readConfinement())
  }
  const result = await root.run('mount', ['-t', 'binfmt_misc', 'binfmt_misc', binfmtFolder])
  if (result.status === 0 && isMounted()) return true
  const refused = /permission denied|not permitted|must be superuser/i.test(result.stderr)
  const answer = { said: saidBy(result), refused, missing: result.errno === 'ENOENT' }
  throw unmountedTable(binfmtFolder, answer, readConfinement())
}

function saidBy({ errno, stderr, status }: CommandResult): string {
  return errno ?? (stderr.trim().split('\n')[0]?.replace(/\.$/, '') || `exit status ${status}`)
}

/** Unmounts the table again; undefined, or what went wrong. */
export async function unmountTable(root: Root): Promise<string | undefined> {
  const result = await root.run('umount', [binfmtFolder])
  return result.status === 0 ? undefined : errnoOfText(result)
}

/**
 * Registers one entry; false when the name is taken. Throws `entry-refused`, `interpreter-gone`, `binfmt-read-only`, `no-rights`, `interpreter-path-too-long`.
 */
export async function register(
  entry: Entry & Pick<ListedEntry, 'extension' | 'unmasked'>,
  root: Root,
): Promise<boolean> {
  const line = registerLine(entry)
  let errno = await root.writeKernelFile(registerFile, line)
  // a file just written is busy while a process forked in between still has it open
  for (let tries = 0; errno === 'ETXTBSY' && tries < 100; tries++) {
    await new Promise((resolve) => setTimeout(resolve, 10))
    errno = await root.writeKernelFile(registerFile, line)
  }
  if (errno === undefined) return true
  if (errno === 'EEXIST') return false
  const { name, interpreter } = entry
  throw refusedEntry({ name, interpreter, noexec: noexecMountOf(interpreter) }, binfmtFolder, errno, readConfinement())
}

/**
 * Disables an entry that was just registered; it stays listed. Undefined, or the errno. One of that name that others registered meanwhile is left
 * alone (`ENOENT`: ours is gone).
 */
export async function disableEntry(entry: Entry & { extension?: string }, root: Root): Promise<string | undefined> {
  const answer = await writeOwn(entry, root, '0', () => 'ours')
  if (answer === 'written') return undefined
  return isErrno(answer) ? answer : 'ENOENT'
}

/**
 * Removes an entry that equals `entry`, and has its inode if that is known; undefined when it is gone or another one has its name now, else the
 * errno.
 */
export async function removeEntry(
  entry: Entry & { extension?: string; inode?: number },
  root: Root,
): Promise<string | undefined> {
  const answer = await removeOwn(entry, root, () => (entry.inode === undefined ? 'ours' : 'theirs'))
  return isErrno(answer) ? answer : undefined
}

/** The result of removing an entry of ours: an errno if that failed. */
export type Removal = 'removed' | NotWritten

type NotWritten = 'gone' | 'not-ours' | 'unsure' | `E${string}`

/** Whether a removal or a write failed, with the name of its errno. */
export function isErrno(removal: Removal | 'written'): removal is `E${string}` {
  return removal.startsWith('E')
}

/**
 * Removes an entry that is still as we recorded it. One with another inode than recorded, or with none recorded, may be an equal entry of others:
 * `decideOwnership` decides, and if that cannot be known it stays.
 */
export async function removeOwn(
  entry: Entry & Pick<JournalEntry, 'extension' | 'inode'>,
  root: Root,
  decideOwnership: () => Ownership,
): Promise<Removal> {
  const answer = await writeOwn(entry, root, '-1', decideOwnership)
  return answer === 'written' ? 'removed' : answer
}

type Ownership = 'ours' | 'theirs' | 'unsure'

/** How often an entry may change between our look and our write before we give up (`EBUSY`). */
const maxAttempts = 100

/** Writes to an entry of ours. We decide by what we saw, and write only while exactly that is still there: otherwise we decide again. */
async function writeOwn(
  entry: Entry & Pick<JournalEntry, 'extension' | 'inode'>,
  root: Root,
  word: '0' | '-1',
  decideOwnership: () => Ownership,
): Promise<'written' | NotWritten> {
  const whose = ({ text, inode }: SeenFile): Ownership => {
    const listed = parseEntry(entry.name, text)
    if (listed === undefined || !sameEntry(listed, entry)) return 'theirs'
    return entry.inode === inode ? 'ours' : decideOwnership()
  }
  for (let attempt = 0; attempt < maxAttempts; attempt++) {
    const seen = see(entry.name)
    if (typeof seen === 'string') return seen === 'ENOENT' ? 'gone' : seen
    const found = whose(seen)
    if (found !== 'ours') return found === 'theirs' ? 'not-ours' : found
    const written = await root.writeSeen(seen, word)
    if (written === undefined) return 'written'
    if (written === 'ENOENT') return 'gone'
    if (written !== 'other' && written !== 'ETXTBSY') return written
  }
  return 'EBUSY'
}

function see(name: string): SeenFile | `E${string}` {
  try {
    return lookAt(join(binfmtFolder, name))
  } catch (error) {
    return errnoName(error) as `E${string}`
  }
}
