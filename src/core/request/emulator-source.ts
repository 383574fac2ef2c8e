// The source of the emulators that the inputs of a request name, and the conditions that an emulator must meet.

import { type Catalog, versionNamed, versionShaped } from '../model/catalog.js'
import type { EngineName } from '../model/engine-name.js'
import { SetupError } from '../model/errors.js'
import { type ImageReference, parseImageReference, referenceText } from '../model/image-reference.js'
import { printable } from '../model/targets.js'
import { booleanOf, choiceOf, sha256sOf } from './input-values.js'
import type { RequestInputs } from './inputs.js'

/** Where the emulators come from. */
export type EmulatorSource =
  /** The catalog, by an exact version: aliases are resolved. */
  | { readonly kind: 'catalog'; readonly qemuVersion: string }
  /** This machine: an entry that works already, else an installed executable. */
  | { readonly kind: 'host' }
  /** An executable, or a folder of executables. */
  | { readonly kind: 'path'; readonly path: string }
  /** The executables of an OCI image, read from its registry. */
  | { readonly kind: 'image'; readonly image: ImageReference }
  /** What a privileged container of this image registers. Without an engine it is the first installed one. `reset` removes all `qemu-*` entries first. */
  | {
      readonly kind: 'container'
      readonly image: ImageReference
      readonly engine: EngineName | null
      readonly reset: boolean
    }

/** User and password for the registry of an image. */
export interface ImageLogin {
  readonly username: string
  readonly password: string
}

/** The source that the inputs name. Throws `invalid-input`, `invalid-image`, `unknown-version`. */
export function sourceOf(inputs: RequestInputs, catalog: Catalog): EmulatorSource {
  const method = choiceOf('method', inputs.method)
  const reset = booleanOf('reset', inputs.reset)
  if (inputs.image !== '' && inputs.path !== '')
    throw conflict('image and path both say where the emulators come from', 'give one of them')
  if (method === 'container') {
    if (inputs.image === '')
      throw conflict('method is container, and no image is named', 'name the image to run, with its digest')
    const image = parseImageReference(inputs.image)
    const engine = inputs.containerEngine === '' ? null : choiceOf('container-engine', inputs.containerEngine)
    return { kind: 'container', image, engine, reset }
  }
  if (reset)
    throw conflict(
      'reset is given, and method is direct: nothing has to be removed first',
      'leave reset out: the new entry takes precedence over what is registered, and deletes nothing',
    )
  if (inputs.containerEngine !== '')
    throw conflict('container-engine is given, and method is direct', 'add method: container, or leave it out')
  if (inputs.image !== '') return { kind: 'image', image: parseImageReference(inputs.image) }
  if (inputs.path !== '') return { kind: 'path', path: inputs.path }
  if (inputs.qemuVersion.trim() === 'host') return { kind: 'host' }
  return { kind: 'catalog', qemuVersion: versionNamed(inputs.qemuVersion, catalog) }
}

/** The version that an emulator from a path or an image must have; null for any. From the catalog, `qemu-version` is a choice and not a condition. */
export function requiredVersionOf({ qemuVersion }: RequestInputs, source: EmulatorSource): string | null {
  const word = qemuVersion.trim()
  if (source.kind === 'catalog' || source.kind === 'host' || word === '' || word === 'default') return null
  const shaped = versionShaped(word)
  if (shaped !== undefined) return shaped
  throw conflict(
    `qemu-version is "${printable(word)}", and the emulators come from ${source.kind === 'path' ? 'path' : 'image'}`,
    'leave qemu-version out, or write the version that they must have (10.2, 10.2.3)',
  )
}

/** SHA-256s of which the emulator must have one; empty for any. Throws `invalid-input`. */
export function hashesOf({ sha256 }: RequestInputs, source: EmulatorSource): string[] {
  const hashes = sha256sOf(sha256)
  if (hashes.length === 0 || source.kind !== 'catalog') return hashes
  throw conflict(
    'sha256 is given, and the emulators come from the catalog, which holds the hash of each',
    'leave it out, or name where the executable is: path, image, or qemu-version: host',
  )
}

/** The user and password for the image's own registry. Throws `invalid-input` if only one is given; messages never show them. */
export function loginOf({ registryUsername, registryPassword }: RequestInputs): ImageLogin | null {
  if (registryUsername === '' && registryPassword === '') return null
  if (registryUsername !== '' && registryPassword !== '')
    return { username: registryUsername, password: registryPassword }
  const [given, absent] = registryUsername === '' ? ['password', 'username'] : ['username', 'password']
  throw conflict(
    `registry-${given} is given, and registry-${absent} is empty`,
    `give both; a secret that this workflow cannot see (a fork, another environment) is empty`,
  )
}

/** The error for two inputs that contradict each other. */
export function conflict(message: string, hint: string): SetupError {
  return new SetupError('invalid-input', message, { hint })
}

/** The source as a heading: `QEMU 11.1.3`, `QEMU of the image ...`. */
export function sourceText(source: EmulatorSource): string {
  switch (source.kind) {
    case 'catalog':
      return `QEMU ${source.qemuVersion}`
    case 'host':
      return "this machine's own QEMU"
    case 'path':
      return `QEMU at ${printable(source.path)}`
    case 'image':
      return `QEMU of the image ${referenceText(source.image)}`
    case 'container':
      return `QEMU, registered by a container of ${referenceText(source.image)},`
  }
}
