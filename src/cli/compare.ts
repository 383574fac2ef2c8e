// `setup-qemu compare`: the same command under several QEMU versions or CPU models.

import { compare } from '../compare/compare.js'
import { compareRequest } from '../core/compare/compare-request.js'
import { comparisonJson, comparisonText } from '../core/compare/comparison-text.js'
import { comparisonStatus } from '../core/compare/expectation.js'
import { SetupError } from '../core/model/errors.js'
import { printable } from '../core/model/targets.js'
import { parseRequest } from '../core/request/request.js'
import { provable } from '../system/machine.js'
import { findProgram } from '../system/program.js'
import { given } from './arguments.js'
import { type CommandCall, machineOf, type Result } from './result.js'
import { platformsOfCommand } from './run.js'

/** Succeeds if the result is as expected. */
export async function compareResult({ rest = [], values, links }: CommandCall): Promise<Result> {
  const [name] = rest
  if (name === undefined)
    throw new SetupError('usage', 'compare is given no command', {
      hint: 'setup-qemu compare --qemu 7.2,10.0,11.1 -- COMMAND, with the command after --',
    })
  const program = findProgram(name)
  if ('errno' in program)
    throw new SetupError('usage', `${printable(name, 200)} cannot be executed: ${program.why}`, {
      hint: 'name a program as a shell would find it',
    })
  const machine = machineOf({ values, links })
  const named = platformsOfCommand(values, name, program.file, machine)
  const inputs = { ...given('compare', 'request', values), platforms: named.join(','), scope: 'private' }
  const { platforms } = parseRequest(inputs, machine.catalog, machine.host, provable)
  const targets = platforms.map(({ target }) => target)
  const request = compareRequest(given('compare', 'comparison', values), machine.catalog, {
    targets,
    host: machine.host,
  })
  const asRoot = values['as-root'] === true
  const comparison = await compare({ ...request, asRoot, inputs, file: program.file, argv: rest }, machine)
  const json = comparisonJson(comparison)
  const status = comparisonStatus(json.outcome, json.expect)
  return { text: comparisonText(comparison), json, ok: json.ok, status }
}
