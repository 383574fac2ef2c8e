// What a person asked for, whichever face it came through: inputs in, one Request out.

import type { Catalog, Host } from '../model/catalog.js'
import { type EngineName, engineNames } from '../model/engine-name.js'
import { SetupError } from '../model/errors.js'
import { type Rules, unmatchable } from '../model/rule.js'
import type { Platform } from '../model/targets.js'
import { cpuOf } from './cpu-models.js'
import {
  conflict,
  type EmulatorSource,
  hashesOf,
  type ImageLogin,
  loginOf,
  requiredVersionOf,
  sourceOf,
} from './emulator-source.js'
import {
  addressesOf,
  booleanOf,
  choiceOf,
  type Mirrors,
  minutesOf,
  mirrorsOf,
  oneOf,
  sysrootOf,
  wordsOf,
} from './input-values.js'
import type { ChoiceOf, RequestInputs } from './inputs.js'
import { type Provable, platformsOf, type RequestedPlatforms } from './platform-list.js'

/** What to do about an existing entry that runs the programs of a target: take precedence over it, leave it in force, or fail. */
export type Policy = ChoiceOf<'if-registered'>
/** What to do while another job uses a platform with another emulator. */
export type ConflictPolicy = ChoiceOf<'on-conflict'>
/** Where the entries apply: on the machine, or in a private namespace of the job. */
export type TableScope = ChoiceOf<'scope'>

export interface Request extends RequestedPlatforms {
  readonly source: EmulatorSource
  /** The version, or a prefix of it, that the emulator must have; null: any. Always null for the catalog, where the hash says more. */
  readonly version: string | null
  /** SHA-256s of which the emulator must have one; empty: any. */
  readonly sha256s: readonly string[]
  readonly ifRegistered: Policy
  readonly onConflict: ConflictPolicy
  /** How long to wait for another job, in seconds. */
  readonly waitSeconds: number
  /** A drop-in keeps the entries when systemd-binfmt is restarted. */
  readonly surviveRestart: boolean
  /** Where emulators are looked for before anywhere else on the network, and the folders with them that need none. */
  readonly mirrors: Mirrors
  /** Base addresses that are asked before an image's registry, in this order. */
  readonly registryMirrors: readonly string[]
  /** For the image's own registry; null: what the machine's docker configuration has. */
  readonly registryLogin: ImageLogin | null
  /** Engines in whose containers the emulators are verified too. */
  readonly verifyIn: readonly EngineName[]
  /** With C: setuid programs of the guest keep their rights, so that sudo works. */
  readonly credentials: boolean
  /** Which programs an entry matches. */
  readonly rules: Rules
  /** Uses no network. */
  readonly offline: boolean
  /** The GitHub cache is used beside the tool cache. */
  readonly cache: boolean
  readonly scope: TableScope
  /** The root whose libraries dynamic programs use, as an absolute path; null: none. */
  readonly sysroot: string | null
  /** The CPU that is emulated, as QEMU_CPU takes it; null: the emulator's default. */
  readonly cpu: string | null
}

/**
 * Reads a request. `platforms` is a list separated by commas or white space, or `all`: every OCI platform that can be proven and, where
 * the emulators come from the catalog, that it serves for this version and host.
 * Throws `unknown-platform`, `unknown-version`, `not-in-catalog`, `invalid-input` (also for a target that the rules cannot match), `invalid-image`.
 */
