// `setup-qemu help`.

import { commands } from '../core/cli/command-table.js'
import { commandHelp, helpText } from '../core/cli/help.js'
import { SetupError } from '../core/model/errors.js'
import { nearest, printable } from '../core/model/targets.js'
import type { CommandCall, Result } from './result.js'

/** The whole help text, or that of one command. */
export function helpResult({ operands, links }: CommandCall): Result {
  const [name, ...others] = operands
  if (others.length > 0)
    throw new SetupError('usage', `help takes one command, got ${operands.length}`, { hint: 'setup-qemu help COMMAND' })
  const help = name === undefined ? helpText(links) : commandHelp(name, links)
  if (help !== undefined) return { text: help, json: { help }, ok: true }
  const near = nearest(name ?? '', Object.keys(commands))
  throw new SetupError('usage', `there is no command "${printable(name ?? '')}"`, {
    hint: near === undefined ? 'setup-qemu --help lists them' : `did you mean "${near}"?`,
  })
}
