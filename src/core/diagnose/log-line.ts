// A build log as lines: whole ones out of pieces of any size, without what terminals and CI systems put between the words. Sources: ECMA-48
// for control sequences; GitHub's runner for the time stamps (RFC 3339 and a blank before each line).

/** How much of a line without an end is held back; the rest of it is looked at piece by piece, as the same line. */
const longestHeld = 1 << 16
/** How much of a piece is seen again with the next one, so that no message is cut in two. */
const overlap = 1 << 10

/** Text of a log, each character one byte, and the number of its first line. */
export interface Piece {
  readonly text: string
  /** From 1 on. */
  readonly firstLine: number
}

/** Makes pieces that end with whole lines out of text that comes in any portions. */
export class LogPieces {
  #held = ''
  #line = 1

  /** The lines that are complete now, as one piece; undefined when there is none. */
  add(portion: string): Piece | undefined {
    const text = this.#held + portion
    const end = text.lastIndexOf('\n') + 1
    if (end > 0) {
      this.#held = text.slice(end)
      return this.#piece(text.slice(0, end))
    }
    if (text.length <= longestHeld) {
      this.#held = text
      return undefined
    }
    this.#held = text.slice(-overlap)
    return { text, firstLine: this.#line }
  }

  /** What is left when nothing more comes. */
  end(): Piece | undefined {
    return this.#held === '' ? undefined : { text: this.#held, firstLine: this.#line }
  }

  /** Lines that are complete so far. */
  get lines(): number {
    return this.#line - 1
  }

  #piece(text: string): Piece {
    const firstLine = this.#line
    for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) this.#line++
    return { text, firstLine }
  }
}

const [nul, backspace, bell, verticalTab, esc, last] = [0, 8, 7, 11, 27, 31].map((code) => String.fromCharCode(code))
/** Control sequences of terminals, and single control characters but tab and line feed. */
const controls = new RegExp(
  [
    `${esc}(?:\\[[0-?]*[ -/]*[@-~]|\\][^${bell}${esc}\n]*(?:${bell}|${esc}\\\\)|[@-Z\\\\^_])`,
    `[${nul}-${backspace}${verticalTab}-${last}]`,
  ].join('|'),
  'g',
)
const timestamp = /^(?:\xef\xbb\xbf)?\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z /

/** Text without control sequences and control characters but tab and line feed. */
export function plain(text: string): string {
  return text.replace(controls, '')
}

/** A line without a time stamp before it. */
export function withoutTimestamp(line: string): string {
  return line.replace(timestamp, '')
}

/** Bytes (one a character) as the UTF-8 text that they are; what is none becomes U+FFFD. */
export function decoded(bytes: string): string {
  return new TextDecoder().decode(Uint8Array.from(bytes, (character) => character.charCodeAt(0)))
}
