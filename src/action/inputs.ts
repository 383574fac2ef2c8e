// The inputs of both actions, read here and nowhere else.
import { resolve } from 'node:path'
import type { ComparisonInputs } from '../core/compare/compare-request.js'
import { SetupError } from '../core/model/errors.js'
import { booleanOf, choiceOf } from '../core/request/input-values.js'
import {
  type ActionName,
  type ChoiceOf,
  type InputPart,
  type InputTexts,
  inputTexts,
  type RequestInputs,
} from '../core/request/inputs.js'
import { absolutePlaces } from '../system/folder.js'
import { input } from './workflow.js'

export interface Inputs {
  readonly request: RequestInputs
  /** Whether the post step puts everything back. */
  readonly restore: boolean
  /** What to do on a machine that cannot do it. */
  readonly ifUnsupported: ChoiceOf<'if-unsupported'>
  /** Inputs of docker/setup-qemu-action that are given and have nothing to do here; `reset` has, where a container registers. */
  readonly unneeded: readonly ('cache-image' | 'reset')[]
}

/** Inputs of docker/setup-qemu-action that do nothing with the method `direct`. */
const dockerInputs = ['cache-image', 'reset'] as const

/** The inputs of one part as the workflow gives them to an action, or their defaults; '' for those that the action does not have. */
function given<Part extends InputPart>(action: ActionName, part: Part): InputTexts<Part> {
  return inputTexts(part, ({ name, kind, actions, default: fallback = '' }) => {
    if (actions?.includes(action) !== true) return undefined
    const text = input(name) || fallback
    // relative to the workspace, in which steps run
    if (kind === 'places') return absolutePlaces(text)
    return kind === 'path' && text !== '' ? resolve(text) : text
  })
}

/** All inputs. Throws `invalid-input` for `restore` and `if-unsupported`; the others are read by `parseRequest`. */
export function readInputs(): Inputs {
  const request = given('setup', 'request')
  const byContainer = request.method === 'container'
  const { restore, ifUnsupported } = given('setup', 'call')
  return {
    request: { ...request, reset: byContainer ? request.reset : '' },
    restore: booleanOf('restore', restore),
    ifUnsupported: choiceOf('if-unsupported', ifUnsupported),
    unneeded: dockerInputs.filter((name) => input(name) !== '' && !(byContainer && name === 'reset')),
  }
}

/** The inputs of the action `compare`. */
export interface CompareInputs {
  /** Shell lines; never empty. */
  readonly run: string
  /** How to set up for each version. */
  readonly request: RequestInputs
  /** What to compare. */
  readonly comparison: ComparisonInputs
  /** As it was given; '' is the workspace, in which steps run. */
  readonly workingDirectory: string
  /** Whether the step is red when the results are not those expected. */
  readonly failOnDifference: boolean
}

/** All inputs of the action `compare`. Throws `invalid-input` for `run` and `fail-on-difference`; the others are read later. */
export function readCompareInputs(): CompareInputs {
  const { run, workingDirectory, failOnDifference } = given('compare', 'call')
  // the runner itself lets a required input be empty
  if (run === '')
    throw new SetupError('invalid-input', 'the input run is empty', {
      hint: 'write the shell lines that are to be run under each version',
    })
  return {
    run,
    request: given('compare', 'request'),
    comparison: given('compare', 'comparison'),
    workingDirectory,
    failOnDifference: booleanOf('fail-on-difference', failOnDifference),
  }
}
