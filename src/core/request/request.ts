// What a person asked for, whichever face it came through: words in, one Request out.

import type { Catalog, Host } from '../model/catalog.js'
import { type EngineName, engineNames } from '../model/engine-name.js'
import { SetupError } from '../model/errors.js'
import { type Rules, unmatchable } from '../model/rule.js'
import type { Platform } from '../model/targets.js'
import { cpuOf } from './cpu-models.js'
import { conflict, hashesOf, type Login, loginOf, versionAskedOf, type Wanted, wantedOf } from './emulator-source.js'
import { addressesOf, booleanOf, choiceOf, minutesOf, oneOf, sysrootOf, wordsOf } from './input-values.js'
import { type Choice, type InputTexts, inputTexts } from './inputs.js'
import { type AskedPlatforms, type Provable, platformsOf } from './platform-list.js'

/** What is to be done about an entry that runs a target's programs already: take precedence over it, leave it in force, or be red. */
export type Policy = Choice<'if-registered'>
/** What to do while another job uses a platform with another emulator. */
export type ConflictPolicy = Choice<'on-conflict'>
/** For whom the entries hold: the machine, or a namespace of the job's own. */
export type TableScope = Choice<'scope'>

export interface Request extends AskedPlatforms {
  readonly wanted: Wanted
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
  /** Base addresses of Debian archives, tried first and in this order. */
  readonly mirrors: readonly string[]
  /** Base addresses that stand in for an image's registry, tried first and in this order. */
  readonly registryMirrors: readonly string[]
  /** For the image's own registry; null: what the machine's docker configuration has. */
  readonly registryLogin: Login | null
  /** Engines in whose containers the proof is made too. */
  readonly verifyIn: readonly EngineName[]
  /** With C: setuid programs of the guest keep their rights, so that sudo works. */
  readonly credentials: boolean
  /** Which programs an entry matches. */
  readonly rules: Rules
  /** No network at all. */
  readonly offline: boolean
  /** The GitHub cache is used beside the tool cache. */
  readonly cache: boolean
  readonly scope: TableScope
  /** The root whose libraries dynamic programs use, as an absolute path; null: none. */
  readonly sysroot: string | null
  /** The CPU that is emulated, as QEMU_CPU takes it; null: the emulator's default. */
  readonly cpu: string | null
}

/** A request as an action's inputs or the command line's options give it; '' means not given. */
export type RequestWords = InputTexts<'request'>

/** Nothing given. */
export const noWords: RequestWords = inputTexts('request', () => '')

/**
 * Reads a request. `platforms` is a list separated by commas or white space, or `all`: every OCI platform that can be proven and, where
 * the emulators come from the catalog, that it serves for this version and host.
 * Throws `unknown-platform`, `unknown-version`, `not-in-catalog`, `invalid-input` (also for a target that the rules cannot match), `invalid-image`.
 */
export function parseRequest(words: RequestWords, catalog: Catalog, host: Host, provable: Provable): Request {
  const wanted = wantedOf(words, catalog)
  const version = versionAskedOf(words, wanted)
  const sha256s = hashesOf(words, wanted)
  const ifRegistered = policyOf(words, wanted, version !== null || sha256s.length > 0)
  refuseUnusedRegistry(words, wanted)
  const scope = scopeOf(words, wanted)
  const rules = rulesOf(words.rules, wanted)
  const asked = platformsOf(words.platforms, wanted, catalog, host, provable)
  refuseUnmatchable(asked.platforms, rules)
  return {
    ...asked,
    wanted,
    version,
    sha256s,
    ifRegistered,
    onConflict: choiceOf('on-conflict', words.onConflict),
    waitSeconds: 60 * minutesOf('conflict-wait-minutes', words.conflictWaitMinutes),
    surviveRestart: booleanOf('survive-restart', words.surviveRestart),
    mirrors: addressesOf(
      'mirror',
      words.mirror,
      'the folder that holds "pool", for example https://mirror.example/debian',
    ),
    registryMirrors: addressesOf('registry-mirror', words.registryMirror, 'for example https://registry.example'),
    registryLogin: loginOf(words),
    verifyIn: enginesOf(words.verifyIn),
    credentials: booleanOf('credentials', words.credentials),
    rules,
    offline: booleanOf('offline', words.offline),
    cache: booleanOf('cache', words.cache),
    scope,
    sysroot: sysrootOf(words.sysroot),
    cpu: cpuOf(words.cpu),
  }
}

/** `conditions`: something says which emulator an entry must have. */
function policyOf({ ifRegistered }: RequestWords, wanted: Wanted, conditions: boolean): Policy {
  const policy = choiceOf('if-registered', ifRegistered)
  const comparable = (wanted.kind !== 'image' && wanted.kind !== 'container') || conditions
  if (policy === 'keep' && !comparable) {
    throw conflict(
      'if-registered is keep, and nothing says which emulator of the image an entry must have to be kept',
      'add qemu-version or sha256',
    )
  }
  if (wanted.kind === 'container' && wanted.reset && policy !== 'shadow')
    throw conflict(
      `reset is true, and if-registered is ${policy}: one removes what is there, the other does not`,
      'leave one of the two out',
    )
  return policy
}

/** An engine pulls by its own configuration, so that these words would change nothing. Never shows them. */
function refuseUnusedRegistry(words: RequestWords, wanted: Wanted): void {
  if (wanted.kind !== 'container') return
  const login = words.registryUsername !== '' || words.registryPassword !== ''
  if (!login && words.registryMirror.trim() === '') return
  throw conflict(
    `${login ? 'registry-username and registry-password' : 'registry-mirror'} would have no effect: method is container, and the engine pulls the image by its own configuration`,
    login
      ? 'log in before (docker login), or leave method out: then the image is read with them'
      : 'set the mirror in the configuration of the engine, or leave method out',
  )
}

/** The scope; what only has a meaning for the machine's table goes with it alone. */
function scopeOf(words: RequestWords, wanted: Wanted): TableScope {
  const scope = choiceOf('scope', words.scope)
  if (scope === 'host') return scope
  if (wanted.kind === 'container')
    throw conflict(
      'method is container and scope is private: a container engine registers for the machine',
      'leave one of the two out',
    )
  if (booleanOf('survive-restart', words.surviveRestart))
    throw conflict(
      'survive-restart is true and scope is private: no restart of systemd-binfmt reaches a private table',
      'leave survive-restart out',
    )
  if (words.verifyIn.trim() !== '')
    throw conflict(
      'verify-in is given and scope is private: containers of an engine do not see a private table',
      'leave one of the two out',
    )
  return scope
}

function rulesOf(word: string, wanted: Wanted): Rules {
  const rules = choiceOf('rules', word)
  if (rules === 'wide' && wanted.kind === 'container')
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
