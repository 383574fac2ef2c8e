// Text of strangers on its way to a terminal, a log or a page: what these would obey instead of showing is escaped. Sources: ECMA-48 (control
// characters, of which U+0080 to U+009F are the same as ESC and a letter), Unicode's UAX #9 (direction), GFM, and GitHub's runner, which takes
// `::name::` at the start of a line and `##[name]` anywhere in it for a command.

/** Control characters, line separators, and those that change the direction of what follows. */
const unsafe = /[\p{Cc}\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/gu
/** The same but for tabs and line feeds. */
const unsafeInLines = new RegExp(`(?![\\t\\n])${unsafe.source}`, 'gu')
/** The same but for the colours that we give ourselves: those of others could hide what stands behind them. */
const unsafeOrPainted = new RegExp(`(${String.fromCharCode(27)}\\[(?:0|1|31|32|33)m)|${unsafeInLines.source}`, 'gu')

function escaped(character: string): string {
  const code = character.charCodeAt(0)
  const short = { 8: '\\b', 9: '\\t', 10: '\\n', 12: '\\f', 13: '\\r' }[code]
  return short ?? `\\u${code.toString(16).padStart(4, '0')}`
}

/** Text for one line: everything that would be obeyed is escaped, as in JSON. */
export function visible(text: string): string {
  return text.replace(unsafe, escaped)
}

/** Lines for a terminal, with nothing but tabs that it obeys. */
export function visibleLines(text: string): string {
  return text.replace(unsafeInLines, escaped)
}

/** The same for lines that we have coloured. */
export function paintedLines(text: string): string {
  return text.replace(unsafeOrPainted, (character, kept: string | undefined) => kept ?? escaped(character))
}

/** JSON in one line for a terminal or a log, where neither obeys anything in it; it stays the same JSON. */
export function visibleJson(json: string): string {
  return visibleLines(json).replaceAll('##[', '#\\u0023[')
}

/** Lines for a runner's log: none of them is a command to it. */
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

/** For texts that go nowhere where colours are seen. */
export const withoutColour: Paint = (_, text) => text
