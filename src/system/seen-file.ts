// A file of the kernel as we saw it, and writing to it only while it is still that file: we compare and write through one descriptor, so that no other
// file of that name can come in between.
import { closeSync, constants, fstatSync, openSync, readFileSync, writeFileSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { type CommandResult, errnoName, errnoOfNumber, errnoOfText } from './command.js'
import { temporaryParents } from './folder.js'
import { makeTemporary, removeOwnFolder, transientFolder } from './temporary-folder.js'

export interface SeenFile {
  readonly path: string
  readonly device: number
  readonly inode: number
  readonly text: string
}

/** The result of writing: undefined when the kernel took it, `other` when it is another file or text now, else the errno. */
export type Written = 'other' | `E${string}` | undefined

/** Looks at a file. Throws node's file system errors. */
export function lookAt(path: string): SeenFile {
  const file = openSync(path, constants.O_RDONLY)
  try {
    return seen(path, file)
  } finally {
    closeSync(file)
  }
}

function seen(path: string, file: number): SeenFile {
  const { dev, ino } = fstatSync(file)
  return { path, device: dev, inode: ino, text: readFileSync(file, 'utf8') }
}

/** Writes with the rights of this process. */
export function writeSeen(before: SeenFile, word: string): Written {
  try {
    // without O_CREAT, so that an entry that is gone answers ENOENT
    const file = openSync(before.path, constants.O_RDWR)
    try {
      const now = seen(before.path, file)
      if (now.device !== before.device || now.inode !== before.inode || now.text !== before.text) return 'other'
      writeSync(file, word, 0)
      return undefined
    } finally {
      closeSync(file)
    }
  } catch (error) {
    return errnoName(error) as Written
  }
}

type RunWithInput = (file: string, args: readonly string[], input: string) => Promise<CommandResult>

/**
 * The same through the native writer of probes/write, which `run` starts with other rights. While it runs it is in a private folder below the temporary
 * folder or one of `folders`, the first where programs can be executed.
 */
export async function writeSeenBy(
  run: RunWithInput,
  folders: readonly string[],
  { path, device, inode, text }: SeenFile,
  word: string,
): Promise<Written> {
  let refusal = 'EACCES'
  for (const parent of temporaryParents(...folders)) {
    const result = await inFolder(parent, (writer) => run(writer, [path, `${device}`, `${inode}`, word], text))
    if (typeof result !== 'string' && result.stdout.startsWith('setup-qemu: ')) return answerOf(result)
    refusal = typeof result === 'string' ? result : errnoOfText(result)
  }
  // the writer is missing, which says nothing about the file that it should write to
  return (refusal === 'ENOENT' ? 'EACCES' : refusal) as Written
}

/** Gives `work` the writer's path; an errno when it cannot be put there. */
async function inFolder<T>(parent: string, work: (writer: string) => Promise<T>): Promise<T | `E${string}`> {
  const { default: probes } = await import('../data/probes.json', { with: { type: 'json' } })
  const { base64 } = process.arch === 'arm64' ? probes.writers.arm64 : probes.writers.amd64
  let made: ReturnType<typeof transientFolder> | undefined
  try {
    made = transientFolder(() => makeTemporary(parent, 'write'))
    const writer = join(made.folder, 'write')
    writeFileSync(writer, Buffer.from(base64, 'base64'), { mode: 0o755, flag: 'wx' })
    return await work(writer)
  } catch (error) {
    return errnoName(error) as `E${string}`
  } finally {
    made?.forget()
    if (made !== undefined) removeOwnFolder(made.folder)
  }
}

/** What the writer says: see probes/write/amd64.S. */
function answerOf({ stdout, status }: CommandResult): Written {
  if (stdout === 'setup-qemu: wrote\n' && status === 0) return undefined
  if (stdout === 'setup-qemu: other\n' && status === 0) return 'other'
  return status === null || status === 0 ? 'EIO' : (errnoOfNumber(status) as Written)
}
