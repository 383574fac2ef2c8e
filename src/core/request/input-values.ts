// Values as people write them in inputs and options: lists, addresses, booleans, choices, hashes.
import { SetupError } from '../model/errors.js'
import { nearest, printable } from '../model/targets.js'

/** A list separated by commas or white space. */
export function wordsOf(text: string): string[] {
  return text.split(/[\s,]+/).filter((word) => word !== '')
}

/** Base addresses, http or https, without a slash at the end. Throws `invalid-input` for what is none. */
export function addressesOf(input: string, text: string, example: string): string[] {
  return wordsOf(text).map((word) => {
    if (!/^https?:\/\/[^/\s]+/.test(word) || !URL.canParse(word)) {
      throw new SetupError('invalid-input', `${input} "${printable(withoutLogin(word))}" is no http or https address`, {
        hint: `name ${example}`,
      })
    }
    return word.replace(/\/+$/, '')
  })
}

/** An address as it may be shown: without the user and password that may stand in it. */
export function withoutLogin(address: string): string {
  return address.replace(/^([^/]*\/\/)[^/]*@/, '$1')
}

/** A boolean as YAML 1.2 writes it; '' is `fallback`. Throws `invalid-input`. */
export function booleanOf(input: string, word: string, fallback: boolean): boolean {
  if (word === '') return fallback
  if (/^(true|True|TRUE)$/.test(word)) return true
  if (/^(false|False|FALSE)$/.test(word)) return false
  throw new SetupError('invalid-input', `${input} is "${printable(word)}"`, { hint: 'write true or false' })
}

/** One of a few words; '' is the first of them. Throws `invalid-input` with the nearest. */
export function oneOf<T extends string>(input: string, word: string, choices: readonly [T, ...T[]] | readonly T[]): T {
  const found = choices.find((choice) => choice === (word === '' ? choices[0] : word))
  if (found !== undefined) return found
  const near = nearest(word, choices)
  throw new SetupError('invalid-input', `${input} is "${printable(word)}"`, {
    hint: `${near === undefined ? '' : `did you mean "${near}"? `}it is one of ${choices.join(', ')}`,
  })
}

/** SHA-256s in hexadecimal, a prefix `sha256:` taken away. Throws `invalid-input` for what is none. */
export function sha256sOf(text: string): string[] {
  return wordsOf(text).map((word) => {
    const hash = /^(?:sha256:)?([0-9a-f]{64})$/.exec(word.toLowerCase())?.[1]
    if (hash !== undefined) return hash
    throw new SetupError('invalid-input', `sha256 "${printable(word)}" is no SHA-256`, {
      hint: 'write its 64 hexadecimal digits, as sha256sum prints them',
    })
  })
}

/** Minutes, whole or with a decimal point, up to a day; '' is `fallback`. Throws `invalid-input`. */
export function minutesOf(input: string, word: string, fallback: number): number {
  if (word === '') return fallback
  const minutes = /^\d{1,4}(\.\d{1,3})?$/.test(word) ? Number(word) : Number.NaN
  if (minutes <= 24 * 60) return minutes
  throw new SetupError('invalid-input', `${input} is "${printable(word)}"`, {
    hint: 'write a number of minutes, at most 1440',
  })
}

/** A root's path; '' is null. Throws `invalid-input` for one that is not absolute or has control characters in it. */
export function sysrootOf(path: string): string | null {
  if (path === '') return null
  const isPlain = path.startsWith('/') && [...path].every((character) => character >= ' ' && character !== '\x7f')
  if (!isPlain || path.length > 1000)
    throw new SetupError('invalid-input', `sysroot "${printable(path)}" cannot be the path of a root`, {
      hint: 'name a folder by a plain path',
    })
  return path.replace(/\/+$/, '') || '/'
}
