// An error as people and scripts are shown it: on a terminal, as JSON, as an annotation.
import type { SetupError } from '../model/errors.js'
import { asCalled, type Links } from '../model/links.js'
import { anchorOf, annotationText } from './annotation.js'

/** An error in three lines: what happened, what to do, where it is explained. */
export function errorText({ message, hint, code }: SetupError, links: Links): string {
  return [`error: ${message}`, `to do: ${asCalled(hint, links)}`, `see:   ${anchorOf(code, links)}`].join('\n')
}

/** The JSON printed when nothing could be tried at all. */
export function errorJson({ code, message, hint }: SetupError, links: Links): object {
  return { ok: false, error: { code, message, hint: asCalled(hint, links) } }
}

/** What an annotation says of an error. */
export function errorAnnotation({ message, hint, code }: SetupError, links: Links): string {
  return annotationText({ what: message, todo: asCalled(hint, links), see: anchorOf(code, links) })
}
