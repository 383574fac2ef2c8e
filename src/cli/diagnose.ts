// `setup-qemu diagnose`: reads a build log and names the causes that it knows, with what this machine has to say about them.
import { createReadStream } from 'node:fs'
import { type Diagnosis, LogReader } from '../core/diagnose/diagnosis.js'
import { type DiagnosisReport, diagnosisJson, diagnosisText, needsMachine } from '../core/diagnose/diagnosis-text.js'
import { type MachineContext, machineStateOf } from '../core/diagnose/machine-state.js'
import { asSetupError, SetupError } from '../core/model/errors.js'
import { printable } from '../core/model/targets.js'
import { errnoWords } from '../core/text/errno-text.js'
import { buildOf, knownProblems } from '../problems/known-problems.js'
import { inspectTable } from '../setup/status.js'
import { errnoName } from '../system/command.js'
import { consoleLog, paintFor } from '../system/console.js'
import type { Log } from '../system/log.js'
import type { Values } from './arguments.js'
import { targetsOf } from './known-problems.js'
import { type CommandCall, machineOf, type Result } from './result.js'

/** Succeeds whenever the log was read, because the failures in it are those of another program. */
export async function diagnoseResult({ operands, values, links }: CommandCall): Promise<Result> {
  const [word = '-', ...more] = operands
  if (more.length > 0)
    throw new SetupError('usage', `diagnose takes one log, got ${operands.length}`, {
      hint: 'setup-qemu diagnose build.log, or several by cat one two | setup-qemu diagnose',
    })
  const targets = targetsOf(values)
  const diagnosis = await read(word, consoleLog({ quiet: values.quiet === true, verbose: values.verbose === true }))
  const name = word === '-' ? 'standard input' : printable(word, 200)
  const machine = await machineState(diagnosis, { values, links }, targets)
  const report: DiagnosisReport = { name, diagnosis, problems: knownProblems, links, ...machine }
  return { text: diagnosisText(report, paintFor(process.stdout)), json: diagnosisJson(report), ok: true }
}

async function read(word: string, log: Log): Promise<Diagnosis> {
  if (word === '-' && process.stdin.isTTY) log.info('reading the log from this terminal; Ctrl-D ends it')
  const reader = new LogReader()
  const stream = word === '-' ? process.stdin : createReadStream(word, { highWaterMark: 1 << 18 })
  try {
    for await (const chunk of stream as AsyncIterable<Buffer>) reader.add(chunk.toString('latin1'))
  } catch (cause) {
    throw new SetupError(
      'invalid-input',
      `reading the log ${printable(word, 200)} failed: ${errnoWords(errnoName(cause))}`,
      {
        hint: 'name a file that can be read, or give the log on standard input: setup-qemu diagnose -',
        cause,
      },
    )
  }
  return reader.end()
}

/** The state of the table, if the diagnosis needs it; where it cannot be read (no Linux), the reason. */
async function machineState(
  diagnosis: Diagnosis,
  call: Pick<CommandCall, 'links'> & { readonly values: Values },
  targets: readonly string[],
): Promise<Pick<DiagnosisReport, 'machine' | 'machineError'>> {
  if (!needsMachine(diagnosis)) return { machine: undefined }
  try {
    const machine = machineOf(call)
    const { host, catalog } = machine
    const context: MachineContext = { host, buildOf: (ran, file) => buildOf(ran, catalog, file) }
    return { machine: machineStateOf(await inspectTable(machine), targets, context) }
  } catch (thrown) {
    const error = asSetupError(thrown)
    if (error.code === 'internal') throw thrown
    return { machine: undefined, machineError: error.message }
  }
}
