// The form of a workflow annotation, and where each code is explained. What annotations say of an outcome is in outcome-annotations.ts, which the post
// step does not load.

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
