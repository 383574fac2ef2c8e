// `setup-qemu run`: one command under one emulator, in a private table, and nothing left behind.

import { constants } from 'node:os'
import { asSetupError, isUsageError, SetupError } from '../core/model/errors.js'
import type { Links } from '../core/model/links.js'
import { printable } from '../core/model/targets.js'
import { errorText } from '../core/report/error-text.js'
import { outcomeText } from '../core/report/outcome-text.js'
import { missingPlatform } from '../core/request/platform-list.js'
import { parseRequest } from '../core/request/request.js'
import { errnoWords } from '../core/text/errno-text.js'
import { PrivateRun, type RunEnd } from '../scope/private-run.js'
import { RunSignals } from '../scope/run-signals.js'
import { blockingStderr, coloured, shownLines } from '../system/console.js'
import { type Machine, provable } from '../system/machine.js'
import { type FoundProgram, findProgram, targetOfProgram } from '../system/program.js'
import { given, type Values } from './arguments.js'
import { type CommandCall, machineOf, type Result } from './result.js'

/** Exit statuses as of env(1) and docker(1). */
const setupFailed = 125
const notExecutable = 126
const notFound = 127

/** Runs the command after `--`. The exit status is that of the command, and a signal that ended it ends this process too. Throws only usage errors. */
export async function runResult({ rest, values, links }: CommandCall): Promise<Result> {
  try {
    return await resultOf(rest ?? [], { values, links })
  } catch (thrown) {
    const error = asSetupError(thrown)
    if (isUsageError(error)) throw error
    blockingStderr.write(`${coloured('red', shownLines(errorText(error, links)), blockingStderr)}\n`)
    return silent(setupFailed)
  }
}

async function resultOf(
  rest: readonly string[],
  { values, links }: Pick<CommandCall, 'values' | 'links'>,
): Promise<Result> {
  const [name, ...args] = rest
  if (name === undefined)
    throw new SetupError('usage', 'run is given no command', {
      hint: 'setup-qemu run --qemu-version 11.1.3 -- COMMAND, with the command after --',
    })
  if (values.json === true)
    throw new SetupError('usage', "run takes no --json: standard output is the command's", {
      hint: 'leave --json out; setup-qemu setup --scope private --json tells what is set up',
    })
  const program = findProgram(name)
  if ('errno' in program) return unstarted(name, program)
  const machine = machineOf({ values, links }, blockingStderr)
  const platforms = platformsOfCommand(values, name, program.file, machine)
  const inputs = { ...given('run', 'request', values), platforms: platforms.join(','), scope: 'private' }
  // a wrong input is reported before anything is made
  const request = parseRequest(inputs, machine.catalog, machine.host, provable)
  const { cacheFolder, owner, log } = machine
  // without --platform it is the platform of the program itself
  const target = values.platform === undefined ? undefined : targetOfProgram(program.file)
  const missing = target && missingPlatform(target, request.platforms, machine.host)
  if (missing !== undefined)
    log.info(
      `warning: ${printable(name)} is a program for ${missing}, which is not emulated here; add --platform ${missing}`,
    )
  const face = { face: 'console', quiet: values.quiet === true, verbose: values.verbose === true } as const
  const task = { request, cacheFolder, owner, links, log: face }
  const run = new PrivateRun({ task, command: [name, ...args], root: values['as-root'] === true, log })
  const signals = new RunSignals(run)
  const end = await run.end().finally(() => signals.stop())
  return ended(end, name, links)
}

/** The platforms of `--platform`, or else the one that the program of the command is built for. */
export function platformsOfCommand({ platform }: Values, name: string, file: string, machine: Machine): string[] {
  if (platform !== undefined) return platform
  const target = targetOfProgram(file)
  if (target !== undefined && !target.oci.includes(`linux/${machine.host}`)) return [target.name]
  throw new SetupError(
    'usage',
    `${printable(name)} is a program of this machine: it does not say which platform is to be emulated`,
    {
      hint: 'name it: --platform arm64',
    },
  )
}

function ended(end: RunEnd, name: string, links: Links): Result {
  switch (end.kind) {
    case 'unproven':
      blockingStderr.write(`${outcomeText(end.outcome, links)}\n`)
      return silent(setupFailed)
    case 'unstarted':
      return unstarted(name, { errno: end.errno, why: errnoWords(end.errno) })
    case 'ended':
      return end.signal === null
        ? silent(end.status)
        : { ...silent(128 + constants.signals[end.signal]), signal: end.signal }
  }
}

function unstarted(name: string, { errno, why }: Exclude<FoundProgram, { readonly file: string }>): Result {
  blockingStderr.write(`setup-qemu run: ${printable(name, 200)} cannot be executed: ${why}\n`)
  return silent(errno === 'ENOENT' ? notFound : notExecutable)
}

function silent(status: number): Result {
  return { text: '', json: {}, ok: status === 0, status }
}
