// Everything that needs root goes through here: done directly when we are root, else by `sudo -n`, with bytes on standard input.
import { closeSync, constants, openSync, renameSync, rmSync, unlinkSync, writeFileSync, writeSync } from 'node:fs'
import { dirname } from 'node:path'
import { SetupError } from '../core/model/errors.js'
import { type CommandResult, command, errnoName, errnoOfText } from './command.js'
import { runProgram } from './exec.js'
import { foreignOwner, makeFolder } from './folder.js'
import { type SeenFile, type Written, writeSeen, writeSeenBy } from './seen-file.js'

export interface Root {
  readonly kind: 'direct' | 'sudo'
  /** Writes `text` to a kernel file by one write(); returns the errno (`EEXIST`), or undefined on success. */
  writeKernelFile(path: string, text: string): Promise<string | undefined>
  /** The same, but only if the file is still the one that was read, with the same text; no other process can replace it in between. */
  writeSeen(seen: SeenFile, text: string): Promise<Written>
  /** Runs a program as root, for at most a minute by default; see `runProgram`. */
  run(file: string, args: readonly string[], options?: { readonly timeoutMs?: number }): Promise<CommandResult>
  /** The command line that runs `file` as root. */
  commandLine(file: string, args: readonly string[]): readonly [file: string, args: readonly string[]]
  /** Writes a small file beside its place and renames it. Makes its folder (0755), which must belong to root. Returns what went wrong, or undefined. */
  writeFile(path: string, text: string): Promise<string | undefined>
  removeFile(path: string): Promise<string | undefined>
}

/**
 * Gets root's rights; throws `no-root` for an ordinary user without passwordless sudo. `folders`: where programs can be put if the temporary folder
 * does not allow executing them.
 */
export async function acquireRoot(...folders: readonly string[]): Promise<Root> {
  if (process.geteuid?.() === 0) return directRoot
  const result = await command('sudo', ['-n', 'true'])
  if (result.status === 0) return sudoRoot(folders)
  const reason = result.errno === undefined ? `sudo -n answered: ${firstLine(result.stderr)}` : 'there is no sudo'
  throw new SetupError(
    'no-root',
    `registering an emulator needs root, this process has user id ${process.geteuid?.() ?? '?'}, and ${reason}`,
    {
      hint: 'run it as root, allow this user to use sudo without a password, or set up with scope: private, which needs neither',
    },
  )
}

function firstLine(text: string): string {
  return text.trim().split('\n')[0] ?? ''
}

const directRoot: Root = {
  kind: 'direct',
  writeKernelFile: async (path, text) => {
    try {
      // no O_CREAT: if the entry is gone, this must fail with ENOENT
      const file = openSync(path, constants.O_WRONLY)
      try {
        writeSync(file, text)
      } finally {
        closeSync(file)
      }
      return undefined
    } catch (error) {
      return errnoName(error)
    }
  },
  writeSeen: async (seen, text) => writeSeen(seen, text),
  run: runProgram,
  commandLine: (file, args) => [file, args],
  writeFile: async (path, text) => {
    const beside = besidePath(path)
    try {
      makeFolder(dirname(path))
      const stranger = foreignOwner(dirname(path))
      if (stranger !== undefined) return stranger
      writeFileSync(beside, text, { mode: 0o644, flag: 'wx' })
      renameSync(beside, path)
      return undefined
    } catch (error) {
      rmSync(beside, { force: true })
      return errnoName(error)
    }
  },
  removeFile: async (path) => {
    // Node 24's rmSync has no errno for some refusals (EROFS)
    try {
      unlinkSync(path)
      return undefined
    } catch (error) {
      const errno = errnoName(error)
      return errno === 'ENOENT' ? undefined : errno
    }
  },
}

function sudoRoot(folders: readonly string[]): Root {
  return {
    kind: 'sudo',
    writeKernelFile: (path, text) => sudoTee(path, text),
    writeSeen: (seen, text) => {
      const run = (file: string, args: readonly string[], input: string) =>
        command('sudo', ['-n', file, ...args], { input })
      return writeSeenBy(run, folders, seen, text)
    },
    run: (file, args, options) => runProgram('sudo', ['-n', file, ...args], options),
    commandLine: (file, args) => ['sudo', ['-n', file, ...args]],
    writeFile: async (path, text) => {
      const beside = besidePath(path)
      const made = await command('sudo', ['-n', 'mkdir', '-p', '-m', '0755', dirname(path)])
      if (made.status !== 0) return errnoOfText(made)
      // in a folder that others can write to, a link could redirect tee
      const stranger = foreignOwner(dirname(path))
      if (stranger !== undefined) return stranger
      const written = await sudoTee(beside, text)
      if (written !== undefined) return written
      const moved = await command('sudo', ['-n', 'mv', '-f', '--', beside, path])
      return moved.status === 0 ? undefined : errnoOfText(moved)
    },
    removeFile: async (path) => {
      const removed = await command('sudo', ['-n', 'rm', '-f', '--', path])
      return removed.status === 0 ? undefined : errnoOfText(removed)
    },
  }
}

async function sudoTee(path: string, text: string): Promise<string | undefined> {
  const result = await command('sudo', ['-n', 'env', 'LC_ALL=C', 'tee', path], { input: text })
  return result.status === 0 ? undefined : errnoOfText(result)
}

function besidePath(path: string): string {
  return `${path}.${process.pid}.part`
}
