// A request to compare, read from the command line's options or the action's inputs.
import { type Catalog, emulatorFor, type Host, versionNamed, versionsOf } from '../model/catalog.js'
import { SetupError } from '../model/errors.js'
import type { Target } from '../model/targets.js'
import { booleanOf, choiceOf, countOf, wordsOf } from '../request/input-values.js'
import type { InputTexts } from '../request/inputs.js'
import type { Expectation } from './expectation.js'

/** A comparison as the action's inputs or the command line's options give it; '' means not given. */
export type ComparisonInputs = InputTexts<'comparison'>

/** The platforms that the command needs, and the host. */
export interface ComparePlace {
  readonly targets: readonly Target[]
  readonly host: Host
}

export interface CompareRequest {
  /** From the oldest to the newest. */
  readonly versions: readonly string[]
  /** CPU models; empty: each emulator's own default. */
  readonly cpus: readonly string[]
  /** Runs under each emulator. */
  readonly repeat: number
  /** Whether several run at once. */
  readonly parallel: boolean
  /** Whether to find the first good version with few trials. */
  readonly bisect: boolean
  /** Time limit of a run in seconds; null: none. */
  readonly timeout: number | null
  /** Whether output is part of the result. */
  readonly compareOutput: boolean
  readonly expect: Expectation
}

/**
 * Reads the inputs. Versions are separated by commas or white space and may be prefixes; none named: all of the catalog that have the platforms, or
 * for CPU models its default. CPU models are separated by white space alone, as their properties are by commas. Throws `invalid-input` and `unknown-version`.
 */
export function compareRequest(inputs: ComparisonInputs, catalog: Catalog, where: ComparePlace): CompareRequest {
  const cpus = inputs.cpu.split(/\s+/).filter((word) => word !== '')
  const bisect = booleanOf('bisect', inputs.bisect)
  if (bisect && cpus.length > 0)
    throw new SetupError('invalid-input', 'bisect goes over versions, and CPU models are given too', {
      hint: 'leave cpu out, or bisect',
    })
  return {
    versions: requestedVersions(inputs.qemuVersions, cpus.length > 0, catalog, where),
    cpus,
    repeat: countOf('repeat', inputs.repeat, 1000),
    parallel: booleanOf('parallel', inputs.parallel),
    bisect,
    timeout: inputs.timeout === '' ? null : countOf('timeout', inputs.timeout, 86_400),
    compareOutput: !booleanOf('ignore-output', inputs.ignoreOutput),
    expect: choiceOf('expect', inputs.expect),
  }
}

function requestedVersions(text: string, forCpus: boolean, catalog: Catalog, where: ComparePlace): string[] {
  const inOrder = versionsOf(catalog).reverse()
  const named = wordsOf(text).map((word) => versionNamed(word, catalog))
  if (named.length === 0) return forCpus ? [catalog.default] : serving(inOrder, catalog, where)
  return inOrder.filter((version) => named.includes(version))
}

/** The versions that have an emulator for every platform that any version has one for. */
function serving(versions: readonly string[], catalog: Catalog, { targets, host }: ComparePlace): string[] {
  const has = (version: string, target: Target) => emulatorFor(catalog, version, host, target) !== undefined
  const emulated = targets.filter((target) => versions.some((version) => has(version, target)))
  return versions.filter((version) => emulated.every((target) => has(version, target)))
}
