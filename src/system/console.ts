// Standard output and standard error: results, progress as lines and on a terminal as a bar with bytes and rate, and what happens when they cannot
// be written.
import { fstatSync, writeSync } from 'node:fs'
import { isatty } from 'node:tty'
import { progressLine } from '../core/text/progress.js'
import { type Colour, inertLines, type Paint, paintedLines, visibleLines } from '../core/text/visible.js'
import { errnoName } from './command.js'
import type { Log, Transfer } from './log.js'

const redrawMs = 100

/** Where lines go. */
export interface Output {
  readonly isTTY?: boolean
  readonly columns?: number
  write(text: string): unknown
}

/**
 * Standard error for when a command writes to it too: node's own stream of a pipe makes that non-blocking for all who have it open, and a program
 * that does not expect this loses what it writes.
 */
export const blockingStderr: Output = {
  isTTY: isatty(2),
  write: (text) => {
    try {
      writeWhole(2, text)
    } catch {
      // nobody reads any more, its disk is full, or somebody else made it non-blocking and it is full: the command goes on without our line
    }
  },
}

/**
 * Lets a set-up go on when its words cannot be written: nobody reads them any more, or the disk behind them is full. Without a listener node throws such
 * an error into whatever goes on, also between an entry and its proof. Progress is lost then; that a result is lost `printed` tells.
 */
export function outliveOutput(): void {
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined)
}

/** Writes a result to standard output; undefined when all of it is written, else the errno. */
export function printed(text: string): Promise<string | undefined> {
  return new Promise((resolve) => {
    const done = (error?: unknown) => resolve(error instanceof Error ? errnoName(error) : undefined)
    // node's own stream waits until a pipe takes more; for a file it takes a part that was written for the whole
    if (isatty(1) || isPipe(1)) process.stdout.write(text, done)
    else {
      try {
        writeWhole(1, text)
        done()
      } catch (error) {
        done(error)
      }
    }
  })
}

function isPipe(file: number): boolean {
  const stat = fstatSync(file)
  return stat.isFIFO() || stat.isSocket()
}

function writeWhole(file: number, text: string): void {
  const bytes = Buffer.from(text)
  for (let at = 0; at < bytes.length; ) at += writeSync(file, bytes, at)
}

/** Lines as they may go to a terminal, or in a step of a workflow to the runner; those for `stream` may be painted, where it takes colours. */
export function shownLines(text: string, stream: { isTTY?: boolean } = {}): string {
  if (process.env.GITHUB_ACTIONS === 'true') return inertLines(text)
  return takesColours(stream) ? paintedLines(text) : visibleLines(text)
}

/** A log on standard error. The bar is drawn only when it is a terminal. */
export function consoleLog(options: { quiet: boolean; verbose: boolean }, stream: Output = process.stderr): Log {
  const bar = new Bar(stream, stream.isTTY === true && !options.quiet)
  const write = (line: string) => {
    bar.clear()
    stream.write(`${shownLines(line)}\n`)
  }
  return {
    info: (line) => {
      if (!options.quiet) write(line)
    },
    detail: (line) => {
      if (options.verbose) write(line)
    },
    output: (line) => {
      if (options.verbose) write(line)
    },
    transfer: (...names) => bar.transfer(names),
  }
}

/** One line for all downloads that go on. */
class Bar {
  readonly #stream: Output
  readonly #shown: boolean
  readonly #names = new Set<string>()
  #bytes = 0
  #expected = 0
  #started = 0
  #drawn = 0

  constructor(stream: Output, shown: boolean) {
    this.#stream = stream
    this.#shown = shown
  }

  transfer(names: readonly string[]): Transfer {
    if (this.#names.size === 0) {
      this.#bytes = 0
      this.#expected = 0
      this.#started = performance.now()
    }
    for (const name of names) this.#names.add(name)
    return {
      expect: (bytes) => {
        this.#expected += bytes
      },
      add: (bytes) => {
        this.#bytes += bytes
        this.#draw()
      },
      end: () => {
        for (const name of names) this.#names.delete(name)
        if (this.#names.size === 0) this.clear()
      },
    }
  }

  clear(): void {
    if (this.#drawn > 0) this.#stream.write('\r\u001b[K')
    this.#drawn = 0
  }

  #draw(): void {
    const now = performance.now()
    if (!this.#shown || now - this.#drawn < redrawMs) return
    this.#drawn = now
    const seconds = (now - this.#started) / 1000
    // a terminal that does not know its width says 0
    const width = this.#stream.columns || 80
    this.#stream.write(`\r\u001b[K${progressLine([...this.#names], this.#bytes, this.#expected, seconds, width)}`)
  }
}

const colours: Readonly<Record<Colour, number>> = { red: 31, green: 32, yellow: 33, bold: 1 }

/** Text in a colour, when the stream is a terminal and NO_COLOR is not set. */
export function coloured(colour: Colour, text: string, stream: { isTTY?: boolean }): string {
  return takesColours(stream) ? `\u001b[${colours[colour]}m${text}\u001b[0m` : text
}

function takesColours({ isTTY }: { isTTY?: boolean }): boolean {
  return isTTY === true && (process.env.NO_COLOR ?? '') === ''
}

/** How words stand out in what goes to a stream. */
export function paintFor(stream: { isTTY?: boolean }): Paint {
  return (colour, text) => coloured(colour, text, stream)
}
