// How the text of an input or option is read: lists, addresses, booleans, choices, numbers, hashes.
import { SetupError } from '../model/errors.js'
import { nearest, printable } from '../model/targets.js'
import { type BooleanName, type ChoiceName, type ChoiceOf, choicesOf, inputNamed, type NumberName } from './inputs.js'

/** A list separated by commas or white space. */
export function wordsOf(text: string): string[] {
  return text.split(/[\s,]+/).filter((word) => word !== '')
}

/** Base addresses (http or https) without a trailing slash. Throws `invalid-input`. */
export function addressesOf(input: string, text: string, example: string): string[] {
  return wordsOf(text).map((word) => {
    if (!isWebAddress(word)) {
      throw new SetupError(
        'invalid-input',
        `${input} "${printable(shownWord(word))}" is not an http or https address`,
        {
          hint: `name ${example}`,
        },
      )
    }
    return word.replace(/\/+$/, '')
  })
}

/** An address without its user and password, for messages. */
export function withoutLogin(address: string): string {
  return address.replace(/^([^/]*\/\/)[^/]*@/, '$1')
}

/** An address without its login and query, which may hold secrets, for messages about what it answered. */
export function shownAddress(address: string): string {
  return withoutLogin(address).replace(/[?#].*$/s, '')
}

/** What was to be an address, for messages: its password may have a slash, with which it is none. */
function shownWord(word: string): string {
  return shownAddress(word.replace(/^([^/]*\/\/).*@/s, '$1'))
}

/** What `mirror` names: base addresses without a trailing slash, and folders. */
export interface Mirrors {
  readonly addresses: readonly string[]
  readonly folders: readonly string[]
}

/**
 * Reads `mirror`: http and https addresses, and folders as paths that begin with a slash or a dot, or as `file:///srv/qemu`, where a blank or a comma is
 * encoded. Throws `invalid-input`.
 */
export function mirrorsOf(text: string): Mirrors {
  const addresses: string[] = []
  const folders: string[] = []
  for (const word of wordsOf(text)) {
    const folder = folderOf(word)
    if (folder !== undefined) folders.push(folder)
    else if (isWebAddress(word)) addresses.push(word.replace(/\/+$/, ''))
    else
      throw new SetupError(
        'invalid-input',
        `mirror "${printable(shownWord(word))}" is neither an http or https address nor a folder`,
        { hint: 'name an address (https://mirror.example/debian) or a folder (/srv/qemu, ./qemu, file:///srv/qemu)' },
      )
  }
  return { addresses, folders }
}

/** The folder that a word names by a path or a `file:` address; undefined for any other word. */
function folderOf(word: string): string | undefined {
  if (/^(\/|\.\.?(\/|$))/.test(word)) return word
  if (!/^file:\/\/\//.test(word) || !URL.canParse(word)) return undefined
  try {
    const path = decodeURIComponent(new URL(word).pathname)
    return path.includes('\0') ? undefined : path
  } catch {
    return undefined
  }
}

function isWebAddress(word: string): boolean {
  return /^https?:\/\/[^/\s]+/.test(word) && URL.canParse(word)
}

/** The given text, or the default of the input if it is empty. */
function givenOf(name: BooleanName | ChoiceName | NumberName, word: string): string {
  return word === '' ? (inputNamed(name).default ?? '') : word
}

/** A boolean of YAML 1.2; '' is the default, or else false. Throws `invalid-input`. */
export function booleanOf(name: BooleanName, word: string): boolean {
  const given = givenOf(name, word)
  if (/^(true|True|TRUE)$/.test(given)) return true
  if (/^(false|False|FALSE)?$/.test(given)) return false
  throw new SetupError('invalid-input', `${name} is "${printable(word)}"`, { hint: 'write true or false' })
}

/** The chosen value; '' is the default. Throws `invalid-input` with the nearest choice. */
export function choiceOf<Name extends ChoiceName>(name: Name, word: string): ChoiceOf<Name> {
  return oneOf(name, givenOf(name, word), choicesOf(name))
}

/** One of some choices. Throws `invalid-input` with the nearest. */
export function oneOf<T extends string>(input: string, word: string, choices: readonly T[]): T {
  const found = choices.find((choice) => choice === word)
  if (found !== undefined) return found
  const near = nearest(word, choices)
  throw new SetupError('invalid-input', `${input} is "${printable(word)}"`, {
    hint: `${near === undefined ? '' : `did you mean "${near}"? `}it is one of ${choices.join(', ')}`,
  })
}

/** A whole number from 1 to `most`; '' is the default. Throws `invalid-input`. */
export function countOf(name: NumberName, word: string, most: number): number {
  const given = givenOf(name, word)
  const count = /^\d{1,6}$/.test(given.trim()) ? Number(given) : 0
  if (count >= 1 && count <= most) return count
  throw new SetupError('invalid-input', `${name} is "${printable(word)}"`, {
    hint: `write a whole number from 1 to ${most}`,
  })
}

/** SHA-256s in hexadecimal, without a prefix `sha256:`. Throws `invalid-input`. */
export function sha256sOf(text: string): string[] {
  return wordsOf(text).map((word) => {
    const hash = /^(?:sha256:)?([0-9a-f]{64})$/.exec(word.toLowerCase())?.[1]
    if (hash !== undefined) return hash
    throw new SetupError('invalid-input', `sha256 "${printable(word)}" is no SHA-256`, {
      hint: 'write its 64 hexadecimal digits, as sha256sum prints them',
    })
  })
}

/** Minutes, whole or with a decimal point, up to a day; '' is the default. Throws `invalid-input`. */
export function minutesOf(name: NumberName, word: string): number {
  const given = givenOf(name, word)
  const minutes = /^\d{1,4}(\.\d{1,3})?$/.test(given) ? Number(given) : Number.NaN
  if (minutes <= 24 * 60) return minutes
  throw new SetupError('invalid-input', `${name} is "${printable(word)}"`, {
    hint: 'write a number of minutes, at most 1440',
  })
}

/** The path of a root; '' is null. Throws `invalid-input` if it is not absolute or has control characters. */
export function sysrootOf(path: string): string | null {
  if (path === '') return null
  const isPlain = path.startsWith('/') && [...path].every((character) => character >= ' ' && character !== '\x7f')
  if (!isPlain || path.length > 1000)
    throw new SetupError('invalid-input', `sysroot "${printable(path)}" cannot be the path of a root`, {
      hint: 'name a folder by a plain path',
    })
  return path.replace(/\/+$/, '') || '/'
}
