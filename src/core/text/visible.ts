// Untrusted text on its way to a terminal, a log or a page: what these would execute instead of showing is escaped. Sources: ECMA-48 (control
// characters, of which U+0080 to U+009F are the same as ESC and a letter), Unicode's UAX #9 (direction), GFM, and GitHub's runner, for which
// `::name::` at the start of a line and `##[name]` anywhere in it are commands. And the colours of texts for people.

/** Control characters, line separators, and those that change the direction of what follows. */
const unsafe = /[\p{Cc}\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/gu
/** The same without tabs and line feeds. */
const unsafeInLines = new RegExp(`(?![\\t\\n])${unsafe.source}`, 'gu')
/** The same without our own colours: other colours could hide text. */
const unsafeOrPainted = new RegExp(`(${String.fromCharCode(27)}\\[(?:0|1|31|32|33)m)|${unsafeInLines.source}`, 'gu')

function escaped(character: string): string {
  const code = character.charCodeAt(0)
  const short = { 8: '\\b', 9: '\\t', 10: '\\n', 12: '\\f', 13: '\\r' }[code]
  return short ?? `\\u${code.toString(16).padStart(4, '0')}`
}

/** Text for one line: everything unsafe is escaped, as in JSON. */
export function visible(text: string): string {
  return text.replace(unsafe, escaped)
}

/** Lines for a terminal: everything unsafe except tabs is escaped. */
export function visibleLines(text: string): string {
  return text.replace(unsafeInLines, escaped)
}

/** The same for lines that we have coloured. */
export function paintedLines(text: string): string {
  return text.replace(unsafeOrPainted, (character, kept: string | undefined) => kept ?? escaped(character))
}

/** JSON as one line that is safe for a terminal and a log; its value is the same. */
export function visibleJson(json: string): string {
  return visibleLines(json).replaceAll('##[', '#\\u0023[')
}

/** Lines for the log of a runner, none of which is a command. */
export function inertLines(text: string): string {
  return visibleLines(text)
    .replace(/^(\s*):(?=:)/gm, '$1: ')
    .replaceAll('##[', '## [')
}

/** Text within GitHub-flavoured Markdown, also in a cell of a table: one line that shows as it is. */
export function markdownText(text: string): string {
  return text.replace(/\s*\n\s*/g, ' ').replace(/[\\|<>`*_[\]]/g, '\\$&')
}

export type Colour = 'red' | 'green' | 'yellow' | 'bold'

/** Text in a colour, or as it is. */
export type Paint = (colour: Colour, text: string) => string

/** The text as it is, for output without colours. */
export const withoutColour: Paint = (_, text) => text
