// How a step fails: an annotation, a red step, and the same text in the job summary.

import { asSetupError, type SetupError } from '../core/model/errors.js'
import type { Links } from '../core/model/links.js'
import { errorAnnotation } from '../core/report/error-text.js'
import { errorMarkdown } from '../core/report/summary.js'
import * as workflow from './workflow.js'

/** Makes the step red; `lead` is the first line in the summary: what did not happen. */
export async function giveUp(lead: string, error: SetupError, links: Links): Promise<void> {
  workflow.error(`setup-qemu: ${error.code}`, errorAnnotation(error, links))
  workflow.setFailed(`setup-qemu could not go on: ${error.message.split('\n')[0]}`)
  // the error may be that the summary cannot be written
  await workflow.addSummary(errorMarkdown(lead, error, links)).catch((thrown: unknown) => {
    const lost = asSetupError(thrown)
    if (lost.message !== error.message) workflow.warning(errorAnnotation(lost, links))
  })
}
