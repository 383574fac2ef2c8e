// Text as one word of a shell command. Source: POSIX.1-2024, Shell Command Language, 2.2 Quoting.
import { visible } from './visible.js'

/**
 * Text as one word of a command that a person copies: quoted only where it must be, and with escapes for what a terminal would obey.
 * With `raw`, as one word of a script that we write: always in single quotes, and every byte as it is, as `$'...'` is younger than some shells.
 */
export function shellWord(text: string, { raw = false }: { readonly raw?: boolean } = {}): string {
  if (!raw && /^[\w./,=+:@-]+$/.test(text)) return text
  // a shell has the escapes of JSON
  if (!raw && visible(text) !== text) return `$'${visible(text.replace(/[\\']/g, '\\$&'))}'`
  return `'${text.replaceAll("'", "'\\''")}'`
}
