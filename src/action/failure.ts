// How the step of an action ends that cannot go on: an annotation, red, and the same words in the job summary.

import { asSetupError, type SetupError } from '../core/model/errors.js'
import { errorAnnotation } from '../core/report/error-text.js'
import { errorMarkdown } from '../core/report/summary.js'
import * as workflow from './workflow.js'

/** Makes the step red; `lead` says in the summary what has not come of it. */
export async function giveUp(lead: string, error: SetupError): Promise<void> {
  workflow.error(`setup-qemu: ${error.code}`, errorAnnotation(error))
  workflow.setFailed(`setup-qemu could not go on: ${error.message.split('\n')[0]}`)
  // a summary that cannot be written is perhaps what it is about
  await workflow.addSummary(errorMarkdown(lead, error)).catch((thrown: unknown) => {
    const lost = asSetupError(thrown)
    if (lost.message !== error.message) workflow.warning(errorAnnotation(lost))
  })
}
