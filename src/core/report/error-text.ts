// An error as people and scripts are shown it: on a terminal, as JSON, as an annotation.
import type { SetupError } from '../model/errors.js'
import { anchorOf, annotationText } from './annotation.js'

/** An error in three lines: what happened, what to do, where it is explained. */
export function errorText(error: SetupError): string {
  return [`error: ${error.message}`, `to do: ${error.hint}`, `see:   ${anchorOf(error.code)}`].join('\n')
}

/** The JSON printed when nothing could be tried at all. */
export function errorJson(error: SetupError): object {
  return { ok: false, error: { code: error.code, message: error.message, hint: error.hint } }
}

/** What an annotation says of an error. */
export function errorAnnotation({ message, hint, code }: SetupError): string {
  return annotationText({ what: message, todo: hint, see: anchorOf(code) })
}
