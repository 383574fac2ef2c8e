// `setup-qemu help` and `setup-qemu completion`.

import { commands } from '../core/cli/command-table.js'
import { completionScript, shells } from '../core/cli/completion.js'
import { commandHelp, helpText } from '../core/cli/help.js'
import { versionsOf } from '../core/model/catalog.js'
import { SetupError } from '../core/model/errors.js'
import { nearest, printable } from '../core/model/targets.js'
import { knownProblems } from '../problems/known-problems.js'
import { catalog } from '../system/machine.js'
import type { Call } from './arguments.js'
import type { Result } from './result.js'

/** The whole help text, or that of one command. */
export async function helpResult({ operands }: Call): Promise<Result> {
  const [name, ...others] = operands
  if (others.length > 0)
    throw new SetupError('usage', `help takes one command, got ${operands.length}`, { hint: 'setup-qemu help COMMAND' })
  const help = name === undefined ? helpText() : commandHelp(name)
  if (help !== undefined) return { text: help, json: { help }, ok: true }
  const near = nearest(name ?? '', Object.keys(commands))
  throw new SetupError('usage', `there is no command "${printable(name ?? '')}"`, {
    hint: near === undefined ? 'setup-qemu --help lists them' : `did you mean "${near}"?`,
  })
}

/** The completion script for a shell. */
export async function completionResult({ operands }: Call): Promise<Result> {
  const shell = shells.find((one) => one === operands[0])
  if (shell === undefined || operands.length > 1)
    throw new SetupError('usage', `completion takes the name of a shell, got "${printable(operands.join(' '))}"`, {
      hint: 'setup-qemu completion bash, or setup-qemu completion zsh',
    })
  const script = completionScript(shell, { versions: versionsOf(catalog), ids: knownProblems.map(({ id }) => id) })
  return { text: script.trimEnd(), json: { shell, script }, ok: true }
}
