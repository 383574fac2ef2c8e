// `setup-qemu completion`: the completion script for a shell.
import { completionScript, shells } from '../core/cli/completion.js'
import { versionsOf } from '../core/model/catalog.js'
import { SetupError } from '../core/model/errors.js'
import { printable } from '../core/model/targets.js'
import { knownProblems } from '../problems/known-problems.js'
import { catalog } from '../system/machine.js'
import type { Call } from './arguments.js'
import type { Result } from './result.js'

/** The completion script for a shell. */
export function completionResult({ operands }: Call): Result {
  const shell = shells.find((one) => one === operands[0])
  if (shell === undefined || operands.length > 1)
    throw new SetupError('usage', `completion takes the name of a shell, got "${printable(operands.join(' '))}"`, {
      hint: 'setup-qemu completion bash, or setup-qemu completion zsh',
    })
  const script = completionScript(shell, { versions: versionsOf(catalog), ids: knownProblems.map(({ id }) => id) })
  return { text: script.trimEnd(), json: { shell, script }, ok: true }
}
