// The inputs of both actions, read here and nowhere else.
import { resolve } from 'node:path'
import type { CompareWords } from '../core/compare/compare-request.js'
import { SetupError } from '../core/model/errors.js'
import { booleanOf, oneOf } from '../core/request/input-values.js'
import type { RequestWords } from '../core/request/request.js'
import { input } from './workflow.js'

export interface Inputs {
  readonly words: RequestWords
  /** Whether the post step puts everything back. */
  readonly restore: boolean
  /** What to do on a machine that cannot do it. */
  readonly ifUnsupported: 'fail' | 'skip'
  /** Inputs of docker/setup-qemu-action that are given and have nothing to do here; `reset` has, where a container registers. */
  readonly unneeded: readonly ('cache-image' | 'reset')[]
}

/** Inputs of docker/setup-qemu-action that do nothing with the method `direct`. */
const dockerInputs = ['cache-image', 'reset'] as const

/** All inputs. Throws `invalid-input` for `restore` and `if-unsupported`; the others are read by `parseRequest`. */
export function readInputs(): Inputs {
  const byContainer = input('method') === 'container'
  return {
    words: {
      platforms: input('platforms') || 'arm64',
      qemuVersion: input('qemu-version'),
      image: input('image'),
      // relative to the workspace, in which steps run
      path: input('path') === '' ? '' : resolve(input('path')),
      sha256: input('sha256'),
      method: input('method'),
      containerEngine: input('container-engine'),
      reset: byContainer ? input('reset') : '',
      ifRegistered: input('if-registered'),
      onConflict: input('on-conflict'),
      conflictWaitMinutes: input('conflict-wait-minutes'),
      surviveRestart: input('survive-restart'),
      mirror: input('mirror'),
      registryMirror: input('registry-mirror'),
      registryUsername: input('registry-username'),
      registryPassword: input('registry-password'),
      verifyIn: input('verify-in'),
      credentials: input('credentials'),
      rules: input('rules'),
      offline: input('offline'),
      cache: input('cache'),
      scope: input('scope'),
      sysroot: input('sysroot') === '' ? '' : resolve(input('sysroot')),
      cpu: input('cpu'),
    },
    restore: booleanOf('restore', input('restore'), true),
    ifUnsupported: oneOf('if-unsupported', input('if-unsupported'), ['fail', 'skip'] as const),
    unneeded: dockerInputs.filter((name) => input(name) !== '' && !(byContainer && name === 'reset')),
  }
}

/** The inputs of the action `compare`. */
export interface CompareInputs {
  /** Shell lines; never empty. */
  readonly run: string
  readonly platforms: string
  readonly words: CompareWords
  /** As it was given; '' is the workspace, in which steps run. */
  readonly workingDirectory: string
  readonly mirror: string
  readonly offline: string
  /** Whether the step is red when the results are not those expected. */
  readonly failOnDifference: boolean
}

/** All inputs of the action `compare`. Throws `invalid-input` for `run` and `fail-on-difference`; the others are read later. */
export function readCompareInputs(): CompareInputs {
  const run = input('run')
  // the runner itself lets a required input be empty
  if (run === '')
    throw new SetupError('invalid-input', 'the input run is empty', {
      hint: 'write the shell lines that are to be run under each version',
    })
  return {
    run,
    platforms: input('platforms'),
    words: {
      qemu: input('qemu-versions'),
      cpu: input('cpu'),
      repeat: input('repeat'),
      parallel: input('parallel'),
      bisect: input('bisect'),
      timeout: input('timeout'),
      ignoreOutput: input('ignore-output'),
      expect: input('expect'),
    },
    workingDirectory: input('working-directory'),
    mirror: input('mirror'),
    offline: input('offline'),
    failOnDifference: booleanOf('fail-on-difference', input('fail-on-difference'), true),
  }
}
