// A build log as whole lines out of portions of any size, without what terminals and CI systems put between the words. Sources: ECMA-48
// for control sequences; GitHub's runner for the time stamps (RFC 3339 and a blank before each line).

/** How much of a line without an end is kept back; a longer one is read in several chunks, as the same line. */
const longestPending = 1 << 16
/** How much of such a chunk is repeated in the next one, so that no message is cut in two. */
const overlap = 1 << 10

/** Part of a log, each character one byte. */
export interface LogChunk {
  readonly text: string
  /** The number of its first line, counted from 1. */
  readonly firstLine: number
}

/** Splits text that comes in portions of any size into chunks that end with a whole line. */
export class LogSplitter {
  #pending = ''
  #line = 1

  /** The lines that are complete now, as one chunk; undefined when there is none. */
  add(portion: string): LogChunk | undefined {
    const text = this.#pending + portion
    const end = text.lastIndexOf('\n') + 1
    if (end > 0) {
      this.#pending = text.slice(end)
      return this.#chunk(text.slice(0, end))
    }
    if (text.length <= longestPending) {
      this.#pending = text
      return undefined
    }
    this.#pending = text.slice(-overlap)
    return { text, firstLine: this.#line }
  }

  /** What is left when nothing more comes. */
  end(): LogChunk | undefined {
    return this.#pending === '' ? undefined : { text: this.#pending, firstLine: this.#line }
  }

  /** Lines that are complete so far. */
  get lines(): number {
    return this.#line - 1
  }

  #chunk(text: string): LogChunk {
    const firstLine = this.#line
    for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) this.#line++
    return { text, firstLine }
  }
}

const [nul, backspace, bell, verticalTab, esc, last] = [0, 8, 7, 11, 27, 31].map((code) => String.fromCharCode(code))
/** Control sequences of terminals, and control characters other than tab and line feed. */
const controls = new RegExp(
  [
    `${esc}(?:\\[[0-?]*[ -/]*[@-~]|\\][^${bell}${esc}\n]*(?:${bell}|${esc}\\\\)|[@-Z\\\\^_])`,
    `[${nul}-${backspace}${verticalTab}-${last}]`,
  ].join('|'),
  'g',
)
const timestamp = /^(?:\xef\xbb\xbf)?\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z /

/** Text without control sequences, and without control characters other than tab and line feed. */
export function plain(text: string): string {
  return text.replace(controls, '')
}

/** A line without its time stamp. */
export function withoutTimestamp(line: string): string {
  return line.replace(timestamp, '')
}

/** Bytes (one a character) as UTF-8 text; invalid ones become U+FFFD. */
export function decoded(bytes: string): string {
  return new TextDecoder().decode(Uint8Array.from(bytes, (character) => character.charCodeAt(0)))
}
