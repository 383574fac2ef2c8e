// The kernel's table of foreign formats: /proc/sys/fs/binfmt_misc, read, mounted, written. It belongs to everybody on the machine.
import {
  closeSync,
  existsSync,
  fstatSync,
  opendirSync,
  openSync,
  readdirSync,
  readFileSync,
  statSync,
  writeSync,
} from 'node:fs'
import { join } from 'node:path'
import type { StandingEntry } from '../core/container.js'
import { type Entry, type ListedEntry, parseEntry, registerLine, sameEntry } from '../core/entry.js'
import { SetupError } from '../core/errors.js'
import { isEntryName, type JournalEntry } from '../core/journal.js'
import { missingTable, refusedEntry, unmountedTable } from '../core/obstacle.js'
import { type CommandResult, errnoName } from './command.js'
import { noexecMountOf, readConfinement } from './confinement.js'
import { errnoOfText, type Root } from './root.js'

export const binfmtFolder = '/proc/sys/fs/binfmt_misc'
const registerFile = join(binfmtFolder, 'register')

/** Whether the table can be reached; the look itself triggers an automount. */
export function isMounted(): boolean {
  return existsSync(registerFile)
}

/** Device number of the mounted instance: private instances and the host's differ in it. */
export function instanceNumber(): number {
  return statSync(binfmtFolder).dev
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
  throw new SetupError('binfmt-disabled', `${binfmtFolder}/status says disabled: the kernel ignores every entry`, {
    hint: `somebody switched it off for the whole machine (hardening?); switch it on: echo 1 | sudo tee ${binfmtFolder}/status`,
  })
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

/** Switches one entry off, as it stays listed; undefined, or the errno. */
export function disableEntry(name: string, root: Root): Promise<string | undefined> {
  return root.writeKernelFile(join(binfmtFolder, name), '0')
}

/** Removes one entry by name; undefined when it is gone, else the errno. The caller has made sure that it is ours. */
export async function removeEntry(name: string, root: Root): Promise<string | undefined> {
  const errno = await root.writeKernelFile(join(binfmtFolder, name), '-1')
  return errno === 'ENOENT' ? undefined : errno
}

/** What came of removing an entry of ours: an errno when it could not be done. */
export type Removal = 'removed' | 'gone' | 'not-ours' | 'unsure' | `E${string}`

export function isErrno(removal: Removal): removal is `E${string}` {
  return removal.startsWith('E')
}

/**
 * Removes an entry that is still as we noted it. One with another inode than was noted, or with none noted, may have been registered by somebody
 * else in the same words: `whoseAnew` decides, and where that is not to be known it stays. As root the file that is looked at is the one that is
 * written to, so that nobody can put another entry of that name in between.
 */
export async function removeOwn(
  entry: JournalEntry,
  root: Root,
  whoseAnew: () => 'ours' | 'theirs' | 'unsure',
): Promise<Removal> {
  const path = join(binfmtFolder, entry.name)
  const whose = (text: string, inode: number) => {
    const listed = parseEntry(entry.name, text)
    if (listed === undefined || !sameEntry(listed, entry)) return 'theirs'
    return entry.inode === inode ? 'ours' : whoseAnew()
  }
  try {
    if (root.kind === 'direct') return removedByDescriptor(path, whose)
    const found = whose(readFileSync(path, 'utf8'), statSync(path).ino)
    if (found !== 'ours') return found === 'theirs' ? 'not-ours' : found
  } catch (error) {
    const errno = errnoName(error)
    return errno === 'ENOENT' ? 'gone' : (errno as `E${string}`)
  }
  const errno = await removeEntry(entry.name, root)
  return errno === undefined ? 'removed' : (errno as `E${string}`)
}

function removedByDescriptor(
  path: string,
  whose: (text: string, inode: number) => 'ours' | 'theirs' | 'unsure',
): Removal {
  const file = openSync(path, 'r+')
  try {
    const found = whose(readFileSync(file, 'utf8'), fstatSync(file).ino)
    if (found !== 'ours') return found === 'theirs' ? 'not-ours' : found
    writeSync(file, '-1', 0)
    return 'removed'
  } finally {
    closeSync(file)
  }
}
