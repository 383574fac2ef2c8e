// `setup-qemu setup`: the same request and the same calls as the action's.

import { asSetupError, isUnsupported } from '../core/model/errors.js'
import { isProven } from '../core/outcome/outcome.js'
import type { Plan } from '../core/plan/plan.js'
import { errorJson, errorText } from '../core/report/error-text.js'
import { isUnpinned, unpinnedWords } from '../core/report/notice.js'
import { outcomeJson } from '../core/report/outcome-json.js'
import { outcomeText } from '../core/report/outcome-text.js'
import { planJson, planText } from '../core/report/plan-text.js'
import { choiceOf } from '../core/request/input-values.js'
import { parseRequest, type Request } from '../core/request/request.js'
import type { PrivateScopeOptions } from '../scope/private-scope.js'
import { planOnly, setup } from '../setup/setup.js'
import { type Machine, provable } from '../system/machine.js'
import { sessionOf } from '../system/process.js'
import { given, type Values } from './arguments.js'
import { type CommandCall, machineOf, type Result } from './result.js'

const stateWords = 'everything is set up and proven; setup-qemu restore undoes it'
const unprovenWords = 'not all of it is proven; setup-qemu status shows what stands, and setup-qemu restore undoes it'

/** Sets up. With `--if-unsupported skip`, a machine that does not support it is left alone, and the command succeeds. */
export async function setupResult(call: CommandCall): Promise<Result> {
  const skip = choiceOf('if-unsupported', call.values['if-unsupported'] ?? '') === 'skip'
  try {
    return await setupOrPlan(call)
  } catch (thrown) {
    const error = asSetupError(thrown)
    if (!skip || !isUnsupported(error)) throw thrown
    const text = `skipped, as --if-unsupported is skip\n${errorText(error, call.links)}`
    return { text, json: { ...errorJson(error, call.links), skipped: true, targets: [] }, ok: true }
  }
}

async function setupOrPlan({ operands, values, links }: CommandCall): Promise<Result> {
  const machine = machineOf({ values, links })
  const inputs = { ...given('setup', 'request', values), platforms: operands.join(',') }
  const request = parseRequest(inputs, machine.catalog, machine.host, provable)
  if (isUnpinned(request.source)) machine.log.info(`warning: ${unpinnedWords(request.source)}`)
  if (values['dry-run'] === true) {
    const plan =
      request.scope === 'private' ? await planInScope(request, values, machine) : await planOnly(request, machine)
    return { text: planText(plan), json: planJson(plan), ok: plan.targets.every(({ kind }) => kind !== 'impossible') }
  }
  if (request.scope === 'private') return setupInScope(request, values, machine)
  const outcome = await setup(request, machine)
  const ok = isProven(outcome)
  return {
    text: outcomeText(outcome, links),
    json: outcomeJson(outcome, links),
    ok,
    state: ok ? stateWords : unprovenWords,
  }
}

async function planInScope(request: Request, values: Values, machine: Machine): Promise<Plan> {
  const { planPrivately } = await import('../scope/private-scope.js')
  return planPrivately(scopeOptions(request, values, machine))
}

/** Opens a scope that lasts until `restore` or the end of the caller's session. The last line of the text is the program that enters it. */
async function setupInScope(request: Request, values: Values, machine: Machine): Promise<Result> {
  const { setupPrivately } = await import('../scope/private-scope.js')
  const { outcome, withQemu } = await setupPrivately(scopeOptions(request, values, machine))
  const { links } = machine
  const ok = isProven(outcome)
  const text = ok ? `${outcomeText(outcome, links)}\n\n${withQemu}` : outcomeText(outcome, links)
  const state = ok
    ? `the private scope is open, and proven: ${withQemu}`
    : 'not all of it is proven, and the private scope is closed'
  return { text, json: { ...outcomeJson(outcome, links), withQemu: ok ? withQemu : null }, ok, state }
}

function scopeOptions(
  request: Request,
  values: Values,
  { cacheFolder, owner, links, log }: Machine,
): PrivateScopeOptions {
  const face = { face: 'console', quiet: values.quiet === true, verbose: values.verbose === true } as const
  const task = { request, cacheFolder, owner, links, log: face } as const
  return { task, watched: sessionOf(process.pid), log }
}
