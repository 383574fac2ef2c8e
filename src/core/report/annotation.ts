// The form of a workflow annotation, and where each code is explained. What annotations say of an outcome is in outcome-annotations.ts, which the post
// step does not load.
import { type Links, placeOf } from '../model/links.js'

/** An annotation with a title of its own. */
export interface Annotation {
  readonly title: string
  readonly text: string
}

/** The section of a code in the documents. */
export function sectionOf(code: string): string {
  return `troubleshooting.md#${code}`
}

/** Where a code is explained: an address, or a path. */
export function anchorOf(code: string, links: Links): string {
  return placeOf(sectionOf(code), links)
}

/** The text of an annotation: what happened, the one thing to do, and where that is explained; below each other, or in one line. */
export function annotationText(
  { what, todo, see }: { readonly what: string; readonly todo: string; readonly see?: string },
  form: 'lines' | 'line' = 'lines',
): string {
  const parts = [what, `To do: ${todo}`, ...(see === undefined ? [] : [`See: ${see}`])]
  return parts.join(form === 'lines' ? '\n' : '. ')
}
