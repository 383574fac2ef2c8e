// Runs a program under the measurer of probes/measure, which waits for it and writes how it ended and what it took.
import { accessSync, constants, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { constants as osConstants } from 'node:os'
import { join } from 'node:path'
import { SetupError } from '../core/model/errors.js'
import { errnoName, errnoOfNumber } from '../system/command.js'
import { folderInFirst } from '../system/folder.js'
import { goingFolder, temporaryPrefix } from '../system/temporary-folder.js'

/** How a program ended, and what it took; `errno`: it could not be executed. */
export interface Measure {
  readonly status: number | null
  readonly signal: string | null
  readonly errno: string | null
  readonly seconds: number
  readonly cpuSeconds: number
  readonly peakBytes: number
}

const words = 24
const names = new Map(Object.entries(osConstants.signals).map(([name, number]) => [number, name]))

/** A folder with the measurer in it, and its results; `close` removes it. */
export class Measurer {
  readonly #folder: string
  readonly #forget: () => void
  #count = 0

  /** Throws `probe-unrunnable` where none of the folders can hold a program that is executed. */
  constructor(program: Uint8Array, parents: readonly string[]) {
    const { folder, forget } = goingFolder(() => folderFor(program, parents))
    this.#folder = folder
    this.#forget = forget
  }

  close(): void {
    this.#forget()
    rmSync(this.#folder, { recursive: true, force: true })
  }

  /** The command line that runs a program under the measurer, and a function for its result, which is undefined when the run was killed. */
  measured(file: string, argv: readonly string[]): { words: [string, ...string[]]; result: () => Measure | undefined } {
    const place = join(this.#folder, `result-${++this.#count}`)
    return { words: [join(this.#folder, 'measure'), place, file, ...argv], result: () => measureIn(place) }
  }
}

function folderFor(program: Uint8Array, parents: readonly string[]): string {
  const made = folderInFirst(parents, temporaryPrefix('measure'), (folder) => {
    const place = join(folder, 'measure')
    writeFileSync(place, program, { mode: 0o755 })
    // on a file system that is mounted noexec the answer is EACCES, for root too
    accessSync(place, constants.X_OK)
  })
  if ('folder' in made) return made.folder
  throw new SetupError(
    'probe-unrunnable',
    `there is no folder in which the command can be measured; tried ${made.answers}`,
    {
      hint: 'let TMPDIR name a folder that is writable and not mounted noexec',
    },
  )
}

/** The record as probes/measure/amd64.S writes it; wait status as in wait(2), times and memory as in getrusage(2). */
function measureIn(place: string): Measure | undefined {
  let bytes: Buffer
  try {
    bytes = readFileSync(place)
  } catch (error) {
    if (errnoName(error) === 'ENOENT') return undefined
    throw error
  }
  if (bytes.length !== words * 8) return undefined
  const word = (at: number) => Number(bytes.readBigInt64LE(at * 8))
  const [errno, wait] = [word(0), word(1)]
  const signal = wait & 0x7f
  return {
    status: signal === 0 ? (wait >> 8) & 0xff : null,
    signal: signal === 0 ? null : (names.get(signal) ?? `SIG${signal}`),
    errno: errno === 0 ? null : errnoOfNumber(errno),
    seconds: word(4) - word(2) + (word(5) - word(3)) / 1e9,
    cpuSeconds: word(6) + word(8) + (word(7) + word(9)) / 1e6,
    peakBytes: word(10) * 1024,
  }
}
