// The kernel's table of foreign formats: /proc/sys/fs/binfmt_misc, read, mounted, written. It belongs to everybody on the machine.
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

/** Whether the table can be reached; the look itself triggers an automount. */
export function isMounted(): boolean {
  return existsSync(registerFile)
}

/** Whether binfmt_misc as a whole is switched on (`status`). */
export function isEnabled(): boolean {
  return readFileSync(join(binfmtFolder, 'status'), 'utf8').trim() !== 'disabled'
}

/** All entries by their names; one that vanishes while we read is left out. */
export function readTable(): ListedEntry[] {
  if (!isMounted()) return []
  return readdirSync(binfmtFolder)
    .filter(isEntryName)
    .map(readEntry)
    .filter((entry) => entry !== undefined)
}

/**
 * All entries in the order of precedence, the newest first. binfmt_misc lists its files in that order (its folder is made of dentries alone,
 * and each new one is put in front), and the kernel chooses in that order; node's readdir would sort them by name.
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

/** Inode of an entry's file; one that is registered anew has another. Undefined when there is none of that name. */
export function inodeOf(name: string): number | undefined {
  return statSync(join(binfmtFolder, name), { throwIfNoEntry: false })?.ino
}

/** One entry as it is now; undefined when there is none of that name. */
export function readEntry(name: string): ListedEntry | undefined {
  try {
    return parseEntry(name, readFileSync(join(binfmtFolder, name), 'utf8'))
  } catch (error) {
    if (errnoName(error) === 'ENOENT') return undefined
    throw error
  }
}

/**
 * Makes the table reachable and sure to be in force; returns whether we mounted it.
 * Throws `binfmt-missing`, `binfmt-not-mounted`, `no-rights`, `binfmt-disabled`.
 */
export async function openTable(root: Root): Promise<boolean> {
  const mounted = await mountTable(root)
  if (isEnabled()) return mounted
  throw disabledTable(binfmtFolder)
}

/** Makes the table reachable; returns whether that took a mount. Throws `binfmt-missing`, `binfmt-not-mounted`, `no-rights`. */
export async function mountTable(root: Root): Promise<boolean> {
  if (isMounted()) return false
  // from Linux 5.18 on the folder itself is there only while the module is loaded
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
  // a file just written is busy while a process forked meanwhile still holds it open
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
 * Switches off an entry that was just registered, as it stays listed; undefined, or the errno. One of that name that somebody else registered
 * meanwhile is left alone (`ENOENT`: ours is gone).
 */
export async function disableEntry(entry: Entry & { extension?: string }, root: Root): Promise<string | undefined> {
  const answer = await writeOwn(entry, root, '0', () => 'ours')
  if (answer === 'written') return undefined
  return isErrno(answer) ? answer : 'ENOENT'
}

/**
 * Removes an entry that reads like `entry`, and has its inode where that is known; undefined when it is gone, or another one has its name by now,
 * else the errno.
 */
export async function removeEntry(
  entry: Entry & { extension?: string; inode?: number },
  root: Root,
): Promise<string | undefined> {
  const answer = await removeOwn(entry, root, () => (entry.inode === undefined ? 'ours' : 'theirs'))
  return isErrno(answer) ? answer : undefined
}

/** What came of removing an entry of ours: an errno when it could not be done. */
export type Removal = 'removed' | NotWritten

type NotWritten = 'gone' | 'not-ours' | 'unsure' | `E${string}`

export function isErrno(removal: Removal | 'written'): removal is `E${string}` {
  return removal.startsWith('E')
}

/**
 * Removes an entry that is still as we noted it. One with another inode than was noted, or with none noted, may have been registered by somebody
 * else in the same words: `decideOwnership` decides, and where that is not to be known it stays.
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

/** How often an entry may change between a look and the write that it allows, before that is taken for a failure (`EBUSY`). */
const maxAttempts = 100

/** Writes to an entry of ours. It is decided upon what was seen, and the write only happens while just that is there: else it is decided again. */
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
