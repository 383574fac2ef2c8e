// Shell lines of an input as a file that bash executes, as the runner does with a `run` step. Its folder is removed when this process ends.
import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { SetupError } from '../core/model/errors.js'
import { folderInFirst } from '../system/folder.js'
import { goingFolder, temporaryPrefix } from '../system/temporary-folder.js'

/** A script file, and the command line that executes it. */
export class ShellScript {
  readonly #folder: string
  readonly #forget: () => void

  /** Writes the lines into a new folder in the first of the parents that takes it. Throws `probe-unrunnable` where none does. */
  constructor(lines: string, parents: readonly string[]) {
    const { folder, forget } = goingFolder(() => folderWith(lines, parents))
    this.#folder = folder
    this.#forget = forget
  }

  /** argv of the shell: it ends at the first line that fails, also within a pipe. */
  get words(): readonly string[] {
    return ['bash', '-e', '-o', 'pipefail', join(this.#folder, fileName)]
  }

  /** Removes the file. */
  close(): void {
    this.#forget()
    rmSync(this.#folder, { recursive: true, force: true })
  }
}

const fileName = 'run.sh'

function folderWith(lines: string, parents: readonly string[]): string {
  const made = folderInFirst(parents, temporaryPrefix('compare'), (folder) =>
    writeFileSync(join(folder, fileName), `${lines}\n`),
  )
  if ('folder' in made) return made.folder
  throw new SetupError('probe-unrunnable', `no folder takes the lines of run; tried ${made.answers}`, {
    hint: 'let TMPDIR name a folder that is writable',
  })
}