export function parseRequest(inputs: RequestInputs, catalog: Catalog, host: Host, provable: Provable): Request {
  const source = sourceOf(inputs, catalog)
  const version = requiredVersionOf(inputs, source)
  const sha256s = hashesOf(inputs, source)
  const ifRegistered = policyOf(inputs, source, version !== null || sha256s.length > 0)
  refuseUnusedRegistry(inputs, source)
  const scope = scopeOf(inputs, source)
  const rules = rulesOf(inputs.rules, source)
  const asked = platformsOf(inputs.platforms, source, catalog, host, provable)
  refuseUnmatchable(asked.platforms, rules)
  return {
    ...asked,
    source,
    version,
    sha256s,
    ifRegistered,
    onConflict: choiceOf('on-conflict', inputs.onConflict),
    waitSeconds: 60 * minutesOf('conflict-wait-minutes', inputs.conflictWaitMinutes),
    surviveRestart: booleanOf('survive-restart', inputs.surviveRestart),
    mirrors: mirrorsOf(inputs.mirror),
    registryMirrors: addressesOf('registry-mirror', inputs.registryMirror, 'for example https://registry.example'),
    registryLogin: loginOf(inputs),
    verifyIn: enginesOf(inputs.verifyIn),
    credentials: booleanOf('credentials', inputs.credentials),
    rules,
    offline: booleanOf('offline', inputs.offline),
    cache: booleanOf('cache', inputs.cache),
    scope,
    sysroot: sysrootOf(inputs.sysroot),
    cpu: cpuOf(inputs.cpu),
  }
}

/** `conditions`: a version or hash says which emulator an entry must have. */
function policyOf({ ifRegistered }: RequestInputs, source: EmulatorSource, conditions: boolean): Policy {
  const policy = choiceOf('if-registered', ifRegistered)
  const comparable = (source.kind !== 'image' && source.kind !== 'container') || conditions
  if (policy === 'keep' && !comparable) {
    throw conflict(
      'if-registered is keep, and nothing says which emulator of the image an entry must have to be kept',
      'add qemu-version or sha256',
    )
  }
  if (source.kind === 'container' && source.reset && policy !== 'shadow')
    throw conflict(
      `reset is true, and if-registered is ${policy}: one removes what is there, the other does not`,
      'leave one of the two out',
    )
  return policy
}

/** Refuses registry inputs that would have no effect because an engine pulls the image by its own configuration. Messages never show them. */
function refuseUnusedRegistry(inputs: RequestInputs, source: EmulatorSource): void {
  if (source.kind !== 'container') return
  const login = inputs.registryUsername !== '' || inputs.registryPassword !== ''
  if (!login && inputs.registryMirror.trim() === '') return
  throw conflict(
    `${login ? 'registry-username and registry-password' : 'registry-mirror'} would have no effect: method is container, and the engine pulls the image by its own configuration`,
    login
      ? 'log in before (docker login), or leave method out: then the image is read with them'
      : 'set the mirror in the configuration of the engine, or leave method out',
  )
}

/** The scope. Refuses inputs that only apply to the table of the machine together with a private one. */
function scopeOf(inputs: RequestInputs, source: EmulatorSource): TableScope {
  const scope = choiceOf('scope', inputs.scope)
  if (scope === 'host') return scope
  if (source.kind === 'container')
    throw conflict(
      'method is container and scope is private: a container engine registers for the machine',
      'leave one of the two out',
    )
  if (booleanOf('survive-restart', inputs.surviveRestart))
    throw conflict(
      'survive-restart is true and scope is private: no restart of systemd-binfmt reaches a private table',
      'leave survive-restart out',
    )
  if (inputs.verifyIn.trim() !== '')
    throw conflict(
      'verify-in is given and scope is private: containers of an engine do not see a private table',
      'leave one of the two out',
    )
  return scope
}

function rulesOf(word: string, source: EmulatorSource): Rules {
  const rules = choiceOf('rules', word)
  if (rules === 'wide' && source.kind === 'container')
    throw conflict(
      'rules is wide, and method is container, whose image registers rules of its own',
      'leave method out: then the same emulator is registered with the rule that you ask for',
    )
  return rules
}

function refuseUnmatchable(platforms: readonly Platform[], rules: Rules): void {
  for (const { target } of platforms) {
    const reason = unmatchable(target, rules)
    if (reason !== undefined)
      throw new SetupError('invalid-input', reason, { hint: `set rules to wide, which has a rule for ${target.name}` })
  }
}

/** The engines of `verify-in`, each once. Throws `invalid-input`. */
export function enginesOf(text: string): EngineName[] {
  return [...new Set(wordsOf(text).map((word) => oneOf('verify-in', word, engineNames)))]
}
