// What an annotation at a workflow's run says. Those of an outcome are in outcome-annotations.ts, which the post step does not load.
import type { SetupError } from '../model/errors.js'

/** An annotation with a title of its own. */
export interface Annotation {
  readonly title: string
  readonly text: string
}

/** Anchor of a code in the documents, relative to the repository. */
export function anchorOf(code: string): string {
  return `docs/troubleshooting.md#${code}`
}

/** The text of an annotation: what happened, the one thing to do, and where that is explained; below each other, or in one line. */
export function annotationText(
  { what, todo, see }: { readonly what: string; readonly todo: string; readonly see?: string },
  form: 'lines' | 'line' = 'lines',
): string {
  const parts = [what, `To do: ${todo}`, ...(see === undefined ? [] : [`See: ${see}`])]
  return parts.join(form === 'lines' ? '\n' : '. ')
}

/** What an annotation says of an error. */
export function errorAnnotation({ message, hint, code }: SetupError): string {
  return annotationText({ what: message, todo: hint, see: anchorOf(code) })
}
