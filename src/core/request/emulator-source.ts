// Where emulators are to come from, out of the words of a request: one place, and the conditions that they must meet.

import { type Catalog, versionNamed, versionShaped } from '../model/catalog.js'
import type { EngineName } from '../model/engine-name.js'
import { SetupError } from '../model/errors.js'
import { type ImageReference, parseImageReference, referenceText } from '../model/image-reference.js'
import { printable } from '../model/targets.js'
import { booleanOf, choiceOf, sha256sOf } from './input-values.js'
import type { InputTexts } from './inputs.js'

/** Where the emulators are to come from. */
export type Wanted =
  /** The catalog's, of exactly this version: aliases are resolved. */
  | { readonly kind: 'catalog'; readonly qemuVersion: string }
  /** What this machine has: an entry that works already, else an installed executable. */
  | { readonly kind: 'host' }
  /** An executable, or a folder that holds some. */
  | { readonly kind: 'path'; readonly path: string }
  /** The executables of an OCI image, read from its registry. */
  | { readonly kind: 'image'; readonly image: ImageReference }
  /** What a privileged container of this image registers; no engine named: the first that is there. `reset`: with all `qemu-*` removed before. */
  | {
      readonly kind: 'container'
      readonly image: ImageReference
      readonly engine: EngineName | null
      readonly reset: boolean
    }

/** For a registry. */
export interface Login {
  readonly username: string
  readonly password: string
}

/** What the words name. Throws `invalid-input`, `invalid-image`, `unknown-version`. */
export function wantedOf(words: InputTexts<'request'>, catalog: Catalog): Wanted {
  const method = choiceOf('method', words.method)
  const reset = booleanOf('reset', words.reset)
  if (words.image !== '' && words.path !== '')
    throw conflict('image and path both say where the emulators come from', 'give one of them')
  if (method === 'container') {
    if (words.image === '')
      throw conflict('method is container, and no image is named', 'name the image to run, with its digest')
    const image = parseImageReference(words.image)
    const engine = words.containerEngine === '' ? null : choiceOf('container-engine', words.containerEngine)
    return { kind: 'container', image, engine, reset }
  }
  if (reset)
    throw conflict(
      'reset is given, and method is direct: nothing has to be removed first',
      'leave reset out: the new entry takes precedence over what is registered, and deletes nothing',
    )
  if (words.containerEngine !== '')
    throw conflict('container-engine is given, and method is direct', 'add method: container, or leave it out')
  if (words.image !== '') return { kind: 'image', image: parseImageReference(words.image) }
  if (words.path !== '') return { kind: 'path', path: words.path }
  if (words.qemuVersion.trim() === 'host') return { kind: 'host' }
  return { kind: 'catalog', qemuVersion: versionNamed(words.qemuVersion, catalog) }
}

/** The version that an emulator from elsewhere must have: `qemu-version` is then no choice but a condition. */
export function versionAskedOf({ qemuVersion }: InputTexts<'request'>, wanted: Wanted): string | null {
  const word = qemuVersion.trim()
  if (wanted.kind === 'catalog' || wanted.kind === 'host' || word === '' || word === 'default') return null
  const shaped = versionShaped(word)
  if (shaped !== undefined) return shaped
  throw conflict(
    `qemu-version is "${printable(word)}", and the emulators come from ${wanted.kind === 'path' ? 'path' : 'image'}`,
    'leave qemu-version out, or write the version that they must have (10.2, 10.2.3)',
  )
}

/** The SHA-256s of which the emulator must have one. Throws `invalid-input`. */
export function hashesOf({ sha256 }: InputTexts<'request'>, wanted: Wanted): string[] {
  const hashes = sha256sOf(sha256)
  if (hashes.length === 0 || wanted.kind !== 'catalog') return hashes
  throw conflict(
    'sha256 is given, and the emulators come from the catalog, which holds the hash of each',
    'leave it out, or name where the executable is: path, image, or qemu-version: host',
  )
}

/** User and password for the image's own registry, both or neither. Throws `invalid-input`, and never shows them. */
export function loginOf({ registryUsername, registryPassword }: InputTexts<'request'>): Login | null {
  if (registryUsername === '' && registryPassword === '') return null
  if (registryUsername !== '' && registryPassword !== '')
    return { username: registryUsername, password: registryPassword }
  const [given, absent] = registryUsername === '' ? ['password', 'username'] : ['username', 'password']
  throw conflict(
    `registry-${given} is given, and registry-${absent} is empty`,
    `give both; a secret that this workflow cannot see (a fork, another environment) is empty`,
  )
}

/** Two inputs that contradict each other. */
export function conflict(message: string, hint: string): SetupError {
  return new SetupError('invalid-input', message, { hint })
}

/** What was asked for, for a heading: `QEMU 11.1.3`, `QEMU of the image ...`. */
export function wantedText(wanted: Wanted): string {
  switch (wanted.kind) {
    case 'catalog':
      return `QEMU ${wanted.qemuVersion}`
    case 'host':
      return "this machine's own QEMU"
    case 'path':
      return `QEMU at ${printable(wanted.path)}`
    case 'image':
      return `QEMU of the image ${referenceText(wanted.image)}`
    case 'container':
      return `QEMU, registered by a container of ${referenceText(wanted.image)},`
  }
}
