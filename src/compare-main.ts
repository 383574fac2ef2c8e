// The action `compare`: inputs, the comparison, report. The only place that makes its step red.

import { resolve } from 'node:path'
import { giveUp } from './action/failure.js'
import { type CompareInputs, readCompareInputs } from './action/inputs.js'
import { actionLinks } from './action/links.js'
import * as workflow from './action/workflow.js'
import { type CompareOptions, compare } from './compare/compare.js'
import { ShellScript } from './compare/shell-script.js'
import { compareRequest } from './core/compare/compare-request.js'
import { comparisonAnnotation, headline } from './core/compare/comparison-annotation.js'
import { type Comparison, comparisonJson, comparisonMarkdown, comparisonText } from './core/compare/comparison-text.js'
import { asSetupError, SetupError } from './core/model/errors.js'
import { printable } from './core/model/targets.js'
import { parseRequest } from './core/request/request.js'
import { errnoWords } from './core/text/errno-text.js'
import { workerFlag } from './scope/worker-protocol.js'
import { errnoName } from './system/command.js'
import { ignoreOutputErrors } from './system/console.js'
import { runnerCacheFolder, temporaryParents } from './system/folder.js'
import { ownerOf } from './system/journal-file.js'
import { type Machine, provable, thisMachine } from './system/machine.js'
import { findProgram } from './system/program.js'

/** What the texts of this step point to. */
const links = actionLinks()

async function main(): Promise<void> {
  try {
    workflow.checkCommandFiles()
    const inputs = readCompareInputs()
    // the lines get the environment of a `run` step
    workflow.dropActionVariables()
    const comparison = await compared(inputs)
    workflow.info(comparisonText(comparison))
    emit(comparison)
    await workflow.addSummary(comparisonMarkdown({ ...comparison, command: [headline(inputs.run)] }, links))
    conclude(comparison, inputs.failOnDifference)
  } catch (thrown) {
    await giveUp('Nothing is compared', asSetupError(thrown), links)
  }
}

async function compared(inputs: CompareInputs): Promise<Comparison> {
  const machine = thisMachine({
    cacheFolder: runnerCacheFolder(),
    owner: ownerOf('action', process.pid),
    log: workflow.workflowLog,
    links,
  })
  const setupInputs = { ...inputs.request, scope: 'private' }
  // a wrong input is reported before anything is made
  const { platforms } = parseRequest(setupInputs, machine.catalog, machine.host, provable)
  const targets = platforms.map(({ target }) => target)
  const request = compareRequest(inputs.comparison, machine.catalog, { targets, host: machine.host })
  enter(inputs.workingDirectory)
  const names = targets.map((target) => target.name).join(', ')
  const title = `QEMU ${request.versions.join(', ')} for ${names}`
  return workflow.group(title, () =>
    comparedLines(inputs.run, { ...request, inputs: setupInputs, asRoot: false }, machine),
  )
}

async function comparedLines(
  lines: string,
  options: Omit<CompareOptions, 'file' | 'argv'>,
  machine: Machine,
): Promise<Comparison> {
  const shell = findProgram('bash')
  if ('errno' in shell)
    throw new SetupError('usage', `bash cannot be executed: ${shell.why}`, {
      hint: 'install bash, which runs the lines of run',
    })
  const script = new ShellScript(lines, temporaryParents(machine.cacheFolder))
  try {
    // the file is deleted afterwards, and the lines say more than its name
    return { ...(await compare({ ...options, file: shell.file, argv: script.words }, machine)), command: [lines] }
  } finally {
    script.close()
  }
}

function enter(folder: string): void {
  if (folder === '') return
  try {
    process.chdir(resolve(folder))
  } catch (cause) {
    const message = `working-directory "${printable(folder, 200)}" cannot be entered: ${errnoWords(errnoName(cause))}`
    throw new SetupError('invalid-input', message, { hint: 'name a folder, relative to the workspace', cause })
  }
}

function emit(comparison: Comparison): void {
  const { verdict, agree, outcome, firstGood } = comparisonJson(comparison)
  workflow.setOutput('verdict', verdict)
  workflow.setOutput('outcome', outcome)
  workflow.setOutput('agree', String(agree))
  workflow.setOutput('first-good', firstGood ?? '')
  workflow.setOutput('comparison', JSON.stringify(comparisonJson(comparison)))
}

function conclude(comparison: Comparison, failOnDifference: boolean): void {
  const { verdict, ok } = comparisonJson(comparison)
  const notice = comparisonAnnotation(comparison, links)
  if (notice === undefined) return
  const { title, text } = notice
  // with no run there was nothing to compare, so a difference cannot be excused
  const mayDiffer = !failOnDifference && comparison.trials.some(({ runs }) => runs.length > 0)
  if (ok || mayDiffer) {
    workflow.notice(title, text)
    return
  }
  workflow.error(title, text)
  workflow.setFailed(verdict)
}

ignoreOutputErrors()
if (process.argv[2] === workerFlag) await (await import('./setup/worker.js')).workInside()
else await main()
